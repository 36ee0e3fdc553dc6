package dev.fairground.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Titles are those of real catalogues, or near them. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTest {
  private static final String PORT_GROUP = "上海港口数据集团";
  private static final String HEALTH = "Hangzhou Health Data Operator";

  private final Asking asking;
  private int products;
  private int resources;

  SearchTest(Database database, MeterRegistry statements) {
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    asking.change(
        "insert into jurisdiction (code, level, name, name_en, time_zone) values ('000000', 'NATIONAL', '全国', 'the nation', 'Asia/Shanghai')");
    organization(0, "桂林市市场监督管理局", "{}");
    organization(1, PORT_GROUP, "{\"en\": \"Shanghai Port Data Group\"}");
    organization(2, "杭州健康公司", "{\"en\": \"" + HEALTH + "\"}");
    for (int operator = 1; operator <= 2; operator++) {
      asking.change(
          """
          with grants as (
            insert into authorization_grant (id, number, institution_id, operator_id, created_at)
            values (gen_random_uuid(), $1, $2::text::uuid, $3::text::uuid, '2024-01-01Z') returning *)
          insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
                 jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
          select id, 1, created_at, number, institution_id, operator_id, '000000', '授权', 'zh', 'OVERALL', 'ACTIVE',
                 '2024-01-01', '2026-12-31', false
            from grants
          """,
          "ag-" + operator,
          organizationId(0),
          organizationId(operator));
    }
  }

  /** What a test wrote is of the past for the next one. */
  @AfterEach
  void close() {
    for (var table : List.of("product_version", "product_resource", "data_resource_version")) {
      asking.change(
          "update " + table + " set valid_to = '2025-01-01Z' where valid_to = 'infinity'");
    }
  }

  private static String organizationId(int number) {
    return "00000000-0000-4000-8000-00000000000" + number;
  }

  private void organization(int number, String name, String translations) {
    asking.change(
        "insert into organization (id, code, created_at) values ($1::text::uuid, $2, '2024-01-01Z')",
        organizationId(number),
        "org-" + number);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, name_translations, kind, demonstration)
        values ($1::text::uuid, 1, '2024-01-01Z', $2, $3, 'zh', $4::text::jsonb, 'ENTERPRISE', false)
        """,
        organizationId(number),
        "org-" + number,
        name,
        translations);
  }

  private int product(int operator, String title, String summary) {
    return product(operator, title, "{}", summary, "PUBLISHED");
  }

  private int product(
      int operator, String title, String translations, String summary, String status) {
    var number = ++products;
    asking.change(
        """
        with named as (
          insert into product (operator_id, id, kind, code, created_at)
          values ($1::text::uuid, $2::text::uuid, 'DATA_PRODUCT', $3, '2024-01-01Z') returning *)
        select id::text from named
        """,
        organizationId(operator),
        productId(number),
        "p-" + number);
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               title_translations, summary, authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select $1::text::uuid, $2::text::uuid, 1, '2024-01-01Z', 'DATA_PRODUCT', $3, $4, $5, 'zh', $6::text::jsonb,
               nullif($7, ''), id, case when $5 like '%4' then 'REPORT' else 'API' end, 'BASE', 'INDUSTRY',
               timestamptz '2024-01-01Z' + right($3, 1)::int * interval '1 day', false
          from authorization_grant where operator_id = $1::text::uuid
        """,
        organizationId(operator),
        productId(number),
        "p-" + number,
        status,
        title,
        translations,
        summary);
    return number;
  }

  private static String productId(int number) {
    return "00000000-0000-4000-a000-%012d".formatted(number);
  }

  private int resource(String title, String holder, String keywords, String topic) {
    var number = ++resources;
    asking.change(
        "insert into data_resource (id, code, created_at) values ($1::text::uuid, $2, '2024-01-01Z')",
        resourceId(number),
        "r-" + number);
    asking.change(
        """
        insert into data_resource_version (resource_id, version, valid_from, code, title, locale, holder_name, keywords,
               topic, summary, source, demonstration)
        values ($1::text::uuid, 1, '2024-01-01Z', $2, $3, 'zh', $4, array[$5], $6, '按月更新的目录', 'test', false)
        """,
        resourceId(number),
        "r-" + number,
        title,
        holder,
        keywords,
        topic);
    return number;
  }

  private static String resourceId(int number) {
    return "00000000-0000-4000-9100-%012d".formatted(number);
  }

  private void uses(int operator, int product, int resource) {
    asking.change(
        """
        insert into product_resource (operator_id, product_id, product_version, resource_id, valid_from)
        values ($1::text::uuid, $2::text::uuid, 1, $3::text::uuid, '2024-01-01Z')
        """,
        organizationId(operator),
        productId(product),
        resourceId(resource));
  }

  /** The titles that a text finds, in their order. */
  private List<String> found(String text) {
    return titles(list("products", text, "", "nodes { title { value } }"));
  }

  private JsonObject list(String field, String text, String arguments, String selection) {
    var answer =
        asking.answer(
            "query Q($text: String!) { list: %s(filter: {text: $text} %s) { %s } }"
                .formatted(field, arguments, selection),
            Map.of("text", text));
    if (answer.containsKey("errors")) {
      throw new AssertionError(answer.encodePrettily());
    }
    return answer.getJsonObject("data").getJsonObject("list");
  }

  private static List<String> titles(JsonObject list) {
    return list.getJsonArray("nodes").stream()
        .map(node -> (JsonObject) node)
        .map(
            node ->
                node.getJsonObject(node.containsKey("title") ? "title" : "name").getString("value"))
        .toList();
  }

  private String refused(String query) {
    return asking.errors(query).getJsonObject(0).getString("message");
  }

  @Test
  void the_nearer_to_the_title_the_earlier_and_the_shorter_first() {
    var file = resource("企业信用档案", "市场监管局", "信用", "市场");
    uses(2, product(2, "经营异常名录", ""), file);
    product(2, "年度报告", "含企业信用评价");
    product(2, "信用良好企业", "");
    product(2, "全省企业信用查询", "");
    product(2, "企业信用评分与预警", "");
    product(2, "企业信用评分", "");
    product(2, "企业信用", "");

    assertThat(found("企业信用"))
        .containsExactly("企业信用", "企业信用评分", "企业信用评分与预警", "全省企业信用查询", "经营异常名录", "年度报告");
    assertThat(found("信用 企业")).startsWith("企业信用").contains("信用良好企业");
  }

  @Test
  void equals_are_ordered_by_id_and_demonstration_rows_like_others() {
    var first = product(1, "港口吞吐量", "");
    var second = product(1, "港口吞吐量", "");
    var third = product(1, "港口吞吐量", "");
    asking.change(
        "update product_version set valid_to = '2024-06-01Z' where product_id = $1::text::uuid",
        productId(second));
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select operator_id, product_id, 2, valid_to, kind, code, status, title, locale, authorization_grant_id, form,
               tier, purpose_class, published_at, true
          from product_version where product_id = $1::text::uuid
        """,
        productId(second));

    var list = list("products", "港口", "", "nodes { code demonstration title { value } }");

    assertThat(
            list.getJsonArray("nodes").stream().map(node -> ((JsonObject) node).getString("code")))
        .containsExactly("p-" + third, "p-" + second, "p-" + first);
  }

  @Test
  void words_combine_across_fields_and_all_must_be_there() {
    var ships = resource("船舶进出港记录", "海事局", "船舶", "交通");
    var port = product(1, "港口吞吐量统计", "按月的集装箱数量");
    uses(1, port, ships);
    product(2, "港口吞吐量统计", "");

    assertThat(found("港口 数据集团")).hasSize(1);
    assertThat(found("吞吐量 船舶 集装箱 数据集团")).hasSize(1);
    assertThat(found("港口 飞机")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "统计, GDP统计年报",
    "年, GDP统计年报",
    "GDP 统计, GDP统计年报",
    "gdp统计, GDP统计年报",
    "ＧＤＰ　统计, GDP统计年报",
    "gd, GDP统计年报",
    "hospital, Registered hospitals",
    "hospitals registered, Registered hospitals",
    "the hospital of, Registered hospitals",
    "REGIST, Registered hospitals",
    "２０２３, 2023年公报",
    "population, 人口普查",
    "census pop, 人口普查",
    "𠮷野, 𠮷野家门店",
    "ﾃﾞｰﾀ, データ目録"
  })
  void words_of_any_script_are_found(String text, String title) {
    product(1, "GDP统计年报", "");
    product(1, "Registered hospitals", "");
    product(1, "2023年公报", "");
    product(1, "人口普查", "{\"en\": \"Population census\"}", "", "PUBLISHED");
    product(1, "𠮷野家门店", "");
    product(1, "データ目録", "");

    assertThat(found(text)).contains(title);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%_\\",
        "' or 1=1 --",
        "'; drop table product; --",
        "!!! ((",
        ":* & | !",
        "",
        " ",
        "港口:* | x",
        "<b>"
      })
  void a_text_is_never_more_than_words(String text) {
    product(1, "港口吞吐量统计", "");

    assertThat(found(text)).isEmpty();
    assertThat(list("products", text, "", "totalCount").getInteger("totalCount")).isZero();
  }

  @Test
  void a_text_of_two_hundred_characters_is_answered_and_a_longer_one_refused() {
    product(1, "港".repeat(199), "");

    assertThat(found("港".repeat(200))).hasSize(1);
    assertThat(refused("{ products(filter: {text: \"" + "港".repeat(201) + "\"}) { totalCount } }"))
        .contains("at most 200");
    assertThat(refused("{ suggest(text: \"" + "港".repeat(201) + "\") { text } }"))
        .contains("at most 200");
  }

  @Test
  void relevance_is_refused_where_there_is_none() {
    var products = "{ products(%s) { totalCount } }";

    assertThat(refused(products.formatted("orderBy: {field: RELEVANCE, direction: DESC}")))
        .contains("filter.text");
    assertThat(
            refused(
                products.formatted(
                    "filter: {text: \"a\"}, orderBy: {field: RELEVANCE, direction: ASC}")))
        .contains("DESC");
    assertThat(
            refused(
                products.formatted(
                    "filter: {text: \"a\"}, asOf: \"2024-03-01T00:00:00Z\", orderBy: {field: RELEVANCE, direction: DESC}")))
        .contains("asOf");
    assertThat(
            refused(
                "{ resources(filter: {text: \"a\"}, asOf: \"2024-03-01T00:00:00Z\") { totalCount } }"))
        .contains("asOf");
    assertThat(
            refused(
                "{ operators { nodes { products(filter: {text: \"a\"}, orderBy: {field: RELEVANCE, direction: DESC}) { totalCount } } }"
                    + " organizations { nodes { products(filter: {text: \"a\"}, orderBy: {field: RELEVANCE, direction: DESC}) { totalCount } } } }"))
        .contains("whole lists");
  }

  @Test
  void pages_by_relevance_leave_nothing_out_and_repeat_nothing() {
    for (int i = 0; i < 23; i++) {
      product(1 + i % 2, i % 3 == 0 ? "港口吞吐量" : "港口吞吐量第" + i + "期", "");
    }
    var whole = list("products", "港口", ", first: 100", "nodes { title { value } code }");
    var codes = codes(whole);
    assertThat(codes).hasSize(23).doesNotHaveDuplicates();

    assertThat(paged("first", "after", "hasNextPage", "endCursor")).isEqualTo(codes);
    assertThat(paged("last", "before", "hasPreviousPage", "startCursor").reversed())
        .isEqualTo(codes);
  }

  private static List<String> codes(JsonObject list) {
    return list.getJsonArray("nodes").stream()
        .map(node -> ((JsonObject) node).getString("code"))
        .toList();
  }

  private List<String> paged(String size, String from, String more, String cursor) {
    var all = new ArrayList<String>();
    String place = null;
    do {
      var at = place == null ? "" : ", %s: \"%s\"".formatted(from, place);
      var page =
          list(
              "products",
              "港口",
              ", " + size + ": 5" + at,
              "nodes { code } pageInfo { %s %s }".formatted(more, cursor));
      var codes = codes(page);
      all.addAll(size.equals("last") ? codes.reversed() : codes);
      var info = page.getJsonObject("pageInfo");
      place = info.getBoolean(more) ? info.getString(cursor) : null;
    } while (place != null);
    return all;
  }

  @Test
  void other_conditions_counts_and_facets_go_with_a_text() {
    for (int i = 0; i < 10; i++) {
      product(1 + i % 2, "港口吞吐量" + i, "");
    }
    product(2, "人口普查", "");

    var list =
        asking
            .data(
                """
                { products(filter: {text: "港口", form: [API], operator: {eq: "org_00000000000040008000000000000001"}}) {
                    totalCount totalCountIsExact nodes { title { value } }
                    facets(keys: [FORM, OPERATOR]) { key buckets { value count selected } } } }
                """)
            .getJsonObject("products");

    assertThat(titles(list)).hasSize(4).allMatch(title -> title.startsWith("港口"));
    assertThat(list.getInteger("totalCount")).isEqualTo(4);
    assertThat(list.getJsonArray("facets").encode())
        .isEqualTo(
            """
            [{"key":"FORM","buckets":[{"value":"API","count":4,"selected":true},{"value":"REPORT","count":1,"selected":false}]},\
            {"key":"OPERATOR","buckets":[{"value":"org_00000000000040008000000000000002","count":5,"selected":false},\
            {"value":"org_00000000000040008000000000000001","count":4,"selected":true}]}]""");
    assertThat(
            list(
                    "products",
                    "港口",
                    ", orderBy: {field: TITLE, direction: DESC}, first: 2",
                    "nodes { title { value } }")
                .getJsonArray("nodes")
                .encode())
        .contains("港口吞吐量9", "港口吞吐量8");
    assertThat(
            titles(
                asking
                    .data(
                        "{ products(filter: {or: [{text: \"普查\"}, {text: \"吞吐量9\"}]}) { nodes { title { value } } } }")
                    .getJsonObject("products")))
        .containsExactlyInAnyOrder("人口普查", "港口吞吐量9");
    assertThat(
            asking
                .data(
                    "{ operators: organization(code: \"org-1\") { products(filter: {text: \"港口\"}) { totalCount } } }")
                .getJsonObject("operators")
                .getJsonObject("products")
                .getInteger("totalCount"))
        .isEqualTo(5);
  }

  @Test
  void what_is_no_longer_published_vanishes_at_once() {
    var product = product(1, "港口吞吐量", "");
    asking.change(
        "update product_version set valid_to = '2024-06-01Z' where valid_to = 'infinity'");
    assertThat(found("港口")).isEmpty();

    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select operator_id, product_id, 2, valid_to, kind, code, 'SUSPENDED', title, locale, authorization_grant_id, form,
               tier, purpose_class, published_at, true
          from product_version where product_id = $1::text::uuid
        """,
        productId(product));
    assertThat(found("港口")).isEmpty();
    assertThat(suggested("港口")).doesNotContain("港口吞吐量");
    assertThat(list("products", "港口", "", "totalCount").getInteger("totalCount")).isZero();
    assertThat(
            asking
                .data("{ products(filter: {text: \"港口\", status: [SUSPENDED]}) { totalCount } }")
                .getJsonObject("products")
                .getInteger("totalCount"))
        .isEqualTo(1);
  }

  @Test
  void the_past_is_searched_by_words_of_titles() {
    product(1, "潮汐表", "");
    close();
    product(2, "潮汐预报", "");
    var then =
        """
        { products(filter: {text: "潮汐"}, asOf: "2024-05-01T00:00:00Z", orderBy: {field: TITLE, direction: ASC}) {
            nodes { title { value } } } }
        """;

    assertThat(found("潮汐")).containsExactly("潮汐预报");
    assertThat(titles(asking.data(then).getJsonObject("products"))).containsExactly("潮汐表", "潮汐预报");
  }

  @Test
  void who_renames_a_resource_refreshes_what_shows_its_title() {
    var product = product(1, "吞吐量", "");
    var resource = resource("渔船登记", "渔政", "渔船", "农业");
    uses(1, product, resource);
    asking.change(
        "update data_resource_version set valid_to = '2024-06-01Z' where resource_id = $1::text::uuid",
        resourceId(resource));
    asking.change(
        """
        insert into data_resource_version (resource_id, version, valid_from, code, title, locale, source, demonstration)
        select resource_id, 2, valid_to, code, '远洋航运', locale, source, demonstration
          from data_resource_version where resource_id = $1::text::uuid
        """,
        resourceId(resource));
    asking.change("select refresh_product_search(array[$1::text::uuid])::text", productId(product));

    assertThat(found("航运")).containsExactly("吞吐量");
    assertThat(found("渔船")).isEmpty();
  }

  @Test
  void entries_can_be_made_anew() {
    product(1, "港口吞吐量", "");
    asking.change("delete from product_search");
    assertThat(found("港口")).isEmpty();

    asking.change("select rebuild_search()::text");
    assertThat(found("港口")).containsExactly("港口吞吐量");
  }

  @Test
  void resources_are_found_by_holder_keyword_and_topic() {
    resource("农专年报基本信息", "桂林市市场监督管理局", "合作社", "农业农村");
    resource("气象预警", "气象局", "天气", "环境");

    for (var text : List.of("年报 桂林", "合作社", "农业农村", "桂林 合作 农村", "目录 年报")) {
      assertThat(titles(list("resources", text, "", "nodes { title { value } }")))
          .as(text)
          .containsExactly("农专年报基本信息");
    }
    assertThat(
            titles(
                list(
                    "resources",
                    "目录",
                    ", orderBy: {field: RELEVANCE, direction: DESC}",
                    "nodes { title { value } }")))
        .containsExactly("气象预警", "农专年报基本信息");
  }

  @Test
  void organizations_and_operators_are_found_by_name_in_any_language() {
    asking.change(
        "insert into organization_role (organization_id, role, jurisdiction_code, starts_on) values ($1::text::uuid, 'OPERATOR', '000000', '2024-01-01')",
        organizationId(1));

    assertThat(titles(list("organizations", "data", "", "nodes { name { value } }")))
        .containsExactlyInAnyOrder(PORT_GROUP, "杭州健康公司");
    assertThat(titles(list("operators", "data", "", "nodes { name { value } }")))
        .containsExactly(PORT_GROUP);
    assertThat(list("operators", "健康", "", "totalCount").getInteger("totalCount")).isZero();
  }

  @Test
  void highlights_name_the_field_and_where_the_words_are() {
    var ships = resource("船舶进出港记录", "海事局", "船舶", "交通");
    var port = product(1, "𠮷港口（ＧＤＰ）统计", "很长的开头。".repeat(60) + "其中港口一项。" + "很长的结尾。".repeat(60));
    uses(1, port, ships);

    var edge =
        list(
                "products",
                "港口 gdp 船舶 数据集团",
                "",
                "edges { score highlights { field text ranges { from to } } }")
            .getJsonArray("edges")
            .getJsonObject(0);

    assertThat(edge.getInteger("score")).isPositive();
    var highlights = edge.getJsonArray("highlights");
    assertThat(marked(highlights))
        .containsExactly("TITLE: 港口, ＧＤＰ", "OPERATOR: 港口数据集团", "RESOURCE: 船舶", "SUMMARY: 港口");
    for (var highlight : highlights) {
      assertThat(((JsonObject) highlight).getString("text").length()).isLessThanOrEqualTo(200);
    }
    assertThat(asking.data("{ products { edges { score highlights { text } } } }").encode())
        .isEqualTo("{\"products\":{\"edges\":[{\"score\":null,\"highlights\":null}]}}");
  }

  @ParameterizedTest
  @CsvSource({
    "ข้อมูล, ชุด ข้อมูล เปิด, ข้อมูล",
    "कृषि, भारत कृषि आँकड़े, कृषि",
    "istanbul, İstanbul haritası, İstanbul",
    "ガス, ｶﾞｽの料金, ｶﾞｽ",
    "данные, Открытые данные города, данные",
    "صحة, بيانات صحة عامة, صحة"
  })
  void words_of_any_script_are_highlighted(String text, String title, String marked) {
    product(1, title, "");

    assertThat(
            marked(
                list("products", text, "", "edges { highlights { field text ranges { from to } } }")
                    .getJsonArray("edges")
                    .getJsonObject(0)
                    .getJsonArray("highlights")))
        .containsExactly("TITLE: " + marked);
  }

  private static List<String> marked(JsonArray highlights) {
    return highlights.stream()
        .map(one -> (JsonObject) one)
        .map(
            one ->
                one.getString("field")
                    + ": "
                    + String.join(
                        ", ",
                        one.getJsonArray("ranges").stream()
                            .map(range -> (JsonObject) range)
                            .map(
                                range ->
                                    one.getString("text")
                                        .substring(
                                            range.getInteger("from"), range.getInteger("to")))
                            .toList()))
        .toList();
  }

  private List<String> suggested(String text) {
    return asking
        .answer("query Q($text: String!) { suggest(text: $text) { text } }", Map.of("text", text))
        .getJsonObject("data")
        .getJsonArray("suggest")
        .stream()
        .map(one -> ((JsonObject) one).getString("text"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "公积金, 公积金缴存信息",
    "公, 公积金缴存信息",
    "gj, 公积金缴存信息",
    "GJJ, 公积金缴存信息",
    "jcxx, 公积金缴存信息",
    "nznb, 桂林市市场监督管理局农专年报基本信息",
    "scjdgl, 桂林市市场监督管理局农专年报基本信息",
    "cqyh, 重庆银行网点",
    "yhwd, 重庆银行网点",
    "hosp, Registered hospitals",
    "regi, Registered hospitals",
    "pop, Population census",
    "sjj, ผู้ผู้ผู้ 数据集"
  })
  void titles_are_suggested_while_they_are_typed(String text, String title) {
    resource("公积金缴存信息", "公积金中心", "住房", "民生");
    resource("桂林市市场监督管理局农专年报基本信息", "市场监管局", "年报", "市场");
    product(1, "重庆银行网点", "");
    product(1, "ผู้ผู้ผู้ 数据集", "");
    product(1, "Registered hospitals", "");
    product(1, "人口普查", "{\"en\": \"Population census\"}", "", "PUBLISHED");

    assertThat(suggested(text)).contains(title);
  }

  @Test
  void suggestions_are_distinct_best_first_and_say_what_was_typed() {
    for (int i = 0; i < 3; i++) {
      product(1, "港口吞吐量", "");
    }
    product(1, "全国港口", "");
    product(1, "沿海港口名录", "");

    assertThat(suggested("港口")).containsExactly("港口吞吐量", "全国港口", "沿海港口名录", PORT_GROUP);
    assertThat(
            asking
                .data(
                    "{ suggest(text: \"ghttl\", kinds: [PRODUCT], first: 1) { kind text ranges { from to } id } }")
                .encode())
        .isEqualTo("{\"suggest\":[]}");
    assertThat(
            asking
                .data(
                    "{ suggest(text: \"gkttl\", kinds: [PRODUCT], first: 1) { kind text ranges { from to } id } }")
                .encode())
        .startsWith(
            "{\"suggest\":[{\"kind\":\"PRODUCT\",\"text\":\"港口吞吐量\",\"ranges\":[{\"from\":0,\"to\":5}],\"id\":\"dp_0000000000004000a0000000");
    assertThat(refused("{ suggest(text: \"a\", first: 21) { text } }"))
        .contains("between 1 and 20");
  }

  @Test
  void more_hits_than_are_ranked_are_all_counted_filtered_and_listed() {
    asking.change(
        "insert into data_resource (id, code, created_at) select gen_random_uuid(), 'many-' || n, '2024-01-01Z' from generate_series(1, 3500) as n");
    asking.change(
        """
        insert into data_resource_version (resource_id, version, valid_from, code, title, locale, source, demonstration)
        select id, 1, created_at, code,
               case code when 'many-3400' then '装卸' when 'many-3401' then '装卸作业' else '第' || code || '号装卸作业记录' end,
               'zh', 'test', false
          from data_resource where code like 'many-%'
        """);
    var best =
        list(
            "resources",
            "装卸",
            ", first: 2",
            "totalCount totalCountIsExact nodes { title { value } }");
    assertThat(best.getInteger("totalCount")).isEqualTo(3_500);
    assertThat(best.getBoolean("totalCountIsExact")).isTrue();
    assertThat(titles(best)).containsExactly("装卸", "装卸作业");

    var byTitle =
        list(
            "resources",
            "装卸",
            ", orderBy: {field: TITLE, direction: DESC}, first: 2",
            "nodes { title { value } }");
    assertThat(titles(byTitle)).containsExactly("装卸作业", "装卸");

    for (int number : new int[] {1, 1700, 3500}) {
      var narrow =
          asking
              .data(
                  "{ resources(filter: {text: \"装卸\", code: {eq: \"many-%d\"}}) { totalCount nodes { code } } }"
                      .formatted(number))
              .getJsonObject("resources");
      assertThat(codes(narrow)).containsExactly("many-" + number);
      assertThat(narrow.getInteger("totalCount")).isEqualTo(1);
    }
    assertThat(suggested("zxzy")).startsWith("装卸作业");
  }

  @Test
  void statements_do_not_grow_with_the_hits() {
    IntStream.range(0, 30).forEach(i -> product(1, "港口吞吐量" + i, ""));
    var query =
        "{ products(filter: {text: \"港口\"}, first: %d) { totalCount edges { score highlights { text } node { title { value } operator { name { value } } } } } }";

    assertThat(asking.statements(query.formatted(1))).isEqualTo(3);
    assertThat(asking.statements(query.formatted(30))).isEqualTo(3);
    assertThat(asking.statements("{ suggest(text: \"港口\") { text } }")).isEqualTo(1);
  }
}
