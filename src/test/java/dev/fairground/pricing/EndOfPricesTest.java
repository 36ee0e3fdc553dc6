package dev.fairground.pricing;

import static dev.fairground.pricing.PriceMarket.FOR_BOTH;
import static dev.fairground.pricing.PriceMarket.PLAN;
import static dev.fairground.pricing.PriceMarket.PRODUCT;
import static dev.fairground.pricing.PriceMarket.ceiling;
import static dev.fairground.pricing.PriceMarket.done;
import static dev.fairground.pricing.PriceMarket.error;
import static dev.fairground.pricing.PriceMarket.item;
import static dev.fairground.pricing.PriceMarket.itemClass;
import static dev.fairground.pricing.PriceMarket.key;
import static dev.fairground.pricing.PriceMarket.mutation;
import static dev.fairground.pricing.PriceMarket.operator;
import static dev.fairground.pricing.PriceMarket.set;
import static dev.fairground.pricing.PriceMarket.setCeiling;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who ends what the checks have something against mends it: that is never refused for its sake. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndOfPricesTest {
  private final LocalDate today = Moment.present(Instant.now()).day();
  private final Asking asking;

  EndOfPricesTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    PriceMarket.into(asking);
    asking.change(
        """
        insert into rule_parameter (rule_set_id, name, value, unit, description, description_en, document, confidence)
        select s.id, p.name, p.value, p.unit, '-', '-', 'a test', 'PROPOSAL'
          from rule_set s
         cross join (values ('industryPriceBound', 'CEILING', 'CHOICE'), ('ceilingRequired', 'true', 'BOOLEAN'),
                            ('tyingAllowed', 'false', 'BOOLEAN')) as p (name, value, unit)
         where s.jurisdiction_code = '000000'
        """);
  }

  private JsonObject end(String name, String selection, String id, int version) {
    return operator(asking)
        .mutate(
            mutation(name, selection),
            Map.of("id", id, "endsOn", today.toString(), "expectedVersion", version));
  }

  private JsonObject tariff(String product) {
    return operator(asking)
        .data("{ product(id: \"%s\") { tariffs { id version } } }".formatted(product))
        .getJsonObject("product")
        .getJsonArray("tariffs")
        .getJsonObject(0);
  }

  @Test
  void a_price_that_a_ceiling_fell_below_is_ended() {
    var itemClass = itemClass();
    var high =
        done(setCeiling(asking, ceiling(itemClass, today, "0", "2"))).getJsonObject("priceCeiling");
    done(set(asking, FOR_BOTH, today, List.of(item(itemClass, "0", "1.5"))));
    assertThat(high.getString("id")).isNotEmpty();
    var lowered =
        done(
            setCeiling(
                asking,
                PriceMarket.with(
                    ceiling(itemClass, today, "0", "1"),
                    "replaces",
                    high.getString("id"),
                    "expectedVersion",
                    1)));
    assertThat(lowered.getInteger("tariffsNowAboveCount")).isEqualTo(1);
    var tariff = tariff(FOR_BOTH);
    done(end("tariffEnd", PLAN, tariff.getString("id"), tariff.getInteger("version")));
    assertThat(
            asking.rows(
                "select r ->> 'outcome' from check_run, jsonb_array_elements(results) as r where r ->> 'check' = 'FA_06' and subject_id = '"
                    + dev.fairground.kernel.Ids.uuid(FOR_BOTH)
                    + "' order by number desc limit 1"))
        .as("it was set before the ceiling, and is only ended")
        .containsExactly("FLAG");
  }

  @Test
  void a_price_that_is_refused_by_now_is_ended_and_another_one_is_not_set() {
    var itemClass = itemClass();
    done(setCeiling(asking, ceiling(itemClass, today, "0", "2")));
    done(set(asking, PRODUCT, today, List.of(item(itemClass, "0", "1.5"))));
    // As an import, or a rule that is new, would leave it.
    asking.change(
        "update tariff set valid_to = clock_timestamp() where product_id = $1 and valid_to = 'infinity'",
        dev.fairground.kernel.Ids.uuid(PRODUCT));
    asking.change(
        """
        insert into tariff (operator_id, product_id, id, version, valid_from, item, item_class, position, unit, currency,
               purpose_classes, free_of_charge, trial, effective_on, demonstration)
        select operator_id, product_id, id, version + 1, valid_to, item, item_class, position, unit, currency,
               purpose_classes, free_of_charge, trial, effective_on, demonstration
          from tariff where product_id = $1 order by valid_to desc limit 1
        """,
        dev.fairground.kernel.Ids.uuid(PRODUCT));
    asking.change(
        "insert into tariff_tier (operator_id, product_id, tariff_id, tariff_version, from_quantity, unit_price) select operator_id, product_id, id, version, 0, 9 from tariff where product_id = $1 and valid_to = 'infinity'",
        dev.fairground.kernel.Ids.uuid(PRODUCT));
    var tariff = tariff(PRODUCT);
    assertThat(
            error(set(asking, PRODUCT, today.plusDays(1), List.of(item(itemClass, "0", "8"))))
                .getString("rule"))
        .isEqualTo("FA-06");
    done(end("tariffEnd", PLAN, tariff.getString("id"), tariff.getInteger("version")));
  }

  @Test
  void a_bundle_of_which_a_part_cannot_be_had_alone_is_ended() {
    var itemClass = itemClass();
    done(setCeiling(asking, ceiling(itemClass, today, "0", "9")));
    for (var product : List.of(PRODUCT, FOR_BOTH)) {
      done(set(asking, product, today, List.of(item(itemClass, "0", "1.5"))));
    }
    var bundle =
        Map.<String, Object>of(
            "operatorId",
            PriceMarket.id(PriceMarket.OPERATOR),
            "title",
            List.of(Map.of("locale", "zh", "value", "套餐")),
            "members",
            List.of(PRODUCT, FOR_BOTH),
            "price",
            "1",
            "unit",
            "PER_CALL",
            "idempotencyKey",
            key());
    var selection = " productBundle { id version }" + PriceMarket.ERRORS;
    var made =
        done(operator(asking).mutate(mutation("productBundleSet", selection), bundle))
            .getJsonObject("productBundle");
    asking.change(
        "update tariff set valid_to = clock_timestamp() where valid_to = 'infinity' and product_id = $1",
        dev.fairground.kernel.Ids.uuid(FOR_BOTH));
    done(end("productBundleEnd", selection, made.getString("id"), made.getInteger("version")));
  }
}
