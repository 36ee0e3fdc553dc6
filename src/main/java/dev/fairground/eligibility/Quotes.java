package dev.fairground.eligibility;

import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an ask costs. Pure; exact decimals, nothing is rounded but the price of one unit.
 *
 * <p>The items that are charged on the first day of the term, for the class of purpose, by the unit
 * that is asked for, are added up; each is one tariff. Items by other units are other ways to pay
 * for the same, and are left out. Use for public governance and welfare is free.
 */
public final class Quotes {
  private static final String INDUSTRY = "INDUSTRY";
  private static final String YUAN = "CNY";
  private static final int UNIT_PRICE_DECIMALS = 6;

  private Quotes() {}

  /** Why there is no quote. */
  enum Missing {
    /** Nothing is charged for the product on that day, and nobody said that it is free. */
    NO_TARIFF,
    /** There are prices, but none for the class of purpose. */
    NO_TARIFF_FOR_CLASS,
    /** There are prices, but none by this unit. */
    NO_TARIFF_FOR_UNIT,
    /** There are several units to choose from. */
    UNIT_NEEDED,
    /** The items are in several currencies. */
    CURRENCIES_DIFFER
  }

  /**
   * A quote, or why there is none.
   *
   * @param units the units to choose from, as {@code PER_CALL 千次}
   */
  record Quoted(@Nullable Quote quote, @Nullable Missing missing, List<String> units) {}

  /**
   * What is asked for.
   *
   * @param from the first day of the term
   * @param to the last one
   */
  record Wanted(
      String purposeClass,
      LocalDate from,
      LocalDate to,
      @Nullable String unit,
      @Nullable String unitText,
      @Nullable BigDecimal quantity) {}

  /**
   * @param items the product's tariffs on any days
   * @param ceilings of its authorization
   * @param scenarios those for which prices are compared with ceilings
   */
  static Quoted of(
      Wanted wanted,
      List<PricedItem> items,
      List<Ceiling> ceilings,
      List<Scenario> scenarios,
      int termsNumber) {
    var charged =
        items.stream()
            .filter(
                item ->
                    !item.price().effectiveOn().isAfter(wanted.from())
                        && (item.price().endsOn() == null
                            || !item.price().endsOn().isBefore(wanted.from())))
            .sorted((one, other) -> Integer.compare(one.position(), other.position()))
            .toList();
    var ofClass =
        charged.stream()
            .filter(item -> item.price().purposeClasses().contains(wanted.purposeClass()))
            .toList();
    if (!wanted.purposeClass().equals(INDUSTRY)) {
      return quoted(free(wanted, ofClass, termsNumber));
    }
    if (ofClass.isEmpty()) {
      return missing(charged.isEmpty() ? Missing.NO_TARIFF : Missing.NO_TARIFF_FOR_CLASS, charged);
    }
    var byUnit = ofClass.stream().filter(item -> isAskedFor(wanted, item.price())).toList();
    if (byUnit.isEmpty()) {
      return missing(Missing.NO_TARIFF_FOR_UNIT, ofClass);
    }
    if (units(byUnit).size() > 1) {
      return missing(Missing.UNIT_NEEDED, byUnit);
    }
    if (byUnit.stream().map(item -> item.price().currency()).distinct().count() > 1) {
      return missing(Missing.CURRENCIES_DIFFER, byUnit);
    }
    return quoted(
        sum(
            wanted,
            byUnit.stream().map(item -> item(wanted, item, ceilings, scenarios)).toList(),
            termsNumber,
            end(byUnit, items)));
  }

  private static boolean isAskedFor(Wanted wanted, Price price) {
    return (wanted.unit() == null || wanted.unit().equals(price.unit()))
        && (wanted.unitText() == null || words(wanted.unitText()).equals(words(price.unitText())));
  }

  private static String words(@Nullable String words) {
    return words == null ? "" : words.strip();
  }

  private static List<String> units(List<PricedItem> items) {
    var units = new TreeSet<String>();
    items.forEach(
        item -> units.add((item.price().unit() + ' ' + words(item.price().unitText())).strip()));
    return List.copyOf(units);
  }

  private static Quoted quoted(Quote quote) {
    return new Quoted(quote, null, List.of());
  }

  private static Quoted missing(Missing why, List<PricedItem> among) {
    return new Quoted(null, why, units(among));
  }

  /** Free by law, whatever the prices say. */
  private static Quote free(Wanted wanted, List<PricedItem> items, int termsNumber) {
    var first = items.isEmpty() ? null : items.getFirst();
    var zero = BigDecimal.ZERO;
    return new Quote(
        first == null ? null : first.tariffId(),
        first == null ? null : first.version(),
        first == null ? YUAN : first.price().currency(),
        wanted.unit(),
        wanted.unitText(),
        wanted.quantity(),
        items.stream().map(Quotes::freeItem).toList(),
        zero,
        zero,
        null,
        null,
        true,
        termsNumber,
        null);
  }

