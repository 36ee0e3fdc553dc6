package dev.fairground.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockSweepTest {
  private final Asking asking;
  private final ClockGround ground;
  private final Vertx vertx;
  private final DatabaseAddress address;

  ClockSweepTest(
      Database database, Vertx vertx, DatabaseAddress address, MeterRegistry statements) {
    this.vertx = vertx;
    this.address = address;
    asking = new Asking(database, statements);
    ground = new ClockGround(database, asking);
  }

  private static InstantSource on(String day) {
    return InstantSource.fixed(Instant.parse(day + "T04:00:00Z"));
  }

  private int sweep(String day) {
    return ClockGround.await(new ClockSweep(ground.database, on(day)).run());
  }

  private List<String> told(String subject) {
    return asking.rows(
        "-- test\nselect concat_ws(' ', e.type, right(e.organization_id::text, 2), e.open) from event_outbox e"
            + " join clock c on e.subject = 'clk_' || replace(c.id::text, '-', '') where c.subject = '"
            + subject
            + "' order by e.number");
  }

  private void change(String day, String subject, String what) {
    ground.change(
        day,
        (transaction, write) ->
            switch (what) {
              case "pause" ->
                  ground.clocks.pause(transaction, write, subject, "reviewWd", "a reason");
              case "resume" -> ground.clocks.resume(transaction, write, subject, "reviewWd");
              case "extend" ->
                  ground
                      .clocks
                      .extend(transaction, write, subject, "reviewWd", 5, "a reason")
                      .<Void>mapEmpty();
              default -> ground.clocks.meet(transaction, write, subject, "reviewWd");
            });
  }

  @Test
  void a_clock_is_told_of_when_it_is_due_soon_and_when_it_is_overdue_once_each() {
    // 20 working days: until the 30th of March 2026; due soon from the 26th.
    ground.start("2026-03-02", "app_told", "reviewWd", "000000");
    sweep("2026-03-25");
    assertThat(told("app_told")).isEmpty();

    sweep("2026-03-26");
    sweep("2026-03-27");
    assertThat(told("app_told")).containsExactly("CLOCK_DUE_SOON a1 f");

    sweep("2026-03-30");
    assertThat(told("app_told")).hasSize(1);
    sweep("2026-03-31");
    sweep("2026-04-30");
    assertThat(told("app_told"))
        .containsExactly("CLOCK_DUE_SOON a1 f", "CLOCK_OVERDUE a1 f", "CLOCK_OVERDUE a2 f");
  }

  @Test
  void after_a_long_time_without_a_server_only_what_still_matters_is_told() {
    ground.start("2026-03-02", "app_late", "reviewWd", "000000");
    sweep("2026-07-15");

    assertThat(told("app_late")).containsExactly("CLOCK_OVERDUE a1 f", "CLOCK_OVERDUE a2 f");
  }

  @Test
  void paused_and_ended_clocks_are_not_told_of_and_extended_ones_anew() {
    for (var subject : List.of("app_paused", "app_met", "app_more")) {
      ground.start("2026-03-02", subject, "reviewWd", "000000");
    }
    change("2026-03-04", "app_paused", "pause");
    change("2026-03-04", "app_met", "meet");
    sweep("2026-03-27");
    change("2026-03-27", "app_more", "extend");
    sweep("2026-03-31");

    assertThat(told("app_paused")).isEmpty();
    assertThat(told("app_met")).isEmpty();
    assertThat(told("app_more")).containsExactly("CLOCK_DUE_SOON a1 f");
    sweep("2026-04-02");
    assertThat(told("app_more")).containsExactly("CLOCK_DUE_SOON a1 f", "CLOCK_DUE_SOON a1 f");
    change("2026-04-02", "app_paused", "resume");
    sweep("2026-04-03");
    assertThat(told("app_paused")).isEmpty();
  }

  @Test
  void several_servers_that_look_at_once_tell_each_clock_once() {
    for (int i = 0; i < 120; i++) {
      ground.start("2025-10-16", "many_" + i, "reviewWd", "000000");
    }
    var databases = new ArrayList<Database>();
    var sweeps = new ArrayList<Future<Integer>>();
    for (int i = 0; i < 3; i++) {
      var database =
          Database.connect(vertx, address, DatabaseLimits.DEFAULTS, new SimpleMeterRegistry());
      databases.add(database);
      sweeps.add(new ClockSweep(database, on("2025-11-20"), 10).run());
    }
    ClockGround.await(Future.all(sweeps));
    sweep("2025-11-20");

    assertThat(
            asking.rows(
                "-- test\nselect c.subject from event_outbox e"
                    + " join clock c on e.subject = 'clk_' || replace(c.id::text, '-', '')"
                    + " where c.subject like 'many_%' and e.organization_id = '00000000-0000-4000-8000-0000000000a1'"))
        .hasSize(120)
        .doesNotHaveDuplicates();
    databases.forEach(database -> ClockGround.await(database.close()));
  }

  private static final String LIST =
      """
      query of($filter: ClockFilter) { clocks(filter: $filter, first: 100) { totalCount nodes {
        id subjectId ruleName standing daysLeft dueOn unit length ruleSetVersion
        rule { value basis { document } } jurisdiction { code } } } }
      """;

  private JsonAnswer clocks(Role role, UUID organization, Map<String, Object> filter) {
    var answer = asking.as(role, organization).answer(LIST, Map.of("filter", filter));
    return new JsonAnswer(answer.getJsonObject("data").getJsonObject("clocks").encode());
  }

  private record JsonAnswer(String text) {}

  @Test
  void clocks_are_seen_by_who_has_to_act_who_waits_and_auditors_and_by_nobody_else() {
    ground.start("2025-10-16", "app_seen", "reviewWd", "430000");
    var filter = Map.<String, Object>of("subject", "app_seen");

    assertThat(clocks(Role.OPERATOR, ClockGround.OPERATOR, filter).text())
        .contains(
            "\"totalCount\":1",
            "\"ruleName\":\"reviewWd\"",
            "\"standing\":\"OVERDUE\"",
            "\"daysLeft\":0",
            "\"value\":\"15\"",
            "湖南省公共数据资源登记规定",
            "\"code\":\"430000\"");
    assertThat(clocks(Role.REGISTRAR, ClockGround.REGISTRAR, filter).text())
        .contains("\"totalCount\":1");
    assertThat(clocks(Role.AUDITOR, ClockGround.STRANGER, filter).text())
        .contains("\"totalCount\":1");
    assertThat(clocks(Role.OPERATOR, ClockGround.STRANGER, filter).text())
        .contains("\"totalCount\":0");
    assertThat(asking.answer(LIST, Map.of("filter", filter)).encode()).contains("event:read");

    var id =
        asking.rows("-- test\nselect id::text from clock where subject = 'app_seen'").getFirst();
    var node = "{ node(id: \"%s\") { id } }".formatted(Ids.write("clk", UUID.fromString(id)));
    assertThat(asking.as(Role.OPERATOR, ClockGround.OPERATOR).data(node).encode()).contains("clk_");
    assertThat(asking.as(Role.OPERATOR, ClockGround.STRANGER).data(node).encode())
        .isEqualTo("{\"node\":null}");
    assertThat(asking.data(node).encode()).isEqualTo("{\"node\":null}");
  }

  @Test
  void clocks_are_found_by_standing_rule_and_party() {
    ground.start("2025-10-16", "app_x", "reviewWd", "000000");
    ground.start("2025-10-16", "app_x", "acceptWd", "000000");
    change("2025-10-17", "app_x", "pause");

    assertThat(
            clocks(
                    Role.OPERATOR,
                    ClockGround.OPERATOR,
                    Map.of("subject", "app_x", "standing", List.of("PAUSED", "MET")))
                .text())
        .contains("\"totalCount\":1", "\"daysLeft\":19");
    assertThat(
            clocks(
                    Role.OPERATOR,
                    ClockGround.OPERATOR,
                    Map.of(
                        "subject", "app_x",
                        "rule", Map.of("eq", "acceptWd"),
                        "responsible", Map.of("eq", Ids.write("org", ClockGround.OPERATOR)),
                        "waiting", Map.of("eq", Ids.write("org", ClockGround.REGISTRAR)),
                        "standing", List.of("OVERDUE")))
                .text())
        .contains("\"totalCount\":1");
  }

  @Test
  void a_year_that_comes_with_a_new_version_settles_what_was_provisional() {
    assertThat(ground.start("2027-12-20", "app_new", "reviewWd", "110000")).isEqualTo("2028-01-17");
    asking.change(
        "insert into work_calendar_day (calendar_id, day, working, name) values ('CN', '2028-01-03', false, '元旦')");
    asking.change(
        "insert into work_calendar_year (calendar_id, year, source) values ('CN', 2028, 'the notice of 2028')");
    sweep("2027-12-21");

    var state =
        "-- test\nselect concat_ws(' ', due_on, unknown_years) from clock where subject = 'app_new'";
    assertThat(asking.rows(state)).containsExactly("2028-01-18 {2027}");
    sweep("2027-12-21");
    assertThat(
            asking.rows(
                "-- test\nselect s.reason from clock_step s join clock c on c.id = s.clock_id where c.subject = 'app_new'"))
        .containsExactly("CN 2028: the notice of 2028");
  }

  @Test
  void a_page_of_thirty_clocks_costs_the_statements_of_a_page_of_one() {
    for (int i = 0; i < 30; i++) {
      ground.start("2026-03-02", "page_" + i, i % 2 == 0 ? "reviewWd" : "acceptWd", "430000");
    }
    var query =
        """
        query of($first: Int) { clocks(first: $first, filter: {rule: {startsWith: ""}}) { totalCount nodes {
          standing daysLeft rule { value } jurisdiction { code } responsible { id } waiting { id } steps { kind } } } }
        """;
    var operator = asking.as(Role.OPERATOR, ClockGround.OPERATOR);

    assertThat(operator.told(query, Map.of("first", 30)).statements())
        .isEqualTo(operator.told(query, Map.of("first", 1)).statements())
        .isLessThanOrEqualTo(9);
  }
}
