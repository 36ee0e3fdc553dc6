package dev.fairground.jurisdiction;

import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

/** SQL over calendars of working days. */
final class WorkCalendarRepository {
  private final Database database;

  WorkCalendarRepository(Database database) {
    this.database = database;
  }

  private static final String BY_ID =
      """
      -- workCalendarsById
      select c.id, c.name, c.name_en, c.time_zone
        from work_calendar c
       where c.id = any($1)
      """;

  Future<List<WorkCalendar>> findByIds(Reading reading, Collection<String> ids) {
    return database.list(
        reading.reads(),
        BY_ID,
        ids(ids),
        row ->
            new WorkCalendar(
                row.getString(0),
                JurisdictionRepository.text(row.getString(1), row.getString(2)),
                row.getString(3)));
  }

  private static final String YEARS =
      """
      -- yearsOfWorkCalendars
      select y.calendar_id, y.year, y.source, y.notice_url, y.version, nullif(y.valid_from, '-infinity')
        from unnest($1::text[]) as parent (id)
       cross join lateral (
         select calendar_id, year, source, notice_url, version, valid_from
           from work_calendar_year
          where calendar_id = parent.id and valid_from <= $2 and valid_to > $2
          order by year desc
          limit 50
       ) as y
      """;

  Future<List<WorkCalendar.Year>> findYears(Reading reading, Collection<String> ids) {
    return database.list(
        reading.reads(),
        YEARS,
        Tuple.of(ids.toArray(String[]::new), reading.moment().at().atOffset(ZoneOffset.UTC)),
        row ->
            new WorkCalendar.Year(
                row.getString(0),
                row.getInteger(1),
                row.getString(2),
                row.getString(3),
                row.getInteger(4),
                row.getOffsetDateTime(5)));
  }

  private static final String DAYS =
      """
      -- daysOfWorkCalendars
      select d.calendar_id, d.day, d.working, d.name
        from work_calendar_day d
       where d.calendar_id = any($1)
         and d.valid_from <= $3 and d.valid_to > $3
         and d.day between make_date($2, 1, 1) and make_date($2, 12, 31)
       order by d.calendar_id, d.day
      """;

  Future<List<WorkCalendar.Day>> findDays(Reading reading, int year, Collection<String> ids) {
    return database.list(
        reading.reads(),
        DAYS,
        Tuple.of(ids.toArray(String[]::new), year, reading.moment().at().atOffset(ZoneOffset.UTC)),
        row ->
            new WorkCalendar.Day(
                row.getString(0), row.getLocalDate(1), row.getBoolean(2), row.getString(3)));
  }

  private static Tuple ids(Collection<String> ids) {
    return Tuple.of(ids.toArray(String[]::new));
  }
}
