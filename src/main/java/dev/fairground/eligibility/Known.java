package dev.fairground.eligibility;

import dev.fairground.check.CheckResult;
import dev.fairground.clock.WorkDays;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.Related;
import dev.fairground.jurisdiction.RuleBook;
import dev.fairground.kernel.LegalBasis;
import dev.fairground.policy.AccessPolicy;
import dev.fairground.policy.Applicant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an ask is judged by.
 *
 * @param day the day of the answer
 * @param applicant {@link Applicant#NOBODY} where nothing is known of who asks
 * @param checks the newest checks of the product as the reader may see them; null where it was not
 *     checked yet
 * @param scenario null where none is asked for
 * @param link how the applicant is linked with the operator; null where no link is known
 */
record Known(
    Ask ask,
    LocalDate day,
    AskedProduct product,
    Applicant applicant,
    AccessPolicy policy,
    @Nullable List<CheckResult> checks,
    RuleBook rules,
    WorkDays calendar,
    List<PricedItem> items,
    List<Ceiling> ceilings,
    @Nullable AskedScenario scenario,
    @Nullable Related link) {

  /** What a rule rests on; null where no rule in force says it. */
  @Nullable LegalBasis basis(String rule) {
    return rules.basis(rule);
  }
}
