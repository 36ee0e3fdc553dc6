package dev.fairground.clock;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Write;
import dev.fairground.jurisdiction.Rule;
import dev.fairground.jurisdiction.RuleBook;
import dev.fairground.jurisdiction.RuleBooks;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Refusal;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Starts clocks and ends them, pauses and extends them, within the transactions of the changes that
 * they follow from. How long is said by the rules in force on the day of the event, and a clock
 * keeps them. What cannot be done leaves the change by a {@link Refusal}.
 */
public final class Clocks {
  /** The rule that says how many working days before its last day a clock is due soon. */
  private static final String WARNING = "clockDueSoonWd";

  /** The advisory lock between who counts and who publishes calendars. */
  static final int CALENDARS = 7_214_502;

  /** A calendar that was published since the change began holds too: it did not see the clock. */
  private static final Instant NEWEST = Instant.parse("9999-12-31T00:00:00Z");

  private final Database database;
  private final ClockRepository clocks;
  private final RuleBooks books;
  private final WorkCalendars calendars;

  public Clocks(Database database) {
    this.database = database;
    this.clocks = new ClockRepository(database);
    this.books = new RuleBooks(database);
    this.calendars = new WorkCalendars(database);
  }

  /**
   * What is to begin.
   *
   * @param subject the global id of what it runs for
   * @param rule a parameter counted in WORKING_DAYS, DAYS, MONTHS or YEARS
   * @param responsibleId who has to act
   * @param waitingId who waits for it
   * @param on the day of the event
   * @param atMost a shorter length that somebody bound himself to, in the rule's unit; null for the
   *     rule's. A longer one counts for nothing
   */
  public record Start(
      String subject,
      String rule,
      String jurisdictionCode,
      @Nullable UUID responsibleId,
      @Nullable UUID waitingId,
      LocalDate on,
      @Nullable Integer atMost) {
    /** One of the rule's own length. */
    public Start(
        String subject,
        String rule,
        String jurisdictionCode,
        @Nullable UUID responsibleId,
        @Nullable UUID waitingId,
        LocalDate on) {
      this(subject, rule, jurisdictionCode, responsibleId, waitingId, on, null);
    }

    int length(Rule of) {
      var length = Integer.parseInt(of.value());
      return atMost == null ? length : Math.min(length, atMost);
    }
  }

  /**
   * Starts a clock. One that runs already for the subject and the rule refuses the change.
   *
   * @return the last day; null where no rule in force says how long, and no clock runs
   */
  public Future<@Nullable LocalDate> start(SqlConnection transaction, Write write, Start start) {
    return rules(transaction, write, start.jurisdictionCode(), start.on())
        .compose(
            book -> {
              var rule = book.rules().get(start.rule());
              return rule == null
                  ? Future.<@Nullable LocalDate>succeededFuture()
                  : start(transaction, write, start, book, rule);
            });
  }

  private Future<@Nullable LocalDate> start(
      SqlConnection transaction, Write write, Start start, RuleBook book, Rule rule) {
    var unit = Clock.Unit.valueOf(rule.unit().name());
    var warning = book.number(WARNING);
    return calendar(transaction, start.jurisdictionCode())
        .compose(
            calendar -> {
              var length = start.length(rule);
              var days = warning == null ? 0 : warning;
              var counted = new Counting(calendar.days()).start(unit, length, start.on(), days);
              return clocks
                  .insert(transaction, clock(start, rule, unit, days, calendar.id(), counted))
                  .map(
                      inserted -> {
                        if (!inserted) {
                          throw refusal(
                              UserErrorCode.ALREADY_EXISTS,
                              start.rule(),
                              "The clock %s runs already for %s. It has to be met or stopped first."
                                  .formatted(start.rule(), start.subject()));
                        }
                        return counted.dueOn();
                      });
            });
  }

  private record Alike(
      String rule, String jurisdictionCode, LocalDate on, @Nullable Integer atMost) {}

  /**
   * Starts many clocks by a few statements for all that have the rule, the jurisdiction and the day
   * in common. Those that run already stay as they are; where no rule says how long, none begins.
   */
  public Future<Void> startAll(SqlConnection transaction, Write write, List<Start> starts) {
    var groups = new LinkedHashMap<Alike, List<Start>>();
    for (var start : starts) {
      groups
          .computeIfAbsent(
              new Alike(start.rule(), start.jurisdictionCode(), start.on(), start.atMost()),
              unseen -> new ArrayList<>())
          .add(start);
    }
    Future<?> begun = Future.succeededFuture();
    for (var group : groups.values()) {
      begun = begun.compose(done -> startAlike(transaction, write, group));
    }
    return begun.mapEmpty();
  }

