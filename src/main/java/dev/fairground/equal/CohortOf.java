package dev.fairground.equal;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Of which like grants a grant is one.
 *
 * @param unit null where nothing is charged
 */
public record CohortOf(
    UUID productId,
    int productVersion,
    String purposeClass,
    String scenarioClass,
    @Nullable String unit,
    @Nullable String unitText,
    String volumeBand,
    String termBand) {
  boolean is(ShownTerms.Cohort cohort) {
    return cohort.productVersion() != null
        && cohort.productVersion() == productVersion
        && scenarioClass.equals(cohort.scenarioClass())
        && Objects.equals(unit, cohort.unit())
        && Objects.equals(unitText, cohort.unitText())
        && volumeBand.equals(cohort.volumeBand())
        && termBand.equals(cohort.termBand());
  }
}
