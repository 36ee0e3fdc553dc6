package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.graphql.Limits;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a caller sends fails in the database, and each fault is told with its place. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000009";
  private static final String FACETS =
      "facets(keys: [OPERATOR, SECTOR, REGION, FIELD, PURPOSE_CLASS, FORM, DELIVERY, KIND]) { key }";

  private final Database database;
  private final MeterRegistry statements;
  private final Asking asking;

  BadInputTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.statements = statements;
    asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    SmallMarket.into(asking);
  }

  private static void assertRefused(JsonObject answer, String code) {
    assertThat(answer.encode())
        .contains("\"code\":\"" + code + "\"", "\"requestId\"")
        .doesNotContain("INTERNAL_SERVER_ERROR", "Exception", "java", "could not be parsed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "999999-01-01",
        "+999999-01-01",
        "+5874898-01-01",
        "+999999999-12-31",
        "-5000-01-01",
        "-999999999-01-01",
        "0000-01-01",
        "10000-01-01",
        "2026-02-30",
        "2026-1-1",
        "2026-01-01T00:00:00Z",
        "",
      })
  void a_day_that_no_calendar_of_ours_has_is_refused(String day) {
    var literal = "{ registrations(filter: {codedOn: {from: \"%s\"}}) { totalCount } }";
    var variable =
        "query($day: Date) { rules(on: $day) { name } registrations(filter: {codedOn: {to: $day}}) { totalCount } }";

    assertRefused(asking.answer(literal.formatted(day), Map.of()), "GRAPHQL_VALIDATION_FAILED");
    assertRefused(asking.answer(variable, Map.of("day", day)), "BAD_USER_INPUT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01", "1900-02-28", "2024-02-29", "9999-12-31"})
  void a_day_of_four_digits_is_read(String day) {
    assertThat(
            asking.data(
                "{ rules(on: \"%s\") { name } priceCeilings(filter: {inForceOn: \"%s\"}) { totalCount } }"
                    .formatted(day, day)))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "999999-01-01T00:00:00Z",
        "-5000-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "2026-01-01",
        "2026-01-01T00:00:00",
      })
  void a_moment_that_no_calendar_of_ours_has_is_refused(String moment) {
    assertRefused(
        asking.answer(
            "query($at: DateTime) { products(asOf: $at) { totalCount } }", Map.of("at", moment)),
        "BAD_USER_INPUT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0001-01-01T00:00:00+18:00", "1900-01-01T00:00:00Z", "9999-12-31T23:59:59-18:00"})
  void a_moment_far_away_is_read(String moment) {
    assertThat(
            asking.data(
                """
                { products(asOf: "%1$s") { totalCount nodes { tariffs { ceiling { id } } registrations { totalCount } changes { totalCount } } }
                  organizations(asOf: "%1$s") { totalCount nodes { roles { role } } }
                  jurisdictions(asOf: "%1$s") { nodes { rules { name } } }
                  productLists(asOf: "%1$s") { totalCount } codeEntries(list: "REGION", asOf: "%1$s") { totalCount } }
                """
                    .formatted(moment)))
        .isNotNull();
  }

  private byte[] cursor(String list) {
    var page = asking.data("{ products(first: 1, %s) { pageInfo { endCursor } } }".formatted(list));
    return Base64.getUrlDecoder()
        .decode(page.getJsonObject("products").getJsonObject("pageInfo").getString("endCursor"));
  }

  /** A cursor under the seal of a true one, with values that were never in the list. */
  private String forged(String list, String... values) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(cursor(list), 0, 8);
    for (var value : values) {
      var text = value.getBytes(StandardCharsets.UTF_8);
      bytes.write(text.length >> 8);
      bytes.write(text.length);
      bytes.writeBytes(text);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({
    "+999999-01-01T00:00Z," + NOBODY,
    "-0001-01-01T00:00Z," + NOBODY,
    "2026-01-01T00:00:00Z," + NOBODY,
    "2026-01-01T00:00Z,1-1-1-1-1",
    "2026-01-01T00:00Z,x",
    "x," + NOBODY,
  })
  void a_cursor_that_was_not_written_here_is_refused(String published, String id) {
    var order = "orderBy: {field: PUBLISHED_AT, direction: DESC}";
    var query = "{ products(%s, after: \"%s\") { nodes { id } } }";

    assertThat(asking.data(query.formatted(order, forged(order, "2026-01-01T00:00Z", NOBODY))))
        .isNotNull();
    assertRefused(
        asking.answer(query.formatted(order, forged(order, published, id)), Map.of()),
        "BAD_USER_INPUT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\u0001"})
  void a_cursor_with_text_that_no_table_holds_is_refused(String title) {
    var order = "orderBy: {field: TITLE, direction: ASC}";

    assertRefused(
        asking.answer(
            "{ products(%s, before: \"%s\") { nodes { id } } }"
                .formatted(order, forged(order, title, NOBODY)),
            Map.of()),
        "BAD_USER_INPUT");
  }

  @Test
  void the_cursor_of_the_longest_title_is_taken_back() {
    asking.change(
        "insert into data_resource (id, code, created_at) values ($1, 'long', '2024-01-01Z')",
        java.util.UUID.fromString(NOBODY));
    asking.change(
        """
        insert into data_resource_version (resource_id, version, valid_from, valid_to, code, title, locale, origin, formats, keywords, source, demonstration)
        values ($1, 1, '2024-01-01Z', 'infinity', 'long', repeat('𠮷', 1000), 'zh', 'UNKNOWN', '{}', '{}', 'a test', true)
        """,
        java.util.UUID.fromString(NOBODY));
    var last = "{ resources(last: 1) { nodes { code } pageInfo { endCursor } } }";
    var cursor =
        asking
            .data(last)
            .getJsonObject("resources")
            .getJsonObject("pageInfo")
            .getString("endCursor");

    assertThat(asking.data(last).encode()).contains("\"code\":\"long\"");
    assertThat(
            asking
                .data("{ resources(last: 1, before: \"%s\") { nodes { code } } }".formatted(cursor))
                .encode())
        .contains("\"code\":")
        .doesNotContain("long");
  }

  private static Map<String, Object> alternatives(int depth, int each) {
    return depth == 0
        ? Map.of("code", Map.of("eq", "x"), "title", Map.of("eq", "x"))
        : Map.of("or", Collections.nCopies(each, alternatives(depth - 1, each)));
  }

  @Test
  void a_filter_of_thousands_of_conditions_is_refused_and_one_of_hundreds_is_read() {
    var query =
        "query($filter: ProductFilter) { products(filter: $filter) { totalCount %s } }"
            .formatted(FACETS);

    assertThat(asking.answer(query, Map.of("filter", alternatives(2, 12))).encode())
        .doesNotContain("errors");
    var refused = asking.answer(query, Map.of("filter", alternatives(3, 20)));
    assertRefused(refused, "BAD_USER_INPUT");
    assertThat(refused.encode()).contains("\"argument\":\"filter\"", "at most 1000 values");
  }

  @Test
  void a_variable_used_many_times_counts_each_time() {
    var refused =
        asking.answer(
            "query($f: ProductFilter!) { products(filter: {or: [%s]}) { totalCount } }"
                .formatted("$f ".repeat(20)),
            Map.of("f", alternatives(1, 20)));

    assertRefused(refused, "BAD_USER_INPUT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{title: {in: []}}",
        "{kind: []}",
        "{delivery: []}",
        "{or: []}",
        "{operator: {in: []}}"
      })
  void an_empty_list_of_alternatives_finds_nothing(String filter) {
    assertThat(asking.data("{ products(filter: %s) { totalCount } }".formatted(filter)).encode())
        .contains("\"totalCount\":0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{and: []}", "{title: {}}", "{or: [{}]}", "{title: {in: null}}"})
  void a_filter_without_conditions_finds_all(String filter) {
    assertThat(asking.data("{ products(filter: %s) { totalCount } }".formatted(filter)))
        .isEqualTo(asking.data("{ products { totalCount } }"));
  }

  @Test
  void a_list_of_250_values_is_read_and_of_251_is_not() {
    var query = "query($in: [String!]) { products(filter: {title: {in: $in}}) { totalCount } }";
    var literal = "{ products(filter: {title: {in: [%s]}}) { totalCount } }";

    assertThat(asking.answer(query, Map.of("in", Collections.nCopies(250, "x"))).encode())
        .doesNotContain("errors");
    assertRefused(
        asking.answer(query, Map.of("in", Collections.nCopies(251, "x"))), "BAD_USER_INPUT");
    assertRefused(
        asking.answer(literal.formatted("\"x\" ".repeat(251)), Map.of()), "BAD_USER_INPUT");
  }

  @Test
  void an_id_of_128_characters_is_judged_as_an_id_and_a_text_of_10_000_as_a_text() {
    var query =
        "query($id: ID!, $title: String) { node(id: $id) { id } products(filter: {title: {eq: $title}}) { totalCount } }";

    assertThat(
            asking
                .answer(query, Map.of("id", "a".repeat(128), "title", "x".repeat(10_000)))
                .encode())
        .contains("this is not an id of this server");
    assertThat(asking.answer(query, Map.of("id", "a".repeat(129))).encode())
        .contains("Variable $id is longer than 128 characters");
    assertThat(asking.answer(query, Map.of("id", "a", "title", "x".repeat(10_001))).encode())
        .contains("Variable $title is longer than 10000 characters");
  }

  @Test
  void of_thousands_of_faults_twenty_are_told_and_no_more_are_looked_for() {
    var query = "query($f: ProductFilter) { products(filter: $f) { totalCount } }";
    var unknown = new HashMap<String, Object>();
    for (int i = 0; i < 15_000; i++) {
      unknown.put("cod" + i, 1);
    }
    asking.answer(query, Map.of("f", unknown));

    // The quickest of some: other tests run beside this one.
    var taken = Duration.ofDays(1);
    for (int i = 0; i < 8; i++) {
      var begun = System.nanoTime();
      var refused = asking.answer(query, Map.of("f", unknown));
      var once = Duration.ofNanos(System.nanoTime() - begun);
      taken = once.compareTo(taken) < 0 ? once : taken;
      assertRefused(refused, "BAD_USER_INPUT");
      assertThat(refused.getJsonArray("errors")).hasSize(20);
    }
    assertThat(taken).isLessThan(Duration.ofMillis(60));
  }

  @Test
  void an_id_is_text_or_an_integer_and_never_an_object() {
    for (var value : List.<Object>of(Map.of("a", 1), List.of("a"), true, 1.5)) {
      var refused = asking.answer("query($id: ID!) { node(id: $id) { id } }", Map.of("id", value));

      assertRefused(refused, "BAD_USER_INPUT");
      assertThat(refused.encode()).contains("Variable $id must be an id", "\"variable\":\"id\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000", "\\u0008", "\\u001b", "\\u007f", "\\u0085", "\\u009f"})
  void a_literal_holds_no_control_character_either(String escape) {
    var refused =
        asking.answer(
            "{ products(filter: {title: {eq: \"a%s\"}}) { totalCount } }".formatted(escape),
            Map.of());

    assertRefused(refused, "BAD_USER_INPUT");
    assertThat(refused.encode()).contains("'title', field 'eq'", "at index 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "_", "\\", "'", "a & b | !c", ":*", " "})
  void words_and_beginnings_are_literal(String text) {
    var found =
        asking.answer(
            """
            query($text: String) { words: products(filter: {text: $text}) { totalCount }
              begun: products(filter: {title: {startsWith: $text}}) { totalCount } }
            """,
            Map.of("text", text));

    assertThat(found.getJsonObject("data").encode())
        .isEqualTo("{\"words\":{\"totalCount\":0},\"begun\":{\"totalCount\":0}}");
  }

  @Test
  void the_sizes_of_pages_and_values_are_those_that_were_set() {
    var set =
        Map.of(
            "FAIRGROUND_PAGE_DEFAULT", 2, "FAIRGROUND_PAGE_MOST", 3, "FAIRGROUND_INPUT_VALUES", 10);
    var other =
        new Asking(
            database,
            statements,
            Limits.read((name, standard, least, most) -> set.getOrDefault(name, standard)));

    assertThat(
            other
                .data("{ products { nodes { id } } }")
                .getJsonObject("products")
                .getJsonArray("nodes"))
        .hasSize(2);
    assertThat(
            other
                .data("{ products(last: 3) { nodes { id } } }")
                .getJsonObject("products")
                .getJsonArray("nodes"))
        .hasSize(3);
    assertThat(other.errors("{ products(first: 4) { nodes { id } } }").encode())
        .contains("it must be between 0 and 3");
    assertThat(
            other
                .errors(
                    "{ products(filter: {title: {in: [%s]}}) { totalCount } }"
                        .formatted("\"x\" ".repeat(9)))
                .encode())
        .contains("at most 10 values");
  }

  @Test
  void a_batch_is_no_larger_than_was_set() {
    var set = new HashMap<>(Map.of("FAIRGROUND_LOADER_BATCH", 2));
    var other =
        new Asking(
            database,
            statements,
            Limits.read((name, standard, least, most) -> set.getOrDefault(name, standard)));
    var query = "{ products(first: 5) { nodes { tariffs { id } } } }";

    assertThat(asking.statements(query)).isEqualTo(2);
    assertThat(other.statements(query)).isEqualTo(4);
    assertThat(other.data(query)).isEqualTo(asking.data(query));
  }
}
