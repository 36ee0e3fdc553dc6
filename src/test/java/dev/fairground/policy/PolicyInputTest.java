package dev.fairground.policy;

import static dev.fairground.policy.PolicyMarket.SET;
import static dev.fairground.policy.PolicyMarket.TODAY;
import static dev.fairground.policy.PolicyMarket.another;
import static dev.fairground.policy.PolicyMarket.condition;
import static dev.fairground.policy.PolicyMarket.error;
import static dev.fairground.policy.PolicyMarket.errors;
import static dev.fairground.policy.PolicyMarket.input;
import static dev.fairground.policy.PolicyMarket.operator;
import static dev.fairground.policy.PolicyMarket.terms;
import static dev.fairground.policy.PolicyMarket.text;
import static dev.fairground.policy.PolicyMarket.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.graphql.Limits;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What no policy can be, told with its place and its cure. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyInputTest {
  private final Asking asking;
  private String product = "";

  PolicyInputTest(Database database, MeterRegistry statements) {
    asking =
        new Asking(
            database,
            statements,
            Limits.read(
                (name, standard, least, most) ->
                    name.contains("INPUT_TEXT_LENGTH") || name.contains("RATE_")
                        ? most / 5
                        : standard));
  }

  @BeforeAll
  void market() {
    PolicyMarket.into(asking);
    product = another(asking);
  }

  private void refused(String place, String code, Object... members) {
    var error = error(asking, with(input(product, 0), members));
    assertThat(error.getString("code")).as(error.encode()).isEqualTo(code);
    assertThat(String.join(".", error.getJsonArray("path").stream().map(String::valueOf).toList()))
        .isEqualTo("input." + place);
  }

  private void badValues(String rule, String... values) {
    refused(
        "conditions.0.values", "INVALID", "conditions", List.of(condition("CODE", rule, values)));
  }

  @Test
  void past_days_keep_what_they_had() {
    refused("effectiveOn", "INVALID", "effectiveOn", TODAY.minusDays(1).toString());
  }

  @Test
  void a_product_is_named_once_and_at_most_two_hundred_are() {
    var one = Map.<String, Object>of("productId", product, "expectedVersion", 0);
    refused("products", "REQUIRED", "products", List.of());
    refused("products.1.productId", "INVALID", "products", List.of(one, one));
    var many = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < 201; i++) {
      many.add(Map.of("productId", "dp_" + "%032x".formatted(1_000 + i), "expectedVersion", 0));
    }
    refused("products", "QUOTA", "products", many);
  }

  @Test
  void codes_of_conditions_are_words_and_each_is_there_once() {
    refused("conditions.0.code", "INVALID", "conditions", List.of(condition("lower", "")));
    refused("conditions.0.code", "INVALID", "conditions", List.of(condition("A", "")));
    refused(
        "conditions.1.code",
        "INVALID",
        "conditions",
        List.of(condition("TWICE", ""), condition("TWICE", "")));
    refused(
        "conditions",
        "QUOTA",
        "conditions",
        IntStream.range(0, 51).mapToObj(i -> condition("C" + i, "")).toList());
  }

  @Test
  void a_condition_has_a_text_and_a_reason() {
    refused(
        "conditions.0.text",
        "REQUIRED",
        "conditions",
        List.of(with(condition("CODE", ""), "text", List.of())));
    refused(
        "conditions.0.text.0.value",
        "INVALID",
        "conditions",
        List.of(with(condition("CODE", ""), "text", List.of(text("x".repeat(10_001))))));
    refused(
        "conditions.0.text.1.locale",
        "INVALID",
        "conditions",
        List.of(with(condition("CODE", ""), "text", List.of(text("一"), text("二")))));
    refused(
        "conditions.0.reason",
        "INVALID",
        "conditions",
        List.of(with(condition("CODE", ""), "reason", " ")));
  }

  @Test
  void values_are_those_of_the_rule() {
    badValues("APPLICANT_KIND");
    badValues("APPLICANT_KIND", "ENTERPRISE", "ENTERPRISE");
    badValues("APPLICANT_KIND", "COMPETITOR");
    badValues("APPLICANT_ROLE", "FRIEND");
    badValues("APPLICANT_REGION", "beijing");
    badValues("APPLICANT_CREDIT_CODE", "91350100M000100Y43");
    badValues("PURPOSE_CLASS", "PROFIT");
    badValues("SCENARIO", "sce_1");
    badValues("SCENARIO", product);
    badValues("TERM_MONTHS_AT_MOST", "0");
    badValues("TERM_MONTHS_AT_MOST", "1.5");
    badValues("TERM_MONTHS_AT_MOST", "12", "24");
    badValues("QUANTITY_AT_LEAST", "-1");
    badValues("QUANTITY_AT_MOST", "1E999999999");
    badValues("QUANTITY_AT_MOST", "0.0000001");
    badValues("DOCUMENT", "plan");
    badValues("NO_UNCORRECTED_MISUSE", "YES");
    refused(
        "conditions.0.values",
        "INVALID",
        "conditions",
        List.of(with(condition("CODE", ""), "values", List.of("ENTERPRISE"))));
  }

  @Test
  void a_scenario_has_to_be_there() {
    refused(
        "conditions.0.values",
        "NOT_FOUND",
        "effectiveOn",
        TODAY.plusDays(7).toString(),
        "conditions",
        List.of(condition("CODE", "SCENARIO", "sce_0000000000004000c0000000000000ff")));
  }

  @Test
  void unknown_rules_reasons_and_factors_are_no_words_of_the_schema() {
    for (var members :
        List.of(
            new Object[] {"reasons", List.of(Map.of("code", "COMPETITOR"))},
            new Object[] {"reasons", List.of(Map.of("code", "ALREADY_LICENSED"))},
            new Object[] {"differenceFactors", List.of("FRIENDSHIP")},
            new Object[] {"conditions", List.of(condition("CODE", "EXCLUSIVE"))},
            new Object[] {"terms", with(terms("条款", "正文"), "exclusive", true)})) {
      var answer = operator(asking).answer(SET, Map.of("input", with(input(product, 0), members)));
      assertThat(answer.containsKey("errors")).as(answer.encode()).isTrue();
    }
  }

  @Test
  void reasons_and_factors_are_there_once() {
    refused(
        "reasons.1.code",
        "INVALID",
        "reasons",
        List.of(Map.of("code", "BAD_CREDIT"), Map.of("code", "BAD_CREDIT")));
    refused("differenceFactors", "INVALID", "differenceFactors", List.of("SCALE", "SCALE"));
  }

  @Test
  void numbers_are_within_their_bounds() {
    refused("decisionDays", "INVALID", "decisionDays", 0);
    refused("decisionDays", "INVALID", "decisionDays", -3);
    refused("decisionDays", "INVALID", "decisionDays", 251);
    refused("minimumQuantity", "INVALID", "minimumQuantity", "0");
    refused("minimumQuantity", "INVALID", "minimumQuantity", "-5");
    refused("minimumQuantity", "INVALID", "minimumQuantity", "0.1234567");
    refused("minimumQuantity", "INVALID", "minimumQuantity", "100000000000000");
    refused("deposit", "INVALID", "deposit", "-0.01");
    refused("deposit", "INVALID", "deposit", "0.001");
    refused("depositCurrency", "INVALID", "deposit", "1", "depositCurrency", "yuan");
    refused("paymentDays", "INVALID", "paymentDays", -1);
    refused("minimumQuantityReason", "INVALID", "minimumQuantityReason", "why");
    refused("depositReason", "INVALID", "depositReason", "why");
    refused("note", "INVALID", "note", "");
  }

  @Test
  void decisions_take_no_longer_than_the_rules_allow() {
    var error =
        error(
            asking,
            with(
                input(product, 0),
                "decisionDays",
                11,
                "effectiveOn",
                TODAY.plusDays(7).toString()));

    assertThat(error.getString("rule")).isEqualTo("FA-12");
    assertThat(error.getString("message")).contains("10 working days");
  }

  @Test
  void terms_have_a_title_and_a_text_in_one_original_language() {
    refused("terms.title", "REQUIRED", "terms", with(terms("条款", "正文"), "title", List.of()));
    refused(
        "terms.text",
        "INVALID",
        "terms",
        with(terms("条款", "正文"), "text", List.of(Map.of("locale", "en", "value", "English only"))));
    refused("terms.text.0.value", "INVALID", "terms", terms("条款", "x".repeat(100_001)));
    refused("terms.text", "QUOTA", "terms", with(terms("条款", "正文"), "text", languages()));
  }

  private static List<Map<String, Object>> languages() {
    var texts = new ArrayList<Map<String, Object>>();
    texts.add(text("正文"));
    for (int i = 0; i < 20; i++) {
      texts.add(Map.of("locale", "q" + (char) ('a' + i), "value", "x"));
    }
    return Collections.unmodifiableList(texts);
  }

  @Test
  void all_that_is_amiss_is_told_at_once() {
    var errors =
        errors(
            asking,
            with(
                input(product, 0),
                "effectiveOn",
                "2020-01-01",
                "decisionDays",
                0,
                "conditions",
                List.of(condition("x", "DOCUMENT"))));

    assertThat(errors).hasSize(4);
    assertThat(new JsonArray(errors.getList()).encode()).contains("effectiveOn", "decisionDays");
  }
}
