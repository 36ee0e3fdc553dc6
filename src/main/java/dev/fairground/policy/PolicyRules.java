package dev.fairground.policy;

import dev.fairground.graphql.Arguments;
import dev.fairground.jurisdiction.RuleBook;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.policy.PolicyContent.Of;
import dev.fairground.policy.PolicyDecision.Bounds;
import dev.fairground.policy.PolicyDifference.Direction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** What stands against a policy. Pure. */
final class PolicyRules {
  /** For how many days a tightening is shown where no rule in force says it. */
  private static final int NOTICE_DAYS = 7;

  private PolicyRules() {}

  static Bounds bounds(RuleBook rules) {
    return new Bounds(
        rules.number("accessDecisionWd"),
        Objects.requireNonNullElse(rules.number("ruleChangeNoticeDays"), NOTICE_DAYS));
  }

  /** Products that are not the caller's are as good as none; then versions, then states. */
  static List<UserError> againstProducts(
      PolicyContent content, Map<UUID, PolicyProduct> found, Viewer viewer) {
    var hidden = new ArrayList<UserError>();
    var conflicts = new ArrayList<UserError>();
    var delisted = new ArrayList<UserError>();
    for (var of : content.products()) {
      var product = found.get(of.productId());
      if (product == null || !viewer.may(Scope.POLICY_WRITE, product.operatorId())) {
        hidden.add(InputError.notFound(of.input(), "productId"));
      } else if (product.version() != of.expectedVersion()) {
        conflicts.add(VersionConflictError.of(of.input(), product.version()));
      } else if (product.status().equals("DELISTED")) {
        delisted.add(delisted(of, product));
      }
    }
    return !hidden.isEmpty() ? hidden : !conflicts.isEmpty() ? conflicts : delisted;
  }

  private static UserError delisted(Of of, PolicyProduct product) {
    return new StateTransitionError(
        "The product was taken off the list for good. Nobody can ask for it any more.",
        of.input().path("productId"),
        product.status(),
        List.of());
  }

  /** The scenarios that conditions name. */
  static Set<UUID> scenarios(PolicyContent content) {
    var named = new LinkedHashSet<UUID>();
    for (var condition : content.conditions()) {
      if (condition.rule() == ConditionRule.SCENARIO) {
        condition.values().forEach(id -> named.add(Ids.uuid(id)));
      }
    }
    return named;
  }

  static List<UserError> unknownScenarios(
      Arguments input, PolicyContent content, List<UUID> known) {
    var errors = new ArrayList<UserError>();
    var given = input.inputs("conditions");
    for (int i = 0; i < content.conditions().size(); i++) {
      var condition = content.conditions().get(i);
      if (condition.rule() == ConditionRule.SCENARIO
          && condition.values().stream().anyMatch(id -> !known.contains(Ids.uuid(id)))) {
        errors.add(
            InputError.at(
                given.get(i), "values", UserErrorCode.NOT_FOUND, "One is no scenario here."));
      }
    }
    return errors;
  }

  static List<UserError> against(
      Arguments input, PolicyContent content, PolicyDecision decision, Bounds bounds) {
    var errors = new ArrayList<UserError>();
    if (content.decisionDays() != null
        && bounds.decisionDays() != null
        && content.decisionDays() > bounds.decisionDays()) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "The rules allow %d working days. Choose that or less, or leave it out."
                  .formatted(bounds.decisionDays()),
              input.path("decisionDays"),
              "FA-12"));
    }
    if (decision.publishes() && content.effectiveOn().isBefore(decision.earliestOn())) {
      errors.add(
          new PolicyNoticeError(
              input.path("effectiveOn"),
              decision.product().id(),
              decision.earliestOn(),
              bounds.noticeDays(),
              decision.change().differences().stream()
                  .filter(one -> one.direction() == Direction.TIGHTER)
                  .toList()));
    }
    return errors;
  }
}
