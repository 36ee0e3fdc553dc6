package dev.fairground.authorizing;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.authorizing.Effects.Affected;
import dev.fairground.catalog.EditionWriter;
import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
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
 * What all changes of one authorization have in common: the operator's turn is taken, so that
 * nobody publishes or changes meanwhile; the caller, the version and the state are checked in this
 * order; the change is decided, written as the next version, applied to products, and told.
 */
final class GrantDesk {
  private final Mutations mutations;
  private final EditionWriter turns;
  private final GrantRepository grants;
  private final PlanRepository plans;
  private final Effects effects;
  private final EventLog events;

  GrantDesk(Database database) {
    this.mutations = Mutations.ofPublicContent(database);
    this.turns = new EditionWriter(database);
    this.grants = new GrantRepository(database);
    this.plans = new PlanRepository(database);
    this.effects = new Effects(database);
    this.events = new EventLog(database);
  }

  /** An authorization with which the step may be taken, and what the caller is to it. */
  record Open(Grant grant, Party party) {}

  /**
   * What changes.
   *
   * @param columns by the names of the columns
   * @param scope as it is from now on; null for as before
   * @param agreement the items of the agreement; null for as before
   * @param fields the names of the schema's fields that are other than before
   */
  record Change(
      JsonObject columns,
      @Nullable GrantedScope scope,
      @Nullable JsonObject agreement,
      List<String> fields) {
    Change {
      fields = List.copyOf(fields);
    }

    static Change of(JsonObject columns, String... fields) {
      return new Change(columns, null, null, List.of(fields));
    }
  }

  /** Decides on an authorization that is open for the step. */
  @FunctionalInterface
  interface Decision {
    Future<Verdict<Change>> of(SqlConnection transaction, Open open);
  }

  Future<AuthorizationPayload> change(
      String mutation, GrantAction action, Write write, Arguments input, Decision decision) {
    return mutations.run(
        new Attempt<>(mutation, write, input, AuthorizationPayload::refused),
        transaction ->
            open(transaction, action, write, input)
                .compose(
                    opened ->
                        switch (opened) {
                          case Verdict.Rejected<Open> rejected ->
                              Future.succeededFuture(Verdict.rejected(rejected.errors()));
                          case Verdict.Accepted<Open> accepted ->
                              decided(transaction, action, write, accepted.payload(), decision);
                        }));
  }

  private Future<Verdict<Open>> open(
      SqlConnection transaction, GrantAction action, Write write, Arguments input) {
    var id = requireNonNull(input.id("id", AuthorizationResolver.PREFIX));
    return take(transaction, write, id)
        .compose(
            grant ->
                grant == null
                    ? Future.succeededFuture(
                        Verdict.<Open>rejected(InputError.notFound(input, "id")))
                    : plans
                        .supervised(transaction, write, grant.jurisdictionCode())
                        .map(
                            supervised ->
                                opened(action, write, input, grant, !supervised.isEmpty())));
  }

  /** The authorization, with its operator's turn; null where there is none. */
  Future<@Nullable Grant> take(SqlConnection transaction, Write write, UUID id) {
    return grants
        .operator(transaction, id)
        .compose(
            operator ->
                operator == null
                    ? Future.succeededFuture()
                    : turns
                        .takeTurn(transaction, operator)
                        .compose(turn -> grants.find(transaction, write, id)));
  }

  private static Verdict<Open> opened(
      GrantAction action, Write write, Arguments input, Grant grant, boolean authority) {
    var viewer = write.viewer();
    var party =
        new Party(
            viewer.may(Scope.AUTHORIZATION_WRITE, grant.institutionId()),
            authority,
            viewer.may(Scope.LIST_PUBLISH, grant.operatorId()));
    if (!GrantRules.isFor(action, party)) {
      return Verdict.rejected(PlanDesk.forbidden(input, "id"));
    }
    int expected = requireNonNull(input.integer("expectedVersion"));
    if (expected != grant.version()) {
      return Verdict.rejected(VersionConflictError.of(input, grant.version()));
    }
    if (!GrantRules.fits(action, grant.standing(), party)) {
      return Verdict.rejected(
          new StateTransitionError(
              "An authorization that is %s does not allow this step%s. Take one that it allows first."
                  .formatted(
                      grant.state(),
                      grant.standing().byAuthority() ? ", by order of a data authority," : ""),
              input.path("id"),
              grant.state().name(),
              GrantRules.actions(grant.standing(), party).stream().map(Enum::name).toList()));
    }
    return Verdict.accepted(new Open(grant, party));
  }

  private Future<Verdict<AuthorizationPayload>> decided(
      SqlConnection transaction, GrantAction action, Write write, Open open, Decision decision) {
    return decision
        .of(transaction, open)
        .compose(
            verdict ->
                switch (verdict) {
                  case Verdict.Rejected<Change> rejected ->
                      Future.succeededFuture(Verdict.rejected(rejected.errors()));
                  case Verdict.Accepted<Change> accepted ->
                      write(transaction, write, open.grant(), accepted.payload())
                          .compose(
                              affected ->
                                  (action == GrantAction.RESUME || action == GrantAction.AMEND
                                          ? effects.resumable(transaction, write, open.grant().id())
                                          : Future.succeededFuture(Affected.NONE))
                                      .map(
                                          resumable ->
                                              Verdict.accepted(
                                                  new AuthorizationPayload(
                                                      open.grant().id(),
                                                      affected,
                                                      resumable,
                                                      List.of()))));
                });
  }

  /** Writes the next version, and what follows from it. */
  Future<Affected> write(SqlConnection transaction, Write write, Grant grant, Change change) {
    var scope = change.scope() == null ? grant.scope() : change.scope();
    return grants
        .next(transaction, write, grant.id(), change.columns(), scope)
        .compose(
            version ->
                (change.agreement() == null
                        ? Future.<Void>succeededFuture()
                        : grants.agree(transaction, write, grant.id(), version, change.agreement()))
                    .compose(
                        agreed ->
                            tell(
                                transaction,
                                write,
                                grant.globalId(),
                                version,
                                grant.operatorId(),
                                change.fields())))
        .compose(told -> grants.find(transaction, write, grant.id()))
        .compose(after -> effects.apply(transaction, write, requireNonNull(after)));
  }

  /** Tells everybody. */
  Future<Void> tell(
      SqlConnection transaction,
      Write write,
      String subject,
      int version,
      UUID operator,
      List<String> fields) {
    return events.append(
        transaction,
        write,
        List.of(
            new NewEvent(
                EventType.AUTHORIZATION_CHANGED, subject, version, operator, true, fields)));
  }
}
