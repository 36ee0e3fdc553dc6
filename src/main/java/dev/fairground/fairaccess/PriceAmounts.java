package dev.fairground.fairaccess;

import dev.fairground.fairaccess.PriceComparison.Kind;
import dev.fairground.fairaccess.PriceComparison.Line;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Tier;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The amounts of one price beside ceilings, for one scenario, on days on which nothing changes.
 * Pure.
 */
final class PriceAmounts {
  private final Price price;
  private final @Nullable String scenario;
  private final Period span;
  private final List<Line> lines = new ArrayList<>();

  PriceAmounts(Price price, @Nullable String scenario, Period span) {
    this.price = price;
    this.scenario = scenario;
    this.span = span;
  }

  void without(Kind kind) {
    var fee = price.baseFee();
    if (fee != null && isPositive(fee)) {
      add(kind, null, null, fee, null);
    }
    for (var tier : price.tiers()) {
      if (isPositive(tier.unitPrice())) {
        add(kind, null, tier.fromQuantity(), tier.unitPrice(), null);
      }
    }
  }

  void beside(Ceiling ceiling) {
    baseFee(ceiling);
    var factor = Objects.requireNonNull(factor(price, ceiling));
    var quantities = new TreeSet<BigDecimal>();
    price.tiers().forEach(tier -> quantities.add(tier.fromQuantity()));
    ceiling.tiers().forEach(tier -> quantities.add(tier.fromQuantity().multiply(factor)));
    for (var quantity : quantities) {
      var asked = at(price.tiers(), quantity, BigDecimal.ONE);
      if (asked != null) {
        amount(
            ceiling,
            quantity.stripTrailingZeros(),
            asked.unitPrice().multiply(factor),
            at(ceiling.tiers(), quantity, factor));
      }
    }
  }

  private void baseFee(Ceiling ceiling) {
    var fee = price.baseFee();
    if (fee == null) {
      return;
    }
    if (ceiling.baseFee() != null
        && !Objects.equals(ceiling.baseFeePeriod(), price.baseFeePeriod())) {
      if (isPositive(fee)) {
        add(Kind.UNIT_UNKNOWN, ceiling.id(), null, fee, null);
      }
    } else {
      amount(
          ceiling,
          null,
          fee,
          ceiling.baseFee() == null ? null : new Tier(BigDecimal.ZERO, ceiling.baseFee()));
    }
  }

  private void amount(
      Ceiling ceiling, @Nullable BigDecimal quantity, BigDecimal asked, @Nullable Tier allowed) {
    if (allowed != null) {
      var kind = asked.compareTo(allowed.unitPrice()) <= 0 ? Kind.WITHIN : Kind.ABOVE;
      add(kind, ceiling.id(), quantity, asked, allowed.unitPrice());
    } else if (isPositive(asked)) {
      add(Kind.NO_CEILING, ceiling.id(), quantity, asked, null);
    }
  }

  private void add(
      Kind kind,
      @Nullable String ceilingId,
      @Nullable BigDecimal quantity,
      BigDecimal asked,
      @Nullable BigDecimal allowed) {
    lines.add(
        new Line(
            kind,
            price.id(),
            price.item(),
            scenario,
            span,
            ceilingId,
            quantity,
            asked,
            allowed,
            price.currency()));
  }

  List<Line> lines() {
    return lines;
  }

  /** How many of the price's units are one of the ceiling's; null where nobody said. */
  static @Nullable BigDecimal factor(Price price, Ceiling ceiling) {
    if (isUnit(price, ceiling.unit(), ceiling.unitText())) {
      return BigDecimal.ONE;
    }
    for (var conversion : ceiling.conversions()) {
      if (isUnit(price, conversion.unit(), conversion.unitText())) {
        return conversion.factor();
      }
    }
    return null;
  }

  private static boolean isUnit(Price price, String unit, @Nullable String words) {
    return price.unit().equals(unit) && words(price.unitText()).equals(words(words));
  }

  private static String words(@Nullable String words) {
    return words == null ? "" : words.strip();
  }

  /** The step that a quantity lies in; null below the first. */
  private static @Nullable Tier at(List<Tier> tiers, BigDecimal quantity, BigDecimal factor) {
    Tier found = null;
    for (var tier : tiers) {
      if (tier.fromQuantity().multiply(factor).compareTo(quantity) <= 0
          && (found == null || tier.fromQuantity().compareTo(found.fromQuantity()) > 0)) {
        found = tier;
      }
    }
    return found;
  }

  static boolean isPositive(@Nullable BigDecimal amount) {
    return amount != null && amount.signum() > 0;
  }
}
