package dev.fairground.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class MonthsTest {
  @Test
  void a_year_a_quarter_a_month_and_months_are_read() {
    assertThat(Months.read("2026")).hasValue(months("2026-01", "2026-12"));
    assertThat(Months.read("2026-Q2")).hasValue(months("2026-04", "2026-06"));
    assertThat(Months.read("2024-02")).hasValue(months("2024-02", "2024-02"));
    assertThat(Months.read("2025-11/2026-02")).hasValue(months("2025-11", "2026-02"));
  }

  @Test
  void at_most_ten_years_are() {
    assertThat(Months.read("2017-01/2026-12")).isPresent();
    assertThat(Months.read("2016-12/2026-12")).isEmpty();
  }

  @Test
  void a_period_has_the_days_of_its_months() {
    assertThat(months("2024-02", "2024-02").period().endsOn()).isEqualTo("2024-02-29");
    assertThat(months("2025-11", "2026-02").each())
        .hasSize(4)
        .contains(months("2026-01", "2026-01"));
  }

  private static Months months(String from, String to) {
    return new Months(YearMonth.parse(from), YearMonth.parse(to));
  }
}
