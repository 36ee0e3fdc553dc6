package dev.fairground.eligibility;

import dev.fairground.fairaccess.PriceComparison;
import dev.fairground.fairaccess.PriceComparison.Kind;
import dev.fairground.fairaccess.PriceComparison.Line;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import dev.fairground.fairaccess.ProductFacts.Tier;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The most that might be charged for a quantity under the ceilings that hold for a price: the same
 * ceilings, and only where all of the price can be compared, as FA-06 compares it. Pure.
 */
final class CeilingTotal {
  /** A price has six decimals and so has a quantity: their product has no more than these. */
  private static final int DECIMALS = 12;

  private CeilingTotal() {}

  /**
   * @param scenarios those that the price is compared for
   * @param times how often the base fee falls due
   * @return null where no ceiling can be compared with all of it; where several can, the lowest
   */
  static @Nullable BigDecimal of(
      Price price,
      List<Ceiling> ceilings,
      List<Scenario> scenarios,
      LocalDate day,
      @Nullable BigDecimal quantity,
      int times) {
    var lines = PriceComparison.lines(List.of(price), ceilings, scenarios, new Period(day, day));
    if (lines.isEmpty() || lines.stream().anyMatch(line -> !isCompared(line))) {
      return null;
    }
    var held = new HashSet<String>();
    lines.forEach(line -> held.add(Objects.requireNonNull(line.ceilingId())));
    BigDecimal lowest = null;
    for (var ceiling : ceilings) {
      if (held.contains(ceiling.id())) {
        var total = under(price, ceiling, quantity, times);
        if (total == null) {
          return null;
        }
        lowest = lowest == null ? total : lowest.min(total);
      }
    }
    return lowest;
  }

  private static boolean isCompared(Line line) {
    return line.kind() == Kind.WITHIN || line.kind() == Kind.ABOVE;
  }

  private static @Nullable BigDecimal under(
      Price price, Ceiling ceiling, @Nullable BigDecimal quantity, int times) {
    var fee =
        ceiling.baseFee() == null || price.baseFee() == null
            ? BigDecimal.ZERO
            : ceiling.baseFee().multiply(BigDecimal.valueOf(times));
    if (price.tiers().isEmpty()) {
      return fee;
    }
    var factor = PriceComparison.factor(price, ceiling);
    if (quantity == null || factor == null || ceiling.tiers().isEmpty()) {
      return null;
    }
    var tiers =
        ceiling.tiers().stream()
            .map(tier -> new Tier(tier.fromQuantity().multiply(factor), tier.unitPrice()))
            .toList();
    if (tiers.getFirst().fromQuantity().signum() > 0) {
      return null;
    }
    var sum = BigDecimal.ZERO;
    for (var step : Steps.of(tiers, quantity, ceiling.currency())) {
      sum = sum.add(step.amount());
    }
    return sum.divide(factor, DECIMALS, RoundingMode.FLOOR).add(fee);
  }
}
