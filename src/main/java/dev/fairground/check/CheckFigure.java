package dev.fairground.check;

import dev.fairground.graphql.Arguments;
import java.time.LocalDate;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How often a check raised a flag in a quarter, and how that ended. */
record CheckFigure(
    @Nullable UUID operatorId,
    String check,
    String quarter,
    int blocked,
    int flagged,
    int unfinished,
    int cleared,
    int confirmed,
    int acceptedReason,
    int passedAgain) {

  /** A span of quarters, as days. */
  record Quarters(LocalDate from, LocalDate to) {
    private static final Pattern FORM = Pattern.compile("([12]\\d{3})-Q([1-4])");

    /** The quarter that is named, else that of the day with the three before. */
    static Quarters read(Arguments arguments, LocalDate day) {
      var named = arguments.string("quarter");
      if (named == null) {
        var begun = day.withDayOfMonth(1).minusMonths((day.getMonthValue() - 1) % 3);
        return new Quarters(begun.minusMonths(9), begun.plusMonths(3).minusDays(1));
      }
      var matcher = FORM.matcher(named);
      if (!matcher.matches()) {
        throw arguments.bad("quarter", "must be like 2026-Q1");
      }
      var begun =
          LocalDate.of(
              Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)) * 3 - 2, 1);
      return new Quarters(begun, begun.plusMonths(3).minusDays(1));
    }
  }
}