  private Future<Void> startAlike(SqlConnection transaction, Write write, List<Start> starts) {
    var first = starts.getFirst();
    return rules(transaction, write, first.jurisdictionCode(), first.on())
        .compose(
            book -> {
              var rule = book.rules().get(first.rule());
              if (rule == null) {
                return Future.succeededFuture();
              }
              var unit = Clock.Unit.valueOf(rule.unit().name());
              var warning = book.number(WARNING);
              var days = warning == null ? 0 : warning;
              return calendar(transaction, first.jurisdictionCode())
                  .compose(
                      calendar ->
                          clocks.insertAll(
                              transaction,
                              clock(
                                  first,
                                  rule,
                                  unit,
                                  days,
                                  calendar.id(),
                                  new Counting(calendar.days())
                                      .start(unit, first.length(rule), first.on(), days)),
                              starts));
            });
  }

  private static Clock clock(
      Start start,
      Rule rule,
      Clock.Unit unit,
      int warning,
      @Nullable String calendar,
      Counting.Counted counted) {
    return new Clock(
        UUID.randomUUID(),
        start.subject(),
        start.rule(),
        start.jurisdictionCode(),
        rule.jurisdictionCode(),
        rule.ruleSetVersion(),
        start.responsibleId(),
        start.waitingId(),
        calendar,
        unit,
        start.length(rule),
        warning,
        start.on(),
        counted.from(),
        counted.days(),
        counted.dueSoonOn(),
        counted.dueOn(),
        counted.unknownYears(),
        Clock.State.RUNNING,
        null,
        null,
        null,
        0,
        0,
        null,
        null);
  }

  /**
   * Holds a clock: what is left of it at the end of today is counted on when it is resumed. Nothing
   * where none runs; one that is paused already refuses the change.
   *
   * @param reason for people to read
   */
  public Future<Void> pause(
      SqlConnection transaction, Write write, String subject, String rule, String reason) {
    return clocks
        .findOpen(transaction, subject, rule)
        .compose(
            clock -> {
              if (clock == null) {
                return Future.succeededFuture();
              }
              if (clock.state() == Clock.State.PAUSED) {
                throw refusal(
                    UserErrorCode.STATE_TRANSITION,
                    rule,
                    "The clock %s is paused since %s already.".formatted(rule, clock.pausedOn()));
              }
              var today = write.moment().day();
              return calendar(transaction, clock.jurisdictionCode())
                  .compose(
                      calendar ->
                          clocks.pause(
                              transaction,
                              write.moment(),
                              clock,
                              new Counting(calendar.days()).left(clock, today),
                              reason));
            });
  }

  /**
   * Lets a paused clock go on: the days that were left are counted from today. Nothing where there
   * is none; one that is not paused refuses the change.
   */
  public Future<Void> resume(SqlConnection transaction, Write write, String subject, String rule) {
    return resumed(transaction, write, subject, rule).mapEmpty();
  }

  /** The same, and tells the last day now; null where there is no clock. */
  public Future<@Nullable LocalDate> resumed(
      SqlConnection transaction, Write write, String subject, String rule) {
    return clocks
        .findOpen(transaction, subject, rule)
        .compose(
            clock -> {
              if (clock == null) {
                return Future.<@Nullable LocalDate>succeededFuture();
              }
              if (clock.state() != Clock.State.PAUSED) {
                throw refusal(
                    UserErrorCode.STATE_TRANSITION,
                    rule,
                    "The clock %s is not paused: it runs until %s.".formatted(rule, clock.dueOn()));
              }
              return calendar(transaction, clock.jurisdictionCode())
                  .compose(
                      calendar -> {
                        var counted =
                            new Counting(calendar.days()).resume(clock, write.moment().day());
                        return clocks
                            .resume(transaction, write.moment(), clock, counted)
                            .<@Nullable LocalDate>map(done -> counted.dueOn());
                      });
            });
  }

