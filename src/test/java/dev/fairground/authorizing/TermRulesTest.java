package dev.fairground.authorizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.authorizing.TermRules.Limit;
import dev.fairground.kernel.Period;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermRulesTest {
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          2025-07-01, 2030-06-30, 5, false
          2025-07-01, 2030-07-01, 5, true
          2024-02-29, 2029-02-27, 5, false
          2024-02-29, 2029-02-28, 5, true
          2025-01-01, 2099-12-31, -, false
          2025-01-01, 2025-01-01, 0, true
          """)
  void years_are_counted_to_the_day(LocalDate from, LocalDate to, Integer years, boolean tooLong) {
    assertThat(TermRules.isTooLong(new Period(from, to), new Limit(years, false)))
        .isEqualTo(tooLong);
  }
}
