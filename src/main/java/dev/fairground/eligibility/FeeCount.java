package dev.fairground.eligibility;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * How often a base fee falls due in a term. Pure.
 *
 * <p>A month that has begun is a whole one. The first begins on the first day of the term, the
 * others on the same day of the months after it; where a month has no such day, on the first day of
 * the next, so that a month which begins on the last day of January lasts until the last one of
 * February, as the Civil Code counts (article 202). Years are counted in the same way.
 */
final class FeeCount {
  private FeeCount() {}

  /** How often it falls due; at least once. The term's last day is not before its first. */
  static int of(String period, LocalDate from, LocalDate to) {
    return switch (period) {
      case "MONTH" -> begun(from, to, 1);
      case "YEAR" -> begun(from, to, 12);
      default -> 1;
    };
  }

  private static int begun(LocalDate from, LocalDate to, int months) {
    var between = (to.getYear() - from.getYear()) * 12 + to.getMonthValue() - from.getMonthValue();
    var whole = between / months;
    return beginning(from, whole * months).isAfter(to) ? whole : whole + 1;
  }

  /** The day on which the month begins that follows so many others. */
  private static LocalDate beginning(LocalDate from, int months) {
    var month = YearMonth.from(from).plusMonths(months);
    return from.getDayOfMonth() <= month.lengthOfMonth()
        ? month.atDay(from.getDayOfMonth())
        : month.plusMonths(1).atDay(1);
  }
}
