package dev.fairground.pricing;

import static dev.fairground.pricing.PriceMarket.FOR_BOTH;
import static dev.fairground.pricing.PriceMarket.FOR_WELFARE;
import static dev.fairground.pricing.PriceMarket.OF_OTHER;
import static dev.fairground.pricing.PriceMarket.PLAN;
import static dev.fairground.pricing.PriceMarket.PRODUCT;
import static dev.fairground.pricing.PriceMarket.TODAY;
import static dev.fairground.pricing.PriceMarket.ceiling;
import static dev.fairground.pricing.PriceMarket.done;
import static dev.fairground.pricing.PriceMarket.error;
import static dev.fairground.pricing.PriceMarket.errors;
import static dev.fairground.pricing.PriceMarket.item;
import static dev.fairground.pricing.PriceMarket.itemClass;
import static dev.fairground.pricing.PriceMarket.mutation;
import static dev.fairground.pricing.PriceMarket.operator;
import static dev.fairground.pricing.PriceMarket.plan;
import static dev.fairground.pricing.PriceMarket.set;
import static dev.fairground.pricing.PriceMarket.setCeiling;
import static dev.fairground.pricing.PriceMarket.tiers;
import static dev.fairground.pricing.PriceMarket.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TariffSetTest {
  private final Asking asking;

  TariffSetTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    PriceMarket.into(asking);
  }

  /** A class with a ceiling for ever: 0.6, and from 1,000 on 0.4. */
  private String bounded() {
    var itemClass = itemClass();
    done(setCeiling(asking, ceiling(itemClass, TODAY, "0", "0.6", "1000", "0.4")));
    return itemClass;
  }

  private List<String> charged(String product, LocalDate on) {
    var tariffs =
        asking
            .data(
                "{ product(id: \"%s\") { tariffs(on: \"%s\") { item tiers { unitPrice { amount } } } } }"
                    .formatted(product, on))
            .getJsonObject("product")
            .getJsonArray("tariffs");
    return tariffs.stream()
        .map(JsonObject.class::cast)
        .map(
            tariff ->
                tariff.getString("item")
                    + tariff.getJsonArray("tiers").stream()
                        .map(
                            tier ->
                                " "
                                    + ((JsonObject) tier)
                                        .getJsonObject("unitPrice")
                                        .getString("amount"))
                        .reduce("", String::concat))
        .toList();
  }

  @Test
  void a_plan_holds_from_its_day_on_and_the_days_before_keep_what_they_had() {
    var itemClass = bounded();
    var later = TODAY.plusDays(30);
    done(set(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.6", "1000", "0.4"))));

    var payload = done(set(asking, PRODUCT, later, List.of(item(itemClass, "0", "0.35"))));

    assertThat(charged(PRODUCT, TODAY)).containsExactly("查询 " + itemClass + " 0.6 0.4");
    assertThat(charged(PRODUCT, later.minusDays(1)))
        .containsExactly("查询 " + itemClass + " 0.6 0.4");
    assertThat(charged(PRODUCT, later)).containsExactly("查询 " + itemClass + " 0.35");
    assertThat(payload.getJsonArray("changes").encode())
        .contains("\"kind\":\"END_CHANGED\"", "\"kind\":\"ADDED\"");
    assertThat(payload.getJsonObject("pricePlan").getString("effectiveOn"))
        .isEqualTo(later.toString());
  }

  @Test
  void a_price_that_has_not_begun_is_replaced_and_stays_in_the_history() {
    var itemClass = bounded();
    var later = TODAY.plusDays(30);
    done(set(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.4"))));
    done(set(asking, PRODUCT, later, List.of(item(itemClass, "0", "0.35"))));

    var payload =
        done(set(asking, PRODUCT, later.minusDays(5), List.of(item(itemClass, "0", "0.3"))));

    assertThat(charged(PRODUCT, later)).containsExactly("查询 " + itemClass + " 0.3");
    assertThat(payload.getJsonArray("changes").encode()).contains("\"kind\":\"WITHDRAWN\"");
    assertThat(
            asking
                .data(
                    "{ product(id: \"%s\") { priceHistory(first: 20) { nodes { validTo tiers { unitPrice { amount } } } } } }"
                        .formatted(PRODUCT))
                .encode())
        .contains("0.35");
  }

  @Test
  void an_item_that_stays_as_it_is_keeps_its_record() {
    var itemClass = bounded();
    var kept = item(itemClass, "0", "0.4");
    done(set(asking, PRODUCT, TODAY, List.of(kept)));

    var payload =
        done(
            set(
                asking,
                PRODUCT,
                TODAY.plusDays(3),
                List.of(kept, with(item(itemClass, "0", "0.1"), "item", "extra"))));

    assertThat(payload.getJsonArray("changes")).hasSize(1);
    assertThat(charged(PRODUCT, TODAY.plusDays(3))).hasSize(2);
    assertThat(
            error(
                    set(
                        asking,
                        PRODUCT,
                        TODAY.plusDays(3),
                        List.of(kept, with(item(itemClass, "0", "0.1"), "item", "extra"))))
                .getString("path"))
        .isNotNull();
  }

  @Test
  void a_step_above_the_ceiling_of_its_step_is_refused_with_the_ceiling_as_evidence() {
    var itemClass = bounded();

    var error =
        error(set(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.1", "1000", "0.4001"))));

    assertThat(error.getString("code")).isEqualTo("CHECK_FAILED");
    assertThat(error.getString("rule")).isEqualTo("FA-06");
    assertThat(error.getJsonArray("path"))
        .isEqualTo(new JsonArray(List.of("input", "items", "0", "tiers", "1", "unitPrice")));
    assertThat(error.getJsonArray("evidence").encode()).contains("pc_", PRODUCT);
    assertThat(error.getString("message")).contains("0.4001", "0.0001");
  }

  @Test
  void what_industry_pays_needs_a_ceiling_on_every_day() {
    var none = error(set(asking, PRODUCT, TODAY, List.of(item(itemClass(), "0", "0.1"))));
    var itemClass = itemClass();
    var end = TODAY.plusDays(60);
    done(
        setCeiling(
            asking,
            with(ceiling(itemClass, TODAY, "0", "1"), "trial", true, "endsOn", end.toString())));
    var tooLong = error(set(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "1"))));

    assertThat(none.getString("message")).contains("no ceiling");
    assertThat(tooLong.getString("message")).contains("from " + end.plusDays(1) + " to 2099-12-31");
    done(
        set(
            asking,
            PRODUCT,
            TODAY,
            List.of(with(item(itemClass, "0", "1"), "endsOn", end.toString()))));
  }

  @Test
  void use_for_governance_and_welfare_is_free_whoever_is_paid() {
    var itemClass = bounded();
    var charged =
        with(
            item(itemClass, "0", "0.1"),
            "purposeClasses",
            List.of("PUBLIC_WELFARE"),
            "payee",
            PriceMarket.id(PriceMarket.OTHER_OPERATOR));
    var free =
        with(
            item(itemClass, "0", "0"),
            "item",
            "free",
            "purposeClasses",
            List.of("PUBLIC_WELFARE", "PUBLIC_GOVERNANCE"),
            "freeConditions",
            "a report of use");

    assertThat(error(set(asking, FOR_BOTH, TODAY, List.of(charged))).getString("rule"))
        .isEqualTo("FA-07");
    done(set(asking, FOR_BOTH, TODAY, List.of(free, item(itemClass, "0", "0.1"))));
  }

  @Test
  void a_welfare_scenario_is_not_charged_as_industry() {
    var itemClass = bounded();

    var error = error(set(asking, FOR_WELFARE, TODAY, List.of(item(itemClass, "0", "0.1"))));

    assertThat(error.getString("rule")).isEqualTo("FA-07");
    assertThat(error.getString("message")).contains("scenarios");
  }

  @Test
  void steps_follow_one_another() {
    var itemClass = bounded();
    assertThat(stepsError(itemClass, tiers("5", "1")).getString("fault"))
        .isEqualTo("NOT_FROM_ZERO");
    assertThat(stepsError(itemClass, tiers("0", "1", "10", "1", "10", "1")).getInteger("step"))
        .isEqualTo(3);
    assertThat(stepsError(itemClass, to("5")).getString("fault")).isEqualTo("GAP");
    assertThat(stepsError(itemClass, to("50")).getString("fault")).isEqualTo("OVERLAP");
    assertThat(
            stepsError(
                    itemClass,
                    List.of(Map.of("fromQuantity", "0", "toQuantity", "9", "unitPrice", "0")))
                .getString("fault"))
        .isEqualTo("ENDS");
    done(set(asking, PRODUCT, TODAY, List.of(with(item(itemClass), "tiers", to("10")))));
  }

  private static List<Map<String, Object>> to(String end) {
    return List.of(
        Map.of("fromQuantity", "0", "toQuantity", end, "unitPrice", "0.2"),
        Map.of("fromQuantity", "10", "unitPrice", "0.1"));
  }

  private JsonObject stepsError(String itemClass, List<Map<String, Object>> tiers) {
    var error = error(set(asking, PRODUCT, TODAY, List.of(with(item(itemClass), "tiers", tiers))));
    assertThat(error.getString("__typename")).isEqualTo("PriceStepsError");
    assertThat(error.getString("rule")).isEqualTo("FA-06");
    return error;
  }

  @Test
  void all_that_is_amiss_is_told_at_once() {
    var payload =
        set(
            asking,
            PRODUCT,
            TODAY.minusDays(1),
            List.of(
                with(
                    item(itemClass(), "0", "0.1234567"),
                    "baseFee",
                    "1",
                    "endsOn",
                    TODAY.minusDays(9).toString(),
                    "payee",
                    "org_00000000000040008000000000000009"),
                with(item(" blank ", "0", "-1"), "purposeClasses", List.of())));

    assertThat(errors(payload).encode())
        .contains(
            "effectiveOn",
            "6 decimals",
            "baseFeePeriod",
            "endsOn",
            "payee",
            "itemClass",
            "purposeClasses")
        .doesNotContain("CHECK_FAILED");
  }

  @Test
  void nobody_else_sets_a_price() {
    var itemClass = bounded();
    var input = plan(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.1")));
    var document = mutation("tariffSet", PLAN);

    assertThat(asking.answer(document, Map.of("input", input)).encode())
        .contains("UNAUTHENTICATED");
    assertThat(PriceMarket.institution(asking).answer(document, Map.of("input", input)).encode())
        .contains("FORBIDDEN");
    assertThat(
            error(asking.as(Role.OPERATOR, PriceMarket.OTHER_OPERATOR).mutate(document, input))
                .getString("code"))
        .isEqualTo("FORBIDDEN");
    assertThat(
            error(
                    operator(asking)
                        .mutate(document, with(input, "productId", PriceMarket.product(99))))
                .getString("code"))
        .isEqualTo("NOT_FOUND");
    assertThat(
            error(operator(asking).mutate(document, with(input, "productId", OF_OTHER)))
                .getString("code"))
        .isEqualTo("FORBIDDEN");
  }

  @Test
  void who_read_an_older_plan_does_not_overwrite_the_newer_one() {
    var itemClass = bounded();
    var old = plan(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.11")));
    done(set(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.12"))));

    var error = error(operator(asking).mutate(mutation("tariffSet", PLAN), old));

    assertThat(error.getString("code")).isEqualTo("VERSION_CONFLICT");
    assertThat(error.getInteger("currentVersion"))
        .isEqualTo(1 + (Integer) java.util.Objects.requireNonNull(old.get("expectedVersion")));
  }

  @Test
  void the_same_call_again_sets_nothing_new_and_answers_the_same() {
    var itemClass = bounded();
    var input = plan(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.13")));
    var document = mutation("tariffSet", PLAN);
    var first = done(operator(asking).mutate(document, input));

    assertThat(operator(asking).mutate(document, input)).isEqualTo(first);
  }

  @Test
  void only_tried_it_tells_what_would_change_and_changes_nothing() {
    var itemClass = bounded();
    var before = charged(PRODUCT, TODAY);
    var input =
        with(
            plan(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.14"))),
            "validateOnly",
            true);

    var tried = done(operator(asking).mutate(mutation("tariffSet", PLAN), input));

    assertThat(tried.getJsonArray("changes").encode())
        .contains("\"kind\":\"ADDED\"", "\"tariff\":null");
    assertThat(charged(PRODUCT, TODAY)).isEqualTo(before);
  }

  @Test
  void an_item_ends_or_is_withdrawn() {
    var itemClass = bounded();
    done(
        set(
            asking,
            FOR_BOTH,
            TODAY,
            List.of(
                item(itemClass, "0", "0.1"), with(item(itemClass, "0", "0.2"), "item", "two"))));
    done(
        set(
            asking,
            FOR_BOTH,
            TODAY.plusDays(9),
            List.of(with(item(itemClass, "0", "0.3"), "item", "later"))));
    var now = tariffs("on: \"%s\"".formatted(TODAY));
    var later = tariffs("on: \"%s\"".formatted(TODAY.plusDays(9)));

    assertThat(now.getJsonObject(0).getJsonArray("allowedActions").encode()).contains("END");
    done(end(now.getJsonObject(0), TODAY));
    done(end(later.getJsonObject(0), TODAY.plusDays(8)));

    assertThat(charged(FOR_BOTH, TODAY)).hasSize(2);
    assertThat(charged(FOR_BOTH, TODAY.plusDays(1))).containsExactly("two 0.2");
    assertThat(charged(FOR_BOTH, TODAY.plusDays(9))).isEmpty();
    assertThat(error(end(now.getJsonObject(1), TODAY.minusDays(1))).getString("message"))
        .contains("past days");
  }

  private JsonArray tariffs(String on) {
    return operator(asking)
        .data(
            "{ product(id: \"%s\") { tariffs(%s) { id version allowedActions } } }"
                .formatted(FOR_BOTH, on))
        .getJsonObject("product")
        .getJsonArray("tariffs");
  }

  private JsonObject end(JsonObject tariff, LocalDate last) {
    return operator(asking)
        .mutate(
            mutation("tariffEnd", PLAN),
            Map.of(
                "id", tariff.getString("id"),
                "endsOn", last.toString(),
                "expectedVersion", tariff.getInteger("version")));
  }

  @Test
  void a_change_of_prices_is_told_to_everybody() {
    var itemClass = bounded();
    done(set(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.15"))));

    assertThat(
            asking.rows(
                "select subject || open from event_outbox where type = 'PRICE_CHANGED' order by number desc limit 1"))
        .containsExactly(PRODUCT + "true");
  }
}
