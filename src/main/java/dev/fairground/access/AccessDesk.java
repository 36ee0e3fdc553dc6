package dev.fairground.access;

import dev.fairground.access.Timeline.Happened;
import dev.fairground.check.Cause;
import dev.fairground.check.Checks;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.Refusal;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What all steps of a request have in common: it is read and locked; the caller, the version and
 * the state are checked in this order; the step is decided, written as the next version with an
 * entry of the timeline, and told.
 */
final class AccessDesk {
  private final Mutations mutations;
  private final AccessRequests requests;
  private final Timeline timeline;
  private final Audience audience;
  private final Checks checks;

  AccessDesk(Database database) {
    this.mutations = Mutations.ofHiddenContent(database);
    this.requests = new AccessRequests(database);
    this.timeline = new Timeline(database);
    this.audience = new Audience(database);
    this.checks = new Checks(database);
  }

  /**
   * What a step comes to.
   *
   * @param documents that it brings
   */
  record Outcome(Standing standing, Happened step, List<DocumentForm> documents) {
    Outcome {
      documents = List.copyOf(documents);
    }

    static Future<Verdict<Outcome>> of(Standing standing, Happened step) {
      return Future.succeededFuture(Verdict.accepted(new Outcome(standing, step, List.of())));
    }
  }

  /** Decides on a request that is there and whose state allows the step. */
  @FunctionalInterface
  interface Decision {
    Future<Verdict<Outcome>> of(SqlConnection transaction, AccessRequest request);
  }

  /** Takes a step with a request. */
  Future<AccessRequestPayload> step(
      String mutation, AccessAction action, Write write, Arguments input, Decision decision) {
    return run(
        new Attempt<>(mutation, write, input, AccessRequestPayload::refused),
        action,
        decision,
        AccessRequestPayload::of);
  }

  /** The same with another payload. */
  <P> Future<P> run(
      Attempt<P> attempt,
      AccessAction action,
      Decision decision,
      Function<AccessRequest, P> payload) {
    var write = attempt.write();
    var input = attempt.input();
    UUID id = Objects.requireNonNull(input.id("id", AccessRequest.PREFIX));
    return mutations.run(
        attempt,
        transaction ->
            requests
                .findForUpdate(transaction, write, id)
                .compose(
                    found ->
                        found == null
                            ? Future.succeededFuture(
                                Verdict.rejected(InputError.notFound(input, "id")))
                            : taken(transaction, attempt, action, found, decision, payload)));
  }

  private <P> Future<Verdict<P>> taken(
      SqlConnection transaction,
      Attempt<P> attempt,
      AccessAction action,
      AccessRequest found,
      Decision decision,
      Function<AccessRequest, P> payload) {
    var write = attempt.write();
    return audience
        .reviewing(transaction, write)
        .compose(
            places -> {
              var party = Party.of(found, write.viewer(), places);
              var refused = refusal(action, write, attempt.input(), found, party);
              return refused != null
                  ? Future.succeededFuture(Verdict.rejected(refused))
                  : decision
                      .of(transaction, found)
                      .compose(
                          verdict ->
                              switch (verdict) {
                                case Verdict.Rejected<Outcome> rejected ->
                                    Future.succeededFuture(Verdict.rejected(rejected.errors()));
                                case Verdict.Accepted<Outcome> accepted ->
                                    settle(transaction, write, found, accepted.payload())
                                        .compose(
                                            saved -> checked(transaction, write, action, saved))
                                        .map(
                                            saved ->
                                                Verdict.accepted(
                                                    payload.apply(saved), saved.globalId()));
                              });
            });
  }

  /** What the checks say of a decision as it is written; a BLOCK takes it back. */
  private Future<AccessRequest> checked(
      SqlConnection transaction, Write write, AccessAction action, AccessRequest saved) {
    if (action != AccessAction.DECIDE && action != AccessAction.DECIDE_REVIEW) {
      return Future.succeededFuture(saved);
    }
    return checks
        .ofAccessRequests(transaction, write, Cause.ACCESS_DECISION, List.of(saved.id()))
        .map(
            results -> {
              var errors = new ArrayList<UserError>();
              results.forEach(one -> errors.addAll(one.errors(List.of("input", "decision"))));
              if (!errors.isEmpty()) {
                throw new Refusal(errors);
              }
              return saved;
            });
  }

  private static @Nullable UserError refusal(
      AccessAction action, Write write, Arguments input, AccessRequest found, Party party) {
    if (!AccessRules.isFor(action, party)) {
      return forbidden(input, "id");
    }
    int expected = Objects.requireNonNull(input.integer("expectedVersion"));
    if (expected != found.version()) {
      return VersionConflictError.of(input, found.version());
    }
    var today = write.moment().day();
    if (AccessRules.fits(action, found, today)) {
      return null;
    }
    var message = AccessRules.refusal(action, found, today);
    var rule = AccessRules.rule(action, found);
    return rule == null
        ? new StateTransitionError(
            message,
            input.path("id"),
            found.state().name(),
            AccessRules.actions(found, party, today).stream().map(Enum::name).toList())
        : new InputError(UserErrorCode.STATE_TRANSITION, message, input.path("id"), rule);
  }

  static InputError forbidden(Arguments input, String member) {
    return InputError.at(
        input,
        member,
        UserErrorCode.FORBIDDEN,
        "These credentials may read it, but not take this step with it.");
  }

  /** Writes where a request stands from now on, and why; tells all who read it. */
  Future<AccessRequest> settle(
      SqlConnection transaction, Write write, AccessRequest of, Outcome outcome) {
    return timeline
        .append(transaction, write, of.operatorId(), of.id(), outcome.step())
        .compose(
            number ->
                timeline.add(transaction, of.operatorId(), of.id(), number, outcome.documents()))
        .compose(
            added ->
                requests.next(transaction, write, of.operatorId(), of.id(), outcome.standing()))
        .compose(
            saved ->
                audience
                    .tell(transaction, write, saved, List.of("state", "level", "dueOn", "version"))
                    .map(saved));
  }
}
