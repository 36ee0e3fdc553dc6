package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.ProductFacts.Grant;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import dev.fairground.fairaccess.ProductFacts.ScopedScenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A product is offered for scenarios that its authorization allows and does not rule out, and at
 * the fee of their purpose class. Opinions (3): authorization by scenario.
 */
final class FA03ScenarioMatch {
  private FA03ScenarioMatch() {}

  static Result of(Ground ground, ProductFacts facts) {
    var found = new Findings(Check.FA_03, ground);
    if (!found.holds("scenarioMatch")) {
      return found.notApplicable();
    }
    var scenarios = facts.scenarios();
    if (scenarios == null) {
      found.unknown(
          "SCENARIOS_UNKNOWN",
          text("清单未说明应用场景。", "The list does not say which scenarios it is for."),
          List.of(facts.subject()),
          text("请填写应用场景。", "Name its scenarios."));
      return found.result();
    }
    var offered = scenarios.stream().filter(Scenario::allowed).toList();
    if (offered.isEmpty()) {
      found.block(
          "SCENARIO_MISSING",
          text("产品没有任何可用的应用场景。", "The product is offered for no scenario at all."),
          List.of(facts.subject()),
          text("请至少填写一个可用的应用场景。", "Name a scenario that it may be used for."));
    }
    var allowed = ids(facts.grant(), true);
    var prohibited = ids(facts.grant(), false);
    for (var scenario : offered) {
      scoped(found, facts.grant(), scenario, allowed, prohibited);
      var until = scenario.validUntil();
      if (until != null && ground.day().isAfter(until)) {
        found.flag(
            "SCENARIO_EXPIRED",
            text(
                "应用场景 %s 的有效期至 %s。".formatted(scenario.scenarioId(), until),
                "The scenario %s was valid until %s.".formatted(scenario.scenarioId(), until)),
            List.of(scenario.scenarioId()),
            text("请续期该场景，或不再用于它。", "Have the scenario renewed, or offer it for it no more."));
      }
    }
    classes(found, facts, offered);
    return found.result();
  }

  private static Set<String> ids(Grant grant, boolean allowed) {
    return grant.scenarios().stream()
        .filter(scoped -> scoped.allowed() == allowed)
        .map(ScopedScenario::scenarioId)
        .collect(Collectors.toSet());
  }

  private static void scoped(
      Findings found, Grant grant, Scenario scenario, Set<String> allowed, Set<String> prohibited) {
    var id = scenario.scenarioId();
    var evidence = List.of(grant.id(), id);
    var remedy = text("请删去该场景，或变更授权。", "Take the scenario out, or have the authorization amended.");
    if (prohibited.contains(id)) {
      found.block(
          "SCENARIO_PROHIBITED",
          text(
              "授权 %s 禁止用于应用场景 %s。".formatted(grant.number(), id),
              "The authorization %s rules out the scenario %s.".formatted(grant.number(), id)),
          evidence,
          remedy);
    } else if (allowed.contains(id)) {
      return;
    } else if (grant.mode().equals("OVERALL")) {
      found.flag(
          "SCENARIO_NOT_LISTED",
          text(
              "授权 %s 为整体授权，未列出应用场景 %s。".formatted(grant.number(), id),
              "The authorization %s is an overall one and does not list the scenario %s."
                  .formatted(grant.number(), id)),
          evidence,
          text("请由实施机构确认或列入该场景。", "The institution looks at the scenario, or adds it."));
    } else if (allowed.isEmpty() && !grant.mode().equals("BY_SCENARIO")) {
      found.unknown(
          "SCOPE_SCENARIOS_UNKNOWN",
          text(
              "授权 %s 未载明可用的应用场景。".formatted(grant.number()),
              "The authorization %s does not say which scenarios it allows."
                  .formatted(grant.number())),
          evidence,
          text("请由实施机构补充应用场景。", "The institution adds the scenarios."));
    } else {
      found.block(
          "SCENARIO_NOT_ALLOWED",
          text(
              "应用场景 %s 不在授权 %s 的范围内。".formatted(id, grant.number()),
              "The scenario %s is not in the scope of the authorization %s."
                  .formatted(id, grant.number())),
          evidence,
          remedy);
    }
  }

  /** Each class of use that it is offered for has a fee of its own, even if that is nothing. */
  private static void classes(Findings found, ProductFacts facts, List<Scenario> offered) {
    var ofScenarios = offered.stream().map(Scenario::purposeClass).collect(Collectors.toSet());
    if (!offered.isEmpty() && !ofScenarios.contains(facts.purposeClass())) {
      found.flag(
          "CLASS_DIFFERS",
          text(
              "产品用途类别为 %s，其应用场景均不属于该类别。".formatted(facts.purposeClass()),
              "The product's purpose class is %s, and none of its scenarios is of that class."
                  .formatted(facts.purposeClass())),
          ids(facts, offered),
          text("请更正用途类别或应用场景。", "Correct its purpose class, or its scenarios."));
    }
    var prices = facts.prices();
    if (prices == null) {
      return;
    }
    var priced =
        prices.stream()
            .map(Price::purposeClasses)
            .flatMap(List::stream)
            .collect(Collectors.toSet());
    for (var scenario : offered) {
      if (!priced.contains(scenario.purposeClass())) {
        found.flag(
            "CLASS_WITHOUT_FEE",
            text(
                "应用场景 %s 属于 %s，没有对应的收费项目。"
                    .formatted(scenario.scenarioId(), scenario.purposeClass()),
                "The scenario %s is of the class %s, for which there is no price item."
                    .formatted(scenario.scenarioId(), scenario.purposeClass())),
            List.of(facts.subject(), scenario.scenarioId()),
            text(
                "请为该类别设定收费项目（公共治理、公益事业为免费）。",
                "Set a price item for the class; public ones are free."));
      }
    }
  }

  private static List<String> ids(ProductFacts facts, List<Scenario> scenarios) {
    var ids = new ArrayList<String>(List.of(facts.subject()));
    scenarios.forEach(scenario -> ids.add(scenario.scenarioId()));
    return ids;
  }
}
