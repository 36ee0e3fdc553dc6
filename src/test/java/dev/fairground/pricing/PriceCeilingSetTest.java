package dev.fairground.pricing;

import static dev.fairground.pricing.PriceMarket.CEILING;
import static dev.fairground.pricing.PriceMarket.FOR_BOTH;
import static dev.fairground.pricing.PriceMarket.PRODUCT;
import static dev.fairground.pricing.PriceMarket.TODAY;
import static dev.fairground.pricing.PriceMarket.ceiling;
import static dev.fairground.pricing.PriceMarket.done;
import static dev.fairground.pricing.PriceMarket.error;
import static dev.fairground.pricing.PriceMarket.errors;
import static dev.fairground.pricing.PriceMarket.institution;
import static dev.fairground.pricing.PriceMarket.item;
import static dev.fairground.pricing.PriceMarket.itemClass;
import static dev.fairground.pricing.PriceMarket.mutation;
import static dev.fairground.pricing.PriceMarket.set;
import static dev.fairground.pricing.PriceMarket.setCeiling;
import static dev.fairground.pricing.PriceMarket.tiers;
import static dev.fairground.pricing.PriceMarket.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PriceCeilingSetTest {
  private final Asking asking;

  PriceCeilingSetTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    PriceMarket.into(asking);
  }

  /** Prices of a new class at their ceiling: 0.5, and 0.4 from 100 on. */
  private JsonObject charged(String itemClass, String product) {
    var ceiling =
        done(setCeiling(asking, ceiling(itemClass, TODAY, "0", "0.5", "100", "0.4")))
            .getJsonObject("priceCeiling");
    done(set(asking, product, TODAY, List.of(item(itemClass, "0", "0.5", "100", "0.4"))));
    return ceiling;
  }

  private static Map<String, Object> lowered(
      String itemClass, JsonObject ceiling, LocalDate from, String... steps) {
    return with(
        ceiling(itemClass, from, steps),
        "replaces",
        ceiling.getString("id"),
        "expectedVersion",
        ceiling.getInteger("version"));
  }

  private List<String> clocks(String tariff) {
    return asking.rows(
        "select state || ' ' || started_on from clock where rule = 'priceCorrectionWd' and subject = '%s'"
            .formatted(tariff));
  }

  @Test
  void lowering_a_ceiling_tells_what_is_above_it_and_starts_a_clock_until_it_is_corrected() {
    var itemClass = itemClass();
    var ceiling = charged(itemClass, PRODUCT);

    var payload =
        done(setCeiling(asking, lowered(itemClass, ceiling, TODAY, "0", "0.5", "100", "0.35")));

    assertThat(payload.getInteger("tariffsNowAboveCount")).isEqualTo(1);
    var finding = payload.getJsonArray("tariffsNowAbove").getJsonObject(0);
    assertThat(finding.getString("fromQuantity")).isEqualTo("100");
    assertThat(finding.getJsonObject("excess").getString("amount")).isEqualTo("0.05");
    assertThat(finding.getJsonObject("priceCeiling").getString("id"))
        .isEqualTo(payload.getJsonObject("priceCeiling").getString("id"));
    assertThat(finding.getString("correctionDueOn")).isGreaterThan(TODAY.toString());
    var tariff = finding.getJsonObject("tariff").getString("id");
    assertThat(clocks(tariff)).containsExactly("RUNNING " + TODAY);

    done(set(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.5", "100", "0.35"))));

    assertThat(clocks(tariff)).containsExactly("MET " + TODAY);
  }

  @Test
  void a_price_that_a_ceiling_fell_below_does_not_hinder_other_items() {
    var itemClass = itemClass();
    var ceiling = charged(itemClass, PRODUCT);
    var other = itemClass();
    done(setCeiling(asking, ceiling(other, TODAY, "0", "1")));
    done(setCeiling(asking, lowered(itemClass, ceiling, TODAY, "0", "0.1")));
    var above = item(itemClass, "0", "0.5", "100", "0.4");

    done(set(asking, PRODUCT, TODAY, List.of(above, item(other, "0", "1"))));
    assertThat(
            error(set(asking, PRODUCT, TODAY, List.of(above, item(other, "0", "1.1"))))
                .getJsonArray("path")
                .encode())
        .contains("\"items\",\"1\"");
    done(set(asking, PRODUCT, TODAY, List.of(above, item(other, "0", "0.9"))));
  }

  @Test
  void a_ceiling_that_falls_tomorrow_flags_from_tomorrow_on() {
    var itemClass = itemClass();
    var ceiling = charged(itemClass, PRODUCT);
    var tomorrow = TODAY.plusDays(1);

    var payload = done(setCeiling(asking, lowered(itemClass, ceiling, tomorrow, "0", "0.3")));

    assertThat(payload.getInteger("tariffsNowAboveCount")).isEqualTo(2);
    assertThat(
            payload
                .getJsonArray("tariffsNowAbove")
                .getJsonObject(0)
                .getJsonObject("term")
                .getString("startsOn"))
        .isEqualTo(tomorrow.toString());
    assertThat(payload.getJsonObject("replaced").getJsonObject("term").getString("endsOn"))
        .isEqualTo(TODAY.toString());
    var tariff =
        payload
            .getJsonArray("tariffsNowAbove")
            .getJsonObject(0)
            .getJsonObject("tariff")
            .getString("id");
    assertThat(clocks(tariff)).containsExactly("RUNNING " + tomorrow);
    assertThat(
            asking.rows(
                "select distinct due_at::text from check_due where cause = 'PRICE_CHANGE' and due_at = timestamptz '%s'"
                    .formatted(tomorrow.atStartOfDay(Moment.ZONE).toOffsetDateTime())))
        .hasSize(1);
  }

  @Test
  void only_tried_it_tells_what_would_be_above_and_starts_nothing() {
    var itemClass = itemClass();
    var ceiling = charged(itemClass, PRODUCT);

    var tried =
        done(
            setCeiling(
                asking,
                with(lowered(itemClass, ceiling, TODAY, "0", "0.1"), "validateOnly", true)));

    assertThat(tried.getInteger("tariffsNowAboveCount")).isEqualTo(2);
    assertThat(tried.getJsonObject("priceCeiling")).isNull();
    var finding = tried.getJsonArray("tariffsNowAbove").getJsonObject(0);
    assertThat(finding.getString("correctionDueOn")).isNotNull();
    assertThat(finding.getJsonObject("priceCeiling")).isNull();
    assertThat(clocks(finding.getJsonObject("tariff").getString("id"))).isEmpty();
  }

  @Test
  void a_price_that_begins_later_is_looked_at_too() {
    var itemClass = itemClass();
    var ceiling = charged(itemClass, PRODUCT);
    var later = TODAY.plusDays(40);
    done(set(asking, PRODUCT, later, List.of(item(itemClass, "0", "0.2"))));

    var payload = done(setCeiling(asking, lowered(itemClass, ceiling, later, "0", "0.15")));

    assertThat(payload.getInteger("tariffsNowAboveCount")).isEqualTo(1);
    assertThat(payload.getJsonArray("tariffsNowAbove").encode()).contains(later.toString());
  }

  @Test
  void raising_a_ceiling_again_meets_the_clocks() {
    var itemClass = itemClass();
    var ceiling = charged(itemClass, PRODUCT);
    var low = done(setCeiling(asking, lowered(itemClass, ceiling, TODAY, "0", "0.1")));
    var tariff = low.getJsonArray("tariffsNowAbove").getJsonObject(0).getJsonObject("tariff");

    done(
        setCeiling(
            asking, lowered(itemClass, low.getJsonObject("priceCeiling"), TODAY, "0", "0.9")));

    assertThat(clocks(tariff.getString("id"))).containsExactly("MET " + TODAY);
  }

  @Test
  void two_ceilings_for_the_same_do_not_hold_on_the_same_days() {
    var itemClass = itemClass();
    var first =
        done(setCeiling(
                asking,
                with(ceiling(itemClass, TODAY, "0", "1"), "endsOn", TODAY.plusDays(9).toString())))
            .getJsonObject("priceCeiling");

    var error = error(setCeiling(asking, ceiling(itemClass, TODAY.plusDays(9), "0", "1")));

    assertThat(error.getString("__typename")).isEqualTo("PriceOverlapError");
    assertThat(error.getString("rule")).isEqualTo("FA-06");
    assertThat(error.getJsonObject("overlapping").getString("id")).isEqualTo(first.getString("id"));
    done(setCeiling(asking, ceiling(itemClass, TODAY.plusDays(10), "0", "1")));
    done(
        setCeiling(
            asking, with(ceiling(itemClass, TODAY, "0", "1"), "scenario", PriceMarket.INDUSTRY)));
    done(setCeiling(asking, with(ceiling(itemClass, TODAY, "0", "1"), "unitText", "千次")));
  }

  @Test
  void two_institutions_at_once_do_not_both_set_it() {
    var itemClass = itemClass();

    var payloads =
        Stream.of("1", "2")
            .map(
                price ->
                    CompletableFuture.supplyAsync(
                        () -> setCeiling(asking, ceiling(itemClass, TODAY, "0", price))))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(payloads.stream().filter(payload -> errors(payload).isEmpty())).hasSize(1);
    assertThat(payloads.stream().filter(payload -> !errors(payload).isEmpty()))
        .allSatisfy(
            payload ->
                assertThat(error(payload).getString("__typename")).isEqualTo("PriceOverlapError"));
  }

  @Test
  void what_a_ceiling_must_have_is_told_with_the_rule() {
    var payload =
        setCeiling(
            asking,
            Map.of(
                "authorizationId", PriceMarket.GRANT,
                "itemClass", itemClass(),
                "trial", true,
                "effectiveOn", TODAY.minusDays(1).toString(),
                "reportedOn", TODAY.plusDays(1).toString(),
                "document", "x",
                "idempotencyKey", PriceMarket.key()));

    assertThat(errors(payload).encode())
        .contains("unit", "tiers", "endsOn", "effectiveOn", "reportedOn");
    assertThat(
            errors(payload).stream()
                .filter(error -> "FA-06".equals(((JsonObject) error).getString("rule"))))
        .hasSize(3);
    assertThat(
            error(
                    setCeiling(
                        asking,
                        with(
                            ceiling(itemClass(), TODAY.plusDays(5), "0", "1"),
                            "endsOn",
                            TODAY.toString())))
                .getString("message"))
        .contains("reversed");
    assertThat(
            error(
                    setCeiling(
                        asking,
                        with(
                            ceiling(itemClass(), TODAY),
                            "tiers",
                            List.of(
                                Map.of("fromQuantity", "0", "toQuantity", "5", "unitPrice", "1"),
                                Map.of("fromQuantity", "10", "unitPrice", "1")))))
                .getString("fault"))
        .isEqualTo("GAP");
  }

  @Test
  void prices_in_calls_keep_a_ceiling_in_thousands_of_calls_by_its_factor() {
    var itemClass = itemClass();
    done(
        setCeiling(
            asking,
            with(
                ceiling(itemClass, TODAY, "0", "10"),
                "unitText",
                "千次",
                "conversions",
                List.of(Map.of("unit", "PER_CALL", "factor", "1000")))));

    assertThat(
            error(set(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.0101"))))
                .getString("message"))
        .contains("10.1", "10 ");
    done(set(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.01"))));
    assertThat(
            asking
                .data(
                    """
                    { product(id: "%s") { tariffs { effectiveCeilings { outcome fromQuantity price { amount } ceilingPrice { amount }
                        headroom { amount } headroomPercent scenario { id } term { startsOn } priceCeiling { unitText conversions { unit unitText factor } } } } } }
                    """
                        .formatted(PRODUCT))
                .encode())
        .contains(
            "\"outcome\":\"WITHIN\"",
            "\"price\":{\"amount\":\"10\"}",
            "\"headroom\":{\"amount\":\"0\"}",
            "\"factor\":\"1000\"");
  }

  @Test
  void the_ceiling_of_a_scenario_binds_products_for_it_only() {
    var itemClass = itemClass();
    charged(itemClass, FOR_BOTH);

    var payload =
        done(
            setCeiling(
                asking,
                with(ceiling(itemClass, TODAY, "0", "0.45"), "scenario", PriceMarket.INDUSTRY)));

    assertThat(payload.getInteger("tariffsNowAboveCount")).isEqualTo(1);
    assertThat(
            error(
                    setCeiling(
                        asking,
                        with(
                            ceiling(itemClass, TODAY, "0", "1"),
                            "scenario",
                            "sce_0000000000004000c000000000000009")))
                .getString("code"))
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void ending_a_ceiling_tells_what_is_without_one() {
    var itemClass = itemClass();
    var ceiling = charged(itemClass, PRODUCT);
    var last = TODAY.plusDays(20);

    var payload = done(end(ceiling, last));

    assertThat(payload.getInteger("tariffsNowAboveCount")).isZero();
    assertThat(payload.getInteger("tariffsNowWithoutCeilingCount")).isEqualTo(2);
    assertThat(payload.getJsonArray("tariffsNowWithoutCeiling").encode())
        .contains("NO_CEILING", last.plusDays(1).toString());
    assertThat(error(end(ceiling, last)).getString("code")).isEqualTo("VERSION_CONFLICT");
  }

  @Test
  void a_ceiling_that_has_not_begun_is_withdrawn() {
    var itemClass = itemClass();
    var ceiling =
        done(setCeiling(asking, ceiling(itemClass, TODAY.plusDays(9), "0", "1")))
            .getJsonObject("priceCeiling");

    assertThat(done(end(ceiling, TODAY)).getJsonObject("priceCeiling")).isNull();
    assertThat(
            asking
                .data("{ priceCeiling(id: \"%s\") { id } }".formatted(ceiling.getString("id")))
                .getJsonObject("priceCeiling"))
        .isNull();
    assertThat(error(end(ceiling, TODAY)).getString("code")).isEqualTo("NOT_FOUND");
  }

  private JsonObject end(JsonObject ceiling, LocalDate last) {
    return institution(asking)
        .mutate(
            mutation("priceCeilingEnd", CEILING),
            Map.of(
                "id", ceiling.getString("id"),
                "endsOn", last.toString(),
                "expectedVersion", ceiling.getInteger("version")));
  }

  @Test
  void only_the_institution_of_the_authorization_sets_and_ends_ceilings() {
    var input = ceiling(itemClass(), TODAY, "0", "1");
    var document = mutation("priceCeilingSet", CEILING);
    var ceiling = done(setCeiling(asking, input)).getJsonObject("priceCeiling");
    var stranger = asking.as(Role.IMPLEMENTING_INSTITUTION, PriceMarket.ELSEWHERE);

    assertThat(PriceMarket.operator(asking).answer(document, Map.of("input", input)).encode())
        .contains("FORBIDDEN");
    assertThat(error(stranger.mutate(document, input)).getString("code")).isEqualTo("FORBIDDEN");
    assertThat(
            error(
                    stranger.mutate(
                        mutation("priceCeilingEnd", CEILING),
                        Map.of(
                            "id", ceiling.getString("id"),
                            "endsOn", TODAY.toString(),
                            "expectedVersion", 1)))
                .getString("code"))
        .isEqualTo("FORBIDDEN");
    var actions =
        "{ priceCeiling(id: \"%s\") { allowedActions } }".formatted(ceiling.getString("id"));
    assertThat(institution(asking).data(actions).encode()).contains("REPLACE", "END");
    assertThat(stranger.data(actions).encode()).contains("[]");
    assertThat(asking.data(actions).encode()).contains("[]");
  }

  @Test
  void a_replacement_is_for_the_same_and_of_the_version_that_was_read() {
    var itemClass = itemClass();
    var ceiling =
        done(setCeiling(asking, ceiling(itemClass, TODAY, "0", "1"))).getJsonObject("priceCeiling");

    assertThat(
            error(setCeiling(asking, lowered(itemClass(), ceiling, TODAY, "0", "1")))
                .getJsonArray("path")
                .encode())
        .contains("replaces");
    assertThat(
            error(
                    setCeiling(
                        asking,
                        with(lowered(itemClass, ceiling, TODAY, "0", "1"), "expectedVersion", 7)))
                .getString("code"))
        .isEqualTo("VERSION_CONFLICT");
    done(setCeiling(asking, lowered(itemClass, ceiling, TODAY, "0", "1.1")));
  }

  @Test
  void a_ceiling_that_falls_sooner_is_not_waited_for_until_one_that_falls_later() {
    var itemClass = itemClass();
    var ceiling = charged(itemClass, PRODUCT);
    var later = TODAY.plusDays(400);
    var far =
        done(setCeiling(asking, lowered(itemClass, ceiling, later, "0", "0.2")))
            .getJsonArray("tariffsNowAbove")
            .getJsonObject(0);
    assertThat(far.getString("correctionDueOn")).isGreaterThan(later.toString());
    var tariff = far.getJsonObject("tariff").getString("id");

    var near =
        done(setCeiling(
                asking,
                with(
                    lowered(itemClass, ceiling, TODAY, "0", "0.3"),
                    "expectedVersion",
                    2,
                    "endsOn",
                    later.minusDays(1).toString())))
            .getJsonArray("tariffsNowAbove")
            .getJsonObject(0);

    assertThat(near.getString("correctionDueOn")).isLessThan(TODAY.plusDays(60).toString());
    assertThat(clocks(tariff)).contains("RUNNING " + TODAY).doesNotContain("RUNNING " + later);
    done(set(asking, PRODUCT, TODAY, List.of(item(itemClass, "0", "0.2"))));
    assertThat(clocks(tariff)).contains("MET " + TODAY);
  }

  @Test
  void a_replacement_makes_no_ceiling_hold_longer() {
    var itemClass = itemClass();
    var first =
        done(setCeiling(
                asking,
                with(
                    ceiling(itemClass, TODAY, "0", "0.5"), "endsOn", TODAY.plusDays(9).toString())))
            .getJsonObject("priceCeiling");
    done(
        setCeiling(
            asking,
            with(
                ceiling(itemClass, TODAY.plusDays(10), "0", "0.4"),
                "endsOn",
                TODAY.plusDays(19).toString())));

    var refused =
        error(setCeiling(asking, lowered(itemClass, first, TODAY.plusDays(20), "0", "0.3")));

    assertThat(refused.getString("code")).isEqualTo("INVALID");
    assertThat(refused.getJsonArray("path").encode()).contains("replaces");
    assertThat(refused.getString("rule")).isEqualTo("FA-06");
  }

  @Test
  void a_base_fee_needs_one_in_the_ceiling() {
    var itemClass = itemClass();
    done(
        setCeiling(
            asking,
            with(ceiling(itemClass, TODAY, "0", "1"), "baseFee", "100", "baseFeePeriod", "YEAR")));

    assertThat(
            error(set(asking, PRODUCT, TODAY, List.of(fee(itemClass, "101", "YEAR"))))
                .getJsonArray("path")
                .encode())
        .contains("baseFee");
    assertThat(
            error(set(asking, PRODUCT, TODAY, List.of(fee(itemClass, "1", "MONTH"))))
                .getString("message"))
        .contains("compare");
    done(set(asking, PRODUCT, TODAY, List.of(fee(itemClass, "100", "YEAR"))));
  }

  private static Map<String, Object> fee(String itemClass, String fee, String period) {
    return with(item(itemClass), "tiers", tiers("0", "1"), "baseFee", fee, "baseFeePeriod", period);
  }

  @Test
  void effective_ceilings_cost_the_same_statements_for_one_product_and_for_two() {
    charged(itemClass(), PRODUCT);
    charged(itemClass(), FOR_BOTH);
    var query =
        "{ products(filter: {code: {in: [%s]}, operator: {eq: \"%s\"}}) { nodes { pricePlan { version } tariffs { effectiveCeilings { headroomPercent priceCeiling { id } scenario { id } } } } } }";
    var operator = PriceMarket.id(PriceMarket.OPERATOR);

    assertThat(asking.statements(query.formatted("\"prod-1\", \"prod-2\"", operator)))
        .isEqualTo(asking.statements(query.formatted("\"prod-2\"", operator)));
  }

  @Test
  void the_same_call_again_sets_nothing_new_and_tells_what_is_above_it() {
    var itemClass = itemClass();
    var ceiling = charged(itemClass, PRODUCT);
    var input = lowered(itemClass, ceiling, TODAY, "0", "0.1");
    var first = done(setCeiling(asking, input));

    var again = done(setCeiling(asking, input));

    assertThat(again.getJsonObject("priceCeiling")).isEqualTo(first.getJsonObject("priceCeiling"));
    assertThat(again.getJsonArray("tariffsNowAbove"))
        .isEqualTo(first.getJsonArray("tariffsNowAbove"));
  }

  @Test
  void lowering_a_ceiling_costs_the_same_statements_for_one_tariff_and_for_many() {
    var one = itemClass();
    var oneCeiling = charged(one, PRODUCT);
    var many = itemClass();
    done(setCeiling(asking, ceiling(many, TODAY, "0", "0.5")));
    var items =
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(i -> with(item(many, "0", "0.5"), "item", "item " + i))
            .toList();
    done(set(asking, FOR_BOTH, TODAY, items));
    var manyCeiling =
        asking
            .data(
                "{ priceCeilings(filter: {itemClass: {eq: \"%s\"}}) { nodes { id version } } }"
                    .formatted(many))
            .getJsonObject("priceCeilings")
            .getJsonArray("nodes")
            .getJsonObject(0);
    var count = mutation("priceCeilingSet", "tariffsNowAboveCount userErrors { message }");

    var few =
        institution(asking)
            .told(count, Map.of("input", lowered(one, oneCeiling, TODAY, "0", "0.1")));
    var lots =
        institution(asking)
            .told(count, Map.of("input", lowered(many, manyCeiling, TODAY, "0", "0.1")));

    assertThat(lots.answer()).contains("\"tariffsNowAboveCount\":20");
    assertThat(lots.statements()).isEqualTo(few.statements());
  }

  @Test
  void a_change_of_ceilings_is_told_to_everybody() {
    var set = done(setCeiling(asking, ceiling(itemClass(), TODAY, "0", "1")));

    assertThat(
            asking.rows(
                "select open || ' ' || subject_version from event_outbox where type = 'CEILING_CHANGED' and subject = '%s'"
                    .formatted(set.getJsonObject("priceCeiling").getString("id"))))
        .containsExactly("true 1");
  }
}
