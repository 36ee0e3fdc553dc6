package dev.fairground.jurisdiction;

import dev.fairground.kernel.Text;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A calendar of working days. */
public record WorkCalendar(String id, Text name, String timeZone) {

  /** A year that is known; without one nothing may be counted in it. */
  public record Year(String calendarId, int year, String source, @Nullable String noticeUrl) {}

  /** A day that differs from Monday to Friday. */
  public record Day(String calendarId, LocalDate day, boolean working, String name) {}
}
