package dev.fairground.pricing;

import dev.fairground.fairaccess.PriceComparison.Kind;
import dev.fairground.fairaccess.PriceComparison.Line;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ceiling beside one amount of a price, on one day.
 *
 * @param fromQuantity where the step begins; null for the base fee
 * @param price what is asked, for one unit of the ceiling
 * @param ceilingPrice what is allowed; null where no ceiling can be compared
 * @param headroom how much more could be asked; negative above the ceiling
 * @param headroomPercent the same of the ceiling; null for a ceiling of 0
 * @param term the days on which this is so, from the day asked about on
 */
record EffectiveCeiling(
    @Nullable UUID ceilingId,
    @Nullable UUID scenarioId,
    @Nullable BigDecimal fromQuantity,
    Money price,
    @Nullable Money ceilingPrice,
    @Nullable Money headroom,
    @Nullable BigDecimal headroomPercent,
    Kind outcome,
    Period term) {
  private static final BigDecimal HUNDRED = new BigDecimal(100);
  private static final int DECIMALS = 4;

  static EffectiveCeiling of(Line line) {
    var allowed = line.allowed();
    var headroom = line.headroom();
    return new EffectiveCeiling(
        line.ceilingId() == null ? null : Ids.uuid(line.ceilingId()),
        line.scenarioId() == null ? null : Ids.uuid(line.scenarioId()),
        line.fromQuantity(),
        new Money(line.asked(), line.currency()),
        allowed == null ? null : new Money(allowed, line.currency()),
        headroom == null ? null : new Money(headroom, line.currency()),
        headroom == null || allowed == null || allowed.signum() == 0
            ? null
            : headroom.multiply(HUNDRED).divide(allowed, DECIMALS, RoundingMode.HALF_UP),
        line.kind(),
        line.days());
  }
}
