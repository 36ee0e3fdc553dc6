package dev.fairground.authorizing;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.mutation.VersionConflictError;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What all changes of one plan have in common: it is read and locked, the caller, the version and
 * the state are checked in this order, the change is decided, written and told.
 */
final class PlanDesk {
  /** The prefix of plans' ids. */
  static final String PREFIX = "apl";

  private final Mutations mutations;
  private final PlanRepository plans;
  private final EventLog events;

  PlanDesk(Database database) {
    this.mutations = Mutations.ofHiddenContent(database);
    this.plans = new PlanRepository(database);
    this.events = new EventLog(database);
  }

  /** A plan that its state allows to be changed, by somebody who may. */
  record Open(AuthorizationPlan plan, @Nullable UUID authorityId) {}

  /** Decides on a plan: what changes, by the names of the columns. */
  @FunctionalInterface
  interface Decision {
    Future<Verdict<JsonObject>> of(SqlConnection transaction, Open open);
  }

  Future<AuthorizationPlanPayload> change(
      String mutation,
      PlanAction action,
      Write write,
      Arguments input,
      List<String> fields,
      Decision decision) {
    return mutations.run(
        new Attempt<>(mutation, write, input, AuthorizationPlanPayload::refused),
        transaction ->
            open(transaction, action, write, input)
                .compose(
                    opened ->
                        switch (opened) {
                          case Verdict.Rejected<Open> rejected ->
                              Future.succeededFuture(Verdict.rejected(rejected.errors()));
                          case Verdict.Accepted<Open> accepted ->
                              decision
                                  .of(transaction, accepted.payload())
                                  .compose(
                                      verdict ->
                                          save(
                                              transaction,
                                              write,
                                              accepted.payload().plan().id(),
                                              fields,
                                              verdict));
                        }));
  }

  private Future<Verdict<AuthorizationPlanPayload>> save(
      SqlConnection transaction,
      Write write,
      UUID id,
      List<String> fields,
      Verdict<JsonObject> verdict) {
    return switch (verdict) {
      case Verdict.Rejected<JsonObject> rejected ->
          Future.succeededFuture(Verdict.rejected(rejected.errors()));
      case Verdict.Accepted<JsonObject> accepted ->
          plans
              .save(transaction, write, id, accepted.payload())
              .compose(
                  saved ->
                      tell(transaction, write, saved, fields)
                          .map(
                              told ->
                                  Verdict.accepted(
                                      new AuthorizationPlanPayload(saved, List.of()))));
    };
  }

  /** Locks the plan that {@code id} names, if the step may be taken with it now. */
  Future<Verdict<Open>> open(
      SqlConnection transaction, PlanAction action, Write write, Arguments input) {
    var id = requireNonNull(input.id("id", PREFIX));
    return plans
        .findForUpdate(transaction, write, id)
        .compose(
            plan ->
                plan == null
                    ? Future.succeededFuture(
                        Verdict.<Open>rejected(InputError.notFound(input, "id")))
                    : plans
                        .supervised(transaction, write, plan.jurisdictionCode())
                        .map(supervised -> opened(action, write, input, plan, supervised)));
  }

  private static Verdict<Open> opened(
      PlanAction action,
      Write write,
      Arguments input,
      AuthorizationPlan plan,
      List<PlanRepository.Supervised> supervised) {
    var party =
        new Party(
            write.viewer().may(Scope.AUTHORIZATION_WRITE, plan.institutionId()),
            !supervised.isEmpty(),
            false);
    if (!PlanRules.isFor(action, party)) {
      return Verdict.rejected(forbidden(input, "id"));
    }
    int expected = requireNonNull(input.integer("expectedVersion"));
    if (expected != plan.version()) {
      return Verdict.rejected(VersionConflictError.of(input, plan.version()));
    }
    if (!PlanRules.fits(action, plan.state(), plan.isRevision())) {
      return Verdict.rejected(
          new StateTransitionError(
              "A plan that is %s does not allow this step. Take one that it allows first."
                  .formatted(plan.state()),
              input.path("id"),
              plan.state().name(),
              PlanRules.actions(plan.state(), plan.isRevision(), party).stream()
                  .map(Enum::name)
                  .toList()));
    }
    return Verdict.accepted(
        new Open(plan, supervised.isEmpty() ? null : supervised.getFirst().authorityId()));
  }

  static UserError forbidden(Arguments input, String member) {
    return InputError.at(
        input,
        member,
        UserErrorCode.FORBIDDEN,
        "These credentials may read it, but not take this step with it.");
  }

  /** Tells the institution's own readers of events. */
  Future<Void> tell(
      SqlConnection transaction, Write write, AuthorizationPlan plan, List<String> fields) {
    return events.append(
        transaction,
        write,
        List.of(
            new NewEvent(
                EventType.AUTHORIZATION_CHANGED,
                Ids.write(PREFIX, plan.id()),
                plan.version(),
                plan.institutionId(),
                false,
                fields)));
  }
}
