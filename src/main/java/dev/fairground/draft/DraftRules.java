package dev.fairground.draft;

import dev.fairground.draft.ProductDraft.Confirmer;
import dev.fairground.draft.ProductDraft.Status;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Pure: what may be done with a draft, and what stands against publishing it. */
final class DraftRules {
  private DraftRules() {}

  /** Whether the caller may take the step at all, whatever the draft's state. */
  static boolean isFor(DraftAction action, ProductDraft draft, Standing standing, Viewer viewer) {
    return switch (action) {
      case UPDATE, DISCARD, SUBMIT, WITHDRAW -> viewer.may(Scope.LIST_WRITE, draft.operatorId());
      case PUBLISH -> viewer.may(Scope.LIST_PUBLISH, draft.operatorId());
      case REVIEW -> standing.grant() != null && standing.grant().reviewing();
      case CONFIRM ->
          standing.grant() != null
              && (standing.grant().reviewing() || standing.grant().supervising());
    };
  }

  /** The steps that the draft's state and the caller's rights allow. */
  static Set<DraftAction> actions(ProductDraft draft, Standing standing, Viewer viewer) {
    var actions = EnumSet.noneOf(DraftAction.class);
    for (var action : DraftAction.values()) {
      if (isFor(action, draft, standing, viewer) && fits(action, draft, standing)) {
        actions.add(action);
      }
    }
    return actions;
  }

  private static boolean fits(DraftAction action, ProductDraft draft, Standing standing) {
    var status = draft.status();
    var writing = status == Status.DRAFT || status == Status.RETURNED;
    return switch (action) {
      case UPDATE, DISCARD, SUBMIT -> writing;
      case WITHDRAW -> !writing;
      case REVIEW -> status == Status.UNDER_REVIEW;
      case CONFIRM -> status == Status.REVIEWED && !confirmable(draft, standing).isEmpty();
      case PUBLISH ->
          !standing.isDelisted()
              && !isAsPublished(draft, standing)
              && (status == Status.FILED
                  || status == Status.REVIEWED && standing.confirmers().isEmpty()
                  || writing && draft.baseVersion() != null && !standing.touchesScope());
    };
  }

  /** Whether publishing the draft would change nothing. */
  static boolean isAsPublished(ProductDraft draft, Standing standing) {
    return draft.baseVersion() != null
        && standing.changedFields().isEmpty()
        && "PUBLISHED".equals(standing.productStatus());
  }

  /** For whom the caller can confirm what is not confirmed yet. */
  static List<Confirmer> confirmable(ProductDraft draft, Standing standing) {
    var grant = standing.grant();
    if (grant == null) {
      return List.of();
    }
    return standing.confirmers().stream()
        .filter(
            confirmer ->
                confirmer == Confirmer.INSTITUTION
                    ? grant.reviewing() && draft.institution() == null
                    : grant.supervising() && draft.authority() == null)
        .toList();
  }

  /**
   * Everything that stands against submitting or publishing a draft, each at its member.
   *
   * @param at the path of the draft in the arguments; empty for the draft by itself
   */
  static List<UserError> problems(ProductDraft draft, Standing standing, List<String> at) {
    var problems = new ArrayList<UserError>();
    for (var member : draft.missing()) {
      var message =
          member.equals("summary")
              ? "There is no summary in the language of the title, which is the entry's own. Add one."
              : "An entry of a list has it. Give the draft a value for it.";
      problems.add(
          new InputError(UserErrorCode.REQUIRED, message, path(at, member), "completeEntry"));
    }
    if (standing.codeTaken()) {
      problems.add(
          new InputError(
              UserErrorCode.ALREADY_EXISTS,
              "Another product of this operator has this code. Choose another one.",
              path(at, "code"),
              null));
    }
    if (standing.moved()) {
      problems.add(
          new InputError(
              UserErrorCode.VERSION_CONFLICT,
              "The product was changed since this draft began. Compare them, and update the draft with rebase: true.",
              path(at),
              null));
    }
    problems.addAll(resting(draft.content(), standing, at));
    return problems;
  }

  /** What an entry's authorization says against it. */
  static List<UserError> resting(JsonObject content, Standing standing, List<String> at) {
    var problems = new ArrayList<UserError>();
    var grant = standing.grant();
    if (grant != null) {
      rests(problems, content, grant, at);
    } else if (content.containsKey("authorization")) {
      problems.add(
          new InputError(
              UserErrorCode.NOT_FOUND,
              "This operator has no such authorization any more. Name another one.",
              path(at, "authorization"),
              null));
    }
    return problems;
  }

  private static void rests(
      List<UserError> problems, JsonObject content, Standing.Grant grant, List<String> at) {
    if (!grant.inForce()) {
      problems.add(
          new NotInForceError(
              path(at, "authorization"), grant.id(), grant.number(), grant.state()));
      return;
    }
    offending(problems, content, grant, at, "resources", "resource", grant.outside());
    offending(problems, content, grant, at, "scenarios", "scenario", grant.prohibited());
    if (grant.beyondTerm()) {
      problems.add(
          new OutsideScopeError(
              "The authorization %s ends on %s, and an entry is offered within its term only. Shorten it."
                  .formatted(grant.number(), grant.endsOn()),
              path(at, "endsOn"),
              grant.id(),
              List.of()));
    }
  }

  private static void offending(
      List<UserError> problems,
      JsonObject content,
      Standing.Grant grant,
      List<String> at,
      String list,
      String member,
      List<Integer> places) {
    var named = content.getJsonArray(list);
    for (int place : places) {
      problems.add(
          new OutsideScopeError(
              "This %s, or what is used of it, is not within the authorization %s. Take it out, or name an authorization that covers it."
                  .formatted(member, grant.number()),
              path(at, list, String.valueOf(place)),
              grant.id(),
              List.of(named.getJsonObject(place).getString(member))));
    }
  }

  private static List<String> path(List<String> at, String... more) {
    return Stream.concat(at.stream(), Stream.of(more)).toList();
  }
}
