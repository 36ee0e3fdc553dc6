package dev.fairground.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.ListVerifier;
import dev.fairground.TestDatabase;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoMarketTest {
  private final Asking asking;
  private final Database database;

  DemoMarketTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
    this.database = database;
  }

  @BeforeAll
  void load() throws Exception {
    await(new ReferenceData(database).load());
    assertThat(await(new DemoMarket(database).load())).isTrue();
    assertThat(await(new DemoMarket(database).load())).as("a second time").isFalse();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void real_records_are_told_from_made_up_ones() {
    assertThat(
            asking
                .data(
                    """
                    { real: products(filter: {demonstration: false}) { totalCount }
                      madeUp: products(filter: {demonstration: true}) { totalCount facets(keys: [KIND]) { buckets { value count } } }
                      resources { totalCount } made: resources(filter: {demonstration: true}) { totalCount }
                      scenarios(filter: {demonstration: false}) { totalCount }
                      operators(filter: {demonstration: false}) { totalCount }
                      holders: organizations(filter: {role: DATA_SOURCE_UNIT}) { totalCount } }
                    """)
                .encode())
        .isEqualTo(
            "{\"real\":{\"totalCount\":128},\"madeUp\":{\"totalCount\":60,\"facets\":[{\"buckets\":"
                + "[{\"value\":\"DATA_PRODUCT\",\"count\":50},{\"value\":\"SERVICE_CAPABILITY\",\"count\":10}]}]},"
                + "\"resources\":{\"totalCount\":882},\"made\":{\"totalCount\":0},"
                + "\"scenarios\":{\"totalCount\":47},\"operators\":{\"totalCount\":0},\"holders\":{\"totalCount\":203}}");
  }

  @Test
  void every_product_has_a_made_up_access_policy_that_makes_sense() {
    var policies = new StringBuilder();
    for (var filter : List.of("false", "true")) {
      policies.append(
          asking
              .data(
                  "{ products(first: 100, filter: {demonstration: %s}) { nodes { accessPolicy { version change basic demonstration conditions { code } } standardTerms { number demonstration } } } }"
                      .formatted(filter))
              .encode());
    }

    assertThat(policies.toString())
        .contains("CREDIT_CODE", "ETHICS_APPROVAL", "PUBLIC_PURPOSE", "NO_MISUSE", "LOOSER")
        .doesNotContain("\"basic\":true", "\"demonstration\":false");
  }

  @Test
  void the_chain_can_be_walked_from_a_resource_to_its_operator_and_back() {
    var resource =
        asking
            .data(
                """
                { resource(code: "GUIYANG-001") { holder { roles { role } } region { name { value } }
                    registrations { nodes { state } }
                    authorizations { nodes { number operator { code
                      products(filter: {form: [REPORT, DATASET, VERIFICATION, API]}, first: 1, orderBy: {field: TITLE, direction: ASC}) { nodes { code resources { totalCount } tariffs { tiers { unitPrice { amount } } ceiling { tiers { unitPrice { amount } } } } } } } } }
                    products { nodes { code operator { code } authorization { number } } } } }
                """)
            .getJsonObject("resource")
            .encode();

    assertThat(resource)
        .contains(
            "DEMO-GUIYANG-1",
            "DEMO-OPERATOR-GUIYANG",
            "贵阳市",
            "DATA_SOURCE_UNIT",
            "VALID",
            "\"D-001\"");
  }

  @Test
  void nobody_charges_more_than_the_ceiling_or_for_public_use() {
    var page =
        asking.data(
            "{ products(first: 20, filter: {demonstration: true}) { nodes { purposeClass tariffs { freeOfCharge tiers { unitPrice { amount } } ceiling { tiers { unitPrice { amount } } } } } } }");

    for (var node : page.getJsonObject("products").getJsonArray("nodes")) {
      var product = (JsonObject) node;
      var tariff = product.getJsonArray("tariffs").getJsonObject(0);
      if (product.getString("purposeClass").equals("INDUSTRY")) {
        assertThat(tariff.getJsonArray("tiers")).hasSize(2);
        assertThat(tariff.getJsonObject("ceiling").encode()).contains("0.6");
      } else {
        assertThat(tariff.getBoolean("freeOfCharge")).isTrue();
        assertThat(tariff.getJsonArray("tiers")).isEmpty();
      }
    }
  }

  @Test
  void the_digests_of_editions_can_be_computed_from_what_they_show() throws Exception {
    var lists =
        asking
            .data(
                """
                { productLists(first: 20) { nodes { id number digestForm listingCount demonstration } } }
                """)
            .getJsonObject("productLists")
            .getJsonArray("nodes");

    assertThat(lists).hasSize(11);
    try (var verifier = new ListVerifier(asking)) {
      for (var ends : List.of(lists.getJsonObject(0), realList(lists))) {
        assertThat(ends.getInteger("digestForm")).isEqualTo(2);
        assertThat(verifier.verify(ends.getString("id")).text())
            .startsWith("OK: edition " + ends.getInteger("number"))
            .contains(" " + ends.getInteger("listingCount") + " entries");
      }
    }
  }

  private static JsonObject realList(JsonArray lists) {
    return lists.stream()
        .map(JsonObject.class::cast)
        .filter(list -> !list.getBoolean("demonstration"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void requests_of_the_last_half_year_make_figures_of_every_kind() {
    var market =
        asking
            .data(
                """
                { marketFairness { requests approved refused withdrawn open overdue onTimeShare medianDecisionDays late
                    grants freeGrants affiliates { yes withheld } reviewsAsked overturned escalated demonstration } }
                """)
            .getJsonObject("marketFairness");

    assertThat(market.getInteger("requests")).isEqualTo(60);
    assertThat(market.getInteger("demonstration")).isEqualTo(60);
    assertThat(market.getInteger("approved")).isEqualTo(37);
    assertThat(market.getInteger("refused")).isEqualTo(9);
    assertThat(market.getInteger("withdrawn")).isEqualTo(4);
    assertThat(market.getInteger("open")).isEqualTo(10);
    assertThat(market.getInteger("overdue")).isPositive();
    assertThat(market.getInteger("late")).isPositive();
    assertThat(market.getInteger("escalated")).isPositive();
    assertThat(market.getInteger("overturned")).isOne();
    assertThat(market.getInteger("grants")).isEqualTo(38);
    assertThat(market.getJsonObject("affiliates").getInteger("yes")).isPositive();
  }

  @Test
  void the_market_of_spring_is_read_as_it_was() {
    assertThat(
            asking
                .data(
                    """
                    { products(filter: {operator: {eq: "%s"}}, asOf: "2026-03-01T00:00:00Z") { totalCount }
                      first: products(filter: {operator: {eq: "%s"}, code: {eq: "D-001"}}, asOf: "2026-03-01T00:00:00Z") { nodes { version title { value } } } }
                    """
                        .replace("%s", operator()))
                .encode())
        .contains("{\"totalCount\":8}", "\"version\":1", "（试用版）");
  }

  private String operator() {
    return asking
        .data("{ organization(code: \"DEMO-OPERATOR-JINHUA\") { id } }")
        .getJsonObject("organization")
        .getString("id");
  }
}
