package dev.fairground.event;

import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Writes events into the log, in the transactions of the changes that they tell of. */
public final class EventLog {
  private final Database database;

  public EventLog(Database database) {
    this.database = database;
  }

  // A list of lists is no array that PostgreSQL takes from us: fields are joined, and parted there.
  private static final String APPEND =
      """
      -- appendEvents
      insert into event_outbox
             (id, occurred_at, type, subject, subject_version, organization_id, open, changed_fields, actor, actor_name,
              request_id)
      select e.id, $7, e.type, e.subject, e.subject_version, e.organization_id, e.open,
             case when e.fields = '' then '{}' else string_to_array(e.fields, ',') end, $8, $9, $10
        from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::uuid[], $6::boolean[], $11::text[])
             with ordinality as e (id, type, subject, subject_version, organization_id, open, fields, place)
       order by e.place
      """;

  /** Appends events of one change, to be seen in this order when it is committed. */
  public Future<Void> append(SqlConnection transaction, Write write, List<NewEvent> events) {
    if (events.isEmpty()) {
      return Future.succeededFuture();
    }
    var actor = write.actor();
    return database
        .rows(
            transaction,
            APPEND,
            Tuple.from(
                List.of(
                    events.stream().map(event -> UUID.randomUUID()).toArray(UUID[]::new),
                    events.stream().map(event -> event.type().name()).toArray(String[]::new),
                    events.stream().map(NewEvent::subject).toArray(String[]::new),
                    events.stream().map(NewEvent::subjectVersion).toArray(Integer[]::new),
                    events.stream().map(NewEvent::organizationId).toArray(UUID[]::new),
                    events.stream().map(NewEvent::open).toArray(Boolean[]::new),
                    write.moment().now().atOffset(ZoneOffset.UTC),
                    actor.subject(),
                    actor.name(),
                    write.requestId(),
                    events.stream()
                        .map(event -> String.join(",", event.changedFields()))
                        .toArray(String[]::new))))
        .mapEmpty();
  }
}