  /**
   * Gives a clock more days. How often, and how many days each time, is said by the parameters
   * {@code <rule>Extensions} and {@code <rule>ExtensionMax} of the rules that it began with; with
   * the second alone it is once. Where neither says anything it is free.
   *
   * @param days working days for a clock that counts them, else days; at least 1
   * @param reason for people to read
   * @return the last day now, or, of a paused clock, the one that it had; null where none runs
   */
  public Future<@Nullable LocalDate> extend(
      SqlConnection transaction,
      Write write,
      String subject,
      String rule,
      int days,
      String reason) {
    return clocks
        .findOpen(transaction, subject, rule)
        .compose(
            clock ->
                clock == null
                    ? Future.<@Nullable LocalDate>succeededFuture()
                    : rules(transaction, write, clock.jurisdictionCode(), clock.startedOn())
                        .compose(
                            book -> {
                              hold(book, clock, days);
                              return extend(transaction, write, clock, days, reason);
                            }));
  }

  private Future<@Nullable LocalDate> extend(
      SqlConnection transaction, Write write, Clock clock, int days, String reason) {
    return calendar(transaction, clock.jurisdictionCode())
        .compose(
            calendar -> {
              var counting = new Counting(calendar.days());
              var counted =
                  clock.state() == Clock.State.PAUSED
                      ? Counting.unchanged(clock)
                      : counting.extend(clock, days);
              return clocks
                  .extend(transaction, write.moment(), clock, days, reason, counted)
                  .map(done -> counted.dueOn());
            });
  }

  private static void hold(RuleBook book, Clock clock, int days) {
    if (days < 1) {
      throw refusal(
          UserErrorCode.INVALID,
          clock.rule(),
          "A clock is extended by at least 1 day, but by %d here.".formatted(days));
    }
    var most = book.number(clock.rule() + "ExtensionMax");
    var times = book.number(clock.rule() + "Extensions");
    var often = times != null ? times : most != null ? 1 : Integer.MAX_VALUE;
    if (clock.extensions() >= often) {
      throw refusal(
          UserErrorCode.QUOTA,
          clock.rule(),
          "The clock %s can be extended %d times, and was."
              .formatted(clock.rule(), often)
              .replace("1 times", "once"));
    }
    if (most != null && days > most) {
      throw refusal(
          UserErrorCode.QUOTA,
          clock.rule(),
          "The clock %s can be extended by %d days at most, but by %d here."
              .formatted(clock.rule(), most, days));
    }
  }

  /** What the clock waited for was done today; nothing where none runs. */
  public Future<Void> meet(SqlConnection transaction, Write write, String subject, String rule) {
    return clocks.end(transaction, subject, rule, Clock.State.MET, write.moment().day());
  }

  /**
   * The same, and tells how long it took.
   *
   * @return null where none runs
   */
  public Future<@Nullable Finished> finish(
      SqlConnection transaction, Write write, String subject, String rule) {
    return clocks
        .findOpen(transaction, subject, rule)
        .compose(
            clock ->
                clock == null
                    ? Future.<@Nullable Finished>succeededFuture()
                    : calendar(transaction, clock.jurisdictionCode())
                        .map(calendar -> Finished.of(clock, calendar.days(), write.moment().day()))
                        .compose(
                            finished ->
                                meet(transaction, write, subject, rule).map(done -> finished)));
  }

  /** All clocks of the subject end: what they waited for cannot come any more. */
  public Future<Void> stop(SqlConnection transaction, Write write, String subject) {
    return clocks.end(transaction, subject, null, Clock.State.STOPPED, write.moment().day());
  }

  /** One of them does; nothing where none runs. */
  public Future<Void> stop(SqlConnection transaction, Write write, String subject, String rule) {
    return clocks.end(transaction, subject, rule, Clock.State.STOPPED, write.moment().day());
  }

  private Future<RuleBook> rules(
      SqlConnection transaction, Write write, String jurisdiction, LocalDate on) {
    return books
        .find(transaction, on, write.moment().at(), List.of(jurisdiction))
        .map(found -> requireNonNull(found.get(jurisdiction)));
  }

  // Who counts keeps calendars from being published meanwhile: what it counts by would be old, and
  // the clock one that the publication did not see.
  private static final String KEEP_CALENDARS =
      "-- keepCalendars\nselect pg_advisory_xact_lock_shared($1)::text";

  static Future<Void> keepCalendars(Database database, SqlConnection transaction) {
    return database.rows(transaction, KEEP_CALENDARS, Tuple.of(CALENDARS)).mapEmpty();
  }

  private Future<WorkCalendars.Of> calendar(SqlConnection transaction, String jurisdiction) {
    return keepCalendars(database, transaction)
        .compose(kept -> calendars.of(transaction, NEWEST, jurisdiction));
  }

  private static Refusal refusal(UserErrorCode code, String rule, String message) {
    return new Refusal(new InputError(code, message, List.of(), rule));
  }
}
