package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.ProductFacts.Bundle;
import dev.fairground.fairaccess.ProductFacts.Member;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What is sold together can be bought alone, at prices that leave a choice, and nothing else has to
 * be bought without a technical need. Anti-Monopoly Law 22; Operation Spec 6.
 */
final class FA17NoTying {
  private FA17NoTying() {}

  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_17, ground);
    if (!found.forbids("tyingAllowed") || facts.bundles().isEmpty()) {
      return found.notApplicable();
    }
    for (var bundle : facts.bundles()) {
      alone(found, bundle);
      prices(found, bundle);
      conditions(found, bundle);
    }
    return found.result();
  }

  private static void alone(Findings found, Bundle bundle) {
    var tied = bundle.members().stream().filter(member -> !member.listed()).toList();
    if (!tied.isEmpty()) {
      found.block(
          "NO_PRICE_ALONE",
          text(
              "组合 %s 中 %d 个产品不能单独购买。".formatted(bundle.id(), tied.size()),
              "%d products of the bundle %s cannot be bought alone."
                  .formatted(tied.size(), bundle.id())),
          evidence(bundle, tied),
          text("请为每个产品公布单独的价格。", "List each of them with a price of its own."));
    }
  }

  private static void prices(Findings found, Bundle bundle) {
    var sum = BigDecimal.ZERO;
    var other =
        bundle.members().stream()
            .filter(member -> member.listed() && member.priceAlone() == null)
            .toList();
    if (!other.isEmpty()) {
      found.unknown(
          "PRICE_NOT_COMPARABLE",
          text(
              "组合 %s 中 %d 个产品的单独价格与组合的计量单位或币种不同。".formatted(bundle.id(), other.size()),
              "%d products of the bundle %s have prices alone in another unit or currency."
                  .formatted(other.size(), bundle.id())),
          evidence(bundle, other),
          text("请按组合的单位公布单独价格。", "List a price for them by the bundle's unit."));
    }
    if (bundle.members().stream().anyMatch(member -> member.priceAlone() == null)) {
      return;
    }
    for (var member : bundle.members()) {
      sum = sum.add(alone(member));
    }
    if (bundle.price().compareTo(sum) > 0) {
      found.flag(
          "BUNDLE_DEARER",
          text(
              "组合 %s 的价格 %s 高于单独购买之和 %s。".formatted(bundle.id(), plain(bundle.price()), plain(sum)),
              "The bundle %s costs %s, more than the %s of its parts."
                  .formatted(bundle.id(), plain(bundle.price()), plain(sum))),
          evidence(bundle, bundle.members()),
          text("请调整组合价格。", "Ask no more than for the parts."));
    }
    var dear =
        bundle.members().stream()
            .filter(member -> alone(member).signum() > 0)
            .filter(member -> alone(member).compareTo(bundle.price()) >= 0)
            .toList();
    if (bundle.members().size() > 1 && !dear.isEmpty()) {
      found.flag(
          "NO_REAL_CHOICE",
          text(
              "组合 %s 中 %d 个产品单独购买不低于组合价格 %s。"
                  .formatted(bundle.id(), dear.size(), plain(bundle.price())),
              "%d products of the bundle %s cost alone as much as all of it, %s, or more."
                  .formatted(dear.size(), bundle.id(), plain(bundle.price()))),
          evidence(bundle, dear),
          text("请说明定价理由或调整单独价格。", "Give the reason for the prices, or change them."));
    }
  }

  private static void conditions(Findings found, Bundle bundle) {
    for (var condition : bundle.conditions()) {
      var need = condition.technicalNeed();
      if (need == null || need.isBlank()) {
        found.flag(
            "CONDITION_WITHOUT_NEED",
            text(
                "组合 %s 附加购买条件，未说明技术上的必要：%s".formatted(bundle.id(), condition.text()),
                "The bundle %s asks for something else, and no technical need is declared: %s"
                    .formatted(bundle.id(), condition.text())),
            List.of(bundle.id()),
            text("请删去该条件，或说明技术上的必要。", "Drop the condition, or declare its technical need."));
      } else {
        found.disclose(
            "CONDITION_WITH_NEED",
            text(
                "组合 %s 的条件：%s；技术上的必要：%s".formatted(bundle.id(), condition.text(), need),
                "The bundle %s has a condition: %s; its technical need: %s"
                    .formatted(bundle.id(), condition.text(), need)),
            List.of(bundle.id()));
      }
    }
  }

  private static BigDecimal alone(Member member) {
    var price = member.priceAlone();
    return price == null ? BigDecimal.ZERO : price;
  }

  private static List<String> evidence(Bundle bundle, List<Member> members) {
    var evidence = new ArrayList<String>(List.of(bundle.id()));
    members.forEach(member -> evidence.add(member.productId()));
    return evidence;
  }

  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }
}
