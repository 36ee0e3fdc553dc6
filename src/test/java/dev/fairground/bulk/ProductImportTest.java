package dev.fairground.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.demo.DemoMarket;
import dev.fairground.harvest.HarvestedProduct;
import dev.fairground.harvest.ResourceBuilder;
import dev.fairground.reference.ReferenceData;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a published list of products that is brought in. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductImportTest {
  private final DatabaseAddress address;
  private final Database database;
  private final Asking asking;

  ProductImportTest(DatabaseAddress address, Database database, MeterRegistry statements) {
    this.address = address;
    this.database = database;
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void fill() throws Exception {
    new ReferenceData(database).load().await(20, TimeUnit.SECONDS);
    new DemoMarket(database).load().await(20, TimeUnit.SECONDS);
  }

  private Outcome bring(String catalogue, List<HarvestedProduct> products) throws Exception {
    try (var report =
            new ImportReport(
                new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                new StringWriter());
        var connection = address.connect("test")) {
      connection.setAutoCommit(false);
      var unit =
          new CatalogueUnit(
              connection, report, ImportOptions.NONE, catalogue, "list.csv", "list.csv", "test");
      products.forEach(unit::product);
      unit.finish(OffsetDateTime.now());
      return report.outcome();
    }
  }

  private static HarvestedProduct product(String code, String title) {
    return new HarvestedProduct(
        "line 2",
        code,
        title,
        "zh",
        "T-S-1",
        "场景",
        "医疗健康",
        "INDUSTRY",
        "产业发展、行业发展",
        List.of("API"),
        "110000",
        JsonNodeFactory.instance.objectNode().put("service_name", title));
  }

  private List<String> events(String catalogue, int after) {
    return asking.rows(
        """
            select type || ' ' || subject_version || ' ' || changed_fields::text
              from event_outbox
             where actor = 'import' and actor_name = 'import' and request_id = 'import' and open
               and (type = 'CATALOGUE_IMPORTED' and subject = '%s' and organization_id is null
                    or organization_id = (select v.operator_id from product_version v where v.code = 'E-1' limit 1)
                       and subject in (select global_id('pl', l.id) from product_list l
                                       union all select global_id('dp', p.id) from product p))
             order by number
            offset %d
            """
            .formatted(CatalogueImport.id(catalogue), after));
  }

  @Test
  void what_an_import_changes_is_told_in_its_transaction_and_nothing_else() throws Exception {
    var first = List.of(product("E-1", "事件服务一"), product("E-2", "事件服务二"));
    bring("told-list", first);
    assertThat(events("told-list", 0))
        .containsExactly(
            "LIST_PUBLISHED 1 {}",
            "PRODUCT_CHANGED 1 {}",
            "PRODUCT_CHANGED 1 {}",
            "CATALOGUE_IMPORTED 1 {}");

    bring("told-list", first);
    assertThat(events("told-list", 4)).isEmpty();

    bring("told-list", List.of(product("E-1", "事件服务甲")));
    assertThat(events("told-list", 4))
        .startsWith("LIST_PUBLISHED 2 {}")
        .endsWith("CATALOGUE_IMPORTED 2 {}")
        .containsExactlyInAnyOrder(
            "LIST_PUBLISHED 2 {}",
            "PRODUCT_CHANGED 2 {title}",
            "PRODUCT_DELISTED 2 {status,statusReason}",
            "CATALOGUE_IMPORTED 2 {}");

    bring("told-list", List.of(product("E-1", "事件服务甲"), product("E-2", "事件服务二")));
    assertThat(events("told-list", 8))
        .containsExactly(
            "LIST_PUBLISHED 3 {}",
            "PRODUCT_CHANGED 3 {scenarios,status,statusReason}",
            "CATALOGUE_IMPORTED 3 {}");
  }

  private JsonObject editions(String title) {
    return asking
        .data(
            """
            { products(first: 10, filter: { title: { eq: "%s" } }) { nodes { status demonstration code
                scenarios(first: 5) { nodes { scenario { code title { value } } } }
                authorization { demonstration source }
                operator { demonstration source name(locale: "en") { value } code
                  productLists(first: 10) { totalCount nodes { number listingCount } } } } } }
            """
                .formatted(title))
        .getJsonObject("products")
        .getJsonArray("nodes")
        .getJsonObject(0);
  }

  @Test
  void who_offers_a_list_that_names_nobody_is_made_up_and_says_so() throws Exception {
    assertThat(bring("some-list", List.of(product("P-1", "查询服务一"), product("P-2", "查询服务二"))))
        .isEqualTo(new Outcome(2, 0, 0, 0));
    var found = editions("查询服务一");
    assertThat(found.getBoolean("demonstration")).isFalse();
    assertThat(found.getJsonObject("authorization").getBoolean("demonstration")).isTrue();
    assertThat(found.getJsonObject("operator").getBoolean("demonstration")).isTrue();
    assertThat(found.getJsonObject("operator").getString("source"))
        .isEqualTo("made up: the list names none");
    assertThat(found.toString()).contains("T-S-1").contains("\"listingCount\":2");

    assertThat(bring("some-list", List.of(product("P-1", "查询服务一"), product("P-2", "查询服务二"))))
        .isEqualTo(new Outcome(0, 0, 0, 2));
    assertThat(editions("查询服务一").toString()).contains("\"totalCount\":1");

    assertThat(bring("some-list", List.of(product("P-1", "查询服务一"), product("P-3", "查询服务三"))))
        .isEqualTo(new Outcome(1, 0, 1, 1));
    assertThat(editions("查询服务一").toString()).contains("\"totalCount\":2");
    assertThat(
            asking
                .data(
                    "{ products(first: 1, filter: { title: { eq: \"查询服务二\" } }) { nodes { id } } }")
                .toString())
        .doesNotContain("dp_");
  }

  @Test
  void a_list_that_lost_most_of_its_products_withdraws_none() throws Exception {
    var products =
        IntStream.range(0, 20).mapToObj(n -> product("L-" + n, "第" + n + "项服务")).toList();
    assertThat(bring("long-list", products)).isEqualTo(new Outcome(20, 0, 0, 0));
    assertThat(bring("long-list", products.subList(0, 1))).isEqualTo(new Outcome(0, 0, 0, 1));
    assertThat(bring("long-list", products.subList(0, 15))).isEqualTo(new Outcome(0, 0, 5, 15));
  }

  @Test
  void lists_whose_names_differ_behind_their_beginning_have_operators_of_their_own()
      throws Exception {
    var name = "a-list-with-a-name-that-is-as-long-as-the-name-of-a-list-may-b";
    assertThat(bring(name + "1", List.of(product("LONG-1", "长名服务一"))).added()).isEqualTo(1);
    assertThat(bring(name + "2", List.of(product("LONG-2", "长名服务二"))).added()).isEqualTo(1);
  }

  @Test
  void products_are_found_by_the_new_title_of_a_resource() throws Exception {
    bring("made-of", List.of(product("M-1", "组合服务")));
    bringResource("渔船登记");
    asking.change(
        """
        insert into product_resource (operator_id, product_id, product_version, resource_id, valid_from)
        select p.operator_id, p.product_id, p.version, r.id, p.valid_from
          from product_version p, data_resource r
         where p.code = 'M-1' and r.catalogue = 'parts'
        """);
    assertThat(found("渔船")).contains("组合服务");
    bringResource("远洋航运");
    assertThat(found("航运")).contains("组合服务");
    assertThat(found("渔船")).doesNotContain("组合服务");
  }

  private void bringResource(String title) throws Exception {
    try (var report =
            new ImportReport(
                new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                new StringWriter());
        var connection = address.connect("test")) {
      connection.setAutoCommit(false);
      var unit =
          new CatalogueUnit(
              connection, report, ImportOptions.NONE, "parts", "parts.json", "parts.json", "test");
      new ResourceBuilder(unit, "record 1", "zh", JsonNodeFactory.instance.objectNode())
          .identifier("id", "1")
          .title("title", title)
          .tell();
      unit.finish(OffsetDateTime.now());
    }
  }

  private String found(String text) {
    return asking
        .data(
            "{ products(first: 10, filter: { text: \"%s\" }) { nodes { title { value } } } }"
                .formatted(text))
        .toString();
  }

  @Test
  void a_list_that_the_market_has_already_is_recognised() throws Exception {
    var listed =
        asking.data(
            """
            { products(first: 100, filter: { field: { eq: "教育教学" } }) { nodes { code title { value } field
                purposeClass deliveries regionCode operator { code }
                scenarios(first: 1) { nodes { scenario { code } } } } } }
            """);
    var products =
        listed.getJsonObject("products").getJsonArray("nodes").stream()
            .map(JsonObject.class::cast)
            .filter(node -> node.getString("code").startsWith("BJ-"))
            .map(
                node ->
                    new HarvestedProduct(
                        "line 2",
                        node.getString("code"),
                        node.getJsonObject("title").getString("value"),
                        "zh",
                        node.getJsonObject("scenarios")
                            .getJsonArray("nodes")
                            .getJsonObject(0)
                            .getJsonObject("scenario")
                            .getString("code"),
                        null,
                        node.getString("field"),
                        node.getString("purposeClass"),
                        null,
                        node.getJsonArray("deliveries").stream().map(String.class::cast).toList(),
                        node.getString("regionCode"),
                        JsonNodeFactory.instance.objectNode()))
            .toList();
    assertThat(products).hasSize(7);
    var became = bring("beijing", products);
    assertThat(became.unchanged()).isEqualTo(products.size());
    assertThat(became.added() + became.changed()).isZero();
  }
}
