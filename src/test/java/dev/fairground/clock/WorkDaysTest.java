package dev.fairground.clock;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counting by the calendar that the server comes with, and by calendars made up at random. */
class WorkDaysTest {
  private static final int ROUNDS = 2_000;

  static WorkDays shipped() {
    var years = new HashSet<Integer>();
    rows("calendar-years", row -> years.add(Integer.valueOf(row.get("year"))));
    var days = new HashMap<LocalDate, Boolean>();
    rows(
        "calendar-days",
        row -> days.put(LocalDate.parse(row.get("day")), Boolean.valueOf(row.get("working"))));
    return new WorkDays(years, days);
  }

  private static void rows(String file, java.util.function.Consumer<Map<String, String>> told) {
    try (var in =
            requireNonNull(WorkDaysTest.class.getResourceAsStream("/reference/" + file + ".csv"));
        var rows =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(in)) {
      rows.forEachRemaining(told);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @ParameterizedTest(name = "{1} working days behind {0}")
  @CsvSource({
    "2025-01-24, 3, 2025-02-05", "2025-09-15, 20, 2025-10-17", "2025-09-26, 3, 2025-09-30",
    "2025-09-26, 10, 2025-10-16", "2025-09-30, 1, 2025-10-09", "2025-12-31, 1, 2026-01-04",
    "2026-02-12, 20, 2026-03-18", "2026-02-13, 3, 2026-02-25", "2026-02-13, 10, 2026-03-05",
    "2026-04-30, 10, 2026-05-18", "2026-09-18, 5, 2026-09-24", "2026-09-24, 3, 2026-09-30",
    // The worked example of one product: acceptance, review, publicity.
    "2025-10-13, 3, 2025-10-16", "2025-10-16, 20, 2025-11-13", "2025-11-13, 10, 2025-11-27"
  })
  void the_shipped_calendar_counts_as_the_notices_say(LocalDate event, int days, LocalDate due) {
    var counted = shipped().after(event, days);

    assertThat(counted.day()).isEqualTo(due);
    assertThat(counted.provisional()).isFalse();
    assertThat(shipped().between(event, due)).isEqualTo(days);
  }

  @Test
  void a_count_that_reaches_a_year_without_a_calendar_names_it() {
    var due = shipped().after(LocalDate.of(2026, 12, 28), 10);

    assertThat(due.provisional()).isTrue();
    assertThat(due.unknownYears()).containsExactly(2027);
    assertThat(shipped().after(LocalDate.of(2026, 12, 28), 3).provisional()).isFalse();
  }

  /** Of three sources one lists it, as worked: a Monday, so that they all say the same. */
  @Test
  void the_monday_after_the_long_holiday_of_2020_is_worked() {
    assertThat(shipped().isWorked(LocalDate.of(2020, 1, 31))).isFalse();
    assertThat(shipped().isWorked(LocalDate.of(2020, 2, 1))).isFalse();
    assertThat(shipped().isWorked(LocalDate.of(2020, 2, 2))).isFalse();
    assertThat(shipped().isWorked(LocalDate.of(2020, 2, 3))).isTrue();
    assertThat(shipped().after(LocalDate.of(2020, 1, 23), 1).day()).isEqualTo("2020-02-03");
  }

  /**
   * Two sources file it under 2023, whose notice names it, and one under 2022, in which it lies.
   */
  @Test
  void the_last_day_of_2022_is_free_whichever_year_it_is_filed_under() {
    assertThat(shipped().isWorked(LocalDate.of(2022, 12, 31))).isFalse();
    assertThat(shipped().after(LocalDate.of(2022, 12, 30), 1).day()).isEqualTo("2023-01-03");
  }

  private static WorkDays random(Random random) {
    var days = new HashMap<LocalDate, Boolean>();
    for (int i = random.nextInt(60); i > 0; i--) {
      days.put(LocalDate.of(2026, 1, 1).plusDays(random.nextInt(500)), random.nextBoolean());
    }
    return new WorkDays(Set.of(2025, 2026, 2027, 2028), days);
  }

  private static LocalDate day(Random random) {
    return LocalDate.of(2026, 1, 1).plusDays(random.nextInt(400));
  }

  @Test
  void no_count_ends_on_a_day_that_is_not_worked_and_more_days_end_later() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var calendar = random(random);
      var event = day(random);
      var days = random.nextInt(40);
      var due = calendar.after(event, days).day();

      assertThat(calendar.isWorked(due)).as("seed %d", seed).isTrue();
      assertThat(due).as("seed %d", seed).isAfterOrEqualTo(event);
      if (days > 0) {
        assertThat(calendar.after(event, days + 1).day()).as("seed %d", seed).isAfter(due);
        assertThat(calendar.after(event.plusDays(1), days).day())
            .as("seed %d", seed)
            .isAfterOrEqualTo(due);
      }
    }
  }

  @Test
  void what_was_counted_is_counted_back_and_may_be_counted_in_parts() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var calendar = random(random);
      var event = day(random);
      var first = 1 + random.nextInt(20);
      var second = 1 + random.nextInt(20);
      var due = calendar.after(event, first).day();

      assertThat(calendar.between(event, due)).as("seed %d", seed).isEqualTo(first);
      assertThat(calendar.after(due, second).day())
          .as("seed %d", seed)
          .isEqualTo(calendar.after(event, first + second).day());
      var soon = calendar.before(due, second);
      assertThat(calendar.between(soon, due)).as("seed %d", seed).isEqualTo(second);
    }
  }

  @Test
  void a_day_that_becomes_free_never_ends_a_count_earlier() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      var random = new Random(seed);
      var calendar = random(random);
      var event = day(random);
      var days = 1 + random.nextInt(30);
      var freed = new HashMap<>(calendar.exceptions());
      freed.put(event.plusDays(random.nextInt(40)), false);

      assertThat(new WorkDays(calendar.years(), freed).after(event, days).day())
          .as("seed %d", seed)
          .isAfterOrEqualTo(calendar.after(event, days).day());
    }
  }
}
