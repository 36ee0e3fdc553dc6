package dev.fairground.fairness;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each figure is what its query says: for the market, operators and products, of whatever months.
 */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecomputeTest {
  private static final String FIGURES =
      """
      requests openBefore approved refused withdrawn open overdue decisionDaysKnown medianDecisionDays
      percentile95DecisionDays onTime late onTimeUnknown onTimeShare escalated grants freeGrants freeShare
      affiliates { yes no unknown withheld share } smallFirms { yes no unknown withheld share }
      reviewsAsked reviewsDecided overturned refusalsByReason { reason count }
      """;
  private static final String ALL =
      FIGURES + " recompute { figure reason rule query variables request }";

  private final Database database;
  private final Asking asking;

  RecomputeTest(Database database, MeterRegistry statements) {
    this.database = database;
    asking =
        new Asking(database, statements, Unlimited.limits())
            .at(Instant.parse("2026-06-15T04:00:00Z"));
  }

  @BeforeAll
  void market() {
    RandomRequests.chance(asking);
    RandomRequests.into(asking, 1, 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-06",
        "2026-05",
        "2025-Q4",
        "2025",
        "2026",
        "2025-03/2026-02",
        "2027",
        "2024-12"
      })
  void each_figure_is_what_its_query_recomputes(String period) throws Exception {
    for (var kept : Kept.values()) {
      keep(kept);
      recompute(period);
    }
  }

  /** Which months are kept when a figure is read. */
  private enum Kept {
    NONE,
    SOME_OF_ONE_OPERATOR,
    UNTIL_SUMMER,
    ALL
  }

  private void keep(Kept kept) throws Exception {
    asking.change("delete from access_month");
    switch (kept) {
      case NONE -> {}
      case SOME_OF_ONE_OPERATOR -> {
        close("2025-12-05T00:00:00Z");
        asking.change(
            "delete from access_month where operator_id = '00000000-0000-4000-8000-000000000001' or month > '2025-04-01'");
      }
      case UNTIL_SUMMER -> close("2025-07-15T00:00:00Z");
      case ALL -> {
        close("2025-05-15T00:00:00Z");
        close("2026-06-15T04:00:00Z");
      }
    }
  }

  private int close(String now) throws Exception {
    return new ClosedMonths(database, InstantSource.fixed(Instant.parse(now)))
        .run()
        .await(30, TimeUnit.SECONDS);
  }

  private void recompute(String period) {
    for (var whole : figures(period)) {
      for (var each : whole.getJsonArray("recompute")) {
        var how = (JsonObject) each;
        var request = new JsonObject(how.getString("request"));
        assertThat(request.getString("query")).isEqualTo(how.getString("query"));
        assertThat(request.getJsonObject("variables"))
            .isEqualTo(new JsonObject(how.getString("variables")));
        var answer =
            asking.answer(request.getString("query"), request.getJsonObject("variables").getMap());
        assertThat(answer.containsKey("errors")).as(answer.encodePrettily()).isFalse();
        assertThat(value(how.getString("rule"), answer.getJsonObject("data")))
            .as(period + how.encodePrettily())
            .isEqualTo(shown(whole, how));
      }
    }
  }

  @Test
  void figures_are_the_same_whatever_months_are_kept() throws Exception {
    for (var period :
        List.of("2025-02", "2025-Q2", "2025-03/2026-02", "2025-01/2026-12", "2026-06")) {
      keep(Kept.NONE);
      var counted = figures(period);
      for (var kept : List.of(Kept.SOME_OF_ONE_OPERATOR, Kept.UNTIL_SUMMER, Kept.ALL)) {
        keep(kept);
        assertThat(figures(period)).as(period + kept).isEqualTo(counted);
      }
    }
  }

  @Test
  void what_comes_late_counts_in_months_that_were_kept() throws Exception {
    keep(Kept.ALL);
    var before = rows("select count(*) from access_month");
    RandomRequests.add(asking, 2, 40);
    recompute("2025-03/2026-02");
    assertThat(rows("select count(*) from access_month")).isLessThan(before);
    assertThat(close("2026-06-15T04:00:00Z")).isPositive();
    assertThat(close("2026-06-15T04:00:00Z")).isZero();
    recompute("2025-03/2026-02");
    recompute("2026-05");
  }

  @Test
  void two_servers_at_once_keep_each_month_once_and_no_month_that_is_not_over() throws Exception {
    keep(Kept.NONE);
    var clock = InstantSource.fixed(Instant.parse("2026-05-31T16:05:00Z"));
    var both =
        List.of(new ClosedMonths(database, clock).run(), new ClosedMonths(database, clock).run());
    Future.all(both).await(30, TimeUnit.SECONDS);
    assertThat(both.stream().mapToInt(Future::result).sum())
        .isPositive()
        .isEqualTo(rows("select count(*) from access_month"));
    assertThat(asking.rows("select max(month)::text from access_month"))
        .containsExactly("2026-04-01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-06", "2025-Q3", "2025-01/2026-06"})
  void what_was_open_and_what_came_is_what_ended_and_what_is_open(String period) {
    for (var whole : figures(period)) {
      assertThat(whole.getInteger("openBefore") + whole.getInteger("requests"))
          .isEqualTo(
              whole.getInteger("approved")
                  + whole.getInteger("refused")
                  + whole.getInteger("withdrawn")
                  + whole.getInteger("open"));
    }
  }

  @Test
  void they_are_the_figures_of_the_private_rows() {
    var market = figures("2025-01/2026-06").getFirst();
    assertThat(market.getInteger("requests"))
        .isEqualTo(rows("select count(*) from access_request"));
    for (var outcome : List.of("APPROVED", "REFUSED")) {
      assertThat(market.getInteger(outcome.toLowerCase(java.util.Locale.ROOT)))
          .isPositive()
          .isEqualTo(
              rows("select count(*) from access_decision where outcome = '" + outcome + "'"));
    }
    assertThat(market.getInteger("withdrawn"))
        .isPositive()
        .isEqualTo(rows("select count(*) from access_request_step where kind = 'WITHDRAWN'"));
    assertThat(market.getInteger("overturned"))
        .isPositive()
        .isEqualTo(rows("select count(*) from access_decision where outcome = 'OVERTURNED'"));
    assertThat(market.getInteger("freeGrants"))
        .isPositive()
        .isEqualTo(rows("select count(*) from access_grant where free_of_charge"));
    assertThat(market.getInteger("late"))
        .isPositive()
        .isEqualTo(rows("select count(*) from access_decision where not on_time"));
    assertThat(market.getInteger("overdue"))
        .isPositive()
        .isEqualTo(
            rows(
                """
                select count(*)
                  from access_request r
                  join access_request_version v on v.request_id = r.id and v.valid_to = 'infinity'
                 where v.state = 'SUBMITTED' and v.due_on < '2026-06-15'
                   and not exists (select 1 from access_decision d where d.request_id = r.id)
                   and not exists (select 1 from access_request_step s where s.request_id = r.id and s.kind = 'WITHDRAWN')
                """));
  }

  @Test
  void months_add_up_and_the_page_of_the_reader_shows_the_rows_that_were_counted() {
    var market =
        asking
            .data(
                "{ marketFairness(period: \"2025\") { requests refused byMonth { requests refused period { startsOn endsOn } } } }")
            .getJsonObject("marketFairness");
    var months = market.getJsonArray("byMonth");

    assertThat(months).hasSize(12);
    assertThat(months.stream().mapToInt(month -> ((JsonObject) month).getInteger("requests")).sum())
        .isEqualTo(market.getInteger("requests"));
    assertThat(months.getJsonObject(1).getJsonObject("period").encode())
        .isEqualTo("{\"startsOn\":\"2025-02-01\",\"endsOn\":\"2025-02-28\"}");
    var how =
        asking
            .data(
                "{ marketFairness(period: \"2025\") { recompute(figures: [REFUSED]) { query variables } } }")
            .getJsonObject("marketFairness")
            .getJsonArray("recompute")
            .getJsonObject(0);
    var seen = new ArrayList<String>();
    String after = null;
    do {
      var variables =
          new JsonObject(how.getString("variables")).put("first", 7).put("after", after);
      var rows =
          asking
              .answer(how.getString("query"), variables.getMap())
              .getJsonObject("data")
              .getJsonObject("rows");
      rows.getJsonArray("nodes").forEach(row -> seen.add(((JsonObject) row).getString("id")));
      after =
          rows.getJsonObject("pageInfo").getBoolean("hasNextPage")
              ? rows.getJsonObject("pageInfo").getString("endCursor")
              : null;
    } while (after != null);
    assertThat(seen).doesNotHaveDuplicates().hasSize(market.getInteger("refused"));
  }

  /** Of the market, of both operators, of all six products. */
  private List<JsonObject> figures(String period) {
    var data =
        asking.data(
            """
            { marketFairness(period: "%1$s") { %2$s }
              fairnessFigures(period: "%1$s") { %2$s }
              products { nodes { fairness(period: "%1$s") { %2$s } } } }
            """
                .formatted(period, ALL));
    var all = new ArrayList<JsonObject>();
    all.add(data.getJsonObject("marketFairness"));
    data.getJsonArray("fairnessFigures").forEach(one -> all.add((JsonObject) one));
    assertThat(all).hasSize(3);
    data.getJsonObject("products")
        .getJsonArray("nodes")
        .forEach(one -> all.add(((JsonObject) one).getJsonObject("fairness")));
    assertThat(all).hasSize(9);
    return all;
  }

  private int rows(String count) {
    return Integer.parseInt(
        asking.rows(count.replaceFirst("count\\(\\*\\)", "count(*)::text")).getFirst());
  }

  /** What a reader makes of an answer, by the rule. */
  private static @Nullable String value(String rule, JsonObject data) {
    return switch (rule) {
      case "COUNT" -> String.valueOf(data.getInteger("count"));
      case "SHARE" -> {
        var whole = data.getInteger("whole");
        yield whole == 0
            ? null
            : new BigDecimal(data.getInteger("part"))
                .divide(new BigDecimal(whole), 4, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
      }
      default -> {
        var days = new ArrayList<Integer>();
        data.getJsonArray("days")
            .forEach(
                one -> {
                  for (int i = 0; i < ((JsonObject) one).getInteger("records"); i++) {
                    days.add(((JsonObject) one).getInteger("workingDays"));
                  }
                });
        if (days.isEmpty()) {
          yield null;
        }
        var n = days.size();
        yield rule.equals("MEDIAN")
            ? new BigDecimal(days.get((n - 1) / 2) + days.get(n / 2))
                .divide(new BigDecimal(2))
                .stripTrailingZeros()
                .toPlainString()
            : String.valueOf(days.get((n * 95 + 99) / 100 - 1));
      }
    };
  }

  /** The figure as it is shown, found by the words of its enum value's description. */
  private @Nullable String shown(JsonObject figures, JsonObject how) {
    var figure = how.getString("figure");
    if (figure.equals("REFUSALS_BY_REASON")) {
      return figures.getJsonArray("refusalsByReason").stream()
          .map(JsonObject.class::cast)
          .filter(one -> one.getString("reason").equals(how.getString("reason")))
          .map(one -> String.valueOf(one.getInteger("count")))
          .findFirst()
          .orElseThrow();
    }
    var type =
        requireNonNull(
            (graphql.schema.GraphQLEnumType) asking.schema().graphql().getType("FairnessFigure"));
    Object value = figures;
    for (var step :
        requireNonNull(requireNonNull(type.getValue(figure)).getDescription()).split("\\.", -1)) {
      assertThat(((JsonObject) value).containsKey(step)).as(step).isTrue();
      value = ((JsonObject) value).getValue(step);
    }
    return value == null
        ? null
        : new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
  }
}
