package dev.fairground.equal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which quantities and which terms are like: decades of quantities, and lengths of terms. Labels
 * are kept with grants, so they never change their meaning. Pure.
 */
public final class Bands {
  /** The band of grants in which no quantity was said. */
  public static final String NONE = "NONE";

  private static final int LARGEST_DECADE = 12;

  private Bands() {}

  /**
   * The band of a quantity: {@code UP_TO_1000} holds what is above 100 and at most 1,000; {@code
   * OVER_1000000000000} what is above all of them.
   *
   * @param quantity above 0; null where none was said
   */
  public static String volume(@Nullable BigDecimal quantity) {
    if (quantity == null) {
      return NONE;
    }
    for (var decade = 0; decade <= LARGEST_DECADE; decade++) {
      var upTo = BigDecimal.TEN.pow(decade);
      if (quantity.compareTo(upTo) <= 0) {
        return "UP_TO_" + upTo.toPlainString();
      }
    }
    return "OVER_" + BigDecimal.TEN.pow(LARGEST_DECADE).toPlainString();
  }

  /**
   * The band of a term, its first and last day within it: {@code UP_TO_1_MONTH}, {@code
   * UP_TO_3_MONTHS}, {@code UP_TO_6_MONTHS}, {@code UP_TO_1_YEAR}, {@code UP_TO_2_YEARS}, {@code
   * UP_TO_3_YEARS}, {@code OVER_3_YEARS}. A year from any first day is a year.
   *
   * @param to not before {@code from}
   */
  public static String term(LocalDate from, LocalDate to) {
    var after = to.plusDays(1);
    if (!after.isAfter(from.plusMonths(1))) {
      return "UP_TO_1_MONTH";
    }
    if (!after.isAfter(from.plusMonths(3))) {
      return "UP_TO_3_MONTHS";
    }
    if (!after.isAfter(from.plusMonths(6))) {
      return "UP_TO_6_MONTHS";
    }
    for (var years = 1; years <= 3; years++) {
      if (!after.isAfter(from.plusYears(years))) {
        return "UP_TO_" + years + (years == 1 ? "_YEAR" : "_YEARS");
      }
    }
    return "OVER_3_YEARS";
  }

  /** The days of a term, its first and last one within it. */
  public static int days(LocalDate from, LocalDate to) {
    return (int) ChronoUnit.DAYS.between(from, to) + 1;
  }
}
