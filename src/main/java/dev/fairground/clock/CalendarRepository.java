package dev.fairground.clock;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that publishes years of calendars. */
final class CalendarRepository {
  private final Database database;

  CalendarRepository(Database database) {
    this.database = database;
  }

  /**
   * A calendar of those that there are.
   *
   * @param authority the caller's organization that publishes it; null for none
   * @param version the year's; 0 where it is not known
   */
  record Ground(@Nullable UUID authority, int version) {}

  private static final String LOCK = "-- lockCalendars\nselect pg_advisory_xact_lock($1)::text";

  /** Nobody counts, and nobody else publishes, until the transaction ends. */
  Future<Void> lock(SqlConnection transaction) {
    return database.rows(transaction, LOCK, Tuple.of(Clocks.CALENDARS)).mapEmpty();
  }

  // A calendar is published by the data authority of the highest place that counts by it.
  private static final String GROUND =
      """
      -- groundOfCalendarYear
      select (select r.organization_id
                from organization_role r
                join jurisdiction j on j.code = r.jurisdiction_code and j.calendar_id = c.id
                left join jurisdiction above on above.code = j.parent_code
               where r.role = 'DATA_AUTHORITY' and r.organization_id = any($3)
                 and r.starts_on <= $4 and (r.ends_on is null or r.ends_on >= $4)
                 and above.calendar_id is distinct from c.id
               order by r.organization_id
               limit 1),
             coalesce((select y.version
                         from work_calendar_year y
                        where y.calendar_id = c.id and y.year = $2 and y.valid_to = 'infinity'), 0)
        from work_calendar c
       where c.id = $1
      """;

  /** Null where there is no such calendar. */
  Future<@Nullable Ground> ground(
      SqlConnection transaction, Write write, String calendar, int year) {
    return database.first(
        transaction,
        GROUND,
        Tuple.of(
            calendar,
            year,
            write.viewer().rights().organizations(Scope.RULE_WRITE),
            write.moment().day()),
        row -> new Ground(row.getUUID(0), row.getInteger(1)));
  }

  // What was there ends a moment before, and stays.
  private static final String CLOSE_DAYS =
      """
      -- closeCalendarDays
      update work_calendar_day d
         set valid_to = greatest($3, d.valid_from + interval '1 microsecond')
       where d.calendar_id = $1 and d.day between make_date($2, 1, 1) and make_date($2, 12, 31)
         and d.valid_to = 'infinity'
      """;

  private static final String CLOSE_YEAR =
      """
      -- closeCalendarYear
      update work_calendar_year y
         set valid_to = greatest($3, y.valid_from + interval '1 microsecond')
       where y.calendar_id = $1 and y.year = $2 and y.valid_to = 'infinity'
      """;

  private static final String INSERT_YEAR =
      """
      -- insertCalendarYear
      insert into work_calendar_year (calendar_id, year, version, source, notice_url, valid_from)
      values ($1, $2, $3, $4, $5, $6)
      """;

  private static final String INSERT_DAYS =
      """
      -- insertCalendarDays
      insert into work_calendar_day (calendar_id, day, version, working, name, valid_from)
      select $1, d.day, $2, d.working, d.name, $3
        from unnest($4::date[], $5::boolean[], $6::text[]) as d (day, working, name)
      """;

  /** Publishes a year anew. */
  Future<Void> publish(
      SqlConnection transaction,
      Write write,
      String calendar,
      int year,
      int version,
      Arguments input) {
    var at = write.moment().now().atOffset(ZoneOffset.UTC);
    var days = input.inputs("days");
    return database
        .rows(transaction, CLOSE_DAYS, Tuple.of(calendar, year, at))
        .compose(done -> database.rows(transaction, CLOSE_YEAR, Tuple.of(calendar, year, at)))
        .compose(
            done ->
                database.rows(
                    transaction,
                    INSERT_YEAR,
                    Tuple.from(
                        Arrays.asList(
                            calendar,
                            year,
                            version,
                            input.string("source"),
                            input.string("noticeUrl"),
                            at))))
        .compose(
            done ->
                database.rows(
                    transaction,
                    INSERT_DAYS,
                    Tuple.from(
                        List.of(
                            calendar,
                            version,
                            at,
                            days.stream()
                                .map(day -> requireNonNull(day.date("day")))
                                .toArray(LocalDate[]::new),
                            days.stream()
                                .map(day -> requireNonNull(day.bool("working")))
                                .toArray(Boolean[]::new),
                            days.stream()
                                .map(day -> requireNonNull(day.string("name")))
                                .toArray(String[]::new)))))
        .mapEmpty();
  }
}
