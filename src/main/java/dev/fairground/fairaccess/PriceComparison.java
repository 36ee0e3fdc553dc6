package dev.fairground.fairaccess;

import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Prices for industry beside the ceilings that hold for them: item by item, step by step, on every
 * day. Exact decimals; a price may be as high as its ceiling. Pure.
 *
 * <p>A price holds for all scenarios of its product. For each of them its own ceilings count, and
 * those for all scenarios where it has none that can be compared; that it has others is a finding.
 * Where several ceilings can be compared, the price keeps each. Units are the same where the unit
 * and its words are, or a ceiling says how many of the price's units are one of its own. After a
 * step no quantity is skipped: a price is compared at every quantity at which it or its ceiling
 * begins a step.
 */
public final class PriceComparison {
  private static final String INDUSTRY = "INDUSTRY";

  private PriceComparison() {}

  /** What a comparison came to. */
  public enum Kind {
    /** At most the ceiling. */
    WITHIN,
    /** Above the ceiling. */
    ABOVE,
    /** Something is charged, and no ceiling holds for it. */
    NO_CEILING,
    /** There are ceilings, but none says how its unit, or its fee's period, is to be compared. */
    UNIT_UNKNOWN,
    /** There are ceilings, but in other currencies. */
    CURRENCY_DIFFERS
  }

  /**
   * One amount beside one ceiling, on a span of days.
   *
   * @param priceId the price item's global id
   * @param scenarioId the scenario it was compared for; null where the product names none for
   *     industry
   * @param days the days on which this is so, within those asked about
   * @param ceilingId null where none can be compared
   * @param fromQuantity where the step begins, in the price's units; null for the base fee
   * @param asked the price of one unit of the ceiling, or the base fee
   * @param allowed the ceiling; null where none can be compared
   * @param currency of both
   */
  public record Line(
      Kind kind,
      String priceId,
      String item,
      @Nullable String scenarioId,
      Period days,
      @Nullable String ceilingId,
      @Nullable BigDecimal fromQuantity,
      BigDecimal asked,
      @Nullable BigDecimal allowed,
      String currency) {

    /** How much more could be asked; negative above the ceiling, null where there is none. */
    public @Nullable BigDecimal headroom() {
      return allowed == null ? null : allowed.subtract(asked);
    }

    public boolean isFinding() {
      return kind != Kind.WITHIN;
    }

    private Line until(@Nullable LocalDate end) {
      return new Line(
          kind,
          priceId,
          item,
          scenarioId,
          new Period(days.startsOn(), end),
          ceilingId,
          fromQuantity,
          asked,
          allowed,
          currency);
    }

    /** The same but for the days. */
    public Line undated() {
      return new Line(
          kind,
          priceId,
          item,
          scenarioId,
          new Period(LocalDate.MIN, null),
          ceilingId,
          fromQuantity,
          asked,
          allowed,
          currency);
    }
  }

  /** How many of a price's units are one of a ceiling's; null where nobody said. */
  public static @Nullable BigDecimal factor(Price price, Ceiling ceiling) {
    return PriceAmounts.factor(price, ceiling);
  }

  /** Whether anything is to be paid. */
  public static boolean isCharged(Price price) {
    return PriceAmounts.isPositive(price.baseFee())
        || price.tiers().stream().anyMatch(tier -> PriceAmounts.isPositive(tier.unitPrice()));
  }

  /**
   * What stands against a product's prices from a day on, for as long as the product and its
   * authorization last. What begins later has a span that begins later.
   */
  public static List<Line> findings(ProductFacts facts, LocalDate from) {
    var end = earlier(facts.endsOn(), facts.grant().endsOn());
    return end != null && end.isBefore(from) ? List.of() : findings(facts, new Period(from, end));
  }

  /** What stands against a product's prices on one day. */
  public static List<Line> findingsOn(ProductFacts facts, LocalDate day) {
    return findings(facts, new Period(day, day));
  }

  private static List<Line> findings(ProductFacts facts, Period days) {
    return findings(
        Objects.requireNonNullElse(facts.prices(), List.of()),
        facts.ceilings(),
        Objects.requireNonNullElse(facts.scenarios(), List.of()),
        days);
  }

  public static List<Line> findings(
      List<Price> prices, List<Ceiling> ceilings, List<Scenario> scenarios, Period days) {
    return lines(prices, ceilings, scenarios, days).stream().filter(Line::isFinding).toList();
  }

