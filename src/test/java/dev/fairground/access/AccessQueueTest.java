package dev.fairground.access;

import static dev.fairground.access.AccessMarket.MONDAY;
import static dev.fairground.access.AccessMarket.applicant;
import static dev.fairground.access.AccessMarket.asked;
import static dev.fairground.access.AccessMarket.authority;
import static dev.fairground.access.AccessMarket.done;
import static dev.fairground.access.AccessMarket.institution;
import static dev.fairground.access.AccessMarket.nodes;
import static dev.fairground.access.AccessMarket.noon;
import static dev.fairground.access.AccessMarket.operator;
import static dev.fairground.access.AccessMarket.refused;
import static dev.fairground.access.AccessMarket.step;
import static dev.fairground.access.AccessMarket.submit;
import static dev.fairground.access.AccessMarket.submitted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is due, in its order. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessQueueTest {
  private final Database database;
  private final Asking asking;
  private JsonObject late = new JsonObject();
  private JsonObject later = new JsonObject();
  private JsonObject waiting = new JsonObject();
  private JsonObject decided = new JsonObject();
  private JsonObject other = new JsonObject();

  AccessQueueTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  private void sweep(String day) throws Exception {
    try (var sweep = new AccessSweep(database, InstantSource.fixed(noon(day)))) {
      sweep.run().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  @BeforeAll
  void requests() throws Exception {
    AccessMarket.into(database, asking);
    later = submitted(asking, "2026-03-10");
    late = submitted(asking, MONDAY);
    waiting =
        done(
            step(
                operator(asking, "2026-03-10"),
                "accessRequestAskInformation",
                submitted(asking, "2026-03-09"),
                "gaps",
                "all"));
    decided = refused(asking, "2026-03-10", submitted(asking, "2026-03-05"));
    var input = asked("2026-03-10");
    input.put("productId", AccessMarket.OF_OTHER);
    other = done(submit(applicant(asking, "2026-03-10"), input));
    sweep("2026-03-17");
  }

  private static List<String> ids(JsonArray nodes) {
    return nodes.stream().map(node -> ((JsonObject) node).getString("id")).toList();
  }

  private static String id(JsonObject request) {
    return request.getString("id");
  }

  @Test
  void what_is_due_first_comes_first_what_waits_behind_and_what_is_decided_last() {
    var day = "2026-03-17";
    assertThat(ids(nodes(operator(asking, day), "accessRequests", "")))
        .containsExactly(id(late), id(later), id(waiting), id(decided));
    assertThat(ids(nodes(operator(asking, day), "decisionsDue", "")))
        .containsExactly(id(late), id(later), id(waiting));
    assertThat(ids(nodes(applicant(asking, day), "myAccessRequests", "")))
        .startsWith(id(late))
        .endsWith(id(waiting), id(decided))
        .contains(id(other))
        .hasSize(5);
    assertThat(ids(nodes(institution(asking, day), "escalatedRequests", "")))
        .containsExactly(id(late));
    assertThat(ids(nodes(authority(asking, day), "accessRequests", ""))).hasSize(5);
    assertThat(nodes(operator(asking, day), "myAccessRequests", "")).isEmpty();
    assertThat(nodes(applicant(asking, day), "decisionsDue", "")).isEmpty();
  }

  @Test
  void pages_follow_each_other_in_both_orders() {
    for (var order :
        List.of(
            "",
            ", orderBy: {field: SUBMITTED_AT, direction: DESC}",
            ", orderBy: {field: DUE_ON, direction: DESC}")) {
      var as = applicant(asking, "2026-03-17");
      var whole = ids(nodes(as, "myAccessRequests", order));
      var seen = new ArrayList<String>();
      var after = "";
      while (true) {
        var page =
            as.data(
                    "{ myAccessRequests(first: 2%s%s) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }"
                        .formatted(after, order))
                .getJsonObject("myAccessRequests");
        assertThat(page.getInteger("totalCount")).isEqualTo(5);
        seen.addAll(ids(page.getJsonArray("nodes")));
        if (!page.getJsonObject("pageInfo").getBoolean("hasNextPage")) {
          break;
        }
        after = ", after: \"%s\"".formatted(page.getJsonObject("pageInfo").getString("endCursor"));
      }
      assertThat(seen).isEqualTo(whole);
    }
  }

  @Test
  void filters_find_what_they_name() {
    var as = operator(asking, "2026-03-17");
    assertThat(ids(nodes(as, "accessRequests", ", filter: {overdue: true}")))
        .containsExactly(id(late));
    assertThat(ids(nodes(as, "accessRequests", ", filter: {state: [INCOMPLETE, REFUSED]}")))
        .containsExactly(id(waiting), id(decided));
    assertThat(ids(nodes(as, "accessRequests", ", filter: {level: [INSTITUTION]}")))
        .containsExactly(id(late));
    assertThat(
            ids(
                nodes(
                    as,
                    "accessRequests",
                    ", filter: {submittedOn: {from: \"2026-03-05\", to: \"2026-03-09\"}}")))
        .containsExactly(id(waiting), id(decided));
    assertThat(
            ids(
                nodes(
                    as,
                    "accessRequests",
                    ", filter: {dueOn: {to: \"2026-03-31\"}, not: {overdue: true}}")))
        .containsExactly(id(later));
    assertThat(
            ids(
                nodes(
                    as,
                    "accessRequests",
                    ", filter: {number: {eq: \"%s\"}}".formatted(late.getString("number")))))
        .containsExactly(id(late));
    assertThat(
            ids(
                nodes(
                    applicant(asking, "2026-03-17"),
                    "accessRequests",
                    ", filter: {product: {eq: \"%s\"}}".formatted(AccessMarket.OF_OTHER))))
        .containsExactly(id(other));
  }

  @Test
  void a_page_costs_a_fixed_number_of_statements() {
    var rich =
        "{ accessRequests(first: %d, orderBy: {field: DUE_ON, direction: DESC}) { totalCount nodes { id number dueOn overdue applicant { code } operator { code } institution { code } jurisdiction { code } product { id } scenario { code } authorization { id } timeline { kind by { code } } clocks { ruleName } documents { code } decision { outcome reasons { code } } review { outcome } grant { id } allowedActions } } }";
    var as = authority(asking, "2026-03-17");
    var of1 = as.statements(rich.formatted(1));
    assertThat(as.statements(rich.formatted(100))).isEqualTo(of1);
    assertThat(
            as.statements(
                "{ accessRequests(first: 10) { nodes { id number dueOn overdue applicant { code } operator { code } } } }"))
        .isEqualTo(1);
    assertThat(
            operator(asking, "2026-03-17")
                .statements(
                    "{ decisionsDue(first: 10) { totalCount nodes { id allowedActions } } }"))
        .isEqualTo(2);
  }

  @Test
  void clocks_wait_while_a_product_is_suspended() throws Exception {
    status("SUSPENDED", "2026-03-12T02:00:00Z");
    sweep("2026-03-12");
    var as = applicant(asking, "2026-03-12");
    var held =
        as.data(
                "{ accessRequest(id: \"%s\") { version dueOn held paused state timeline { kind } clocks { standing } } }"
                    .formatted(id(other)))
            .getJsonObject("accessRequest");
    assertThat(held.encode())
        .contains(
            "\"held\":true", "\"paused\":true", "\"dueOn\":null", "\"kind\":\"HELD\"", "PAUSED");
    sweep("2026-06-12");
    assertThat(as.data("{ accessRequest(id: \"%s\") { level } }".formatted(id(other))).encode())
        .contains("OPERATOR");
    status("PUBLISHED", "2026-06-12T05:00:00Z");
    sweep("2026-06-15");
    assertThat(
            as.data("{ accessRequest(id: \"%s\") { held dueOn } }".formatted(id(other))).encode())
        .contains("\"held\":false", "\"dueOn\":\"2026-06-26\"");
  }

  private void status(String status, String at) {
    asking.change(
        """
        with closed as (
          update product_version set valid_to = $2::text::timestamptz
           where product_id = '00000000-0000-4000-b000-000000000021' and valid_to = 'infinity'
          returning *)
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select operator_id, product_id, version + 1, $2::text::timestamptz, kind, code, $1, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration
          from closed
        """,
        status,
        at);
  }
}
