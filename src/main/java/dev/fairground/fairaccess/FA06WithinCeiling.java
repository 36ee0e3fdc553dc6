package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.PriceComparison.Kind;
import dev.fairground.fairaccess.PriceComparison.Line;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.kernel.Period;
import dev.fairground.kernel.Text;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What industry pays is at most the ceiling: item by item, step by step, on every day. Who sets a
 * price above a ceiling that is set already is refused; where a ceiling came later, the operator
 * gets time to follow. Opinions (6); Price Notice.
 */
final class FA06WithinCeiling {
  private static final String INDUSTRY = "INDUSTRY";

  private final Findings found;
  private final ProductFacts facts;
  private final LocalDate day;
  private final Map<String, Price> prices;
  private final Map<String, List<Ceiling>> ceilings;
  private final boolean required;

  private FA06WithinCeiling(
      Findings found, Ground ground, ProductFacts facts, List<Price> prices, boolean required) {
    this.found = found;
    this.facts = facts;
    this.day = ground.day();
    this.prices =
        prices.stream().collect(Collectors.toMap(Price::id, Function.identity(), (a, b) -> a));
    this.ceilings = facts.ceilings().stream().collect(Collectors.groupingBy(Ceiling::id));
    this.required = required;
  }

  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_06, ground);
    if (!"CEILING".equals(found.text("industryPriceBound"))) {
      return found.notApplicable();
    }
    var required = found.holds("ceilingRequired");
    var prices = facts.prices();
    if (prices == null) {
      found.unknown(
          "PRICE_UNKNOWN",
          text("清单未载明价格。", "The list does not say a price."),
          List.of(facts.subject()),
          text("请公布收费标准或注明免费。", "Publish the price, or say that it is free."));
      return found.result();
    }
    if (prices.stream().noneMatch(price -> price.purposeClasses().contains(INDUSTRY))) {
      return found.notApplicable();
    }
    new FA06WithinCeiling(found, ground, facts, prices, required).compare(prices);
    return found.result();
  }

  private void compare(List<Price> all) {
    if (facts.scenarios() == null) {
      scenariosMissing(all);
    }
    var scenarios =
        facts.scenarios() == null ? List.<ProductFacts.Scenario>of() : facts.scenarios();
    var last = last();
    if (last != null && last.isBefore(day)) {
      last = day;
    }
    for (var line :
        PriceComparison.lines(all, facts.ceilings(), scenarios, new Period(day, last))) {
      var today = line.days().contains(day);
      switch (line.kind()) {
        case WITHIN -> trial(line, today);
        case ABOVE -> above(line, today);
        case NO_CEILING -> missing(line, today);
        case UNIT_UNKNOWN, CURRENCY_DIFFERS -> incomparable(line, today);
      }
    }
  }

  /** The last day on which it can be offered; null where there is none. */
  private @Nullable LocalDate last() {
    var own = facts.endsOn();
    var grant = facts.grant().endsOn();
    return own == null || grant != null && grant.isBefore(own) ? grant : own;
  }

  /** Without its scenarios nobody knows whether a scenario's own ceiling holds. */
  private void scenariosMissing(List<Price> all) {
    var own =
        facts.ceilings().stream()
            .filter(
                ceiling ->
                    ceiling.scenarioId() != null
                        && all.stream()
                            .anyMatch(price -> price.itemClass().equals(ceiling.itemClass())))
            .map(Ceiling::id)
            .toList();
    if (!own.isEmpty()) {
      found.unknown(
          "SCENARIOS_UNKNOWN",
          text(
              "上限按应用场景设定，而清单未说明应用场景。",
              "There are ceilings for single scenarios, and the list names no scenario."),
          own,
          text("请填写应用场景。", "Name its scenarios."));
    }
  }

  private void above(Line line, boolean today) {
    var later = ceilingCameLater(line);
    if (later && !today) {
      return; // from the day on which the ceiling holds, not before
    }
    var place = place(line);
    var message =
        text(
            "收费项目“%s”%s %s 高于上限 %s %s（自 %s 起）。"
                .formatted(
                    line.item(),
                    place.value(),
                    plain(line.asked()),
                    plain(line.allowed()),
                    line.currency(),
                    since(line)),
            "The price item \"%s\" asks %s%s, above the ceiling of %s %s, from %s on."
                .formatted(
                    line.item(),
                    plain(line.asked()),
                    place.translations().get("en"),
                    plain(line.allowed()),
                    line.currency(),
                    since(line)));
    if (later) {
      found.flag(
          "CEILING_FELL_BELOW",
          message,
          evidence(line),
          text("上限已下调，请在期限内调整价格。", "The ceiling was lowered; change the price in time."));
    } else {
      found.block(
          "ABOVE_CEILING",
          message,
          evidence(line),
          text("请将价格降至上限或以下。", "Ask no more than the ceiling."));
    }
  }

  private void missing(Line line, boolean today) {
    if (!today && !beginsSo(line)) {
      return; // one that ends can be set anew
    }
    var message =
        text(
            "收费项目“%s”没有适用的最高收费标准。".formatted(line.item()),
            "There is no ceiling for the price item \"%s\".".formatted(line.item()));
    var evidence = evidence(line);
    var remedy =
        text(
            "请由实施机构设定上限（或试行标准），或设为免费。",
            "The institution sets a ceiling, or a trial rate; or make it free.");
    if (!required) {
      found.disclose("NO_CEILING", message, evidence);
    } else if (!today) {
      found.unknown("NO_CEILING_YET", message, evidence, remedy);
    } else if (isScenarioOpen(line)) {
      return; // UNKNOWN already
    } else if (ceilingCameLater(line) || ceilingEnded(line)) {
      found.flag("CEILING_GONE", message, evidence, remedy);
    } else {
      found.block("NO_CEILING", message, evidence, remedy);
    }
  }

  private void incomparable(Line line, boolean today) {
    if (!today && !beginsSo(line)) {
      return;
    }
    var units = line.kind() == Kind.UNIT_UNKNOWN;
    found.unknown(
        units ? "UNIT_NOT_COMPARABLE" : "CURRENCY_DIFFERS",
        text(
            "收费项目“%s”与上限的%s不同，无法比较。".formatted(line.item(), units ? "计量单位" : "币种"),
            "The price item \"%s\" and its ceiling have different %s and cannot be compared."
                .formatted(line.item(), units ? "units" : "currencies")),
        evidence(line),
        units
            ? text(
                "请由实施机构在上限中载明换算系数，或改用相同单位。",
                "The institution records a factor with the ceiling, or use the ceiling's unit.")
            : text("请使用上限的币种。", "Use the ceiling's currency."));
  }

  /** A trial rate ends, and its prices with it. */
  private void trial(Line line, boolean today) {
    var ceiling = ceilingOf(line);
    if (today && ceiling != null && ceiling.trial()) {
      found.disclose(
          "TRIAL_RATE",
          text(
              "收费项目“%s”适用试行收费标准，至 %s。"
                  .formatted(line.item(), ceiling.endsOn() == null ? "另行通知" : ceiling.endsOn()),
              "The price item \"%s\" rests on a trial rate, until %s."
                  .formatted(
                      line.item(), ceiling.endsOn() == null ? "further notice" : ceiling.endsOn())),
          evidence(line));
    }
  }

  /** Whether a price that is still to come will be without a ceiling on its first day. */
  private boolean beginsSo(Line line) {
    var price = prices.get(line.priceId());
    return price != null && price.effectiveOn().equals(line.days().startsOn());
  }

  private boolean isScenarioOpen(Line line) {
    var price = prices.get(line.priceId());
    return facts.scenarios() == null
        && price != null
        && facts.ceilings().stream()
            .anyMatch(
                ceiling ->
                    ceiling.scenarioId() != null && ceiling.itemClass().equals(price.itemClass()));
  }

  /** Whether the ceiling was set after the price, so that the price was right when it was set. */
  private boolean ceilingCameLater(Line line) {
    var price = prices.get(line.priceId());
    var ceiling = ceilingOf(line);
    return price != null && ceiling != null && ceiling.setAt().isAfter(price.setAt());
  }

  /** Whether one held when the price began, and ended since. */
  private boolean ceilingEnded(Line line) {
    var price = prices.get(line.priceId());
    return price != null
        && line.ceilingId() == null
        && facts.ceilings().stream()
            .anyMatch(
                ceiling ->
                    ceiling.itemClass().equals(price.itemClass())
                        && ceiling.endsOn() != null
                        && ceiling.endsOn().isBefore(day)
                        && !ceiling.endsOn().isBefore(price.effectiveOn())
                        && !ceiling.effectiveOn().isAfter(price.effectiveOn()));
  }

  /** The one that the line names; of several versions the one in force. */
  private @Nullable Ceiling ceilingOf(Line line) {
    if (line.ceilingId() == null) {
      return null;
    }
    Ceiling newest = null;
    for (var ceiling : ceilings.getOrDefault(line.ceilingId(), List.of())) {
      if (newest == null || ceiling.setAt().isAfter(newest.setAt())) {
        newest = ceiling;
      }
    }
    return newest;
  }

  private List<String> evidence(Line line) {
    var evidence = new ArrayList<String>(List.of(line.priceId()));
    if (line.ceilingId() != null) {
      evidence.add(line.ceilingId());
    }
    if (line.scenarioId() != null) {
      evidence.add(line.scenarioId());
    }
    return evidence;
  }

  private static Text place(Line line) {
    var from = line.fromQuantity();
    if (from == null) {
      return text("的基本费", " as base fee");
    }
    return from.signum() == 0
        ? text("的单价", "")
        : text("数量 " + plain(from) + " 起的单价", " from a quantity of " + plain(from));
  }

  /** The first day that counts: the same on every day of a sweep. */
  private LocalDate since(Line line) {
    var price = prices.get(line.priceId());
    var ceiling = ceilingOf(line);
    var since = price == null ? line.days().startsOn() : price.effectiveOn();
    return ceiling != null && ceiling.effectiveOn().isAfter(since) ? ceiling.effectiveOn() : since;
  }

  private static String plain(@Nullable BigDecimal amount) {
    return amount == null ? "" : amount.stripTrailingZeros().toPlainString();
  }
}
