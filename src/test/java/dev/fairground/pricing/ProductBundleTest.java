package dev.fairground.pricing;

import static dev.fairground.pricing.PriceMarket.ERRORS;
import static dev.fairground.pricing.PriceMarket.FOR_BOTH;
import static dev.fairground.pricing.PriceMarket.OF_OTHER;
import static dev.fairground.pricing.PriceMarket.PRODUCT;
import static dev.fairground.pricing.PriceMarket.TODAY;
import static dev.fairground.pricing.PriceMarket.done;
import static dev.fairground.pricing.PriceMarket.error;
import static dev.fairground.pricing.PriceMarket.errors;
import static dev.fairground.pricing.PriceMarket.key;
import static dev.fairground.pricing.PriceMarket.mutation;
import static dev.fairground.pricing.PriceMarket.operator;
import static dev.fairground.pricing.PriceMarket.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
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
class ProductBundleTest {
  private static final String BUNDLE =
      " productBundle { id version price { amount currency } term { startsOn endsOn } conditions { text technicalNeed }"
          + " titles { value locale } members { product { id } } allowedActions }"
          + ERRORS;

  private final Asking asking;

  ProductBundleTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    PriceMarket.into(asking);
  }

  private static Map<String, Object> bundle() {
    return Map.of(
        "operatorId", PriceMarket.id(PriceMarket.OPERATOR),
        "title",
            List.of(
                Map.of("locale", "zh", "value", "套餐"), Map.of("locale", "en", "value", "bundle")),
        "members", List.of(PRODUCT, FOR_BOTH),
        "price", "99.5",
        "unit", "PER_PRODUCT",
        "conditions", List.of(Map.of("text", "a gateway", "technicalNeed", "it encrypts")),
        "idempotencyKey", key());
  }

  private JsonObject set(Map<String, Object> input) {
    return operator(asking).mutate(mutation("productBundleSet", BUNDLE), input);
  }

  private JsonObject end(JsonObject bundle, LocalDate last) {
    return operator(asking)
        .mutate(
            mutation("productBundleEnd", BUNDLE),
            Map.of(
                "id", bundle.getString("id"),
                "endsOn", last.toString(),
                "expectedVersion", bundle.getInteger("version")));
  }

  private String shown(LocalDate on) {
    return asking
        .data(
            "{ product(id: \"%s\") { bundles(on: \"%s\") { id price { amount } } } }"
                .formatted(FOR_BOTH, on))
        .encode();
  }

  @Test
  void a_bundle_is_shown_with_its_products_changed_by_versions_and_ended() {
    var made = done(set(bundle())).getJsonObject("productBundle");
    var id = made.getString("id");

    assertThat(made.encode())
        .contains(PRODUCT, FOR_BOTH, "it encrypts", "套餐", "\"CHANGE\"", "\"amount\":\"99.5\"");
    assertThat(shown(TODAY)).contains(id);
    var changed =
        done(set(with(bundle(), "id", id, "expectedVersion", 1, "price", "88")))
            .getJsonObject("productBundle");
    assertThat(changed.getInteger("version")).isEqualTo(2);
    done(end(changed, TODAY));

    assertThat(shown(TODAY)).contains(id, "\"88\"");
    assertThat(shown(TODAY.plusDays(1))).doesNotContain(id);
    assertThat(
            asking.rows(
                "select count(*)::text from event_outbox where type = 'PRICE_CHANGED' and open and subject = '%s'"
                    .formatted(id)))
        .containsExactly("3");
  }

  @Test
  void one_that_has_not_begun_is_withdrawn() {
    var later = TODAY.plusDays(5);
    var made =
        done(set(with(bundle(), "effectiveOn", later.toString()))).getJsonObject("productBundle");

    assertThat(done(end(made, TODAY)).getValue("productBundle")).isNull();
    assertThat(shown(later)).doesNotContain(made.getString("id"));
  }

  @Test
  void what_is_amiss_is_told() {
    assertThat(
            errors(
                    set(
                        with(
                            bundle(),
                            "members",
                            List.of(PRODUCT, OF_OTHER),
                            "price",
                            "-1",
                            "currency",
                            "¥",
                            "title",
                            List.of(),
                            "endsOn",
                            TODAY.minusDays(2).toString(),
                            "effectiveOn",
                            TODAY.minusDays(1).toString())))
                .encode())
        .contains("members", "price", "currency", "title", "endsOn", "effectiveOn");
    assertThat(error(set(with(bundle(), "members", List.of(PRODUCT)))).getString("message"))
        .contains("two or more");
    var made = done(set(bundle())).getJsonObject("productBundle");
    assertThat(
            error(set(with(bundle(), "id", made.getString("id"), "expectedVersion", 3)))
                .getString("code"))
        .isEqualTo("VERSION_CONFLICT");
  }

  @Test
  void what_is_free_by_itself_is_not_charged_for_together() {
    asking.change(
        """
        insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
        select v.operator_id, v.product_id, v.version, '00000000-0000-4000-c000-000000000002', true, v.valid_from
          from product_version v
         where v.valid_to = 'infinity'
           and v.product_id in ('00000000-0000-4000-b000-000000000022', '00000000-0000-4000-b000-000000000023')
        """);

    var refused =
        error(
            asking
                .as(Role.OPERATOR, PriceMarket.OTHER_OPERATOR)
                .mutate(
                    mutation("productBundleSet", BUNDLE),
                    with(
                        bundle(),
                        "operatorId",
                        PriceMarket.id(PriceMarket.OTHER_OPERATOR),
                        "members",
                        List.of(PriceMarket.product(22), "sc_0000000000004000b000000000000023"),
                        "price",
                        "0.01")));

    assertThat(refused.getString("rule")).isEqualTo("FA-07");
    assertThat(refused.getJsonArray("path").encode()).contains("price");
  }

  @Test
  void nobody_else_sets_or_ends_it() {
    var other = asking.as(Role.OPERATOR, PriceMarket.OTHER_OPERATOR);
    var made = done(set(bundle())).getJsonObject("productBundle");

    assertThat(
            error(other.mutate(mutation("productBundleSet", BUNDLE), bundle())).getString("code"))
        .isEqualTo("FORBIDDEN");
    assertThat(
            error(
                    other.mutate(
                        mutation("productBundleEnd", BUNDLE),
                        Map.of(
                            "id", made.getString("id"),
                            "endsOn", TODAY.toString(),
                            "expectedVersion", 1)))
                .getString("code"))
        .isEqualTo("FORBIDDEN");
    assertThat(
            error(
                    other.mutate(
                        mutation("productBundleSet", BUNDLE),
                        with(
                            bundle(),
                            "operatorId",
                            PriceMarket.id(PriceMarket.OTHER_OPERATOR),
                            "members",
                            List.of(OF_OTHER, PriceMarket.product(22)),
                            "id",
                            made.getString("id"),
                            "expectedVersion",
                            1)))
                .getString("code"))
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void bundles_of_many_products_cost_the_statements_of_one() {
    done(set(bundle()));
    var query =
        "{ products(filter: {code: {in: [%s]}}) { nodes { bundles { title { value } members { product { id } } conditions { text } operator { code } } } } }";

    assertThat(asking.statements(query.formatted("\"prod-1\", \"prod-2\"")))
        .isEqualTo(asking.statements(query.formatted("\"prod-1\"")));
    assertThat(
            asking
                .data(
                    "{ organization(code: \"org-1\") { productBundles(first: 1) { totalCount nodes { id } } } }")
                .encode())
        .contains("pb_");
  }
}
