package dev.fairground.eligibility;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a product, before or when they apply for it.
 *
 * @param applicantId who would apply; null where nobody says, so that nothing is known of them
 * @param purposeClass PUBLIC_GOVERNANCE, PUBLIC_WELFARE or INDUSTRY; null for that of the scenario,
 *     or of the product where no scenario is named
 * @param scenarioId what it is for; null where it is for none in particular
 * @param startsOn the first day of the term; null for today
 * @param endsOn the last day; null for a year, or for as long as the product lasts if that is
 *     shorter
 * @param unit by which it is charged: PER_PRODUCT, PER_SERVICE, PER_TIME, PER_CALL or PER_VOLUME;
 *     null where there is only one to choose
 * @param unitText the unit in words, where one unit has several
 * @param quantity how much in all of the term, above 0; null where nobody says
 * @param documents codes of the documents that are at hand
 */
public record Ask(
    UUID productId,
    @Nullable UUID applicantId,
    @Nullable String purposeClass,
    @Nullable UUID scenarioId,
    @Nullable LocalDate startsOn,
    @Nullable LocalDate endsOn,
    @Nullable String unit,
    @Nullable String unitText,
    @Nullable BigDecimal quantity,
    Set<String> documents) {
  public Ask {
    documents = Set.copyOf(documents);
  }
}
