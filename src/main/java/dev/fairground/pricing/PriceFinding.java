package dev.fairground.pricing;

import dev.fairground.fairaccess.PriceComparison.Kind;
import dev.fairground.fairaccess.PriceComparison.Line;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A price that a change of ceilings left above one, or without one.
 *
 * @param fromQuantity where the step begins; null for the base fee
 * @param price what is asked, for one unit of the ceiling
 * @param ceilingPrice what is allowed; null where no ceiling can be compared
 * @param term the days
 * @param correctionDueOn by which day its operator has to change it; null where no clock runs
 */
record PriceFinding(
    Kind reason,
    UUID tariffId,
    @Nullable UUID ceilingId,
    @Nullable BigDecimal fromQuantity,
    Money price,
    @Nullable Money ceilingPrice,
    Period term,
    @Nullable LocalDate correctionDueOn) {
  static PriceFinding of(Line line, @Nullable LocalDate due) {
    return new PriceFinding(
        line.kind(),
        Ids.uuid(line.priceId()),
        line.ceilingId() == null ? null : Ids.uuid(line.ceilingId()),
        line.fromQuantity(),
        new Money(line.asked(), line.currency()),
        line.allowed() == null ? null : new Money(line.allowed(), line.currency()),
        line.days(),
        due);
  }

  /** How much is asked too much; null where there is nothing to compare with. */
  @Nullable Money excess() {
    return ceilingPrice == null
        ? null
        : new Money(price.amount().subtract(ceilingPrice.amount()), price.currency());
  }
}
