package dev.fairground.fairness;

import dev.fairground.kernel.Period;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whole months, both included.
 *
 * @param to not before {@code from}
 */
record Months(YearMonth from, YearMonth to) {
  static final int MOST = 120;
  private static final int YEAR = 12;
  private static final Pattern QUARTER = Pattern.compile("(\\d{4})-Q([1-4])");

  /** The twelve months that end with {@code last}. */
  static Months yearUpTo(YearMonth last) {
    return new Months(last.minusMonths(YEAR - 1), last);
  }

  /**
   * Reads 2026, 2026-Q1, 2026-03 or 2026-01/2026-06.
   *
   * @return empty for anything else, and for more than {@value #MOST} months
   */
  static Optional<Months> read(String text) {
    try {
      var slash = text.indexOf('/');
      var quarter = QUARTER.matcher(text);
      if (quarter.matches()) {
        var first = YearMonth.of(Integer.parseInt(quarter.group(1)), 1);
        var from = first.plusMonths(3L * (Integer.parseInt(quarter.group(2)) - 1));
        return Optional.of(new Months(from, from.plusMonths(2)));
      }
      if (text.matches("\\d{4}")) {
        var year = Integer.parseInt(text);
        return inOrder(new Months(YearMonth.of(year, 1), YearMonth.of(year, YEAR)));
      }
      return slash < 0
          ? inOrder(new Months(YearMonth.parse(text), YearMonth.parse(text)))
          : inOrder(
              new Months(
                  YearMonth.parse(text.substring(0, slash)),
                  YearMonth.parse(text.substring(slash + 1))));
    } catch (DateTimeException otherForm) {
      return Optional.empty();
    }
  }

  private static Optional<Months> inOrder(Months months) {
    var good =
        months.from.getYear() >= 1900
            && months.to.getYear() <= 9999
            && !months.to.isBefore(months.from)
            && months.count() <= MOST;
    return good ? Optional.of(months) : Optional.empty();
  }

  int count() {
    return (to.getYear() - from.getYear()) * YEAR + to.getMonthValue() - from.getMonthValue() + 1;
  }

  /** Each month alone, in order. */
  List<Months> each() {
    var all = new ArrayList<Months>();
    for (var month = from; !month.isAfter(to); month = month.plusMonths(1)) {
      all.add(new Months(month, month));
    }
    return all;
  }

  Period period() {
    return new Period(from.atDay(1), to.atEndOfMonth());
  }
}
