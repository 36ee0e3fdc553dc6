package dev.fairground.pricing;

import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of what an operator took in on some days under a cap, and what it cost.
 *
 * @param capId the cap whose days these are among
 * @param correctionReason why it is other than before; null for the first version
 */
record RevenueReport(
    UUID id,
    int version,
    OffsetDateTime validFrom,
    UUID operatorId,
    UUID capId,
    Period term,
    Money income,
    Costs costs,
    @Nullable Money tax,
    @Nullable String correctionReason,
    @Nullable String note,
    boolean demonstration) {
  /** What the operation cost, by kind; null where nothing was said. */
  record Costs(
      @Nullable Money platform,
      @Nullable Money acquisition,
      @Nullable Money transfer,
      @Nullable Money aggregation,
      @Nullable Money storage,
      @Nullable Money governance,
      @Nullable Money other) {}
}
