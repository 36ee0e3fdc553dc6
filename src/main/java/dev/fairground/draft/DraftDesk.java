package dev.fairground.draft;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What all changes of one draft have in common: it is read and locked, the caller, the version and
 * the state are checked in this order, the change is decided, written and told.
 */
final class DraftDesk {
  /** The prefix of drafts' ids. */
  static final String PREFIX = "pd";

  private final Mutations mutations;
  private final ProductDraftRepository drafts;
  private final StandingRepository standings;
  private final EventLog events;

  DraftDesk(Database database) {
    this.mutations = Mutations.ofHiddenContent(database);
    this.drafts = new ProductDraftRepository(database);
    this.standings = new StandingRepository(database);
    this.events = new EventLog(database);
  }

  /** Decides on a draft that is there and whose state allows the step. */
  @FunctionalInterface
  interface Decision {
    /** The draft as it is to be. */
    Future<Verdict<ProductDraft>> of(
        SqlConnection transaction, ProductDraft draft, Standing standing);
  }

  /** What is done with a draft that may be changed. */
  @FunctionalInterface
  private interface Work {
    Future<Verdict<ProductDraftPayload>> of(
        SqlConnection transaction, ProductDraft draft, Standing standing);
  }

  /** Changes a draft. */
  Future<ProductDraftPayload> change(
      String mutation,
      DraftAction action,
      Write write,
      Arguments input,
      List<String> changedFields,
      Decision decision) {
    return open(
        mutation,
        action,
        write,
        input,
        (transaction, draft, standing) ->
            decision
                .of(transaction, draft, standing)
                .compose(
                    verdict ->
                        switch (verdict) {
                          case Verdict.Accepted<ProductDraft> accepted ->
                              save(transaction, write, input, accepted.payload(), changedFields);
                          case Verdict.Rejected<ProductDraft> rejected ->
                              Future.succeededFuture(Verdict.rejected(rejected.errors()));
                        }));
  }

  /** Gives a draft up. */
  Future<ProductDraftPayload> discard(Write write, Arguments input) {
    return open(
        "productDraftDiscard",
        DraftAction.DISCARD,
        write,
        input,
        (transaction, draft, standing) ->
            drafts
                .delete(transaction, draft.operatorId(), List.of(draft.id()))
                .compose(gone -> tell(transaction, write, draft, List.of()))
                .map(told -> Verdict.accepted(new ProductDraftPayload(null, List.of()))));
  }

  private Future<ProductDraftPayload> open(
      String mutation, DraftAction action, Write write, Arguments input, Work work) {
    UUID id = Objects.requireNonNull(input.id("id", PREFIX));
    return mutations.run(
        new Attempt<>(mutation, write, input, ProductDraftPayload::refused),
        transaction ->
            drafts
                .findForUpdate(transaction, write, id)
                .compose(
                    draft ->
                        draft == null
                            ? Future.succeededFuture(
                                Verdict.rejected(InputError.notFound(input, "id")))
                            : standings
                                .find(transaction, write, List.of(id))
                                .map(List::getFirst)
                                .compose(
                                    standing -> {
                                      var refused = refusal(action, write, input, draft, standing);
                                      return refused != null
                                          ? Future.succeededFuture(refused)
                                          : work.of(transaction, draft, standing);
                                    })));
  }

  private static @org.jspecify.annotations.Nullable Verdict<ProductDraftPayload> refusal(
      DraftAction action, Write write, Arguments input, ProductDraft draft, Standing standing) {
    if (!DraftRules.isFor(action, draft, standing, write.viewer())) {
      return Verdict.rejected(forbidden(input, "id"));
    }
    int expected = Objects.requireNonNull(input.integer("expectedVersion"));
    if (expected != draft.version()) {
      return Verdict.rejected(VersionConflictError.of(input, draft.version()));
    }
    var allowed = DraftRules.actions(draft, standing, write.viewer());
    if (allowed.contains(action)) {
      return null;
    }
    return Verdict.rejected(
        new StateTransitionError(
            "A draft that is %s does not allow this step. Take one that it allows first."
                .formatted(draft.status()),
            input.path("id"),
            draft.status().name(),
            allowed.stream().map(Enum::name).toList()));
  }

  static InputError forbidden(Arguments input, String member) {
    return InputError.at(
        input,
        member,
        UserErrorCode.FORBIDDEN,
        "These credentials may read it, but not take this step with it.");
  }

  private Future<Verdict<ProductDraftPayload>> save(
      SqlConnection transaction,
      Write write,
      Arguments input,
      ProductDraft changed,
      List<String> changedFields) {
    return drafts
        .save(transaction, write, changed)
        .compose(
            saved ->
                saved == null
                    ? Future.succeededFuture(Verdict.rejected(codeTaken(input)))
                    : tell(transaction, write, saved, changedFields)
                        .map(told -> Verdict.accepted(new ProductDraftPayload(saved, List.of()))));
  }

  static InputError codeTaken(Arguments input) {
    return InputError.at(
        input,
        "code",
        UserErrorCode.ALREADY_EXISTS,
        "The operator has a product or a draft with this code. Choose another one.");
  }

  /** Tells the operator's own readers of events. */
  Future<Void> tell(
      SqlConnection transaction, Write write, ProductDraft draft, List<String> changedFields) {
    return events.append(
        transaction,
        write,
        List.of(
            new NewEvent(
                EventType.DRAFT_CHANGED,
                Ids.write(PREFIX, draft.id()),
                draft.version(),
                draft.operatorId(),
                false,
                changedFields)));
  }
}
