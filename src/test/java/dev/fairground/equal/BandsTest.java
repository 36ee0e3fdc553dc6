package dev.fairground.equal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandsTest {
  @ParameterizedTest
  @CsvSource({
    ",NONE",
    "0.5,UP_TO_1",
    "1,UP_TO_1",
    "1.000001,UP_TO_10",
    "10.000000,UP_TO_10",
    "1000,UP_TO_1000",
    "1000.000001,UP_TO_10000",
    "1000000000000,UP_TO_1000000000000",
    "1000000000000.5,OVER_1000000000000"
  })
  void quantities_are_alike_within_a_decade(BigDecimal quantity, String band) {
    assertThat(Bands.volume(quantity)).isEqualTo(band);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01,2026-01-01,UP_TO_1_MONTH",
    "2026-01-01,2026-01-31,UP_TO_1_MONTH",
    "2026-01-01,2026-02-01,UP_TO_3_MONTHS",
    "2026-01-31,2026-02-27,UP_TO_1_MONTH",
    "2026-01-01,2026-03-31,UP_TO_3_MONTHS",
    "2026-01-01,2026-04-01,UP_TO_6_MONTHS",
    "2026-01-01,2026-12-31,UP_TO_1_YEAR",
    "2024-02-29,2025-02-27,UP_TO_1_YEAR",
    "2026-01-01,2027-01-01,UP_TO_2_YEARS",
    "2026-07-15,2029-07-14,UP_TO_3_YEARS",
    "2026-07-15,2029-07-15,OVER_3_YEARS"
  })
  void a_term_is_in_its_band_up_to_its_last_day(LocalDate from, LocalDate to, String band) {
    assertThat(Bands.term(from, to)).isEqualTo(band);
  }
}
