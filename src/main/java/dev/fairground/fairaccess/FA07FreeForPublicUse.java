package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;
import static java.util.stream.Collectors.toSet;

import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Use for public governance and welfare costs nothing. The class hangs on what the data is used
 * for, never on who uses it. Opinions (6).
 */
final class FA07FreeForPublicUse {
  static final Set<String> PUBLIC = Set.of("PUBLIC_GOVERNANCE", "PUBLIC_WELFARE");

  private FA07FreeForPublicUse() {}

  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_07, ground);
    if (!found.holds("publicUseFree")) {
      return found.notApplicable();
    }
    var wanted = new TreeSet<String>();
    var offered = offered(facts);
    offered.forEach(scenario -> wanted.add(scenario.purposeClass()));
    wanted.add(facts.purposeClass());
    wanted.retainAll(PUBLIC);
    var prices = facts.prices();
    var charged =
        prices == null
            ? List.<Price>of()
            : prices.stream().filter(PriceComparison::isCharged).toList();
    for (var price : charged) {
      if (price.purposeClasses().stream().anyMatch(PUBLIC::contains)) {
        found.block(
            "PUBLIC_USE_CHARGED",
            text(
                "收费项目“%s”对公共治理、公益事业用途收费。".formatted(price.item()),
                "The price item \"%s\" charges for use in public governance or welfare."
                    .formatted(price.item())),
            List.of(facts.subject(), price.id()),
            text("请将该用途设为免费。", "Make it free for that use."));
      }
    }
    if (facts.scenarios() == null && (prices == null || !charged.isEmpty())) {
      found.unknown(
          "SCENARIOS_UNKNOWN",
          text(
              "清单未说明应用场景，无法判断是否应免费。",
              "The list names no scenario, so whether it has to be free is not known."),
          List.of(facts.subject()),
          text("请填写应用场景。", "Name its scenarios."));
    }
    if (wanted.isEmpty()) {
      return found.isEmpty() ? found.notApplicable() : found.result();
    }
    if (prices == null) {
      found.unknown(
          "PRICE_UNKNOWN",
          text(
              "清单未载明价格，无法判断是否免费。",
              "The list does not say a price, so whether it is free is not known."),
          List.of(facts.subject()),
          text("请公布收费标准或注明免费。", "Publish the price, or say that it is free."));
    } else {
      wanted.removeAll(classes(prices));
      wrongClass(found, facts, offered, wanted, charged);
    }
    return found.result();
  }

  private static Set<String> classes(List<Price> prices) {
    return prices.stream().flatMap(price -> price.purposeClasses().stream()).collect(toSet());
  }

  private static List<Scenario> offered(ProductFacts facts) {
    return facts.scenarios() == null
        ? List.of()
        : facts.scenarios().stream().filter(Scenario::allowed).toList();
  }

  /** Where there is a charge and no item for a public class, that class would pay it. */
  private static void wrongClass(
      Findings found,
      ProductFacts facts,
      List<Scenario> offered,
      Set<String> unpriced,
      List<Price> charged) {
    if (unpriced.isEmpty() || charged.isEmpty()) {
      return;
    }
    var evidence = new ArrayList<String>();
    evidence.add(facts.subject());
    offered.stream()
        .filter(scenario -> unpriced.contains(scenario.purposeClass()))
        .forEach(scenario -> evidence.add(scenario.scenarioId()));
    charged.forEach(price -> evidence.add(price.id()));
    var remedy = text("请为该用途设定免费项目。", "Set a free item for that use.");
    if (offered.stream().allMatch(scenario -> PUBLIC.contains(scenario.purposeClass()))) {
      found.block(
          "PUBLIC_USE_PRICED_AS_INDUSTRY",
          text(
              "产品仅用于公共治理、公益事业，却按产业用途收费。",
              "It is offered for public governance or welfare only, and priced as for industry."),
          evidence,
          remedy);
    } else {
      found.flag(
          "NO_FREE_ITEM",
          text(
              "产品也用于公共治理、公益事业，但没有相应的免费项目。",
              "It is offered for public governance or welfare too, and has no free item for that."),
          evidence,
          remedy);
    }
  }
}
