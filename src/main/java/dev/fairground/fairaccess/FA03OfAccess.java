package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Findings.text;

import dev.fairground.fairaccess.RequestFacts.Permit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * FA-03 of requests and grants: access is given for a scenario that the authorization allows and
 * does not rule out. A request that waits is refused for it, and breaks nothing yet. Opinions (3).
 */
final class FA03OfAccess {
  private FA03OfAccess() {}

  static Result of(Ground ground, RequestFacts facts) {
    var found = new Findings(Check.FA_03, ground);
    if (!found.holds("scenarioMatch") || !facts.state().equals("GRANTED")) {
      return found.notApplicable();
    }
    permit(found, facts.subject(), facts.permit());
    return found.result();
  }

  static Result of(Ground ground, AccessGrantFacts facts) {
    var found = new Findings(Check.FA_03, ground);
    if (!found.holds("scenarioMatch") || facts.notSigned() || facts.ended()) {
      return found.notApplicable();
    }
    permit(found, facts.subject(), facts.permit());
    return found.result();
  }

  private static void permit(Findings found, String subject, @Nullable Permit permit) {
    if (permit == null) {
      found.unknown(
          "SCOPE_SCENARIOS_UNKNOWN",
          text("授权可用的应用场景未知。", "Which scenarios the authorization allows is not known."),
          List.of(subject),
          text("请由实施机构补充应用场景。", "The institution adds the scenarios."));
      return;
    }
    var evidence = new ArrayList<>(List.of(subject, permit.authorizationId()));
    var scenario = permit.scenarioId();
    if (scenario == null) {
      missing(found, permit, evidence);
      return;
    }
    evidence.add(scenario);
    var allowed = permit.allowed();
    if (allowed != null && allowed) {
      return;
    }
    if (allowed != null) {
      found.block(
          "SCENARIO_PROHIBITED",
          text(
              "授权 %s 禁止用于应用场景 %s。".formatted(permit.number(), scenario),
              "The authorization %s rules out the scenario %s."
                  .formatted(permit.number(), scenario)),
          evidence,
          text("不得用于该场景。", "Do not give access for this scenario."));
    } else if (permit.mode().equals("OVERALL")) {
      found.flag(
          "SCENARIO_NOT_LISTED",
          text(
              "授权 %s 为整体授权，未列出应用场景 %s。".formatted(permit.number(), scenario),
              "The authorization %s is an overall one and does not list the scenario %s."
                  .formatted(permit.number(), scenario)),
          evidence,
          text("请由实施机构确认或列入该场景。", "The institution looks at the scenario, or adds it."));
    } else if (!permit.listsScenarios() && !permit.mode().equals("BY_SCENARIO")) {
      found.unknown(
          "SCOPE_SCENARIOS_UNKNOWN",
          text(
              "授权 %s 未载明可用的应用场景。".formatted(permit.number()),
              "The authorization %s does not say which scenarios it allows."
                  .formatted(permit.number())),
          evidence,
          text("请由实施机构补充应用场景。", "The institution adds the scenarios."));
    } else {
      found.block(
          "SCENARIO_NOT_ALLOWED",
          text(
              "应用场景 %s 不在授权 %s 的范围内。".formatted(scenario, permit.number()),
              "The scenario %s is not in the scope of the authorization %s."
                  .formatted(scenario, permit.number())),
          evidence,
          text("不得用于该场景，或变更授权。", "Do not give access for it, or have the authorization amended."));
    }
  }

  private static void missing(Findings found, Permit permit, List<String> evidence) {
    var chinese = "授权 %s 按场景授权，未写明应用场景。".formatted(permit.number());
    var english =
        "The authorization %s is by scenario, and no scenario is named.".formatted(permit.number());
    if (permit.mode().equals("BY_SCENARIO")) {
      found.block(
          "SCENARIO_MISSING",
          text(chinese, english),
          evidence,
          text("请写明应用场景。", "Name the scenario."));
    } else {
      found.flag(
          "SCENARIO_NOT_NAMED",
          text("未写明应用场景，只有用途类别。", "No scenario is named, only a class of use."),
          evidence,
          text("请写明应用场景。", "Name the scenario."));
    }
  }
}
