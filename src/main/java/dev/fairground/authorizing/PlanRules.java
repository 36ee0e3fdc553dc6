package dev.fairground.authorizing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The life of a plan (Specification, 8 to 12). Pure.
 *
 * <p>A plan that was decided on may be changed, but goes back to be decided on again; while an
 * operator is selected for it, it stays as it is.
 */
final class PlanRules {
  private static final List<String> ITEMS =
      List.of(
          "title",
          "need",
          "operatorConditions",
          "mode",
          "resources",
          "updateFrequency",
          "quality",
          "startsOn",
          "endsOn",
          "evaluation",
          "exitTerms",
          "products",
          "accounting",
          "security",
          "duties",
          "supervision");

  private PlanRules() {}

  /** Whether the caller may take the step at all, wherever the plan stands. */
  static boolean isFor(PlanAction action, Party party) {
    return action == PlanAction.FILE ? party.authority() : party.institution();
  }

  /**
   * Whether the plan's state allows the step.
   *
   * @param revision whether it plans the change of an authorization, for which nobody is selected
   */
  static boolean fits(PlanAction action, PlanState state, boolean revision) {
    return switch (action) {
      case UPDATE ->
          state == PlanState.PLAN_DRAFT
              || state == PlanState.PLAN_APPROVED
              || state == PlanState.PLAN_FILED;
      case DECIDE -> state == PlanState.PLAN_DRAFT;
      case FILE -> state == PlanState.PLAN_APPROVED;
      case OPEN_SELECTION -> state == PlanState.PLAN_FILED && !revision;
      case ANNOUNCE_CANDIDATE -> state == PlanState.SELECTING;
      case WITHDRAW -> state != PlanState.CONCLUDED && state != PlanState.WITHDRAWN;
    };
  }

  /** The steps that the state allows the caller. */
  static Set<PlanAction> actions(PlanState state, boolean revision, Party party) {
    var actions = EnumSet.noneOf(PlanAction.class);
    for (var action : PlanAction.values()) {
      if (isFor(action, party) && fits(action, state, revision)) {
        actions.add(action);
      }
    }
    return actions;
  }

  /** The members that a decision needs and the content lacks. */
  static List<String> missing(JsonObject content) {
    var missing = new ArrayList<String>();
    ITEMS.stream().filter(item -> isEmpty(content.getValue(item))).forEach(missing::add);
    switch (content.getString("mode", "")) {
      case "OTHER" -> needs(missing, content, "modeText");
      case "BY_FIELD" -> needs(missing, content, "fields");
      case "BY_SCENARIO" -> {
        if (!GrantedScope.of(content).isClosed()) {
          missing.add("scenarios");
        }
      }
      default -> {}
    }
    return missing;
  }

  private static void needs(List<String> missing, JsonObject content, String item) {
    if (isEmpty(content.getValue(item))) {
      missing.add(item);
    }
  }

  private static boolean isEmpty(Object value) {
    return switch (value) {
      case null -> true;
      case JsonArray array -> array.isEmpty();
      case JsonObject object -> object.isEmpty();
      default -> value.toString().isBlank();
    };
  }
}
