package dev.fairground.clock;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that stands against a year of a calendar, from its input alone. Pure. */
final class CalendarDecision {
  private static final int FIRST_YEAR = 1949;
  private static final int LAST_YEAR = 2200;
  private static final int MOST_DAYS = 366;

  private CalendarDecision() {}

  static List<UserError> errors(Arguments input) {
    var errors = new ArrayList<UserError>();
    int year = requireNonNull(input.integer("year"));
    if (year < FIRST_YEAR || year > LAST_YEAR) {
      errors.add(
          InputError.at(
              input,
              "year",
              UserErrorCode.INVALID,
              "A year lies between %d and %d.".formatted(FIRST_YEAR, LAST_YEAR)));
      return errors;
    }
    length(errors, input, "source", 500);
    if (input.has("noticeUrl") && !isWebAddress(input.string("noticeUrl"))) {
      errors.add(
          InputError.at(
              input, "noticeUrl", UserErrorCode.INVALID, "It is an address of http or https."));
    }
    days(errors, input, year);
    return errors;
  }

  private static void days(List<UserError> errors, Arguments input, int year) {
    var days = input.inputs("days");
    if (days.isEmpty() || days.size() > MOST_DAYS) {
      errors.add(
          InputError.at(
              input,
              "days",
              days.isEmpty() ? UserErrorCode.REQUIRED : UserErrorCode.QUOTA,
              "A year has from 1 to %d days that differ from Monday to Friday."
                  .formatted(MOST_DAYS)));
      return;
    }
    var seen = new HashSet<LocalDate>();
    for (var given : days) {
      var day = requireNonNull(given.date("day"));
      if (day.getYear() != year) {
        errors.add(
            broken(
                given,
                "day",
                "DAY_OF_ITS_YEAR",
                "%s is not of %d. A notice that sets a day of the year before belongs into both years."
                    .formatted(day, year)));
      } else if (!seen.add(day)) {
        errors.add(broken(given, "day", "DAY_ONCE", day + " is there twice."));
      }
      if (Boolean.TRUE.equals(given.bool("working")) && !isWeekend(day)) {
        errors.add(
            broken(
                given,
                "working",
                "MAKE_UP_ON_A_WEEKEND",
                "%s is a %s and worked anyway: leave it out, or say that it is free."
                    .formatted(day, name(day.getDayOfWeek()))));
      }
      length(errors, given, "name", 100);
    }
  }

  private static boolean isWeekend(LocalDate day) {
    return Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY).contains(day.getDayOfWeek());
  }

  private static String name(DayOfWeek day) {
    return day.name().charAt(0) + day.name().substring(1).toLowerCase(java.util.Locale.ROOT);
  }

  private static boolean isWebAddress(@Nullable String text) {
    try {
      var uri = URI.create(requireNonNull(text));
      return text.length() <= 2_000
          && uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private static void length(List<UserError> errors, Arguments at, String member, int most) {
    var text = at.string(member);
    if (text == null || text.isBlank() || text.length() > most) {
      errors.add(
          InputError.at(
              at,
              member,
              UserErrorCode.INVALID,
              "It has from 1 to %d characters.".formatted(most)));
    }
  }

  private static InputError broken(Arguments at, String member, String rule, String message) {
    return new InputError(UserErrorCode.INVALID, message, at.path(member), rule);
  }
}
