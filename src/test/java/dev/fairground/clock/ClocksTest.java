package dev.fairground.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.mutation.Refusal;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClocksTest {
  private static final UUID SET = UUID.fromString("00000000-0000-4000-8000-0000000000c9");

  private final Asking asking;
  private final ClockGround ground;
  private final Clocks clocks;

  ClocksTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
    ground = new ClockGround(database, asking);
    clocks = ground.clocks;
  }

  private static String subject() {
    return "app_" + UUID.randomUUID();
  }

  private LocalDate due(String subject) {
    return ClockGround.await(
        ground.database.inTransaction(
            transaction ->
                ground.database.first(
                    transaction,
                    "-- test\nselect due_on from clock where subject = $1 order by started_on desc limit 1",
                    Tuple.of(subject),
                    row -> row.getLocalDate(0))));
  }

  private void pause(String day, String subject, String rule) {
    ground.change(
        day,
        (transaction, write) ->
            clocks.pause(transaction, write, subject, rule, "material is missing"));
  }

  private void resume(String day, String subject, String rule) {
    ground.change(day, (transaction, write) -> clocks.resume(transaction, write, subject, rule));
  }

  private LocalDate extend(String day, String subject, String rule, int days) {
    return ground.change(
        day,
        (transaction, write) ->
            clocks.extend(transaction, write, subject, rule, days, "the matter is large"));
  }

  @Test
  void a_pause_keeps_the_days_left_and_a_resumption_counts_them() {
    var subject = subject();
    // 20 working days, of which 6 are over on the 8th of December.
    assertThat(ground.start("2025-11-28", subject, "reviewWd", "110000")).isEqualTo("2025-12-26");
    pause("2025-12-08", subject, "reviewWd");
    resume("2025-12-15", subject, "reviewWd");

    // 14 from the 15th, with New Year's two days and the worked Sunday of the 4th.
    assertThat(due(subject)).isEqualTo("2026-01-05");
  }

  @Test
  void what_was_late_when_it_was_paused_stays_late() {
    var subject = subject();
    assertThat(ground.start("2025-11-03", subject, "acceptWd", "110000")).isEqualTo("2025-11-06");
    pause("2025-11-10", subject, "acceptWd");
    resume("2025-11-17", subject, "acceptWd");

    assertThat(due(subject)).isEqualTo("2025-11-06");
  }

  @Test
  void a_clock_is_extended_with_a_reason_and_its_steps_say_so() {
    var subject = subject();
    ground.start("2025-11-03", subject, "acceptWd", "110000");

    assertThat(extend("2025-11-05", subject, "acceptWd", 2)).isEqualTo("2025-11-10");
    assertThat(
            asking.rows(
                "-- test\nselect concat_ws(' ', s.kind, s.days, s.due_before, s.due_on, s.reason) from clock c"
                    + " join clock_step s on s.clock_id = c.id where c.subject = '"
                    + subject
                    + "'"))
        .containsExactly("EXTENDED 2 2025-11-06 2025-11-10 the matter is large");
  }

  @Test
  void a_paused_clock_is_extended_too() {
    var subject = subject();
    ground.start("2025-11-03", subject, "acceptWd", "110000");
    pause("2025-11-04", subject, "acceptWd");
    extend("2025-11-05", subject, "acceptWd", 2);
    resume("2025-11-10", subject, "acceptWd");

    assertThat(due(subject)).isEqualTo("2025-11-14");
  }

  @Test
  void one_that_runs_cannot_be_started_again_until_it_is_met() {
    var subject = subject();
    ground.start("2025-11-03", subject, "acceptWd", "110000");

    assertThatThrownBy(() -> ground.start("2025-11-04", subject, "acceptWd", "110000"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.errors().getFirst())
                    .satisfies(
                        error -> assertThat(error.code()).isEqualTo(UserErrorCode.ALREADY_EXISTS))
                    .satisfies(error -> assertThat(error.rule()).isEqualTo("acceptWd")));

    ground.change(
        "2025-11-05", (transaction, write) -> clocks.meet(transaction, write, subject, "acceptWd"));
    assertThat(ground.start("2025-11-05", subject, "acceptWd", "110000")).isEqualTo("2025-11-10");
  }

  @Test
  void steps_that_a_clock_does_not_allow_are_refused_and_those_of_no_clock_do_nothing() {
    var subject = subject();
    pause("2025-11-03", subject, "acceptWd");
    resume("2025-11-03", subject, "acceptWd");
    assertThat(extend("2025-11-03", subject, "acceptWd", 1)).isNull();

    ground.start("2025-11-03", subject, "acceptWd", "110000");
    assertThatThrownBy(() -> resume("2025-11-04", subject, "acceptWd"))
        .hasMessageContaining("not paused");
    pause("2025-11-04", subject, "acceptWd");
    assertThatThrownBy(() -> pause("2025-11-05", subject, "acceptWd"))
        .hasMessageContaining("since 2025-11-04");
    assertThatThrownBy(() -> extend("2025-11-05", subject, "acceptWd", 0))
        .hasMessageContaining("at least 1 day");
  }

  @Test
  void no_clock_runs_where_no_rule_says_how_long() {
    assertThat(ground.start("2025-11-03", subject(), "noSuchWd", "110000")).isNull();
  }

  @Test
  void a_clock_that_is_met_while_it_is_paused_is_met_in_time() {
    var subject = subject();
    ground.start("2025-11-03", subject, "acceptWd", "110000");
    pause("2025-11-04", subject, "acceptWd");
    ground.change(
        "2025-12-01", (transaction, write) -> clocks.meet(transaction, write, subject, "acceptWd"));

    assertThat(due(subject)).isEqualTo("2025-12-01");
  }

  @Test
  void how_often_and_how_far_a_clock_is_extended_is_said_by_its_rules() {
    // Shanxi: an objection is dealt with in 10 working days, and twice in 5 more.
    var subject = subject();
    assertThat(ground.start("2026-03-02", subject, "objectionWd", "140000"))
        .isEqualTo("2026-03-16");
    assertThatThrownBy(() -> extend("2026-03-10", subject, "objectionWd", 6))
        .hasMessageContaining("by 5 days at most");
    assertThat(extend("2026-03-10", subject, "objectionWd", 5)).isEqualTo("2026-03-23");
    assertThat(extend("2026-03-20", subject, "objectionWd", 5)).isEqualTo("2026-03-30");
    assertThatThrownBy(() -> extend("2026-03-27", subject, "objectionWd", 1))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal ->
                assertThat(refusal.errors().getFirst().code()).isEqualTo(UserErrorCode.QUOTA))
        .hasMessageContaining("2 times");

    // Guizhou: with a longest extension alone, once.
    var once = subject();
    ground.start("2026-03-02", once, "conditionalOpenWd", "520000");
    extend("2026-03-10", once, "conditionalOpenWd", 15);
    assertThatThrownBy(() -> extend("2026-03-11", once, "conditionalOpenWd", 1))
        .hasMessageContaining("once");
  }

  @Test
  void a_clock_keeps_the_rules_of_its_start_when_its_province_changes_them() {
    var before = subject();
    assertThat(ground.start("2026-03-02", before, "reviewWd", "430000")).isEqualTo("2026-03-23");
    asking.change(
        """
        insert into rule_set (id, jurisdiction_code, version, title, title_en, effective_on, published_at)
        values ($1, '430000', 9, '湖南', 'Hunan', '2026-03-10', '2026-03-05T00:00:00Z')
        """,
        SET);
    asking.change(
        """
        insert into rule_parameter (rule_set_id, name, value, unit, description, description_en, document, confidence)
        values ($1, 'reviewWd', '20', 'WORKING_DAYS', '审核', 'review', 'D', 'PROVINCIAL'),
               ($1, 'reviewWdExtensionMax', '1', 'WORKING_DAYS', '延长', 'extension', 'D', 'PROVINCIAL')
        """,
        SET);
    var after = subject();
    assertThat(ground.start("2026-03-10", after, "reviewWd", "430000")).isEqualTo("2026-04-08");

    assertThat(due(before)).isEqualTo("2026-03-23");
    assertThat(extend("2026-03-12", before, "reviewWd", 2)).isEqualTo("2026-03-25");
    assertThatThrownBy(() -> extend("2026-03-12", after, "reviewWd", 2))
        .hasMessageContaining("by 1 days at most");
    assertThat(
            asking.rows(
                "-- test\nselect rule_set_code || ':' || rule_set_version from clock where rule = 'reviewWd'"
                    + " and jurisdiction_code = '430000' order by started_on"))
        .containsExactly("430000:1", "430000:9");
  }

  @Test
  void days_months_and_years_are_those_of_the_calendar() {
    assertThat(ground.start("2026-08-31", subject(), "exitNoticeMonths", "370200"))
        .isEqualTo("2027-02-28");
    assertThat(ground.start("2024-02-29", subject(), "validityYears", "110000")).isNull();
    assertThat(ground.start("2028-02-29", subject(), "validityYears", "110000"))
        .isEqualTo("2031-02-28");
    var days = subject();
    assertThat(ground.start("2026-03-01", days, "renewWindowDays", "110000"))
        .isEqualTo("2026-04-30");
    pause("2026-03-11", days, "renewWindowDays");
    resume("2026-04-01", days, "renewWindowDays");
    assertThat(due(days)).isEqualTo("2026-05-21");
  }

  @Test
  void of_two_that_start_one_at_once_one_is_refused() throws Exception {
    var subject = subject();
    var results = new ArrayList<String>();
    try (var threads = Executors.newFixedThreadPool(4)) {
      Callable<String> start =
          () -> {
            try {
              return String.valueOf(ground.start("2025-11-03", subject, "acceptWd", "110000"));
            } catch (Refusal refusal) {
              return refusal.errors().getFirst().code().name();
            }
          };
      for (var future : threads.invokeAll(Collections.nCopies(4, start))) {
        results.add(future.get());
      }
    }
    assertThat(results)
        .containsExactlyInAnyOrder(
            "2025-11-06", "ALREADY_EXISTS", "ALREADY_EXISTS", "ALREADY_EXISTS");
  }
}
