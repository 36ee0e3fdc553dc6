package dev.fairground.jurisdiction;

import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Text;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A calendar of working days. */
public record WorkCalendar(String id, Text name, String timeZone) {
  /** The global id by which events tell of it; there is no node of it. */
  public String globalId() {
    return globalId(id);
  }

  public static String globalId(String id) {
    return Ids.write("cal", Ids.ofCode(id));
  }

  /**
   * A year that is known; without one nothing may be counted in it.
   *
   * @param version the number of its publications
   * @param publishedAt null for a year that came with the server
   */
  public record Year(
      String calendarId,
      int year,
      String source,
      @Nullable String noticeUrl,
      int version,
      @Nullable OffsetDateTime publishedAt) {}

  /** A day that differs from Monday to Friday. */
  public record Day(String calendarId, LocalDate day, boolean working, String name) {}
}
