package dev.fairground.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.execution.CoercedVariables;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a document may be before anything of it runs. */
class DocumentChecksTest {
  private static final String SCHEMA =
      """
      directive @cost(weight: Int! = 1, multiplyBy: [String!]) on FIELD_DEFINITION
      type Query {
        self: Query
        things(first: Int, last: Int): Things! @cost(weight: 1, multiplyBy: ["first", "last"])
        picked(ids: [ID!]!): [Query]! @cost(weight: 1, multiplyBy: ["ids"])
        few: [Query!]!
        heavy: Int @cost(weight: 7)
        int(of: Int, text: String, id: ID, float: Float, among: [Int!]): Int
      }
      type Things { nodes: [Query!]! edges: [Edge!]! total: Int }
      type Edge { node: Query! }
      """;

  private static DocumentChecks checks(Map<String, Integer> set) {
    return new DocumentChecks(
        new SchemaGenerator()
            .makeExecutableSchema(new SchemaParser().parse(SCHEMA), RuntimeWiring.MOCKED_WIRING),
        limits(set));
  }

  private static Limits limits(Map<String, Integer> set) {
    return Limits.read((name, standard, least, most) -> set.getOrDefault(name, standard));
  }

  private static Prepared prepare(String document, Map<String, Integer> set) {
    // In the order of the engine.
    SourceScan.checkCharacters(document, limits(set).anonymousDocuments());
    return checks(set).prepare(document, "", false);
  }

  private static Prepared prepare(String document) {
    return prepare(document, Map.of());
  }

  private static Fault refusal(String document, Map<String, Integer> set) {
    try {
      prepare(document, set);
    } catch (Refusal refusal) {
      return refusal.faults().getFirst();
    }
    throw new AssertionError("not refused: " + document);
  }

  private static String each(int times, IntFunction<String> part) {
    return IntStream.range(0, times).mapToObj(part).collect(Collectors.joining(" "));
  }

  private static String nested(int depth) {
    return depth == 1 ? "{ __typename }" : "{ self " + nested(depth - 1) + " }";
  }

  private static String ofType(int depth) {
    return depth == 0 ? "name" : "ofType { " + ofType(depth - 1) + " }";
  }

  /** A document that is as large as the number says, by one measure. */
  private record Case(String limit, ErrorCode code, int value, IntFunction<String> document) {}

  private static Case of(String limit, int value, IntFunction<String> document) {
    return new Case(limit, ErrorCode.DOCUMENT_LIMIT_EXCEEDED, value, document);
  }

  static Stream<Arguments> measures() {
    return Stream.of(
            of("characters", 30, n -> "{ __typename }" + "#".repeat(n - 14)),
            of("tokens", 6, n -> "{ " + "__typename ".repeat(n - 2) + "}"),
            of("ignoredCharacters", 9, n -> "{__typename}" + " ".repeat(n)),
            of("byteOrderMarks", 3, n -> "\uFEFF".repeat(n) + "{ __typename }"),
            new Case("nesting", ErrorCode.DEPTH_LIMIT_EXCEEDED, 4, DocumentChecksTest::nested),
            of("numberLength", 5, n -> "{ int(of: " + "1".repeat(n) + ") }"),
            of("exponentDigits", 2, n -> "{ int(float: 1e" + "1".repeat(n) + ") }"),
            of("nameLength", 12, n -> "{ " + "a".repeat(n) + ": __typename }"),
            of("definitions", 3, n -> each(n, i -> "query q" + i + " { __typename }")),
            of(
                "fragments",
                3,
                n ->
                    each(n, i -> "fragment f" + i + " on Query { __typename }")
                        + " { "
                        + each(n, i -> "...f" + i)
                        + " }"),
            of(
                "variables",
                2,
                n ->
                    "query("
                        + each(n, i -> "$v" + i + ": Int")
                        + ") { "
                        + each(n, i -> "v" + i + ": int(of: $v" + i + ")")
                        + " }"),
            new Case(
                "aliases",
                ErrorCode.ALIAS_LIMIT_EXCEEDED,
                3,
                n -> "{ self { " + each(n, i -> "a" + i + ": __typename") + " } }"),
            of("rootFields", 3, n -> "{ " + each(n, i -> "a" + i + ": __typename") + " }"),
            of(
                "directives",
                3,
                n -> "{ " + each(n, i -> "a" + i + ": __typename @skip(if: false)") + " }"),
            of(
                "directivesPerPlace",
                2,
                n ->
                    "query q { __typename "
                        + (n == 2
                            ? "@skip(if: false) @include(if: true)"
                            : "@skip(if: false) ".repeat(n))
                        + " }"),
            new Case("depth", ErrorCode.DEPTH_LIMIT_EXCEEDED, 4, DocumentChecksTest::nested),
            new Case(
                "introspectionDepth",
                ErrorCode.INTROSPECTION_LIMIT_EXCEEDED,
                5,
                n -> "{ __type(name: \"Query\") { " + ofType(n - 2) + " } }"),
            of(
                "fields",
                7,
                n ->
                    "{ self { ...f ...f "
                        + (n % 2 == 0 ? "z: __typename" : "")
                        + " } } fragment f on Query { "
                        + each((n - 1) / 2, i -> "a" + i + ": __typename")
                        + " }"))
        .map(measure -> Arguments.of(measure.limit, measure));
  }

