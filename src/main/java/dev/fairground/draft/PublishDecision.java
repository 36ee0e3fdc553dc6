package dev.fairground.draft;

import dev.fairground.fairaccess.Check;
import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Viewer;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Pure: which drafts are published, or everything that stands against it. */
final class PublishDecision {
  private static final String DRAFTS = "draftIds";

  private static final Set<String> TOLD_BY_PROBLEMS =
      Set.of(Check.FA_01.code(), Check.FA_02.code(), Check.FA_03.code());

  private PublishDecision() {}

  /** Of drafts that the caller named: all of them, or none. */
  static Verdict<List<ProductDraft>> ofNamed(
      Viewer viewer,
      Arguments input,
      List<UUID> ids,
      List<ProductDraft> found,
      ProductListPublish.Known known) {
    var drafts = new HashMap<UUID, ProductDraft>();
    found.forEach(draft -> drafts.put(draft.id(), draft));
    var errors = new ArrayList<UserError>();
    var seen = new HashSet<UUID>();
    for (int i = 0; i < ids.size(); i++) {
      var at = place(input, i);
      var draft = drafts.get(ids.get(i));
      if (draft == null) {
        errors.add(
            new InputError(
                UserErrorCode.NOT_FOUND,
                "The operator has no such draft. It may have been published or discarded.",
                at,
                null));
      } else if (seen.add(draft.id())) {
        errors.addAll(against(viewer, draft, known, at));
      }
    }
    return errors.isEmpty() ? Verdict.accepted(found) : Verdict.rejected(errors);
  }

  /** Of all drafts of an operator: those that nothing stands against. */
  static Verdict<List<ProductDraft>> ofAll(
      Viewer viewer, Arguments input, List<ProductDraft> found, ProductListPublish.Known known) {
    var ready =
        found.stream().filter(draft -> against(viewer, draft, known, List.of()).isEmpty()).toList();
    return ready.isEmpty()
        ? Verdict.rejected(
            InputError.at(
                input,
                DRAFTS,
                UserErrorCode.REQUIRED,
                "The operator has no draft that may be published. The drafts' problems and allowedActions tell why."))
        : Verdict.accepted(ready);
  }

  private static List<UserError> against(
      Viewer viewer, ProductDraft draft, ProductListPublish.Known known, List<String> at) {
    var standing = standing(known.standings(), draft);
    var allowed = DraftRules.actions(draft, standing, viewer);
    if (!allowed.contains(DraftAction.PUBLISH)) {
      return List.of(
          new StateTransitionError(
              why(draft, standing),
              at,
              draft.status().name(),
              allowed.stream().map(Enum::name).toList()));
    }
    var problems = new ArrayList<>(DraftRules.problems(draft, standing, at));
    var scoped = !problems.isEmpty();
    for (var failed : known.checked().errors(draft.id(), at)) {
      // What a draft's own problems say more exactly is not said twice.
      if (!scoped || !TOLD_BY_PROBLEMS.contains(failed.rule())) {
        problems.add(failed);
      }
    }
    return problems;
  }

  private static String why(ProductDraft draft, Standing standing) {
    if (standing.isDelisted()) {
      return "The product was taken off the list for good. Discard the draft.";
    }
    if (DraftRules.isAsPublished(draft, standing)) {
      return "It says what is published already. Change it, or discard it.";
    }
    if (draft.status() == ProductDraft.Status.REVIEWED) {
      return "The jurisdiction wants it confirmed before it is published. Have it confirmed.";
    }
    return "A new product, or one whose scope changes, is published after both reviews were passed. Submit it.";
  }

  /** Those whose code another product took meanwhile. */
  static List<UserError> notEntered(Arguments input, List<ProductDraft> chosen, Set<UUID> entered) {
    var errors = new ArrayList<UserError>();
    var ids = input.strings(DRAFTS);
    for (var draft : chosen) {
      if (draft.baseVersion() == null && !entered.contains(draft.productId())) {
        var i = ids.indexOf(dev.fairground.kernel.Ids.write(DraftDesk.PREFIX, draft.id()));
        errors.add(
            new InputError(
                UserErrorCode.ALREADY_EXISTS,
                "Another product of this operator has the code %s. Choose another one."
                    .formatted(draft.code()),
                i < 0 ? input.path(DRAFTS) : place(input, i),
                null));
      }
    }
    return errors;
  }

  private static List<String> place(Arguments input, int i) {
    var path = new ArrayList<>(input.path(DRAFTS));
    path.add(String.valueOf(i));
    return path;
  }

  private static Standing standing(Map<UUID, Standing> standings, ProductDraft draft) {
    return Objects.requireNonNull(standings.get(draft.id()));
  }
}
