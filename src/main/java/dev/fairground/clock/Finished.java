package dev.fairground.clock;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How a clock ended that was met.
 *
 * @param dueOn its last day
 * @param onTime whether it was met by then; one that is paused in time always is
 * @param days on which it ran, pauses left out, in its unit; null for months and years, and where a
 *     year's calendar is not known
 */
public record Finished(LocalDate dueOn, boolean onTime, @Nullable Integer days) {
  /** Pure: of a clock that runs or is paused, met on a day. */
  static Finished of(Clock clock, WorkDays calendar, LocalDate on) {
    var stopped = clock.pausedOn() == null ? on : clock.pausedOn();
    var late = stopped.isAfter(clock.dueOn());
    var due = late || clock.pausedOn() == null || !on.isAfter(clock.dueOn()) ? clock.dueOn() : on;
    return new Finished(due, !late, days(clock, calendar, stopped));
  }

  private static @Nullable Integer days(Clock clock, WorkDays calendar, LocalDate stopped) {
    if (clock.countedDays() == null || clock.isProvisional()) {
      return null;
    }
    var working = clock.unit() == Clock.Unit.WORKING_DAYS;
    // What was counted before the last pause, and since then.
    var before = clock.length() + clock.extendedBy() - clock.countedDays();
    var since =
        working
            ? calendar.between(clock.countedFrom(), stopped)
            : (int) Math.max(0, ChronoUnit.DAYS.between(clock.countedFrom(), stopped));
    return Math.max(0, before) + since;
  }
}