  private static String setting(String limit) {
    return "FAIRGROUND_DOCUMENT_"
        + limit.replaceAll("([A-Z])", "_$1").toUpperCase(java.util.Locale.ROOT);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("measures")
  void as_large_as_was_set_is_taken_and_larger_is_refused_by_name(String limit, Case measure) {
    var set = Map.of(setting(limit), measure.value);

    assertThat(prepare(measure.document.apply(measure.value), set).operations()).isNotEmpty();
    var fault = refusal(measure.document.apply(measure.value + 1), set);
    assertThat(fault.code()).isEqualTo(measure.code);
    assertThat(fault.facts()).containsEntry("limit", limit).containsEntry("maximum", measure.value);
  }

  @Test
  void the_numbers_are_those_that_were_promised_and_twice_that_for_signed_in_callers() {
    var documents = Limits.defaults().anonymousDocuments();
    var limits = Limits.defaults();

    assertThat(documents)
        .isEqualTo(
            new DocumentLimits(
                32_000, 2_000, 20_000, 8, 60, 200, 64, 3, 128, 50, 40, 100, 30, 20, 50, 5, 12, 20,
                500, 5_000));
    assertThat(limits.signedInDocuments().tokens()).isEqualTo(4_000);
    assertThat(limits.signedInDocuments().cost()).isEqualTo(10_000);
    assertThat(limits.pages()).isEqualTo(new PageLimits(100, 20, 5, 200));
    assertThat(limits.input()).isEqualTo(new InputLimits(250, 128, 10_000, 400, 1_000));
    assertThat(limits.batch()).isEqualTo(500);
    assertThat(limits.errors()).isEqualTo(20);
  }

  @Test
  void a_signed_in_caller_may_send_twice_as_much() {
    var aliases = "{ self { " + each(60, i -> "a" + i + ": __typename") + " } }";

    assertThat(checks(Map.of()).prepare(aliases, "", true).signedIn()).isTrue();
    assertThat(refusal(aliases, Map.of()).code()).isEqualTo(ErrorCode.ALIAS_LIMIT_EXCEEDED);
  }

  static Stream<String> attacks() {
    return Stream.of(
        each(500, i -> "fragment f" + i + " on Query { ...f" + (i + 1) + " }") + " { ...f0 }",
        "\uFEFF".repeat(31_000) + "{ __typename }",
        "{ int(of: " + "1".repeat(31_000) + ") }",
        "{ int(float: 1e999999999) }",
        "{".repeat(31_000),
        "{ int(among: " + "[".repeat(15_000) + "]".repeat(15_000) + ") }",
        "{ __typename " + "@skip(if: false) ".repeat(1_500) + "}",
        "{ " + "a: __typename ".repeat(1_900 / 3) + "}",
        each(39, i -> "fragment f" + i + " on Query { ...f" + (i + 1) + " ...f" + (i + 1) + " }")
            + " fragment f39 on Query { __typename } { ...f0 }",
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
        "{ a: __schema { description } b: __schema { description } }",
        "\"" + "x".repeat(31_000),
        "#".repeat(31_000),
        ",".repeat(31_000));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void an_attack_is_refused_in_less_than_a_tenth_of_a_second(String document) {
    var checks = checks(Map.of());
    assertThatThrownBy(() -> checks.prepare("{", "", false)).isInstanceOf(Refusal.class);

    // The quickest of some: other tests run beside this one.
    var taken = Duration.ofDays(1);
    for (int i = 0; i < 5 && taken.toMillis() >= 100; i++) {
      var begun = System.nanoTime();
      assertThatThrownBy(() -> checks.prepare(document, "", false)).isInstanceOf(Refusal.class);
      var once = Duration.ofNanos(System.nanoTime() - begun);
      taken = once.compareTo(taken) < 0 ? once : taken;
    }
    assertThat(taken).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void the_longest_chain_of_fragments_that_is_taken_is_validated_quickly() {
    var chain =
        each(39, i -> "fragment f" + i + " on Query { ...f" + (i + 1) + " }")
            + " fragment f39 on Query { __typename } { ...f0 }";
    var checks = checks(Map.of());
    checks.prepare("{ __typename }", "", false);

    var begun = System.nanoTime();
    assertThat(checks.prepare(chain, "", false).operations()).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(500));
  }

  @Test
  void fragments_in_a_circle_are_named() {
    assertThat(
            refusal("{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }", Map.of())
                .message())
        .contains("cycle");
  }

  @Test
  void of_many_errors_twenty_are_told_and_none_names_a_class() {
    var document = "{ self { " + each(300, i -> "x" + i) + " } }";
    var checks = checks(Map.of());

    assertThatThrownBy(() -> checks.prepare(document, "", false))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.faults()).hasSize(20);
              assertThat(refusal.faults().toString())
                  .doesNotContain("graphql.", "GraphQL", "Exception");
            });
  }

  private static int cost(String document, Map<String, Object> variables) {
    return prepare(document)
        .operations()
        .getFirst()
        .cost()
        .points(CoercedVariables.of(variables), Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ __typename }|1",
        "{ heavy }|7",
        "{ a: heavy b: heavy }|14",
        "{ self { heavy } }|8",
        "{ things(first: 3) { total } }|1",
        "{ things(first: 3) { nodes { heavy } } }|25",
        "{ things(last: 3) { nodes { heavy } } }|25",
        "{ things { nodes { heavy } } }|161",
        "{ things(first: null) { nodes { heavy } } }|161",
        "{ things(first: 0) { nodes { heavy } } }|1",
        "{ things(first: 2) { nodes { things(first: 3) { nodes { heavy } } } } }|53",
        "{ things(first: 2) { nodes { heavy } edges { node { heavy } } } }|35",
        "{ picked(ids: [1, 2, 3]) { heavy } }|25",
        "{ few { heavy } }|40",
        "{ things(first: 2) { ...f } } fragment f on Things { nodes { ...g } } fragment g on Query { heavy }|17",
        "{ things(first: 2) { nodes { heavy @skip(if: true) } } }|3",
        "{ __type(name: \"Query\") { name } }|200",
      })
  void cost_multiplies_down_the_tree(String document, int points) {
    assertThat(cost(document, Map.of())).isEqualTo(points);
  }

  @Test
  void cost_reads_sizes_and_conditions_from_variables() {
    var document =
        "query($n: Int = 4, $heavy: Boolean! = true) { things(first: $n) { nodes { heavy @include(if: $heavy) } } }";

    assertThat(cost(document, Map.of("n", 100, "heavy", true))).isEqualTo(801);
    assertThat(cost(document, Map.of("n", 100, "heavy", false))).isEqualTo(101);
    assertThat(cost("query($n: Int) { things(first: $n) { nodes { heavy } } }", Map.of()))
        .isEqualTo(161);
  }

  @Test
  void what_is_too_dear_is_refused_with_the_way_to_the_dearest_part() {
    var cost =
        prepare(
                "{ things(first: 100) { nodes { things(first: 100) { nodes { self { heavy } } } } } }")
            .operations()
            .getFirst()
            .cost();

    assertThatThrownBy(() -> cost.points(CoercedVariables.emptyVariables(), 5_000))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.COST_LIMIT_EXCEEDED);
              assertThat(refusal.facts())
                  .containsEntry("maximum", 5_000)
                  .containsEntry("dearest", "things.nodes.things.nodes.self.heavy");
            });
  }

  @ParameterizedTest
  @CsvSource({"first: -1", "first: 101", "last: 101", "'first: 1, last: 1'"})
  void a_page_size_out_of_range_is_refused_before_anything_runs(String size) {
    assertThatThrownBy(() -> cost("{ things(" + size + ") { total } }", Map.of()))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_USER_INPUT);
              assertThat(refusal.faults().getFirst().path()).containsExactly("things");
              assertThat(refusal.faults().getFirst().places()).hasSize(1);
            });
  }
}
