package dev.fairground.policy;

import static dev.fairground.policy.PolicyMarket.TODAY;
import static dev.fairground.policy.PolicyMarket.another;
import static dev.fairground.policy.PolicyMarket.condition;
import static dev.fairground.policy.PolicyMarket.done;
import static dev.fairground.policy.PolicyMarket.input;
import static dev.fairground.policy.PolicyMarket.terms;
import static dev.fairground.policy.PolicyMarket.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What everybody reads of policies: now, of another day, of the past, by id. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyReadTest {
  private static final String ALL =
      "id version basic effectiveOn change changeNote differences { part } conditions { code text { value } rule values }"
          + " reasons { code text { value } } decisionDays differenceFactors minimumQuantity deposit { amount } paymentDays"
          + " product { id } terms { id number title { value } text { value } odrl exclusive digest product { id } }";

  private final Asking asking;
  private String product = "";
  private String basic = "";

  PolicyReadTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    PolicyMarket.into(asking);
    product = another(asking);
    basic = another(asking);
    done(asking, with(input(product, 0), "decisionDays", 5));
    done(
        asking,
        with(
            input(product, 1),
            "effectiveOn",
            TODAY.plusDays(10).toString(),
            "conditions",
            List.of(condition("PLAN", "DOCUMENT", "PLAN")),
            "terms",
            terms("条款", "正文")));
  }

  private JsonObject of(String id, String fields) {
    return asking
        .data("{ product(id: \"%s\") { %s } }".formatted(id, fields))
        .getJsonObject("product");
  }

  @Test
  void the_history_has_all_versions_the_newest_first() {
    var page =
        of(
                product,
                "accessPolicies(first: 1) { totalCount pageInfo { hasNextPage endCursor } nodes { version change } }")
            .getJsonObject("accessPolicies");
    var rest =
        of(
            product,
            "accessPolicies(first: 5, after: \"%s\") { nodes { version } }"
                .formatted(page.getJsonObject("pageInfo").getString("endCursor")));

    assertThat(page.getInteger("totalCount")).isEqualTo(2);
    assertThat(page.getJsonArray("nodes").encode())
        .isEqualTo("[{\"version\":2,\"change\":\"TIGHTER\"}]");
    assertThat(rest.encode()).contains("[{\"version\":1}]");
    assertThat(of(basic, "accessPolicies { totalCount }").encode()).contains(":0}");
  }

  @Test
  void every_policy_and_all_terms_are_found_by_their_ids_the_basic_ones_too() {
    for (var one : List.of(product, basic)) {
      var policy =
          of(one, "accessPolicy(on: \"%s\") { %s }".formatted(TODAY.plusDays(10), ALL))
              .getJsonObject("accessPolicy");
      var found =
          asking.data(
              "{ accessPolicy(id: \"%s\") { %s } node(id: \"%s\") { ... on AccessPolicy { %s } } terms: node(id: \"%s\") { ... on StandardTerms { id number digest } } }"
                  .formatted(
                      policy.getString("id"),
                      ALL,
                      policy.getString("id"),
                      ALL,
                      policy.getJsonObject("terms").getString("id")));

      assertThat(found.getJsonObject("accessPolicy")).isEqualTo(policy);
      assertThat(found.getJsonObject("node")).isEqualTo(policy);
      assertThat(found.getJsonObject("terms").getString("digest"))
          .isEqualTo(policy.getJsonObject("terms").getString("digest"));
      assertThat(policy.getJsonObject("product").getString("id")).isEqualTo(one);
    }
    assertThat(
            asking
                .data("{ accessPolicy(id: \"acp_0000000000004000b000000000ffffff\") { id } }")
                .getValue("accessPolicy"))
        .isNull();
  }

  @Test
  void the_terms_of_a_day_are_those_of_its_policy() {
    assertThat(of(product, "standardTerms { number }").encode()).contains("\"number\":1");
    assertThat(
            of(
                    product,
                    "standardTerms(on: \"%s\") { number text { value } }"
                        .formatted(TODAY.plusDays(10)))
                .encode())
        .contains("\"number\":2", "正文");
    assertThat(
            of(basic, "standardTerms { number exclusive title(locale: \"en\") { value } }")
                .encode())
        .contains("\"number\":0", "\"exclusive\":false", "Basic terms of the marketplace");
  }

  @Test
  void what_was_not_published_yet_was_not_known_in_the_past() {
    var before = Instant.now().minusSeconds(86_400);
    var past =
        asking
            .data(
                "{ product(id: \"%s\", asOf: \"%s\") { accessPolicy(on: \"%s\") { version basic } accessPolicies { totalCount } standardTerms { number } } }"
                    .formatted(product, before, TODAY.plusDays(10)))
            .getJsonObject("product");

    assertThat(past.getJsonObject("accessPolicy").getBoolean("basic")).isTrue();
    assertThat(past.getJsonObject("accessPolicies").getInteger("totalCount")).isZero();
    assertThat(past.getJsonObject("standardTerms").getInteger("number")).isZero();
  }

  @Test
  void the_policies_of_many_products_cost_the_statements_of_one() {
    var query =
        "{ products(first: %d) { nodes { accessPolicy { %s } accessPolicies { nodes { version reasons { code } } } } } }";

    assertThat(asking.statements(query.formatted(6, ALL)))
        .isEqualTo(asking.statements(query.formatted(1, ALL)));
  }

  @Test
  void published_rows_never_change() {
    for (var table :
        List.of(
            "access_policy", "access_policy_condition", "access_policy_reason", "standard_terms")) {
      assertThatThrownBy(() -> asking.change("delete from " + table))
          .as(table)
          .isInstanceOf(AssertionError.class);
    }
  }
}
