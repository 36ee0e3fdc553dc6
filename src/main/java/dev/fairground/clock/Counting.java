package dev.fairground.clock;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one place that computes the days of clocks. Pure.
 *
 * @param days the calendar of the clock's jurisdiction
 */
record Counting(WorkDays days) {
  /**
   * What was counted.
   *
   * @param from the day that is not counted any more
   * @param days of the count; null for months and years of the calendar
   */
  record Counted(
      LocalDate from,
      @Nullable Integer days,
      LocalDate dueSoonOn,
      LocalDate dueOn,
      List<Integer> unknownYears) {}

  /** From an event. */
  Counted start(Clock.Unit unit, int length, LocalDate on, int warningDays) {
    return switch (unit) {
      case WORKING_DAYS, DAYS -> count(unit, on, length, on, warningDays);
      case MONTHS -> counted(on, null, on.plusMonths(length), List.of(), on, warningDays);
      case YEARS -> counted(on, null, on.plusYears(length), List.of(), on, warningDays);
    };
  }

  /** What is left of a running clock at the end of a day; 0 where nothing is. */
  int left(Clock clock, LocalDate on) {
    return clock.unit() == Clock.Unit.WORKING_DAYS
        ? days.between(on, clock.dueOn())
        : (int) Math.max(0, ChronoUnit.DAYS.between(on, clock.dueOn()));
  }

  /** A paused clock goes on. What was late when it was paused stays late. */
  Counted resume(Clock clock, LocalDate on) {
    var left = clock.leftWhenPaused();
    return left == null || clock.pausedOn() == null || clock.pausedOn().isAfter(clock.dueOn())
        ? unchanged(clock)
        : count(clock.unit(), on, left, clock.startedOn(), clock.warningDays());
  }

  /** As it was counted before. */
  static Counted unchanged(Clock clock) {
    return new Counted(
        clock.countedFrom(),
        clock.countedDays(),
        clock.dueSoonOn(),
        clock.dueOn(),
        clock.unknownYears());
  }

  /** A running clock gets more days: working days where it counts them, else days. */
  Counted extend(Clock clock, int more) {
    if (clock.unit() != Clock.Unit.WORKING_DAYS || clock.countedDays() == null) {
      return counted(
          clock.countedFrom(),
          clock.countedDays() == null ? null : clock.countedDays() + more,
          clock.dueOn().plusDays(more),
          List.of(),
          clock.startedOn(),
          clock.warningDays());
    }
    return later(
        clock,
        count(
            clock.unit(),
            clock.countedFrom(),
            clock.countedDays() + more,
            clock.startedOn(),
            clock.warningDays()),
        days.after(clock.dueOn(), more).day());
  }

  /** Its calendar is another one: a running clock never becomes shorter by that. */
  Counted recount(Clock clock) {
    if (clock.unit() != Clock.Unit.WORKING_DAYS || clock.countedDays() == null) {
      throw new IllegalArgumentException("a clock of " + clock.unit() + " knows no calendar");
    }
    return later(
        clock,
        count(
            clock.unit(),
            clock.countedFrom(),
            clock.countedDays(),
            clock.startedOn(),
            clock.warningDays()),
        clock.dueOn());
  }

  private Counted later(Clock clock, Counted counted, LocalDate least) {
    return counted.dueOn().isBefore(least)
        ? counted(
            counted.from(),
            counted.days(),
            least,
            counted.unknownYears(),
            clock.startedOn(),
            clock.warningDays())
        : counted;
  }

  private Counted count(
      Clock.Unit unit, LocalDate from, int length, LocalDate startedOn, int warningDays) {
    if (unit == Clock.Unit.WORKING_DAYS) {
      var due = days.after(from, length);
      return counted(
          from,
          length,
          due.day(),
          due.unknownYears().stream().sorted().toList(),
          startedOn,
          warningDays);
    }
    return counted(from, length, from.plusDays(length), List.of(), startedOn, warningDays);
  }

  private Counted counted(
      LocalDate from,
      @Nullable Integer length,
      LocalDate due,
      List<Integer> unknownYears,
      LocalDate startedOn,
      int warningDays) {
    var soon = days.before(due, warningDays);
    // A short clock is not due soon on the day of its event already.
    var first = startedOn.plusDays(1);
    var dueSoon = soon.isBefore(first) ? first : soon;
    return new Counted(from, length, dueSoon.isAfter(due) ? due : dueSoon, due, unknownYears);
  }
}