  private static QuoteItem freeItem(PricedItem item) {
    return item(item, List.of(), null, BigDecimal.ZERO, null);
  }

  private static QuoteItem item(
      Wanted wanted, PricedItem item, List<Ceiling> ceilings, List<Scenario> scenarios) {
    var price = item.price();
    if (price.freeOfCharge()) {
      return freeItem(item);
    }
    var amount = price.baseFee();
    var period = Objects.requireNonNullElse(price.baseFeePeriod(), "ONCE");
    var times = FeeCount.of(period, wanted.from(), wanted.to());
    var fee =
        amount == null
            ? null
            : new QuoteFee(
                amount,
                period,
                times,
                amount.multiply(BigDecimal.valueOf(times)),
                price.currency());
    var quantity = wanted.quantity();
    List<QuoteStep> steps =
        quantity == null ? List.of() : Steps.of(price.tiers(), quantity, price.currency());
    var total =
        quantity == null && hangsOnQuantity(price)
            ? null
            : steps.stream()
                .map(QuoteStep::amount)
                .reduce(fee == null ? BigDecimal.ZERO : fee.total(), BigDecimal::add);
    var ceiling =
        total == null
            ? null
            : CeilingTotal.of(price, ceilings, scenarios, wanted.from(), quantity, times);
    return item(item, steps, fee, total, ceiling);
  }

  private static boolean hangsOnQuantity(Price price) {
    return price.tiers().stream().anyMatch(tier -> tier.unitPrice().signum() > 0);
  }

  private static QuoteItem item(
      PricedItem item,
      List<QuoteStep> steps,
      @Nullable QuoteFee fee,
      @Nullable BigDecimal total,
      @Nullable BigDecimal ceiling) {
    var price = item.price();
    return new QuoteItem(
        item.tariffId(),
        item.version(),
        price.item(),
        price.itemClass(),
        price.unit(),
        price.unitText(),
        price.currency(),
        steps,
        fee,
        total,
        ceiling,
        ceiling == null || total == null ? null : ceiling.subtract(total),
        price.freeOfCharge(),
        item.freeConditions(),
        price.trial());
  }

  private static Quote sum(
      Wanted wanted, List<QuoteItem> items, int termsNumber, @Nullable LocalDate validUntil) {
    var first = items.getFirst();
    var free = items.stream().allMatch(QuoteItem::freeOfCharge);
    var total = sum(items, QuoteItem::total);
    var ceiling =
        free
            ? null
            : sum(
                items.stream().filter(item -> !item.freeOfCharge()).toList(),
                QuoteItem::ceilingTotal);
    var quantity = wanted.quantity();
    return new Quote(
        first.tariffId(),
        first.tariffVersion(),
        first.currency(),
        first.unit(),
        first.unitText(),
        quantity,
        items,
        total,
        free ? BigDecimal.ZERO : unitPrice(total, quantity),
        ceiling,
        ceiling == null || total == null ? null : ceiling.subtract(total),
        free,
        termsNumber,
        validUntil);
  }

  private static @Nullable BigDecimal unitPrice(
      @Nullable BigDecimal total, @Nullable BigDecimal quantity) {
    return total == null || quantity == null
        ? null
        : total.divide(quantity, UNIT_PRICE_DECIMALS, RoundingMode.HALF_UP);
  }

  /** The sum of all; null where one is not known. */
  private static @Nullable BigDecimal sum(
      List<QuoteItem> items, Function<QuoteItem, @Nullable BigDecimal> amount) {
    var sum = BigDecimal.ZERO;
    for (var item : items) {
      var one = amount.apply(item);
      if (one == null) {
        return null;
      }
      sum = sum.add(one);
    }
    return sum;
  }

  /** The last day before one of the items ends, or the product's prices change otherwise. */
  private static @Nullable LocalDate end(List<PricedItem> quoted, List<PricedItem> all) {
    var ends = new ArrayList<LocalDate>();
    var from = quoted.getFirst().price();
    for (var item : quoted) {
      if (item.price().endsOn() != null) {
        ends.add(item.price().endsOn());
      }
    }
    for (var item : all) {
      if (item.price().unit().equals(from.unit())
          && words(item.price().unitText()).equals(words(from.unitText()))
          && quoted.stream()
              .allMatch(one -> item.price().effectiveOn().isAfter(one.price().effectiveOn()))) {
        ends.add(item.price().effectiveOn().minusDays(1));
      }
    }
    return ends.stream().min(LocalDate::compareTo).orElse(null);
  }
}
