package dev.fairground.clock;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A calendar of working days, for counting. Pure.
 *
 * @param years those that are known; in others days are taken for Monday to Friday, provisionally
 * @param exceptions days that differ from Monday to Friday, with whether they are worked
 */
public record WorkDays(Set<Integer> years, Map<LocalDate, Boolean> exceptions) {
  /** One of which no year is known. */
  public static final WorkDays UNKNOWN = new WorkDays(Set.of(), Map.of());

  public WorkDays {
    years = Set.copyOf(years);
    exceptions = Map.copyOf(exceptions);
  }

  /**
   * The day on which a count ends.
   *
   * @param unknownYears those that the count went through and that are not known
   */
  public record Due(LocalDate day, Set<Integer> unknownYears) {
    public Due {
      unknownYears = Set.copyOf(unknownYears);
    }

    /** Whether the count went through a year that is not known. */
    public boolean provisional() {
      return !unknownYears.isEmpty();
    }
  }

  public boolean isWorked(LocalDate day) {
    return exceptions.getOrDefault(day, day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0);
  }

  /** Whether the calendars of all years from one day to another are known. */
  public boolean knows(LocalDate from, LocalDate to) {
    return IntStream.rangeClosed(from.getYear(), to.getYear()).allMatch(years::contains);
  }

  /**
   * Counts from an event. The day of the event is not counted, and the last day is a working day.
   *
   * @param days at least 0; with 0 the event's day itself, or the first working day after it
   */
  public Due after(LocalDate event, int days) {
    var day = event;
    var unknown = new TreeSet<Integer>();
    for (int left = days; left > 0 || !isWorked(day); ) {
      day = day.plusDays(1);
      if (!years.contains(day.getYear())) {
        unknown.add(day.getYear());
      }
      if (left > 0 && isWorked(day)) {
        left--;
      }
    }
    return new Due(day, unknown);
  }

  /** The working days behind {@code from} up to {@code to}; 0 where {@code to} is not later. */
  public int between(LocalDate from, LocalDate to) {
    var days = 0;
    for (var day = from.plusDays(1); !day.isAfter(to); day = day.plusDays(1)) {
      if (isWorked(day)) {
        days++;
      }
    }
    return days;
  }

  /** The first day on which at most so many working days are left until the end of {@code due}. */
  public LocalDate before(LocalDate due, int days) {
    var day = due;
    for (int left = days; ; day = day.minusDays(1)) {
      if (isWorked(day) && left-- == 0) {
        return day;
      }
    }
  }
}
