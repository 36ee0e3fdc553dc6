package dev.fairground.clock;

import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the calendars that working days are counted by. */
public final class WorkCalendars {
  private final Database database;

  public WorkCalendars(Database database) {
    this.database = database;
  }

  /**
   * A calendar with its id.
   *
   * @param id null where neither the jurisdiction nor one above it has a calendar
   */
  record Of(@Nullable String id, WorkDays days) {
    static final Of NONE = new Of(null, WorkDays.UNKNOWN);
  }

  private record Found(String jurisdiction, String calendar, @Nullable WorkDays days) {}

  // The days of a calendar once, however many jurisdictions count by it.
  private static final String FIND =
      """
      -- workCalendarsOfJurisdictions
      with recursive chain (wanted, code, parent_code, calendar_id, distance) as (
        select j.code, j.code, j.parent_code, j.calendar_id, 0 from jurisdiction j where j.code = any($1)
        union all
        select chain.wanted, j.code, j.parent_code, j.calendar_id, chain.distance + 1
          from chain
          join jurisdiction j on j.code = chain.parent_code
         where chain.calendar_id is null and chain.distance < 9
      ), found as (
        select chain.wanted, chain.calendar_id,
               row_number() over (partition by chain.calendar_id order by chain.wanted) = 1 as first
          from chain
         where chain.calendar_id is not null
      )
      select found.wanted, found.calendar_id,
             case when found.first then array(
               select d.day from work_calendar_day d
                where d.calendar_id = found.calendar_id and d.working and d.valid_from <= $2 and d.valid_to > $2) end,
             case when found.first then array(
               select d.day from work_calendar_day d
                where d.calendar_id = found.calendar_id and not d.working and d.valid_from <= $2 and d.valid_to > $2) end,
             case when found.first then array(
               select y.year from work_calendar_year y
                where y.calendar_id = found.calendar_id and y.valid_from <= $2 and y.valid_to > $2) end
        from found
      """;

  /**
   * The calendars of jurisdictions, each its own or that of the nearest one above.
   *
   * @param knownAt the moment whose calendars are wanted: what was published later is left out
   * @return by jurisdiction, all that were asked for; without a calendar one of which no year is
   *     known
   */
  public Future<Map<String, WorkDays>> find(
      Reads reads, Instant knownAt, Collection<String> jurisdictions) {
    return database
        .list(reads, FIND, arguments(knownAt, jurisdictions), WorkCalendars::found)
        .map(found -> days(jurisdictions, found));
  }

  /** The same within a transaction. */
  public Future<Map<String, WorkDays>> find(
      SqlConnection transaction, Instant knownAt, Collection<String> jurisdictions) {
    return database
        .list(transaction, FIND, arguments(knownAt, jurisdictions), WorkCalendars::found)
        .map(found -> days(jurisdictions, found));
  }

  /** The calendar of one jurisdiction, with its id. */
  Future<Of> of(SqlConnection transaction, Instant knownAt, String jurisdiction) {
    return database
        .list(transaction, FIND, arguments(knownAt, List.of(jurisdiction)), WorkCalendars::found)
        .map(
            found ->
                found.isEmpty() || found.getFirst().days() == null
                    ? Of.NONE
                    : new Of(found.getFirst().calendar(), found.getFirst().days()));
  }

  private static final String BY_ID =
      """
      -- workCalendarToCountBy
      select null::text, c.id,
             array(select d.day from work_calendar_day d
                    where d.calendar_id = c.id and d.working and d.valid_from <= $2 and d.valid_to > $2),
             array(select d.day from work_calendar_day d
                    where d.calendar_id = c.id and not d.working and d.valid_from <= $2 and d.valid_to > $2),
             array(select y.year from work_calendar_year y
                    where y.calendar_id = c.id and y.valid_from <= $2 and y.valid_to > $2)
        from work_calendar c
       where c.id = $1
      """;

  /** A calendar by its id; one of which no year is known where there is none. */
  Future<WorkDays> byId(SqlConnection transaction, Instant knownAt, String id) {
    return database
        .first(
            transaction, BY_ID, Tuple.of(id, knownAt.atOffset(ZoneOffset.UTC)), WorkCalendars::days)
        .map(days -> days == null ? WorkDays.UNKNOWN : days);
  }

  private static Tuple arguments(Instant knownAt, Collection<String> jurisdictions) {
    return Tuple.of(
        jurisdictions.stream().distinct().toArray(String[]::new), knownAt.atOffset(ZoneOffset.UTC));
  }

  private static Map<String, WorkDays> days(Collection<String> wanted, List<Found> found) {
    var byCalendar = new HashMap<String, WorkDays>();
    for (var row : found) {
      if (row.days() != null) {
        byCalendar.put(row.calendar(), row.days());
      }
    }
    var days = new HashMap<String, WorkDays>();
    wanted.forEach(code -> days.put(code, WorkDays.UNKNOWN));
    found.forEach(
        row ->
            days.put(
                row.jurisdiction(), byCalendar.getOrDefault(row.calendar(), WorkDays.UNKNOWN)));
    return days;
  }

  private static Found found(Row row) {
    return new Found(row.getString(0), row.getString(1), days(row));
  }

  private static @Nullable WorkDays days(Row row) {
    var worked = row.getArrayOfLocalDates(2);
    var free = row.getArrayOfLocalDates(3);
    var years = row.getArrayOfIntegers(4);
    return worked == null || free == null || years == null
        ? null
        : new WorkDays(Set.of(years), exceptions(worked, free));
  }

  private static Map<LocalDate, Boolean> exceptions(LocalDate[] worked, LocalDate[] free) {
    var days = new HashMap<LocalDate, Boolean>();
    for (var day : worked) {
      days.put(day, true);
    }
    for (var day : free) {
      days.put(day, false);
    }
    return days;
  }
}
