package dev.fairground.eligibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a base fee falls due in a term. */
class FeeCountTest {
  @ParameterizedTest
  @CsvSource({
    "MONTH, 2026-01-01, 2026-01-01, 1",
    "MONTH, 2026-01-01, 2026-01-31, 1",
    "MONTH, 2026-01-01, 2026-02-01, 2",
    "MONTH, 2026-01-15, 2026-02-14, 1",
    "MONTH, 2026-01-15, 2026-02-15, 2",
    "MONTH, 2026-01-01, 2026-12-31, 12",
    "MONTH, 2026-01-31, 2026-02-28, 1",
    "MONTH, 2026-01-31, 2026-03-01, 2",
    "MONTH, 2026-01-31, 2026-03-31, 3",
    "MONTH, 2024-01-30, 2024-02-29, 1",
    "YEAR, 2026-03-01, 2027-02-28, 1",
    "YEAR, 2026-03-01, 2027-03-01, 2",
    "YEAR, 2024-02-29, 2025-02-28, 1",
    "YEAR, 2024-02-29, 2025-03-01, 2",
    "YEAR, 2024-02-29, 2028-02-28, 4",
    "YEAR, 2024-02-29, 2028-02-29, 5",
    "ONCE, 2026-01-01, 2099-12-31, 1"
  })
  void a_month_that_has_begun_is_a_whole_one(
      String period, LocalDate from, LocalDate to, int times) {
    assertThat(FeeCount.of(period, from, to)).isEqualTo(times);
  }

  @Test
  void a_longer_term_is_never_fewer_months_and_a_day_is_at_most_one_more() {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      var from = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(4_000));
      var to = from.plusDays(random.nextInt(2_500));
      for (var period : new String[] {"MONTH", "YEAR"}) {
        var now = FeeCount.of(period, from, to);
        var next = FeeCount.of(period, from, to.plusDays(1));
        assertThat(next - now).as("%s %s %s", period, from, to).isBetween(0, 1);
        assertThat(now).isPositive();
      }
    }
  }

  @Test
  void so_many_months_from_a_day_that_every_month_has_are_so_many() {
    var random = new Random(2);
    for (int i = 0; i < 5_000; i++) {
      var from = LocalDate.of(2020, 1 + random.nextInt(12), 1 + random.nextInt(28));
      var months = 1 + random.nextInt(60);
      assertThat(FeeCount.of("MONTH", from, from.plusMonths(months).minusDays(1)))
          .isEqualTo(months);
      assertThat(FeeCount.of("MONTH", from, from.plusMonths(months))).isEqualTo(months + 1);
      assertThat(FeeCount.of("YEAR", from, from.plusYears(months).minusDays(1))).isEqualTo(months);
    }
  }
}