  /** Everything that was compared, in the order of the prices, scenarios, steps and days. */
  public static List<Line> lines(
      List<Price> prices, List<Ceiling> ceilings, List<Scenario> scenarios, Period days) {
    var lines = new ArrayList<Line>();
    var ofClass = new HashMap<String, List<Ceiling>>();
    ceilings.forEach(
        ceiling ->
            ofClass.computeIfAbsent(ceiling.itemClass(), unseen -> new ArrayList<>()).add(ceiling));
    var bound =
        scenarios.stream()
            .filter(named -> named.allowed() && named.purposeClass().equals(INDUSTRY))
            .toList();
    for (var price : prices) {
      if (price.purposeClasses().contains(INDUSTRY)) {
        var ofPrice = ofClass.getOrDefault(price.itemClass(), List.of());
        var charged = within(new Period(price.effectiveOn(), price.endsOn()), days);
        if (bound.isEmpty()) {
          compare(price, null, ofPrice, charged, lines);
        }
        for (var scenario : bound) {
          var used = within(charged, new Period(LocalDate.MIN, scenario.validUntil()));
          compare(price, scenario.scenarioId(), ofPrice, used, lines);
        }
      }
    }
    return lines;
  }

  /** Day by day, as far as anything changes; equal neighbours become one. */
  private static void compare(
      Price price,
      @Nullable String scenario,
      List<Ceiling> ceilings,
      @Nullable Period days,
      List<Line> into) {
    if (days == null) {
      return;
    }
    var begins = new TreeSet<LocalDate>();
    begins.add(days.startsOn());
    for (var ceiling : ceilings) {
      begins.add(ceiling.effectiveOn());
      if (ceiling.endsOn() != null) {
        begins.add(ceiling.endsOn().plusDays(1));
      }
    }
    begins.removeIf(day -> !days.contains(day));
    Map<Line, Integer> open = new HashMap<>();
    for (var day : begins) {
      var next = begins.higher(day);
      var span = new Period(day, next == null ? days.endsOn() : next.minusDays(1));
      Map<Line, Integer> still = new HashMap<>();
      for (var line : on(price, scenario, ceilings, span)) {
        var before = open.get(line.undated());
        if (before == null) {
          before = into.size();
          into.add(line);
        } else {
          into.set(before, into.get(before).until(span.endsOn()));
        }
        still.put(line.undated(), before);
      }
      open = still;
    }
  }

  /** On days on which no ceiling begins or ends. */
  private static List<Line> on(
      Price price, @Nullable String scenario, List<Ceiling> ceilings, Period span) {
    var inForce =
        ceilings.stream()
            .filter(
                ceiling ->
                    new Period(ceiling.effectiveOn(), ceiling.endsOn()).contains(span.startsOn())
                        && (ceiling.scenarioId() == null || ceiling.scenarioId().equals(scenario)))
            .toList();
    var own = comparable(price, inForce, ceiling -> ceiling.scenarioId() != null);
    var held =
        own.isEmpty() ? comparable(price, inForce, ceiling -> ceiling.scenarioId() == null) : own;
    var amounts = new PriceAmounts(price, scenario, span);
    if (held.isEmpty()) {
      amounts.without(
          inForce.isEmpty()
              ? Kind.NO_CEILING
              : inForce.stream().anyMatch(ceiling -> PriceAmounts.factor(price, ceiling) != null)
                  ? Kind.CURRENCY_DIFFERS
                  : Kind.UNIT_UNKNOWN);
    }
    // A scenario's own ceiling that cannot be compared is not escaped by the choice of a unit.
    if (!held.isEmpty() && own.isEmpty()) {
      var missed = inForce.stream().filter(ceiling -> ceiling.scenarioId() != null).toList();
      if (!missed.isEmpty()) {
        amounts.without(
            missed.stream().anyMatch(ceiling -> PriceAmounts.factor(price, ceiling) != null)
                ? Kind.CURRENCY_DIFFERS
                : Kind.UNIT_UNKNOWN);
      }
    }
    held.forEach(amounts::beside);
    return amounts.lines();
  }

  private static List<Ceiling> comparable(
      Price price, List<Ceiling> ceilings, Predicate<Ceiling> which) {
    return ceilings.stream()
        .filter(
            ceiling ->
                which.test(ceiling)
                    && ceiling.currency().equals(price.currency())
                    && PriceAmounts.factor(price, ceiling) != null)
        .toList();
  }

  /** The days of both; null where there are none. */
  private static @Nullable Period within(@Nullable Period one, Period other) {
    if (one == null) {
      return null;
    }
    var start = one.startsOn().isAfter(other.startsOn()) ? one.startsOn() : other.startsOn();
    var end = earlier(one.endsOn(), other.endsOn());
    return end != null && end.isBefore(start) ? null : new Period(start, end);
  }

  private static @Nullable LocalDate earlier(@Nullable LocalDate one, @Nullable LocalDate other) {
    return one == null || other != null && other.isBefore(one) ? other : one;
  }
}
