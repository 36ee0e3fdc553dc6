package dev.fairground.pricing;

import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of the highest price that may be charged under an authorization.
 *
 * @param scenarioId the scenario that it is for; null for all
 */
public record PriceCeiling(
    UUID id,
    int version,
    OffsetDateTime validFrom,
    UUID authorizationId,
    UUID setById,
    String itemClass,
    @Nullable UUID scenarioId,
    String unit,
    @Nullable String unitText,
    boolean trial,
    Period term,
    LegalBasis basis,
    @Nullable LocalDate reportedOn,
    @Nullable String source,
    boolean demonstration,
    @Nullable Money baseFee,
    @Nullable String baseFeePeriod) {

  Tariff.Version key() {
    return new Tariff.Version(id, version);
  }
}
