package dev.fairground.pricing;

import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of the highest income that an operator may have in a span of days.
 *
 * @param carriedDeduction what was taken in too much before, and is taken off
 * @param cost what the operation was allowed to cost
 * @param profitPercent the rate of profit on the cost that was allowed
 * @param tax what was allowed for taxes
 * @param treasuryYieldPercent of ten-year treasury bonds, which the profit was measured by
 */
public record RevenueCap(
    UUID id,
    int version,
    OffsetDateTime validFrom,
    UUID operatorId,
    UUID setById,
    Period term,
    Money amount,
    Money carriedDeduction,
    LegalBasis basis,
    @Nullable String source,
    boolean demonstration,
    @Nullable Money cost,
    @Nullable BigDecimal profitPercent,
    @Nullable Money tax,
    @Nullable BigDecimal treasuryYieldPercent) {
  private static final BigDecimal HUNDRED = new BigDecimal(100);

  /** What the formula comes to: cost, profit on it, and taxes; null where it was not said. */
  @Nullable Money computedAmount() {
    return cost == null || profitPercent == null || tax == null
        ? null
        : new Money(computed(cost.amount(), profitPercent, tax.amount()), amount.currency());
  }

  /** How much the cap is above the formula; negative below it, null where it was not said. */
  @Nullable Money difference() {
    var computed = computedAmount();
    return computed == null
        ? null
        : new Money(amount.amount().subtract(computed.amount()), amount.currency());
  }

  static BigDecimal computed(BigDecimal cost, BigDecimal profitPercent, BigDecimal tax) {
    return cost.add(cost.multiply(profitPercent).divide(HUNDRED)).add(tax);
  }
}
