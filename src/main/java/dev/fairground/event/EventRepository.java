package dev.fairground.event;

import static java.util.Objects.requireNonNull;

import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Scope;
import dev.fairground.sql.Database;
import dev.fairground.sql.Planning;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that reads the log. */
public final class EventRepository {
  private final Database database;

  public EventRepository(Database database) {
    this.database = database;
  }

  private static final String COLUMNS =
      """
      e.position, e.id, e.occurred_at, e.type, e.subject, e.subject_version, e.organization_id, e.open,
      e.changed_fields, e.actor_name
      """;

  /** What {@link EventFilter#wants} says of one event. */
  static final String WANTED =
      """
      (e.open or $3::boolean or e.organization_id = any($4::uuid[]))
             and ($5::text[] is null or e.type = any($5))
             and ($6::text is null or e.subject = $6)
             and ($7::uuid is null or e.organization_id = $7)
             and (not $8::boolean or e.organization_id = any($4))
      """;

  /**
   * Events that a reader wants and may read, with the state of the log at the same moment.
   *
   * @param events in the log's order
   */
  public record Found(EventHead head, List<Event> events) {}

  /**
   * A part of the log, its ends left out.
   *
   * @param after the events behind this position
   * @param before the events before this position
   */
  public record Range(long after, long before) {
    public static Range after(long position) {
      return new Range(position, Long.MAX_VALUE);
    }
  }

  private static final String FIRST =
      """
      -- eventsAfter
      select h.position, h.forgotten, %1$s
        from event_head h
        left join lateral (
             select %1$s
               from event e
              where e.position > $1
                and e.position < $2
                and %2$s
              order by e.position
              limit $9) as e on true
       order by e.position
      """
          .formatted(COLUMNS, WANTED);

  /** The first events of a part of the log. */
  public Future<Found> first(
      Reads reads, Range range, EventFilter filter, Rights rights, int size) {
    return found(reads, FIRST, range, filter, rights, size);
  }

  private static final String LAST =
      """
      -- eventsBefore
      select h.position, h.forgotten, %1$s
        from event_head h
        left join lateral (
             select %1$s
               from event e
              where e.position > $1
                and e.position < $2
                and %2$s
              order by e.position desc
              limit $9) as e on true
       order by e.position
      """
          .formatted(COLUMNS, WANTED);

  /** The last events of a part of the log. */
  public Future<Found> last(Reads reads, Range range, EventFilter filter, Rights rights, int size) {
    return found(reads, LAST, range, filter, rights, size);
  }

  private Future<Found> found(
      Reads reads, String sql, Range range, EventFilter filter, Rights rights, int size) {
    var types = filter.types().stream().map(Enum::name).sorted().toArray(String[]::new);
    var arguments = new ArrayList<@Nullable Object>();
    arguments.add(range.after());
    arguments.add(range.before());
    arguments.add(rights.everywhere(Scope.EVENT_READ));
    arguments.add(rights.organizations(Scope.EVENT_READ));
    arguments.add(types.length == 0 ? null : types);
    arguments.add(filter.subject());
    arguments.add(filter.organizationId());
    arguments.add(filter.mine());
    arguments.add((long) size);
    // Each filter leads to another index, which only a plan for its arguments knows.
    return database
        .list(reads, Planning.FOR_ARGUMENTS, sql, Tuple.wrap(arguments), row -> row)
        .map(
            rows -> {
              var head = new EventHead(rows.getFirst().getLong(0), rows.getFirst().getLong(1));
              var events =
                  rows.stream()
                      .filter(row -> row.getLong(2) != null)
                      .map(row -> read(row, 2).shownTo(rights))
                      .toList();
              return new Found(head, events);
            });
  }

  private static final String FOLLOW =
      """
      -- eventsFollowing
      select %s
        from event e
       where e.position > $1
       order by e.position
       limit $2
      """
          .formatted(COLUMNS);

  /** Events behind a position, whoever may read them; for those that hand them on. */
  Future<List<Event>> follow(long position, int size) {
    return database.list(new Reads(), FOLLOW, Tuple.of(position, (long) size), row -> read(row, 0));
  }

  private static final String HEAD =
      """
      -- eventHead
      select position, forgotten
        from event_head
       where id = 1
      """;

  /** Where the log begins and ends now. */
  public Future<EventHead> head(Reads reads) {
    return database
        .first(reads, HEAD, Tuple.tuple(), row -> new EventHead(row.getLong(0), row.getLong(1)))
        .map(head -> requireNonNull(head));
  }

  private static final String BY_ID =
      """
      -- eventsById
      select %s
        from event e
       where e.id = any($1)
         and (e.open or $2::boolean or e.organization_id = any($3::uuid[]))
      """
          .formatted(COLUMNS);

  /** The events of these ids that the reader may read. */
  Future<List<Event>> findByIds(Reading reading, Collection<UUID> ids) {
    var rights = reading.viewer().rights();
    return database.list(
        reading.reads(),
        BY_ID,
        Tuple.from(
            List.of(
                ids.toArray(UUID[]::new),
                rights.everywhere(Scope.EVENT_READ),
                rights.organizations(Scope.EVENT_READ))),
        row -> read(row, 0).shownTo(rights));
  }

  private static Event read(Row row, int from) {
    return new Event(
        row.getLong(from),
        row.getUUID(from + 1),
        row.getOffsetDateTime(from + 2),
        EventType.of(row.getString(from + 3)),
        row.getString(from + 4),
        row.getInteger(from + 5),
        row.getUUID(from + 6),
        row.getBoolean(from + 7),
        List.of(row.getArrayOfStrings(from + 8)),
        row.getString(from + 9));
  }
}
