package dev.fairground.authorizing;

import dev.fairground.authorization.AuthorizationGrant.State;
import dev.fairground.graphql.Loader;
import dev.fairground.kernel.Scope;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** What authorizations and plans tell of themselves to this caller. */
final class GrantLoaders {
  private final Database database;
  private final PlanRepository plans;

  GrantLoaders(Database database) {
    this.database = database;
    this.plans = new PlanRepository(database);
  }

  private static final String STANDING =
      """
      -- standingsOfAuthorizations
      select v.grant_id, v.state, v.suspended_by = 'AUTHORITY', v.institution_id, v.operator_id,
             is_data_authority($2, v.jurisdiction_code, $3)
        from authorization_grant_version v
       where v.grant_id = any($1) and v.valid_to = 'infinity'
      """;

  private record Told(UUID id, List<GrantAction> actions) {}

  /** The public takes no steps, and asks for none of them. */
  Loader<UUID, Loader.None, List<GrantAction>> grantActions() {
    return new Loader<>(
        "actionsOfAuthorizations",
        (reading, none, ids) -> {
          var actions = new HashMap<UUID, List<GrantAction>>();
          ids.forEach(id -> actions.put(id, List.of()));
          var rights = reading.viewer().rights();
          if (!reading.moment().isPresent()
              || !rights.hold(Scope.AUTHORIZATION_WRITE)
                  && !rights.hold(Scope.AUTHORIZATION_SUPERVISE)
                  && !rights.hold(Scope.LIST_PUBLISH)) {
            return Future.succeededFuture(actions);
          }
          return told(reading, ids)
              .map(
                  found -> {
                    found.forEach(told -> actions.put(told.id(), told.actions()));
                    return actions;
                  });
        });
  }

  private Future<List<Told>> told(Reading reading, Collection<UUID> ids) {
    var viewer = reading.viewer();
    return database.list(
        reading.reads(),
        STANDING,
        Tuple.of(
            Rows.ids(ids),
            viewer.rights().organizations(Scope.AUTHORIZATION_SUPERVISE),
            reading.moment().day()),
        row ->
            new Told(
                row.getUUID(0),
                List.copyOf(
                    GrantRules.actions(
                        new GrantRules.Standing(
                            Rows.value(row, 1, State.class), Rows.truth(row, 2)),
                        new Party(
                            viewer.may(Scope.AUTHORIZATION_WRITE, row.getUUID(3)),
                            Rows.truth(row, 5),
                            viewer.may(Scope.LIST_PUBLISH, row.getUUID(4)))))));
  }

  /** The steps of plans, by the same rules as the mutations. */
  Loader<AuthorizationPlan, Loader.None, List<PlanAction>> planActions() {
    return new Loader<>(
        "actionsOfAuthorizationPlans",
        (reading, none, asked) ->
            plans
                .supervised(
                    reading,
                    asked.stream().map(AuthorizationPlan::jurisdictionCode).distinct().toList())
                .map(
                    supervised -> {
                      var codes = new HashSet<String>();
                      supervised.forEach(one -> codes.add(one.jurisdictionCode()));
                      var actions = new HashMap<AuthorizationPlan, List<PlanAction>>();
                      for (var plan : asked) {
                        var party =
                            new Party(
                                reading
                                    .viewer()
                                    .may(Scope.AUTHORIZATION_WRITE, plan.institutionId()),
                                codes.contains(plan.jurisdictionCode()),
                                false);
                        actions.put(
                            plan,
                            List.copyOf(PlanRules.actions(plan.state(), plan.isRevision(), party)));
                      }
                      return actions;
                    }));
  }

  private static final String SUSPENDING =
      """
      -- suspendingAuthorizations
      select distinct e.grant_id from authorization_effect e where e.grant_id = any($1)
      """;

  /** Whether products are still being suspended. */
  Loader<UUID, Loader.None, Boolean> suspending() {
    return new Loader<>(
        "suspendingAuthorizations",
        (reading, none, ids) ->
            database
                .list(reading.reads(), SUSPENDING, Tuple.of(Rows.ids(ids)), row -> row.getUUID(0))
                .map(
                    found -> {
                      var suspending = new HashMap<UUID, Boolean>();
                      ids.forEach(id -> suspending.put(id, found.contains(id)));
                      return suspending;
                    }));
  }

  /** The items of an agreement. */
  record Agreement(UUID grantId, int grantVersion, JsonObject items) {}

  private static final String AGREEMENTS =
      """
      -- agreementsOfAuthorizations
      select distinct on (a.grant_id) a.grant_id, a.grant_version, a.items
        from authorization_agreement a
        join authorization_grant g on g.id = a.grant_id
        join authorization_grant_version v on v.grant_id = g.id and v.valid_to = 'infinity'
       where a.grant_id = any($1) and a.recorded_at <= $6
         and ($2 or g.institution_id = any($3) or g.operator_id = any($3) or is_data_authority($4, v.jurisdiction_code, $5))
       order by a.grant_id, a.grant_version desc
      """;

  /** For the parties and the data authority; nothing for everybody else. */
  Loader<UUID, Loader.None, Agreement> agreements() {
    return new Loader<>(
        "agreementsOfAuthorizations",
        (reading, none, ids) -> {
          if (!reading.viewer().signedIn()) {
            return Future.succeededFuture(new HashMap<UUID, Agreement>());
          }
          var rights = reading.viewer().rights();
          return database
              .list(
                  reading.reads(),
                  AGREEMENTS,
                  Tuple.of(
                          Rows.ids(ids),
                          rights.everywhere(Scope.REVIEW_READ),
                          rights.organizations(
                              Scope.AUTHORIZATION_WRITE, Scope.REVIEW_READ, Scope.LIST_READ))
                      .addValue(
                          rights.organizations(Scope.AUTHORIZATION_SUPERVISE, Scope.REVIEW_READ))
                      .addValue(reading.moment().day())
                      .addValue(reading.moment().at().atOffset(java.time.ZoneOffset.UTC)),
                  row ->
                      new Agreement(
                          row.getUUID(0), Rows.number(row, 1), (JsonObject) row.getValue(2)))
              .map(
                  found -> {
                    var agreements = new HashMap<UUID, Agreement>();
                    found.forEach(one -> agreements.put(one.grantId(), one));
                    return agreements;
                  });
        });
  }
}
