package dev.fairground.pricing;

import dev.fairground.check.CheckFailedError;
import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.PriceComparison.Line;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.mutation.UserError;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What stands against new prices by rules that are certain: FA-06 and FA-07. Pure. */
final class PriceFindings {
  private PriceFindings() {}

  /**
   * @param from the first day of the prices
   */
  static List<UserError> against(
      PricedProduct product, List<TariffItem> items, List<Ceiling> ceilings, LocalDate from) {
    var errors = new ArrayList<UserError>();
    for (var item : items) {
      var free = whyFree(product, item);
      if (free != null) {
        errors.add(
            new CheckFailedError(
                free,
                item.input().path("purposeClasses"),
                Check.FA_07.code(),
                List.of(product.globalId())));
      } else {
        errors.addAll(beside(product, item, ceilings, from));
      }
    }
    return errors;
  }

  private static @Nullable String whyFree(PricedProduct product, TariffItem item) {
    if (item.isFree()) {
      return null;
    }
    for (var purpose : item.purposeClasses()) {
      if (!purpose.equals("INDUSTRY")) {
        return "Use for %s is free of charge, whoever is paid. Charge nothing, or give INDUSTRY an item of its own."
            .formatted(purpose);
      }
    }
    var why = product.whyFree();
    return why == null
        ? null
        : why + ", and use for governance and welfare is free of charge. Charge nothing.";
  }

  private static List<UserError> beside(
      PricedProduct product, TariffItem item, List<Ceiling> ceilings, LocalDate from) {
    Price price = item.price(new UUID(0, item.position()), java.time.Instant.EPOCH, from);
    var seen = new HashSet<String>();
    var errors = new ArrayList<UserError>();
    for (var line : product.lines(List.of(price), ceilings, from)) {
      if (line.isFinding() && seen.add(words(line))) {
        errors.add(
            new CheckFailedError(
                words(line), path(item, line), Check.FA_06.code(), evidence(product, line)));
      }
    }
    return errors;
  }

  private static List<String> evidence(PricedProduct product, Line line) {
    var evidence = new ArrayList<String>();
    evidence.add(product.globalId());
    if (line.ceilingId() != null) {
      evidence.add(line.ceilingId());
    }
    return evidence;
  }

  private static List<String> path(TariffItem item, Line line) {
    if (line.fromQuantity() == null) {
      return item.input().path("baseFee");
    }
    for (int i = item.tiers().size() - 1; i >= 0; i--) {
      if (item.tiers().get(i).fromQuantity().compareTo(line.fromQuantity()) <= 0) {
        return item.input().inputs("tiers").get(i).path("unitPrice");
      }
    }
    return item.input().path("tiers");
  }

  /** A finding in words: what is asked, what is allowed, on which days, and the cure. */
  static String words(Line line) {
    var what =
        line.fromQuantity() == null
            ? "The base fee of \"%s\"".formatted(line.item())
            : "The price of \"%s\" from %s on"
                .formatted(line.item(), line.fromQuantity().toPlainString());
    var days =
        "from %s %s"
            .formatted(
                line.days().startsOn(),
                line.days().endsOn() == null ? "on" : "to " + line.days().endsOn());
    return switch (line.kind()) {
      case WITHIN -> what + " is within its ceiling";
      case ABOVE ->
          "%s is %s %s, and the ceiling is %s %s. Lower it by %s."
              .formatted(
                  what,
                  line.asked().stripTrailingZeros().toPlainString(),
                  line.currency(),
                  Objects.requireNonNull(line.allowed()).stripTrailingZeros().toPlainString(),
                  days,
                  Objects.requireNonNull(line.headroom())
                      .negate()
                      .stripTrailingZeros()
                      .toPlainString());
      case NO_CEILING ->
          "%s has no ceiling %s, and what industry pays needs one. End it before, or have a ceiling set."
              .formatted(what, days);
      case UNIT_UNKNOWN ->
          "%s has a unit that no ceiling says how to compare %s. Take the ceiling's unit, or have a factor recorded with it."
              .formatted(what, days);
      case CURRENCY_DIFFERS ->
          "%s is in %s, and its ceiling is not, %s. Take the ceiling's currency."
              .formatted(what, line.currency(), days);
    };
  }
}
