package dev.fairground.pricing;

import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What came in under a cap, as far as it is reported. Pure.
 *
 * @param income of all reports
 * @param reportedTo the last day that reports cover
 * @param forecast of all days of the cap, if they bring in as much as those reported; to six
 *     decimals
 * @param share the income in percent of what the cap leaves, to four decimals; null for a cap of 0
 * @param excess how much the income is above what the cap leaves; 0 where it is not
 */
record CapIncome(
    Money income, LocalDate reportedTo, Money forecast, @Nullable BigDecimal share, Money excess) {
  private static final BigDecimal HUNDRED = new BigDecimal(100);
  private static final int MONEY_DECIMALS = 6;
  private static final int SHARE_DECIMALS = 4;

  /**
   * @param days how many days reports cover, each once
   * @param left the cap without what is taken off it
   */
  static CapIncome of(
      BigDecimal income,
      LocalDate reportedTo,
      long days,
      Period term,
      BigDecimal left,
      String currency) {
    var all = ChronoUnit.DAYS.between(term.startsOn(), term.endsOn()) + 1;
    var forecast =
        income
            .multiply(BigDecimal.valueOf(all))
            .divide(BigDecimal.valueOf(days), MONEY_DECIMALS, RoundingMode.HALF_UP);
    return new CapIncome(
        new Money(income, currency),
        reportedTo,
        new Money(forecast, currency),
        left.signum() == 0
            ? null
            : income.multiply(HUNDRED).divide(left, SHARE_DECIMALS, RoundingMode.HALF_UP),
        new Money(income.subtract(left).max(BigDecimal.ZERO), currency));
  }
}
