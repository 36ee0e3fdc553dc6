package dev.fairground.equal;

import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.jurisdiction.RuleBook;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What terms are compared by.
 *
 * @param published the factors of the policy that is stamped on the request
 * @param paymentDays by the policy; null where it says none
 * @param deposit by the policy
 * @param minimumQuantity by the policy
 * @param newUser whether the holder had no other grant of the operator within the window
 */
public record Ground(
    Limits limits,
    Set<DifferenceFactor> published,
    @Nullable Integer paymentDays,
    @Nullable BigDecimal deposit,
    @Nullable BigDecimal minimumQuantity,
    boolean newUser) {
  public Ground {
    published = Set.copyOf(published);
  }

  /**
   * The parameters of the rules.
   *
   * @param windowDays days before the decision within which grants are compared
   * @param pricePercent by how much of the other's price prices may differ
   * @param decisionWd by how many working days decisions may differ from the middle one
   * @param minimumCohort holders under which a cohort is not shown by itself
   * @param trialDays the longest term of a first offer for a new user
   */
  public record Limits(
      int windowDays, int pricePercent, int decisionWd, int minimumCohort, int trialDays) {
    /** Those of the national rules as shipped; for days before them too. */
    static final Limits SHIPPED = new Limits(180, 0, 3, 3, 92);

    static Limits of(RuleBook rules) {
      return new Limits(
          number(rules, "equalTermsWindowDays", SHIPPED.windowDays),
          number(rules, "equalTermsPriceTolerancePercent", SHIPPED.pricePercent),
          number(rules, "equalTermsDecisionToleranceWd", SHIPPED.decisionWd),
          Math.max(SHIPPED.minimumCohort, number(rules, "equalTermsMinimumCohort", 3)),
          number(rules, "equalTermsTrialDays", SHIPPED.trialDays));
    }

    private static int number(RuleBook rules, String name, int otherwise) {
      var number = rules.number(name);
      return number == null ? otherwise : number;
    }

    /** The first day of the window that ends with a day. */
    LocalDate from(LocalDate day) {
      return day.minusDays(windowDays);
    }
  }
}
