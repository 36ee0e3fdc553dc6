package dev.fairground.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogTest {
  private final Asking asking;

  CatalogTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  /**
   * Operators op-1 to op-4 with ten products each: the tenth is delisted, the ninth a service
   * capability, the first had another title in 2024.
   */
  @BeforeAll
  void market() {
    asking.change(
        """
        insert into jurisdiction (code, level, name, name_en, time_zone)
        values ('000000', 'NATIONAL', '全国', 'the nation', 'Asia/Shanghai')
        """);
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'op-' || n, '2024-01-01Z'
          from generate_series(0, 4) as n
        """);
    asking.change(
        """
        insert into organization_version
               (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        select id, 1, '2024-01-01Z', code, '运营' || code, 'zh', 'ENTERPRISE', true
          from organization
        """);
    asking.change(
        """
        insert into authorization_grant (id, number, institution_id, operator_id, created_at)
        select ('00000000-0000-4000-9000-00000000000' || n)::uuid, 'ag-' || n,
               '00000000-0000-4000-8000-000000000000',
               ('00000000-0000-4000-8000-00000000000' || n)::uuid, '2024-01-01Z'
          from generate_series(1, 4) as n
        """);
    asking.change(
        """
        insert into product (operator_id, id, kind, code, created_at)
        select g.operator_id, ('00000000-0000-4000-a000-0000000' || right(g.number, 1) || lpad(n::text, 4, '0'))::uuid,
               case when n = 9 then 'SERVICE_CAPABILITY' else 'DATA_PRODUCT' end, 'p-' || n, '2024-01-01Z'
          from authorization_grant g
         cross join generate_series(1, 10) as n
        """);
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, valid_to, kind,
               code, status, title, locale, title_translations, authorization_grant_id, form, tier,
               purpose_class, capability_kind, published_at, demonstration, deliveries)
        select p.operator_id, p.id, v.version, v.valid_from, v.valid_to, p.kind, p.code,
               case when p.code = 'p-10' then 'DELISTED' else 'PUBLISHED' end,
               v.prefix || p.code, 'zh', '{"en": "weather"}', g.id, 'API', 'BASE', 'INDUSTRY',
               case when p.kind = 'SERVICE_CAPABILITY' then 'ADVISORY' end,
               timestamptz '2024-01-01Z' + right(p.code, 1)::int * interval '1 day', true, '{API}'
          from product p
          join authorization_grant g on g.operator_id = p.operator_id
          join (values (1, '2024-01-01Z'::timestamptz, '2025-01-01Z'::timestamptz, '旧', true),
                       (2, '2025-01-01Z', 'infinity', '新', true),
                       (1, '2024-01-01Z', 'infinity', '气象', false))
               as v (version, valid_from, valid_to, prefix, renamed)
            on v.renamed = (p.code = 'p-1')
        """);
  }

  @Test
  void the_market_lists_what_is_published_newest_first() {
    var products =
        asking
            .data(
                """
                { products(first: 5) { totalCount totalCountIsExact
                  nodes { __typename id code title(locale: "en") { value isFallback } operator { code }
                          ... on ServiceCapability { capabilityKind } } } }
                """)
            .getJsonObject("products");

    assertThat(products.getInteger("totalCount")).isEqualTo(36);
    var first = products.getJsonArray("nodes").getJsonObject(0);
    assertThat(first.getString("__typename")).isEqualTo("ServiceCapability");
    assertThat(first.getString("id")).startsWith("sc_");
    assertThat(first.getString("capabilityKind")).isEqualTo("ADVISORY");
    assertThat(first.getJsonObject("title").encode())
        .isEqualTo("{\"value\":\"weather\",\"isFallback\":false}");
  }

  @Test
  void a_status_in_the_filter_shows_what_was_taken_off() {
    var products =
        asking.data("{ products(filter: {status: [DELISTED]}) { totalCount nodes { code } } }");

    assertThat(products.getJsonObject("products").getInteger("totalCount")).isEqualTo(4);
    assertThat(products.encode()).contains("p-10").doesNotContain("p-9");
  }

  @Test
  void and_or_and_not_narrow_the_list() {
    var products =
        asking.data(
            """
            { products(filter: {or: [{code: {eq: "p-1"}}, {kind: SERVICE_CAPABILITY}],
                                not: {title: {startsWith: "气"}}}) { totalCount nodes { code } } }
            """);

    assertThat(products.getJsonObject("products").getInteger("totalCount")).isEqualTo(4);
    assertThat(products.encode()).contains("p-1").doesNotContain("p-9");
  }

  @Test
  void a_list_can_be_read_as_of_a_past_moment() {
    var products =
        asking.data(
            """
            { then: products(filter: {code: {eq: "p-1"}}, first: 1, asOf: "2024-06-01T00:00:00Z") { nodes { version title { value } } }
              now: products(filter: {code: {eq: "p-1"}}, first: 1) { nodes { version title { value } } } }
            """);

    assertThat(products.getJsonObject("then").encode()).contains("\"version\":1").contains("旧p-1");
    assertThat(products.getJsonObject("now").encode()).contains("\"version\":2").contains("新p-1");
  }

  @Test
  void a_product_is_found_by_its_id_and_not_by_the_id_of_the_other_kind() {
    var id = "00000000000040009000000000010001".replace("9000", "a000");
    var found =
        asking.data(
            "{ node(id: \"dp_"
                + id
                + "\") { __typename } other: node(id: \"sc_"
                + id
                + "\") { id }"
                + " product(id: \"dp_"
                + id
                + "\") { code } }");

    assertThat(found.encode())
        .isEqualTo(
            new JsonObject()
                .put("node", new JsonObject().put("__typename", "DataProduct"))
                .putNull("other")
                .put("product", new JsonObject().put("code", "p-1"))
                .encode());
    assertThat(asking.errors("{ product(id: \"org_" + id + "\") { id } }").encode())
        .contains("dp_ or sc_");
  }

  @Test
  void operators_with_their_products_cost_four_statements_whatever_the_page() {
    var query =
        """
        { operators: organizations(first: %d, orderBy: {field: CODE, direction: DESC}) {
            nodes { code products(first: %d) { totalCount nodes { code operator { code } } } } } }
        """;

    assertThat(asking.statements(query.formatted(1, 1))).isEqualTo(4);
    assertThat(asking.statements(query.formatted(5, 10))).isEqualTo(4);

    var counts = new HashMap<String, Integer>();
    asking
        .data(query.formatted(5, 2))
        .getJsonObject("operators")
        .getJsonArray("nodes")
        .forEach(
            node ->
                counts.put(
                    ((JsonObject) node).getString("code"),
                    ((JsonObject) node).getJsonObject("products").getInteger("totalCount")));
    assertThat(counts).containsEntry("op-1", 9).containsEntry("op-4", 9).containsEntry("op-0", 0);
  }
}
