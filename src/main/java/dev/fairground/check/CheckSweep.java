package dev.fairground.check;

import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far the newest sweep is. */
record CheckSweep(
    LocalDate day,
    String state,
    @Nullable OffsetDateTime begunAt,
    @Nullable OffsetDateTime endedAt,
    int parts,
    int partsDone,
    int checked,
    int changed,
    int suspended,
    List<LocalDate> missedDays,
    @Nullable OffsetDateTime lastEndedAt) {

  private static final String NEWEST =
      """
      -- newestCheckSweep
      select s.day, s.state, s.begun_at, s.ended_at, p.parts, p.done, p.checked, p.changed, p.suspended,
             array(select m.day from check_sweep m
                    where m.state in ('MISSED', 'GIVEN_UP') order by m.day desc limit 50),
             (select max(l.ended_at) from check_sweep l where l.state = 'DONE')
        from check_sweep s
       cross join lateral (
         select count(*)::integer as parts, count(*) filter (where p.done)::integer as done,
                coalesce(sum(p.checked), 0)::integer as checked, coalesce(sum(p.changed), 0)::integer as changed,
                coalesce(sum(p.suspended), 0)::integer as suspended
           from check_sweep_part p where p.day = s.day) as p
       where s.state in ('RUNNING', 'DONE')
       order by s.day desc
       limit 1
      """;

  static Future<@Nullable CheckSweep> find(Database database, Reading reading) {
    return database.first(
        reading.reads(),
        NEWEST,
        Tuple.tuple(),
        row ->
            new CheckSweep(
                row.getLocalDate(0),
                row.getString(1),
                row.getOffsetDateTime(2),
                row.getOffsetDateTime(3),
                Rows.number(row, 4),
                Rows.number(row, 5),
                Rows.number(row, 6),
                Rows.number(row, 7),
                Rows.number(row, 8),
                List.of(row.getArrayOfLocalDates(9)),
                row.getOffsetDateTime(10)));
  }
}
