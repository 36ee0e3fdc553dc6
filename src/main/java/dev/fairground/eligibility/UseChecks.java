package dev.fairground.eligibility;

import static dev.fairground.eligibility.Said.text;

import dev.fairground.fairaccess.Outcome;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import dev.fairground.fairaccess.ProductFacts.ScopedScenario;
import dev.fairground.kernel.Text;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether the product is for the use that is asked for: its class of purpose and its scenario, by
 * the product's list and by the scope of the authorization, as FA-03 reads it. Pure.
 */
final class UseChecks {
  private static final Text TO_NAME = text("请说明应用场景。", "Name the scenario.");
  private static final Text TO_LOOK =
      text("可提出申请，由运营机构审核。", "Apply: the operator has to look at it.");

  private UseChecks() {}

  static List<EligibilityCheck> of(Known known, Settled settled) {
    return List.of(purpose(known, settled), scenario(known, settled));
  }

  /** A class that no list names is no reason by itself: people look. */
  private static EligibilityCheck purpose(Known known, Settled settled) {
    var product = known.product();
    var said =
        new Said(
            "PURPOSE",
            text("用途类别相符", "The product is for the class of purpose"),
            known.basis("scenarioMatch"),
            product.globalId());
    var offered = new TreeSet<String>(List.of(product.purposeClass()));
    product.scenarios().stream()
        .filter(Scenario::allowed)
        .forEach(scenario -> offered.add(scenario.purposeClass()));
    known.items().forEach(item -> offered.addAll(item.price().purposeClasses()));
    var classes = String.join(", ", offered);
    return offered.contains(settled.purposeClass())
        ? said.pass(
            text("产品用于 %s。".formatted(classes), "The product is for %s.".formatted(classes)))
        : said.of(
            Outcome.FLAG,
            text(
                "产品用于 %s，未列明 %s。".formatted(classes, settled.purposeClass()),
                "The product is for %s; nobody said that it is for %s."
                    .formatted(classes, settled.purposeClass())),
            TO_LOOK);
  }

  private static EligibilityCheck scenario(Known known, Settled settled) {
    var scenario = known.scenario();
    var product = known.product();
    var said =
        scenario == null
            ? said(known, product.globalId(), product.grant().globalId())
            : said(known, product.globalId(), product.grant().globalId(), scenario.globalId());
    if (scenario == null) {
      return product.scenarios().isEmpty() && product.grant().scenarios().isEmpty()
          ? said.of(
              Outcome.NOT_APPLICABLE,
              text("产品和授权均未列出应用场景。", "Neither product nor authorization names scenarios."),
              null)
          : said.of(Outcome.UNKNOWN, text("未说明应用场景。", "Nobody said for which scenario."), TO_NAME);
    }
    if (!scenario.purposeClass().equals(settled.purposeClass())) {
      return said.of(
          Outcome.BLOCK,
          text(
              "该场景属于 %s，而申请用途为 %s。".formatted(scenario.purposeClass(), settled.purposeClass()),
              "The scenario is of the class %s, and the purpose asked for is %s."
                  .formatted(scenario.purposeClass(), settled.purposeClass())),
          text(
              "请将用途类别改为 %s。".formatted(scenario.purposeClass()),
              "Ask for the purpose %s, or for another scenario."
                  .formatted(scenario.purposeClass())));
    }
    var against = against(known, scenario);
    if (against != null) {
      return said.of(Outcome.BLOCK, against, text("请选择其他应用场景。", "Ask for another scenario."));
    }
    if (scenario.endsOn() != null && scenario.endsOn().isBefore(settled.endsOn())) {
      return said.of(
          Outcome.FLAG,
          text(
              "该场景有效期至 %s。".formatted(scenario.endsOn()),
              "The scenario is valid until %s.".formatted(scenario.endsOn())),
          TO_LOOK);
    }
    return listed(known, scenario, said);
  }

  private static Said said(Known known, String... evidence) {
    return new Said(
        "SCENARIO",
        text("应用场景相符", "The scenario is among those allowed"),
        known.basis("scenarioMatch"),
        evidence);
  }

  /** What stands against the scenario by certain facts; null where nothing does. */
  static @Nullable Text against(Known known, AskedScenario asked) {
    var grant = known.product().grant();
    var id = asked.globalId();
    if (known.product().scenarios().stream()
        .anyMatch(one -> !one.allowed() && one.scenarioId().equals(id))) {
      return text("产品不得用于该场景。", "The product is not to be used for this scenario.");
    }
    if (grant.scenarios().stream().anyMatch(one -> !one.allowed() && one.scenarioId().equals(id))) {
      return text(
          "授权 %s 禁止用于该场景。".formatted(grant.number()),
          "The authorization %s rules this scenario out.".formatted(grant.number()));
    }
    var allowed = grant.scenarios().stream().filter(ScopedScenario::allowed).toList();
    return allowed.stream().noneMatch(one -> one.scenarioId().equals(id))
            && !grant.mode().equals("OVERALL")
            && (!allowed.isEmpty() || grant.mode().equals("BY_SCENARIO"))
        ? text(
            "该场景不在授权 %s 的范围内。".formatted(grant.number()),
            "The scenario is not in the scope of the authorization %s.".formatted(grant.number()))
        : null;
  }

  private static EligibilityCheck listed(Known known, AskedScenario asked, Said said) {
    var ofProduct = known.product().scenarios().stream().filter(Scenario::allowed).toList();
    if (ofProduct.isEmpty()) {
      return said.of(
          Outcome.UNKNOWN,
          text("产品清单未说明应用场景。", "The product's list names no scenario that it is for."),
          TO_LOOK);
    }
    if (ofProduct.stream().noneMatch(one -> one.scenarioId().equals(asked.globalId()))) {
      return said.of(
          Outcome.FLAG,
          text("产品清单未列出该场景。", "The product's list does not name this scenario."),
          TO_LOOK);
    }
    if (known.product().grant().scenarios().stream()
        .noneMatch(one -> one.allowed() && one.scenarioId().equals(asked.globalId()))) {
      return said.of(
          Outcome.FLAG,
          text(
              "授权 %s 未列出该场景。".formatted(known.product().grant().number()),
              "The authorization %s does not list this scenario."
                  .formatted(known.product().grant().number())),
          TO_LOOK);
    }
    return said.pass(text("产品和授权均列出该场景。", "Product and authorization name this scenario."));
  }
}
