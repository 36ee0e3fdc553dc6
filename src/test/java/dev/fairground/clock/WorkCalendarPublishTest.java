package dev.fairground.clock;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** In an order: each publication is behind the one before. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkCalendarPublishTest {
  private static final String PUBLISH =
      """
      mutation publish($input: WorkCalendarPublishInput!) { workCalendarPublish(input: $input) {
        recounted workCalendar { years { year version source } }
        userErrors { __typename code message path rule } } }
      """;

  private final Asking asking;
  private final ClockGround ground;

  WorkCalendarPublishTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
    ground = new ClockGround(database, asking);
  }

  private static Map<String, Object> day(String day, boolean working) {
    return Map.of("day", day, "working", working, "name", working ? "调休" : "放假");
  }

  @SafeVarargs
  private static Map<String, Object> input(int year, int expected, Map<String, Object>... days) {
    return new HashMap<>(
        Map.of(
            "calendar",
            "CN",
            "year",
            year,
            "expectedVersion",
            expected,
            "source",
            "the notice of that year",
            "noticeUrl",
            "https://www.gov.cn/zhengce/notice.htm",
            "days",
            List.of(days),
            "idempotencyKey",
            UUID.randomUUID().toString()));
  }

  private JsonObject publish(Map<String, Object> input) {
    return asking.as(Role.DATA_AUTHORITY, ClockGround.NATION).mutate(PUBLISH, input);
  }

  private JsonObject clock(String subject) {
    return asking
        .as(Role.OPERATOR, ClockGround.OPERATOR)
        .answer(
            """
            query of($subject: ID!) { clocks(filter: {subject: $subject}) { nodes {
              dueOn isProvisional provisionalNote(locale: "en") { value } standing endedOn
              steps { kind dueBefore dueOn reason } } } }
            """,
            Map.of("subject", subject))
        .getJsonObject("data")
        .getJsonObject("clocks")
        .getJsonArray("nodes")
        .getJsonObject(0);
  }

  private static List<String> rules(JsonObject payload) {
    var rules = new ArrayList<String>();
    for (var error : payload.getJsonArray("userErrors")) {
      var told = (JsonObject) error;
      rules.add(told.getString("rule") + " " + path(told));
    }
    return rules;
  }

  private static String path(JsonObject error) {
    return error.getJsonArray("path").stream()
        .map(String::valueOf)
        .collect(Collectors.joining("."));
  }

  @Test
  @Order(1)
  void days_that_cannot_be_are_told_all_at_once() {
    assertThat(
            rules(
                publish(
                    input(
                        2027,
                        0,
                        day("2028-01-01", false),
                        day("2027-01-04", true),
                        day("2027-10-01", false),
                        day("2027-10-01", false)))))
        .containsExactly(
            "DAY_OF_ITS_YEAR input.days.0.day",
            "MAKE_UP_ON_A_WEEKEND input.days.1.working",
            "DAY_ONCE input.days.3.day");
    assertThat(publish(input(2027, 0)).encode()).contains("\"REQUIRED\"");
    assertThat(publish(input(1900, 0, day("1900-01-01", false))).encode()).contains("\"INVALID\"");
    assertThat(publish(input(2027, 3, day("2027-01-01", false))).encode())
        .contains("VERSION_CONFLICT");
  }

  @Test
  @Order(2)
  void only_the_national_data_authority_publishes_it() {
    var input = input(2027, 0, day("2027-01-01", false));
    assertThat(asking.as(Role.DATA_AUTHORITY, ClockGround.BEIJING).mutate(PUBLISH, input).encode())
        .contains("\"FORBIDDEN\"", "\"workCalendar\":null");
    assertThat(
            asking
                .as(Role.OPERATOR, ClockGround.OPERATOR)
                .answer(PUBLISH, Map.of("input", input))
                .encode())
        .contains("rule:write");
    var none = input(2027, 0, day("2027-01-01", false));
    none.put("calendar", "XX");
    assertThat(publish(none).encode()).contains("\"NOT_FOUND\"");
  }

  @Test
  @Order(3)
  void a_year_that_comes_settles_provisional_clocks_and_lets_ended_ones_be() {
    ground.start("2026-12-28", "app_a", "reviewWd", "000000");
    ground.start("2026-12-28", "app_ended", "reviewWd", "000000");
    ground.change(
        "2026-12-29",
        (transaction, write) -> ground.clocks.meet(transaction, write, "app_ended", "reviewWd"));
    assertThat(clock("app_a").encode())
        .contains("\"dueOn\":\"2027-01-25\"", "\"isProvisional\":true", "No calendar of 2027");

    var trial = input(2027, 0, day("2027-01-01", false), day("2027-01-04", false));
    trial.put("validateOnly", true);
    assertThat(publish(trial).encode()).contains("\"recounted\":1");
    assertThat(clock("app_a").encode()).contains("\"isProvisional\":true");

    var payload = publish(input(2027, 0, day("2027-01-01", false), day("2027-01-04", false)));
    assertThat(payload.encode())
        .contains(
            "\"recounted\":1",
            "{\"year\":2027,\"version\":1,\"source\":\"the notice of that year\"}");
    assertThat(clock("app_a").encode())
        .contains(
            "\"dueOn\":\"2027-01-27\"",
            "\"isProvisional\":false",
            "\"kind\":\"RECOUNTED\",\"dueBefore\":\"2027-01-25\",\"dueOn\":\"2027-01-27\"",
            "CN 2027: the notice");
    assertThat(clock("app_ended").encode())
        .contains("\"dueOn\":\"2027-01-25\"", "\"isProvisional\":true", "\"standing\":\"MET\"");
  }

  @Test
  @Order(4)
  void a_year_that_is_edited_never_shortens_a_clock_and_keeps_what_it_said() {
    var before = Instant.now();
    // The 4th of January is worked after all.
    var payload = publish(input(2027, 1, day("2027-01-01", false), day("2027-01-09", true)));

    assertThat(payload.encode()).contains("\"userErrors\":[]", "\"version\":2");
    assertThat(clock("app_a").encode()).contains("\"dueOn\":\"2027-01-27\"");
    assertThat(ground.start("2026-12-28", "app_b", "reviewWd", "000000"))
        .isEqualTo(LocalDate.parse("2027-01-25"));
    assertThat(asking.data("{ workCalendar(id: \"CN\") { days(year: 2027) { day } } }").encode())
        .contains("2027-01-09")
        .doesNotContain("2027-01-04");
    assertThat(
            asking
                .data(
                    "{ workCalendar(id: \"CN\", asOf: \"%s\") { days(year: 2027) { day } } }"
                        .formatted(before))
                .encode())
        .contains("2027-01-04")
        .doesNotContain("2027-01-09");
    assertThat(
            asking.rows(
                "-- test\nselect concat_ws(' ', subject, subject_version) from event_outbox where type = 'CALENDAR_CHANGED' order by subject_version"))
        .containsExactly(
            "cal_434e0000000000000000000000000000 1", "cal_434e0000000000000000000000000000 2");
  }

  @Test
  @Order(5)
  void a_calendar_is_known_as_it_was_at_a_moment() {
    var days =
        ClockGround.await(
            new WorkCalendars(ground.database)
                .find(
                    new dev.fairground.sql.Reads(),
                    Instant.parse("2020-01-01T00:00:00Z"),
                    List.of("110000", "430000", "999999")));

    assertThat(days).containsOnlyKeys("110000", "430000", "999999");
    assertThat(requireNonNull(days.get("430000")).years()).contains(2026).doesNotContain(2027);
    assertThat(days.get("430000")).isEqualTo(days.get("110000")).isEqualTo(WorkDaysTest.shipped());
    assertThat(days.get("999999")).isEqualTo(WorkDays.UNKNOWN);
  }

  /** Its change began before the year was published, and reads the calendar after. */
  @Test
  @Order(99)
  void a_clock_that_starts_while_a_year_is_published_counts_by_it() {
    assertThat(publish(input(2025, 1, day("2025-03-04", false))).getJsonArray("userErrors"))
        .isEmpty();

    assertThat(ground.start("2025-03-03", UUID.randomUUID().toString(), "acceptWd", "430000"))
        .isEqualTo("2025-03-07");
  }
}
