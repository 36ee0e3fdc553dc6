package dev.fairground.equal;

import static dev.fairground.equal.EqualMarket.because;
import static dev.fairground.equal.EqualMarket.grant;
import static dev.fairground.equal.EqualMarket.prices;
import static dev.fairground.equal.EqualMarket.productId;
import static dev.fairground.equal.EqualMarket.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What everybody, and what the authority, is shown of the terms of a product. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EqualTermsShownTest {
  private final Asking asking;
  private final Database database;
  private final EqualMarket market;

  EqualTermsShownTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
    this.database = database;
    this.market = new EqualMarket(database, asking);
  }

  @BeforeAll
  void open() throws Exception {
    market.open();
  }

  /** Grants are kept for ever: a test takes them away with what keeps them. */
  @BeforeEach
  void nothingGiven() throws Exception {
    database
        .inTransaction(
            transaction ->
                database
                    .rows(transaction, "set local client_min_messages = error", Tuple.tuple())
                    .compose(
                        set ->
                            database.rows(
                                transaction,
                                "set local session_replication_role = replica",
                                Tuple.tuple()))
                    .compose(
                        set ->
                            database.rows(
                                transaction,
                                """
                                truncate access_grant, access_grant_version, access_grant_deviation, access_grant_clause,
                                  access_decision, access_request, equal_cohort, equal_step, equal_terms,
                                  equal_decision_time, equal_deviation cascade
                                """,
                                Tuple.tuple())))
        .await(20, TimeUnit.SECONDS);
  }

  @Test
  void a_cohort_tells_its_size_its_prices_and_how_long_decisions_took() {
    market.give(
        grant(11, 1, "2026-03-02", "1.00"),
        grant(11, 2, "2026-03-02", "1.00").put("decision_days", 2),
        grant(11, 3, "2026-03-02", "0.90").put("decision_days", 9));

    var terms = shown(market.at("2026-03-03"), 11, "");

    assertThat(prices(terms, "cohorts")).containsExactly("3 0.9x1 1x2");
    var cohort = terms.getJsonArray("cohorts").getJsonObject(0);
    assertThat(cohort.getJsonObject("decisionDays").encode())
        .isEqualTo("{\"minimum\":2,\"median\":5,\"maximum\":9,\"decisions\":3}");
    assertThat(cohort.getJsonObject("lowestPrice").encode())
        .isEqualTo("{\"amount\":\"0.9\",\"currency\":\"CNY\"}");
    assertThat(cohort.getJsonArray("unjustified").encode())
        .isEqualTo("[{\"field\":\"UNIT_PRICE\",\"grants\":1}]");
    assertThat(terms.getBoolean("unlisted")).isFalse();
    assertThat(terms.getString("since")).isEqualTo("2025-09-04");
  }

  @Test
  void deviations_are_told_without_words_and_names() {
    market.give(
        grant(11, 1, "2026-03-02", "1.00"),
        grant(11, 2, "2026-03-02", "1.00")
            .put("clauses", new io.vertx.core.json.JsonArray().add("for Holder Ltd")),
        because(
            grant(11, 3, "2026-03-02", "0.90").put("small_or_micro", true),
            "SMALL_FIRM",
            "Holder Ltd is small"));

    var text = shown(market.at("2026-03-03"), 11, "").encode();

    assertThat(text)
        .contains(
            "{\"field\":\"UNIT_PRICE\",\"standard\":\"1\",\"granted\":\"0.90\",\"factor\":\"SMALL_FIRM\",\"grants\":1}")
        .doesNotContain("Holder", "holder", "acg_", "org_");
  }

  @Test
  void two_holders_are_no_group_however_many_grants_they_have() {
    market.give(
        grant(11, 1, "2026-03-02", "1.00"),
        grant(11, 1, "2026-03-02", "0.90"),
        grant(11, 2, "2026-03-02", "0.80"));

    var terms = shown(market.at("2026-03-10"), 11, "");

    assertThat(terms.getJsonArray("cohorts")).isEmpty();
    assertThat(terms.getJsonArray("pools")).isEmpty();
    assertThat(terms.getBoolean("unlisted")).isTrue();
  }

  @Test
  void cohorts_that_do_not_fill_are_pooled_after_thirty_days_if_they_have_three_holders() {
    market.give(
        grant(11, 1, "2026-03-02", "1.00"),
        grant(11, 2, "2026-03-03", "0.90").put("volume_band", "UP_TO_100000"),
        grant(11, 3, "2026-03-04", "0.80").put("term_band", "UP_TO_1_MONTH"));

    pool("2026-04-02");
    assertThat(prices(shown(market.at("2026-04-30"), 11, ""), "pools")).isEmpty();
    pool("2026-04-03");

    assertThat(prices(shown(market.at("2026-04-03"), 11, ""), "pools")).isEmpty();
    var later = shown(market.at("2026-04-04"), 11, "");
    assertThat(prices(later, "pools")).containsExactly("3 0.8x1 0.9x1 1x1");
    assertThat(later.getJsonArray("cohorts")).isEmpty();
    assertThat(later.getJsonArray("pools").getJsonObject(0).getString("volumeBand")).isNull();
  }

  @Test
  void a_pool_is_shown_as_a_whole_whatever_band_is_asked_for() {
    market.give(
        grant(11, 1, "2026-03-02", "1.00"),
        grant(11, 2, "2026-03-02", "0.90").put("volume_band", "UP_TO_100000"),
        grant(11, 3, "2026-03-02", "0.80").put("scenario_class", "C10"));
    pool("2026-04-02");

    for (var filter :
        List.of("volumeBand: \"UP_TO_1000\"", "scenarioClass: \"C10\"", "unit: PER_TIME")) {
      assertThat(prices(shown(market.at("2026-04-30"), 11, filter), "pools"))
          .containsExactly("3 0.8x1 0.9x1 1x1");
    }
  }

  @Test
  void what_was_pooled_never_comes_into_its_cohort_so_nothing_can_be_subtracted() {
    market.give(
        grant(11, 1, "2026-03-02", "1.00"),
        grant(11, 2, "2026-03-02", "0.90").put("volume_band", "UP_TO_100000"),
        grant(11, 3, "2026-03-02", "0.80").put("volume_band", "UP_TO_1000000"));
    pool("2026-04-02");
    market.give(
        grant(11, 4, "2026-04-10", "0.70"),
        grant(11, 5, "2026-04-10", "0.60"),
        grant(11, 6, "2026-04-10", "0.50"));

    var terms = shown(market.at("2026-04-11"), 11, "");

    assertThat(prices(terms, "pools")).containsExactly("3 0.8x1 0.9x1 1x1");
    assertThat(prices(terms, "cohorts")).containsExactly("3 0.5x1 0.6x1 0.7x1");
  }

  @Test
  void between_two_days_at_least_three_holders_come_or_go_at_once() {
    var day = LocalDate.parse("2026-01-05");
    var given = new ArrayList<JsonObject>();
    for (int n = 0; n < 20; n++) {
      given.add(grant(11, n, day.plusDays(n).toString(), "1." + (10 + n)));
    }
    market.give(given.toArray(JsonObject[]::new));

    List<String> before = List.of();
    for (int n = 0; n < 230; n++) {
      var now = priced(shown(market.at(day.plusDays(n).toString()), 11, ""));
      var came = new ArrayList<>(now);
      came.removeAll(before);
      var went = new ArrayList<>(before);
      went.removeAll(now);
      assertThat(came.size()).as("came on day %d", n).isIn(0, 3);
      assertThat(went.size()).as("went on day %d", n).isIn(0, 3);
      before = now;
    }
    assertThat(before).isEmpty();
  }

  @Test
  void a_past_moment_shows_what_was_shown_then() {
    market.give(
        grant(11, 1, "2026-03-02", "1.00"),
        grant(11, 2, "2026-03-04", "0.90"),
        grant(11, 3, "2026-03-06", "0.80"));
    var today = market.at("2026-04-30");

    assertThat(priced(shown(today, 11, "asOf: \"2026-03-06T04:00:00Z\""))).isEmpty();
    assertThat(priced(shown(today, 11, "asOf: \"2026-03-07T04:00:00Z\""))).hasSize(3);
  }

  @Test
  void the_authority_and_those_above_it_see_all_and_that_of_elsewhere_does_not() {
    market.give(grant(11, 1, "2026-03-02", "1.00"), grant(11, 2, "2026-03-03", "0.90"));

    for (var who :
        List.of(
            market.authority("2026-03-03"),
            market.at("2026-03-03").as(Role.DATA_AUTHORITY, EqualMarket.NATION),
            market.at("2026-03-03").as(Role.AUDITOR, EqualMarket.BEIJING))) {
      var terms = shown(who, 11, "");
      assertThat(prices(terms, "cohorts")).containsExactly("2 0.9x1 1x1");
      assertThat(terms.getBoolean("whole")).isTrue();
    }
    for (var who :
        List.of(
            market.at("2026-03-03"),
            market.at("2026-03-03").as(Role.DATA_AUTHORITY, EqualMarket.BEIJING),
            market.at("2026-03-03").as(Role.OPERATOR, EqualMarket.OPERATOR),
            market.at("2026-03-03").as(Role.DEVELOPER, EqualMarket.holder(1)))) {
      var terms = shown(who, 11, "");
      assertThat(terms.getJsonArray("cohorts")).isEmpty();
      assertThat(terms.getBoolean("whole")).isFalse();
    }
  }

  @Test
  void cohorts_are_told_apart_by_what_makes_positions_alike() {
    for (int holder = 1; holder <= 3; holder++) {
      market.give(
          grant(11, holder, "2026-03-02", "1.00"),
          grant(11, holder, "2026-03-02", "1.10").put("volume_band", "UP_TO_10"),
          grant(11, holder, "2026-03-02", "1.20").put("term_band", "UP_TO_1_MONTH"),
          grant(11, holder, "2026-03-02", "1.30").put("scenario_class", "C10"),
          grant(11, holder, "2026-03-02", "0").put("purpose_class", "PUBLIC_WELFARE"));
    }

    assertThat(prices(shown(market.at("2026-03-03"), 11, ""), "cohorts"))
        .containsExactlyInAnyOrder("3 1x3", "3 1.1x3", "3 1.2x3", "3 1.3x3");
    assertThat(prices(shown(market.at("2026-03-03"), 11, "volumeBand: \"UP_TO_10\""), "cohorts"))
        .containsExactly("3 1.1x3");
    assertThat(prices(shown(market.at("2026-03-03"), 11, "scenarioClass: \"C10\""), "cohorts"))
        .containsExactly("3 1.3x3");
  }

  @Test
  void a_product_without_grants_has_no_cohorts_and_one_that_does_not_exist_no_answer() {
    assertThat(shown(market.at("2026-03-03"), 12, "").getJsonArray("cohorts")).isEmpty();
    assertThat(shown(market.at("2026-03-03"), 99, "")).isNull();
  }

  @Test
  void many_products_cost_the_statements_of_one() {
    for (int holder = 1; holder <= 3; holder++) {
      market.give(
          grant(11, holder, "2026-03-02", "1.00"),
          grant(12, holder, "2026-03-02", "1.00"),
          grant(21, holder, "2026-03-02", "1.00"));
    }
    var query =
        "{ nodes(ids: [%s]) { ... on DataProduct { equalTerms(purpose: INDUSTRY) { cohorts { size }"
            + " } } } }";
    var one = query.formatted('"' + productId(11) + '"');
    var three =
        query.formatted(
            "\"%s\", \"%s\", \"%s\"".formatted(productId(11), productId(12), productId(21)));
    var then = market.at("2026-03-04");

    assertThat(then.data(three).encode().split("\"size\":3", -1)).hasSize(4);
    assertThat(then.statements(three)).isEqualTo(then.statements(one));
    assertThat(
            asking
                .data(
                    "{ product(id: \"%s\") { equalTerms(purpose: INDUSTRY, volumeBand: \"NONE\") { cohorts { size } } } }"
                        .formatted(productId(11)))
                .encode())
        .contains("\"cohorts\":[]");
  }

  private void pool(String day) {
    try {
      database
          .list(
              new Reads(),
              "select pool_equal_terms($1)",
              Tuple.of(LocalDate.parse(day)),
              row -> row.getInteger(0))
          .await(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  /** Every price that is shown, as often as it is. */
  private static List<String> priced(JsonObject shown) {
    var all = new ArrayList<String>();
    for (var list : List.of("cohorts", "pools")) {
      prices(shown, list)
          .forEach(text -> all.addAll(List.of(text.substring(text.indexOf(' ') + 1).split(" "))));
    }
    return all;
  }
}
