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
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select id, 1, created_at, number, institution_id, operator_id, '000000', '授权', 'zh', 'OVERALL', 'ACTIVE',
               '2024-01-01', '2026-12-31', true
          from authorization_grant
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
    scope();
    editions();
  }

  /** Every product uses one item of the resource weather, for the scenario farming. */
  private void scope() {
    asking.change(
        "insert into data_resource (id, code, created_at) values ('00000000-0000-4000-9100-000000000001', 'weather', '2024-01-01Z')");
    asking.change(
        "insert into data_resource_version (resource_id, version, valid_from, code, title, locale, source, demonstration) select id, 1, created_at, code, code, 'en', 'test', true from data_resource");
    asking.change(
        "insert into scenario (id, code, created_at) values ('00000000-0000-4000-9200-000000000001', 'farming', '2024-01-01Z')");
    asking.change(
        "insert into scenario_version (scenario_id, version, valid_from, code, title, locale, jurisdiction_code, purpose_class, demonstration) select id, 1, created_at, code, code, 'en', '000000', 'INDUSTRY', true from scenario");
    asking.change(
        "insert into product_resource (operator_id, product_id, product_version, resource_id, data_items, valid_from, valid_to) select v.operator_id, v.product_id, v.version, r.id, '{wind}', v.valid_from, v.valid_to from product_version v cross join data_resource r");
    asking.change(
        "insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from, valid_to) select v.operator_id, v.product_id, v.version, s.id, true, v.valid_from, v.valid_to from product_version v cross join scenario s");
  }

  /** op-1 published two editions: the first with the old p-1, the second with all nine. */
  private void editions() {
    var operator = "'00000000-0000-4000-8000-000000000001'";
    asking.change(
        "select number from publish_edition(%s, '2024-02-01Z', null, '清单', 'zh', null, true, array(select product_id from product_version where code = 'p-1' and operator_id = %s))"
            .formatted(operator, operator));
    asking.change(
        "select number from publish_edition(%s, '2025-02-01Z', null, null, null, null, true)"
            .formatted(operator));
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
  void operators_with_their_products_cost_three_statements_whatever_the_page() {
    var query =
        """
        { operators: organizations(first: %d, orderBy: {field: CODE, direction: DESC}) {
            nodes { code products(first: %d) { totalCount nodes { code operator { code } } } } } }
        """;

    assertThat(asking.statements(query.formatted(1, 1))).isEqualTo(3);
    assertThat(asking.statements(query.formatted(5, 10))).isEqualTo(3);

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

  @Test
  void a_facet_leaves_out_its_own_condition_and_keeps_the_others() {
    var facets =
        asking
            .data(
                """
                { products(filter: {kind: [SERVICE_CAPABILITY], delivery: [API]}) { totalCount
                    facets(keys: [KIND, OPERATOR, SECTOR], first: 3) { key otherCount missingCount isExact
                      buckets { value count selected operator { code } } } } }
                """)
            .getJsonObject("products");

    assertThat(facets.getInteger("totalCount")).isEqualTo(4);
    var kinds = facets.getJsonArray("facets").getJsonObject(0);
    assertThat(kinds.getJsonArray("buckets").encode())
        .isEqualTo(
            "[{\"value\":\"DATA_PRODUCT\",\"count\":32,\"selected\":false,\"operator\":null},"
                + "{\"value\":\"SERVICE_CAPABILITY\",\"count\":4,\"selected\":true,\"operator\":null}]");
    var operators = facets.getJsonArray("facets").getJsonObject(1);
    assertThat(operators.getJsonArray("buckets")).hasSize(3);
    assertThat(operators.getInteger("otherCount")).isEqualTo(1);
    assertThat(operators.getBoolean("isExact")).isTrue();
    assertThat(operators.encode()).contains("\"count\":1", "{\"code\":\"op-1\"}", "org_");
    assertThat(facets.getJsonArray("facets").getJsonObject(2).getInteger("missingCount"))
        .isEqualTo(4);
  }

  @Test
  void facets_of_many_operators_cost_one_statement_more() {
    var query =
        """
        { organizations(first: 5) { nodes { code products(first: 1) {
            facets(keys: [KIND, FORM]) { key buckets { value count } } } } } }
        """;

    assertThat(asking.statements(query)).isEqualTo(3);
    assertThat(asking.data(query).encode())
        .contains(
            "{\"value\":\"DATA_PRODUCT\",\"count\":8},{\"value\":\"SERVICE_CAPABILITY\",\"count\":1}");
  }

  @Test
  void a_product_leads_to_its_authorization_resources_and_scenarios_and_back() {
    var query =
        """
        { products(first: %d) { nodes { code authorization { number operator { code } }
            resources(first: 5) { totalCount nodes { dataItems resource { code products(first: 2) { nodes { code } } } } }
            scenarios { nodes { allowed scenario { code products(first: 1) { totalCount } } } } } } }
        """;

    assertThat(asking.statements(query.formatted(1)))
        .isEqualTo(asking.statements(query.formatted(20)));
    assertThat(asking.statements(query.formatted(20))).isEqualTo(7);
    assertThat(asking.data(query.formatted(20)).encode())
        .contains("\"dataItems\":[\"wind\"]", "\"code\":\"weather\"", "\"code\":\"farming\"");
  }

  @Test
  void a_filter_finds_products_by_resource_scenario_authorization_and_words() {
    var count = "{ products(filter: {%s}) { totalCount } }";
    var weather = "res_00000000000040009100000000000001";
    var farming = "sce_00000000000040009200000000000001";

    assertThat(total(count.formatted("resource: {eq: \"" + weather + "\"}"))).isEqualTo(36);
    assertThat(total(count.formatted("scenario: {eq: \"" + farming + "\"}"))).isEqualTo(36);
    assertThat(
            total(
                count.formatted("authorization: {in: [\"ag_00000000000040009000000000000001\"]}")))
        .isEqualTo(9);
    assertThat(total(count.formatted("text: \"气象 p\""))).isEqualTo(32);
    assertThat(total(count.formatted("text: \"地震\""))).isZero();
    assertThat(total(count.formatted("text: \"'!&|\""))).isZero();
    assertThat(asking.errors(count.formatted("text: \"" + "x".repeat(201) + "\"")).encode())
        .contains("at most 200 characters");
  }

  @Test
  void changes_name_the_fields_that_became_other() {
    assertThat(
            asking
                .data(
                    """
                    { products(filter: {code: {eq: "p-1"}}, first: 1) { nodes { changes { totalCount nodes { version fields title { value } } } } } }
                    """)
                .encode())
        .contains(
            "{\"totalCount\":2,\"nodes\":[{\"version\":2,\"fields\":[\"title\"],\"title\":{\"value\":\"新p-1\"}},"
                + "{\"version\":1,\"fields\":[],\"title\":{\"value\":\"旧p-1\"}}]}");
  }

  @Test
  void an_edition_shows_the_versions_it_was_published_with() {
    var query =
        """
        { organizations(first: %d, filter: {code: {startsWith: "op-"}}) { nodes { code
            currentList { number digest previous { number entries(first: 5) { totalCount
              nodes { position productVersion product { code version title { value } } } } } }
            productLists { totalCount } } } }
        """;

    assertThat(asking.statements(query.formatted(1))).isLessThanOrEqualTo(8);
    assertThat(asking.statements(query.formatted(5))).isEqualTo(8);
    assertThat(asking.data(query.formatted(5)).encode())
        .contains(
            "\"number\":2",
            "\"productVersion\":1,\"product\":{\"code\":\"p-1\",\"version\":1,\"title\":{\"value\":\"旧p-1\"}}");
    assertThat(
            asking
                .data(
                    "{ productLists(asOf: \"2024-06-01T00:00:00Z\") { totalCount } now: productLists(filter: {newestOnly: true}) { nodes { number operator { code } } } }")
                .encode())
        .contains(
            "\"totalCount\":1", "\"nodes\":[{\"number\":2,\"operator\":{\"code\":\"op-1\"}}]");
    assertThat(
            asking
                .data(
                    "{ products(filter: {code: {eq: \"p-1\"}, operator: {eq: \"org_00000000000040008000000000000001\"}}) { nodes { listings { nodes { list { number } } } } } }")
                .encode())
        .contains("[{\"list\":{\"number\":2}},{\"list\":{\"number\":1}}]");
  }

  private int total(String query) {
    return asking.data(query).getJsonObject("products").getInteger("totalCount");
  }
}
