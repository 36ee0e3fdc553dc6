package dev.fairground.clock;

import dev.fairground.clock.Counting.Counted;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Scope;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQL over clocks. */
final class ClockRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          id, subject, rule, jurisdiction_code, rule_set_code, rule_set_version, responsible_id, waiting_id, calendar_id,
          unit, length, warning_days, started_on, counted_from, counted_days, due_soon_on, due_on, unknown_years, state,
          paused_on, left_when_paused, pause_reason, extensions, extended_by, extension_reason, ended_on
          """);

  private static final One<Clock> ONE =
      new One<>("clocksById", "clock", "c", false, COLUMNS, ClockRepository::clock);

  static final PageSelect<Clock> LIST = PageSelect.of("clocks", ONE);

  private final Database database;

  ClockRepository(Database database) {
    this.database = database;
  }

  /** What a caller sees of clocks, by the alias {@code c}: those of its own organizations. */
  static Clause visible(Rights rights) {
    if (rights.everywhere(Scope.EVENT_READ)) {
      return Clause.TRUE;
    }
    var organizations = rights.organizations(Scope.EVENT_READ);
    return Clause.of(
        "c.responsible_id = any(?) or c.waiting_id = any(?)",
        (Object) organizations,
        (Object) organizations);
  }

  private static final String BY_ID =
      "-- clocksById\nselect "
          + COLUMNS.all("c")
          + """

             from clock c
            where c.id = any($1) and ($3 or c.responsible_id = any($2) or c.waiting_id = any($2))
            """;

  /** Those that the reader may see. */
  Future<List<Clock>> findByIds(Reading reading, Collection<UUID> ids) {
    var rights = reading.viewer().rights();
    return database.list(
        reading.reads(),
        BY_ID,
        Tuple.of(
            Rows.ids(ids),
            rights.organizations(Scope.EVENT_READ),
            rights.everywhere(Scope.EVENT_READ)),
        ClockRepository::clock);
  }

  private static final String BY_SUBJECT =
      "-- clocksOfSubjects\nselect "
          + COLUMNS.all("c")
          + """

             from unnest($1::text[]) as parent (id)
            cross join lateral (
              select *
                from clock
               where subject = parent.id
               order by started_on, id
               limit 100
            ) as c
            order by c.subject, c.started_on, c.id
            """;

  Future<List<Clock>> findBySubjects(Reading reading, Collection<String> subjects) {
    return database.list(
        reading.reads(),
        BY_SUBJECT,
        Tuple.of((Object) subjects.toArray(String[]::new)),
        ClockRepository::clock);
  }

  private static final String STEPS =
      """
      -- stepsOfClocks
      select s.clock_id, s.number, s.kind, s.on_day, s.at, s.reason, s.days, s.due_before, s.due_on
        from unnest($1::uuid[]) as parent (id)
       cross join lateral (
         select clock_id, number, kind, on_day, at, reason, days, due_before, due_on
           from clock_step
          where clock_id = parent.id
          order by number
          limit 100
       ) as s
       order by s.clock_id, s.number
      """;

  Future<List<Clock.Step>> findSteps(Reading reading, Collection<UUID> clocks) {
    return database.list(
        reading.reads(),
        STEPS,
        Tuple.of((Object) Rows.ids(clocks)),
        row ->
            new Clock.Step(
                row.getUUID(0),
                row.getInteger(1),
                Rows.value(row, 2, Clock.Step.Kind.class),
                row.getLocalDate(3),
                row.getOffsetDateTime(4),
                row.getString(5),
                row.getInteger(6),
                row.getLocalDate(7),
                row.getLocalDate(8)));
  }

  private static final String OPEN =
      "-- lockOpenClock\nselect "
          + COLUMNS.all("c")
          + """

             from clock c
            where c.subject = $1 and c.rule = $2 and c.state in ('RUNNING', 'PAUSED')
              for no key update
            """;

  /** The clock that is not ended yet, kept from others' changes; null where there is none. */
  Future<@Nullable Clock> findOpen(SqlConnection transaction, String subject, String rule) {
    return database.first(transaction, OPEN, Tuple.of(subject, rule), ClockRepository::clock);
  }

  private static final String INSERT =
      """
      -- startClock
      insert into clock (id, subject, rule, jurisdiction_code, rule_set_code, rule_set_version, responsible_id,
             waiting_id, calendar_id, unit, length, warning_days, started_on, counted_from, counted_days, due_soon_on,
             due_on, unknown_years, state)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, 'RUNNING')
          on conflict (subject, rule) where state in ('RUNNING', 'PAUSED') do nothing
      returning id
      """;

  /** False where one runs for the subject and the rule already. */
  Future<Boolean> insert(SqlConnection transaction, Clock clock) {
    return database
        .rows(
            transaction,
            INSERT,
            Tuple.from(
                Arrays.asList(
                    clock.id(),
                    clock.subject(),
                    clock.rule(),
                    clock.jurisdictionCode(),
                    clock.ruleSetCode(),
                    clock.ruleSetVersion(),
                    clock.responsibleId(),
                    clock.waitingId(),
                    clock.calendarId(),
                    clock.unit().name(),
                    clock.length(),
                    clock.warningDays(),
                    clock.startedOn(),
                    clock.countedFrom(),
                    clock.countedDays(),
                    clock.dueSoonOn(),
                    clock.dueOn(),
                    clock.unknownYears().toArray(Integer[]::new))))
        .map(rows -> rows.size() > 0);
  }

  private static final String INSERT_ALL =
      """
      -- startClocks
      insert into clock (id, subject, rule, jurisdiction_code, rule_set_code, rule_set_version, responsible_id,
             waiting_id, calendar_id, unit, length, warning_days, started_on, counted_from, counted_days, due_soon_on,
             due_on, unknown_years, state)
      select gen_random_uuid(), u.subject, $4, $5, $6, $7, u.responsible, u.waiting, $8, $9, $10, $11, $12, $13, $14,
             $15, $16, $17, 'RUNNING'
        from unnest($1::text[], $2::uuid[], $3::uuid[]) as u (subject, responsible, waiting)
          on conflict (subject, rule) where state in ('RUNNING', 'PAUSED') do nothing
      """;

  /**
   * Starts alike clocks of many subjects by one statement; those that run already stay.
   *
   * @param like what they have in common
   */
  Future<Void> insertAll(SqlConnection transaction, Clock like, List<Clocks.Start> starts) {
    return database
        .rows(
            transaction,
            INSERT_ALL,
            Tuple.from(
                Arrays.asList(
                    starts.stream().map(Clocks.Start::subject).toArray(String[]::new),
                    starts.stream().map(Clocks.Start::responsibleId).toArray(UUID[]::new),
                    starts.stream().map(Clocks.Start::waitingId).toArray(UUID[]::new),
                    like.rule(),
                    like.jurisdictionCode(),
                    like.ruleSetCode(),
                    like.ruleSetVersion(),
                    like.calendarId(),
                    like.unit().name(),
                    like.length(),
                    like.warningDays(),
                    like.startedOn(),
                    like.countedFrom(),
                    like.countedDays(),
                    like.dueSoonOn(),
                    like.dueOn(),
                    like.unknownYears().toArray(Integer[]::new))))
        .mapEmpty();
  }

  private static final String STEP =
      """
      insert into clock_step (clock_id, number, kind, on_day, at, reason, days, due_before, due_on)
      select changed.id, 1 + (select count(*) from clock_step s where s.clock_id = changed.id),
             '%s', $2, $3, $4, $5, $6, changed.due_on
        from changed
      """;

  private static final String PAUSE =
      """
      -- pauseClock
      with changed as (
        update clock
           set state = 'PAUSED', paused_on = $2, left_when_paused = $5, pause_reason = $4
         where id = $1
        returning id, due_on)
      """
          + STEP.formatted("PAUSED");

  Future<Void> pause(
      SqlConnection transaction, Moment moment, Clock clock, int left, String reason) {
    return database.rows(transaction, PAUSE, step(moment, clock, reason, left)).mapEmpty();
  }

  // What was told of a last day that has passed is told again of a later one.
  private static final String RECKON =
      """
           counted_from = $7, counted_days = $8, due_soon_on = $9, due_on = $10, unknown_years = $11,
           told = case when $10 > due_on and $10 >= $2 then null else told end
         where id = $1
        returning id, due_on)
      """;

  private static final String RESUME =
      """
      -- resumeClock
      with changed as (
        update clock
           set state = 'RUNNING', paused_on = null, left_when_paused = null,
      """
          + RECKON
          + STEP.formatted("RESUMED");

  Future<Void> resume(SqlConnection transaction, Moment moment, Clock clock, Counted counted) {
    return database
        .rows(transaction, RESUME, step(moment, clock, null, clock.leftWhenPaused(), counted))
        .mapEmpty();
  }

  private static final String EXTEND =
      """
      -- extendClock
      with changed as (
        update clock
           set extensions = extensions + 1, extended_by = extended_by + $5, extension_reason = $4,
               left_when_paused = left_when_paused + $5,
      """
          + RECKON
          + STEP.formatted("EXTENDED");

  Future<Void> extend(
      SqlConnection transaction,
      Moment moment,
      Clock clock,
      int days,
      String reason,
      Counted counted) {
    return database
        .rows(transaction, EXTEND, step(moment, clock, reason, days, counted))
        .mapEmpty();
  }

  private static final String RECOUNT =
      """
      -- recountClocks
      with counted as (
        select n.id, n.due_soon_on, n.due_on, string_to_array(nullif(n.years, ''), ',')::int[] as years
          from unnest($4::uuid[], $5::date[], $6::date[], $7::text[]) as n (id, due_soon_on, due_on, years)),
           before as (
        select c.id, c.due_on from clock c where c.id = any($4)),
           changed as (
        update clock c
           set due_soon_on = counted.due_soon_on, due_on = counted.due_on,
               unknown_years = coalesce(counted.years, '{}'),
               told = case when counted.due_on > c.due_on and counted.due_on >= $1 then null else c.told end
          from counted
         where c.id = counted.id
        returning c.id, c.due_on)
      insert into clock_step (clock_id, number, kind, on_day, at, reason, due_before, due_on)
      select changed.id, 1 + (select count(*) from clock_step s where s.clock_id = changed.id),
             'RECOUNTED', $1, $2, $3, before.due_on, changed.due_on
        from changed
        join before on before.id = changed.id
      """;

  Future<Void> recount(
      SqlConnection transaction, Moment moment, String reason, List<Recount.Changed> changed) {
    if (changed.isEmpty()) {
      return Future.succeededFuture();
    }
    return database
        .rows(
            transaction,
            RECOUNT,
            Tuple.of(moment.day(), moment.now().atOffset(ZoneOffset.UTC), reason)
                .addValue(changed.stream().map(one -> one.clock().id()).toArray(UUID[]::new))
                .addValue(
                    changed.stream()
                        .map(one -> one.counted().dueSoonOn())
                        .toArray(LocalDate[]::new))
                .addValue(
                    changed.stream().map(one -> one.counted().dueOn()).toArray(LocalDate[]::new))
                .addValue(
                    changed.stream()
                        .map(one -> years(one.counted().unknownYears()))
                        .toArray(String[]::new)))
        .mapEmpty();
  }

  private static String years(List<Integer> years) {
    return years.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  // A clock that is met while it is paused had days left, whatever its last day was.
  private static final String END =
      """
      -- endClocks
      update clock c
         set state = $3, ended_on = $4, paused_on = null, left_when_paused = null,
             due_on = case when c.paused_on <= c.due_on then greatest(c.due_on, $4) else c.due_on end
       where c.subject = $1
         and ($2::text is null or c.rule = $2)
         and c.state in ('RUNNING', 'PAUSED')
      """;

  Future<Void> end(
      SqlConnection transaction,
      String subject,
      @Nullable String rule,
      Clock.State state,
      LocalDate on) {
    return database.rows(transaction, END, Tuple.of(subject, rule, state.name(), on)).mapEmpty();
  }

  private static final String TOUCHED =
      "-- lockClocksOfYear\nselect "
          + COLUMNS.all("c")
          + """

             from clock c
            where c.calendar_id = $1 and c.state = 'RUNNING' and c.unit = 'WORKING_DAYS'
              and c.counted_from <= make_date($2, 12, 31) and c.due_on >= make_date($2, 1, 1)
              and c.id > $3
            order by c.id
            limit 500
              for no key update
            """;

  /** Running clocks whose count touches a year, by id; at most 500 behind {@code after}. */
  Future<List<Clock>> findTouched(
      SqlConnection transaction, String calendar, int year, UUID after) {
    return database.list(
        transaction, TOUCHED, Tuple.of(calendar, year, after), ClockRepository::clock);
  }

  private static Tuple step(
      Moment moment, Clock clock, @Nullable String reason, @Nullable Integer days) {
    return Tuple.from(
        Arrays.asList(
            clock.id(),
            moment.day(),
            moment.now().atOffset(ZoneOffset.UTC),
            reason,
            days,
            clock.dueOn()));
  }

  private static Tuple step(
      Moment moment,
      Clock clock,
      @Nullable String reason,
      @Nullable Integer days,
      Counted counted) {
    return step(moment, clock, reason, days)
        .addValue(counted.from())
        .addValue(counted.days())
        .addValue(counted.dueSoonOn())
        .addValue(counted.dueOn())
        .addValue(counted.unknownYears().toArray(Integer[]::new));
  }

  static Clock clock(Row row) {
    var unknown = row.getArrayOfIntegers(17);
    return new Clock(
        row.getUUID(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        Rows.number(row, 5),
        row.getUUID(6),
        row.getUUID(7),
        row.getString(8),
        Rows.value(row, 9, Clock.Unit.class),
        Rows.number(row, 10),
        Rows.number(row, 11),
        row.getLocalDate(12),
        row.getLocalDate(13),
        row.getInteger(14),
        row.getLocalDate(15),
        row.getLocalDate(16),
        unknown == null ? List.of() : List.of(unknown),
        Rows.value(row, 18, Clock.State.class),
        row.getLocalDate(19),
        row.getInteger(20),
        row.getString(21),
        Rows.number(row, 22),
        Rows.number(row, 23),
        row.getString(24),
        row.getLocalDate(25));
  }
}
