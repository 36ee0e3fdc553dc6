package dev.fairground.harvest;

import dev.fairground.harvest.Defect.Rule;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The periods that data tells of, as sources write them. */
final class Periods {
  private static final Pattern YEAR = Pattern.compile("\\d{4}");
  private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");

  private Periods() {}

  /** An interval of ISO 8601 with its two ends, {@code 2009-09-01/2010-05-31}. */
  static void tell(ResourceBuilder resource, String field, @Nullable String value) {
    var text = resource.values().text(field, value, Values.UNBOUNDED);
    if (text == null) {
      return;
    }
    var ends = text.split("/", -1);
    if (ends.length == 2 && !ends[0].startsWith("P") && !ends[1].startsWith("P")) {
      tell(resource, field, ends[0], ends[1]);
    } else {
      resource.values().defect(field, Rule.PERIOD_UNREADABLE, text);
    }
  }

  /** A first and a last day; without the last it is not over. */
  static void tell(
      ResourceBuilder resource, String field, @Nullable String first, @Nullable String last) {
    var from = resource.values().date(field, first);
    var until = lastDay(last, resource.values().date(field, last));
    if (from != null && (until == null || !until.isBefore(from))) {
      resource.coverage(from, until);
    } else if (from != null || until != null) {
      resource.values().defect(field, Rule.PERIOD_UNREADABLE, first + "/" + last);
    }
  }

  /** A year or month that ends a period belongs to it as a whole. */
  private static @Nullable LocalDate lastDay(@Nullable String text, @Nullable LocalDate day) {
    if (text == null || day == null) {
      return day;
    }
    var stripped = text.strip();
    if (YEAR.matcher(stripped).matches()) {
      return day.withDayOfYear(day.lengthOfYear());
    }
    return MONTH.matcher(stripped).matches() ? day.withDayOfMonth(day.lengthOfMonth()) : day;
  }
}
