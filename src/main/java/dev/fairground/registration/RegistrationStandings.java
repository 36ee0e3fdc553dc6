package dev.fairground.registration;

import dev.fairground.graphql.Loader;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that tells what may be done with registrations. */
final class RegistrationStandings {
  private final Database database;

  RegistrationStandings(Database database) {
    this.database = database;
  }

  private static final String STANDINGS =
      """
      -- standingsOfRegistrations
      select r.id, v.registrar_id, coalesce(v.registrant_id, r.operator_id, s.holder_id), v.state, v.dispute_mark,
             v.valid_until,
             rule_value(
               coalesce((
                 select min(o.jurisdiction_code)
                   from organization_role o
                  where o.organization_id = v.registrar_id and o.role = 'REGISTRAR' and o.starts_on <= $2
                    and (o.ends_on is null or o.ends_on >= $2)), '000000'),
               'renewWindowDays', $2)::integer
        from registration r
        join registration_version v on v.registration_id = r.id and v.valid_to = 'infinity'
        left join data_resource_version s on s.resource_id = r.resource_id and s.valid_to = 'infinity'
       where r.id = any($1)
      """;

  Future<RegistrationRules.@Nullable Standing> find(
      SqlConnection transaction, UUID id, LocalDate today) {
    return database.first(
        transaction,
        STANDINGS,
        Tuple.of(new UUID[] {id}, (Object) today),
        RegistrationStandings::standing);
  }

  /** The steps that the caller may take; the public takes none, and asks for none. */
  Loader<UUID, Loader.None, List<RegistrationAction>> actions() {
    return new Loader<>(
        "actionsOfRegistrations",
        (reading, none, ids) -> {
          var actions = new HashMap<UUID, List<RegistrationAction>>();
          ids.forEach(id -> actions.put(id, List.of()));
          if (!reading.viewer().signedIn() || !reading.moment().isPresent()) {
            return Future.succeededFuture(actions);
          }
          var today = reading.moment().day();
          return database
              .list(
                  reading.reads(),
                  STANDINGS,
                  Tuple.of(Rows.ids(ids), (Object) today),
                  RegistrationStandings::standing)
              .map(
                  found -> {
                    found.forEach(
                        standing ->
                            actions.put(
                                standing.id(),
                                List.copyOf(
                                    RegistrationRules.actions(standing, reading.viewer(), today))));
                    return actions;
                  });
        });
  }

  private static RegistrationRules.Standing standing(Row row) {
    return new RegistrationRules.Standing(
        row.getUUID(0),
        row.getUUID(1),
        row.getUUID(2),
        Rows.value(row, 3, Registration.State.class),
        Rows.truth(row, 4),
        row.getLocalDate(5),
        row.getInteger(6));
  }
}
