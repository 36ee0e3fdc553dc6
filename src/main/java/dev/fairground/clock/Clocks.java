package dev.fairground.clock;

import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Starts clocks and ends them, within the transactions of the changes that they follow from. The
 * one place that computes days: how long is said by the rules in force on the day of the event, and
 * a clock keeps them.
 */
public final class Clocks {
  private final Database database;

  public Clocks(Database database) {
    this.database = database;
  }

  /**
   * What is to begin.
   *
   * @param subject the global id of what it runs for
   * @param rule a parameter counted in WORKING_DAYS, DAYS, MONTHS or YEARS
   * @param responsibleId who has to act
   * @param waitingId who waits for it
   * @param on the day of the event
   */
  public record Start(
      String subject,
      String rule,
      String jurisdictionCode,
      @Nullable UUID responsibleId,
      @Nullable UUID waitingId,
      LocalDate on) {}

  private record Length(
      String code,
      int version,
      int value,
      String unit,
      @Nullable String calendarId,
      Map<LocalDate, Boolean> days,
      List<Integer> years) {}

  private static final String LENGTH =
      """
      -- lengthOfClock
      with recursive chain (code, parent_code, calendar_id, distance) as (
        select j.code, j.parent_code, j.calendar_id, 0 from jurisdiction j where j.code = $1
        union all
        select j.code, j.parent_code, coalesce(chain.calendar_id, j.calendar_id), chain.distance + 1
          from chain
          join jurisdiction j on j.code = chain.parent_code
         where chain.distance < 9
      )
      select s.jurisdiction_code, s.version, p.value::integer, p.unit, chain.calendar_id,
             array(select d.day from work_calendar_day d where d.calendar_id = chain.calendar_id and d.working),
             array(select d.day from work_calendar_day d where d.calendar_id = chain.calendar_id and not d.working),
             array(select y.year from work_calendar_year y where y.calendar_id = chain.calendar_id)
        from chain
        join rule_set s
          on s.jurisdiction_code = chain.code and s.effective_on <= $3 and (s.ends_on is null or s.ends_on >= $3)
        join rule_parameter p on p.rule_set_id = s.id and p.name = $2
       order by chain.distance, s.version desc
       limit 1
      """;

  private static final String START =
      """
      -- startClock
      insert into clock (id, subject, rule, jurisdiction_code, rule_set_code, rule_set_version, responsible_id,
             waiting_id, calendar_id, unit, length, started_on, due_on, provisional, state)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'RUNNING')
      """;

  /**
   * Starts a clock. One that runs already for the subject and the rule is an error of the caller.
   *
   * @return the last day; null where no rule in force says how long, and no clock runs
   */
  public Future<@Nullable LocalDate> start(SqlConnection transaction, Write write, Start start) {
    return database
        .first(
            transaction,
            LENGTH,
            Tuple.of(start.jurisdictionCode(), start.rule(), start.on()),
            Clocks::length)
        .compose(
            length -> {
              if (length == null) {
                return Future.succeededFuture();
              }
              var due = due(length, start.on());
              return database
                  .rows(
                      transaction,
                      START,
                      Tuple.of(UUID.randomUUID(), start.subject(), start.rule())
                          .addValue(start.jurisdictionCode())
                          .addValue(length.code())
                          .addValue(length.version())
                          .addValue(start.responsibleId())
                          .addValue(start.waitingId())
                          .addValue(length.calendarId())
                          .addValue(length.unit())
                          .addValue(length.value())
                          .addValue(start.on())
                          .addValue(due.day())
                          .addValue(due.provisional()))
                  .map(done -> due.day());
            });
  }

  private static WorkDays.Due due(Length length, LocalDate on) {
    return switch (length.unit()) {
      case "WORKING_DAYS" ->
          new WorkDays(new HashSet<>(length.years()), length.days()).after(on, length.value());
      case "DAYS" -> new WorkDays.Due(on.plusDays(length.value()), false);
      case "MONTHS" -> new WorkDays.Due(on.plusMonths(length.value()), false);
      case "YEARS" -> new WorkDays.Due(on.plusYears(length.value()), false);
      default -> throw new IllegalArgumentException("no clock counts in " + length.unit());
    };
  }

  private static final String END =
      """
      -- endClocks
      update clock c set state = $3, ended_on = $4, paused_on = null
       where c.subject = $1
         and ($2::text is null or c.rule = $2)
         and c.state in ('RUNNING', 'PAUSED')
      """;

  /** What the clock waited for was done today; nothing where none runs. */
  public Future<Void> meet(SqlConnection transaction, Write write, String subject, String rule) {
    return end(transaction, write, subject, rule, Clock.State.MET);
  }

  /** All clocks of the subject end: what they waited for cannot come any more. */
  public Future<Void> stop(SqlConnection transaction, Write write, String subject) {
    return end(transaction, write, subject, null, Clock.State.STOPPED);
  }

  private Future<Void> end(
      SqlConnection transaction,
      Write write,
      String subject,
      @Nullable String rule,
      Clock.State state) {
    return database
        .rows(transaction, END, Tuple.of(subject, rule, state.name(), write.moment().day()))
        .mapEmpty();
  }

  private static Length length(Row row) {
    var days = new HashMap<LocalDate, Boolean>();
    for (var day : Objects.requireNonNull(row.getArrayOfLocalDates(5))) {
      days.put(day, true);
    }
    for (var day : Objects.requireNonNull(row.getArrayOfLocalDates(6))) {
      days.put(day, false);
    }
    return new Length(
        row.getString(0),
        Rows.number(row, 1),
        Rows.number(row, 2),
        Objects.requireNonNull(row.getString(3)),
        row.getString(4),
        days,
        List.of(row.getArrayOfIntegers(7)));
  }
}
