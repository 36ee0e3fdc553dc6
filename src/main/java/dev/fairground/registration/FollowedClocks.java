package dev.fairground.registration;

import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Last days of applications follow their clocks, which a calendar that was published since made
 * longer: nobody is late by the old count, and no publicity is shorter than the rule says.
 */
final class FollowedClocks {
  private final Database database;
  private final RegistrationNotices notices;

  FollowedClocks(Database database) {
    this.database = database;
    this.notices = new RegistrationNotices(database);
  }

  // Of an application at most one clock runs. One that a step has locked is for the next time.
  private static final String FOLLOW =
      """
      -- followClocksOfApplications
      with moved as (
        select p.id, c.due_on, c.rule = 'publicityWd' as publicity
          from registration_application p
          join clock c on c.subject = global_id('rapp', p.id) and c.state = 'RUNNING'
         where p.state in ('SUBMITTED', 'SUPPLEMENT_REQUIRED', 'ACCEPTED', 'IN_PUBLICITY', 'OBJECTED')
           and case when c.rule = 'publicityWd' then p.publicity_ends_on else p.due_on end < c.due_on
         order by p.id
         limit 500
           for no key update of p skip locked)
      update registration_application p
         set due_on = case when p.state = 'OBJECTED' then p.due_on else moved.due_on end,
             publicity_ends_on = case when moved.publicity then moved.due_on else p.publicity_ends_on end
        from moved
       where p.id = moved.id
      returning p.id, moved.publicity, moved.due_on
      """;

  private record Moved(UUID id, boolean publicity, LocalDate dueOn) {}

  /** How many follow now. */
  Future<Integer> run(SqlConnection transaction, Write write) {
    return database
        .list(
            transaction,
            FOLLOW,
            Tuple.tuple(),
            row -> new Moved(row.getUUID(0), row.getBoolean(1), row.getLocalDate(2)))
        .compose(
            all -> {
              Future<?> done = Future.succeededFuture();
              for (var moved : all) {
                if (moved.publicity()) {
                  done =
                      done.compose(
                          before -> notices.prolong(transaction, write, moved.id(), moved.dueOn()));
                }
              }
              return done.map(all.size());
            });
  }
}
