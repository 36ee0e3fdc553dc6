package dev.fairground.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.kernel.BadInput;
import dev.fairground.kernel.Page;
import dev.fairground.kernel.Page.Count;
import dev.fairground.kernel.Text;
import dev.fairground.kernel.Viewer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan gives the answers that the engine gives, and sends a batch for each level only. */
class PlanTest {
  private static final String SCHEMA =
      """
      type Query {
        node(id: ID!): Node
        nodes(ids: [ID!]!): [Node]!
        book(number: Int!, asOf: DateTime): Book
        books(first: Int, last: Int, after: String, before: String): BookConnection! @cost(multiplyBy: ["first", "last"])
        things: [Thing!]!
      }
      interface Node { id: ID! }
      interface Thing { title(locale: Locale): LocalizedText! }
      scalar DateTime
      scalar Date
      scalar Decimal
      scalar Locale
      scalar URI
      directive @cost(weight: Int! = 1, multiplyBy: [String!]) on FIELD_DEFINITION
      type LocalizedText { value: String! locale: Locale! isFallback: Boolean! }
      type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
      type BookConnection { edges: [BookEdge!]! nodes: [Book!]! pageInfo: PageInfo! totalCount: Int! totalCountIsExact: Boolean! }
      type BookEdge { cursor: String! node: Book! }
      type Book implements Node & Thing {
        id: ID! number: Int! title(locale: Locale): LocalizedText! price: Decimal! publishedOn: Date
        tags: [String!]! shownAt: DateTime! author: Author pages(first: Int): [Leaf!]! broken(fail: Boolean!): Int promised: Int!
      }
      type Author implements Node & Thing { id: ID! title(locale: Locale): LocalizedText! books(first: Int = 2): [Book!]! shownAt: DateTime! }
      type Leaf { number: Int! book: Book! }
      """;

  record Book(
      UUID id,
      int number,
      Text title,
      BigDecimal price,
      @Nullable LocalDate publishedOn,
      List<String> tags,
      OffsetDateTime shownAt,
      @Nullable UUID authorId) {}

  record Author(UUID id, Text title, OffsetDateTime shownAt) {}

  record Leaf(int number, int bookNumber) {}

  private static UUID uuid(int n) {
    return new UUID(7, n);
  }

  private static Book book(int number, Instant shown) {
    return new Book(
        uuid(number),
        number,
        new Text("书" + number, "zh", Map.of("en", "book " + number)),
        new BigDecimal(number).movePointLeft(4),
        number % 2 == 0 ? null : LocalDate.of(2026, 1, number),
        List.of("a", "b"),
        shown.atOffset(java.time.ZoneOffset.UTC),
        number == 5 ? null : uuid(100 + number % 3));
  }

  private final List<String> batches = new ArrayList<>();
  private final Engine engine =
      new Engine(
          Schema.of(SCHEMA, wiring()),
          Limits.defaults(),
          InstantSource.fixed(Instant.parse("2026-01-02T03:04:05.123456Z")),
          new SimpleMeterRegistry());

  @AfterEach
  void close() {
    engine.close();
  }

  private Wiring wiring() {
    var wiring = new Wiring();
    Loader<UUID, Loader.None, Author> authors =
        new Loader<>(
            "authors",
            (reading, none, keys) ->
                noted(
                    "authors",
                    keys,
                    id ->
                        new Author(
                            id,
                            Text.of("作者" + id.getLeastSignificantBits(), "zh"),
                            reading.moment().at().atOffset(java.time.ZoneOffset.UTC))));
    Loader<UUID, Loader.None, Book> books =
        new Loader<>(
            "books",
            (reading, none, keys) ->
                noted(
                    "books",
                    keys,
                    id ->
                        id.getLeastSignificantBits() > 50
                            ? null
                            : book((int) id.getLeastSignificantBits(), reading.moment().at())));
    Loader<UUID, Integer, List<Book>> byAuthor =
        new Loader<>(
            "byAuthor",
            (reading, first, keys) ->
                noted(
                    "byAuthor",
                    keys,
                    id ->
                        IntStream.rangeClosed(1, 9)
                            .mapToObj(n -> book(n, reading.moment().at()))
                            .filter(book -> id.equals(book.authorId()))
                            .limit(first)
                            .toList()));
    Loader<Object, Loader.None, Count> counts =
        new Loader<>(
            "counts", (reading, none, keys) -> noted("counts", keys, key -> new Count(9, true)));
    wiring.type(Text.LocalizedText.class);
    wiring
        .type(Book.class)
        .identified("book", Book::id, books)
        .localized("title", Book::title)
        .loaded("author", authors, Book::authorId)
        .computed(
            "pages",
            (book, arguments) -> {
              var first = arguments.integer("first");
              return IntStream.range(0, first == null ? 1 : first)
                  .mapToObj(n -> new Leaf(n, book.number() % 9 + 1))
                  .toList();
            })
        .computed(
            "broken",
            (book, arguments) -> {
              if (Boolean.TRUE.equals(arguments.bool("fail")) && book.number() == 2) {
                throw new BadInput("fail", "you asked for it");
              }
              return book.number();
            })
        .computed("promised", book -> book.number() == 3 ? null : book.number());
    wiring
        .type(Author.class)
        .identified("author", Author::id, authors)
        .localized("title", Author::title)
        .loaded(
            "books",
            byAuthor,
            Author::id,
            arguments -> java.util.Objects.requireNonNull(arguments.integer("first")));
    wiring.type(Leaf.class).loaded("book", books, leaf -> uuid(leaf.bookNumber()));
    wiring.connection("Book", counts);
    wiring
        .query()
        .answered(
            "node",
            (reading, arguments) ->
                wiring
                    .nodes(reading, "id", List.of(String.valueOf(arguments.string("id"))))
                    .map(List::getFirst))
        .answered(
            "nodes", (reading, arguments) -> wiring.nodes(reading, "ids", arguments.strings("ids")))
        .answered(
            "book",
            (reading, arguments) ->
                Future.succeededFuture(
                    book(
                        java.util.Objects.requireNonNull(arguments.integer("number")),
                        reading.moment().at())))
        .answered(
            "books",
            (reading, arguments) -> {
              var page = arguments.page();
              return Future.succeededFuture(
                  new Page<>(
                      IntStream.rangeClosed(1, Math.min(9, page.size()))
                          .mapToObj(n -> book(n, reading.moment().at()))
                          .toList(),
                      page.size() < 9,
                      false,
                      (Book book) -> List.of(Integer.toString(book.number())),
                      page.seal(),
                      "all",
                      book -> null));
            })
        .answered(
            "things",
            (reading, arguments) ->
                Future.succeededFuture(
                    List.of(
                        book(1, reading.moment().at()),
                        new Author(uuid(101), Text.of("谁", "zh"), OffsetDateTime.MIN),
                        book(2, reading.moment().at()))));
    return wiring;
  }

  private <K, V> Future<Map<K, V>> noted(
      String name, Collection<K> keys, java.util.function.Function<K, @Nullable V> answer) {
    batches.add(name + " " + keys.size());
    var found = new HashMap<K, V>();
    keys.forEach(
        key -> {
          var value = answer.apply(key);
          if (value != null) {
            found.put(key, value);
          }
        });
    return Future.succeededFuture(found);
  }

  private static Operation operation(String query, Map<String, Object> variables) {
    return new Operation(
        query,
        null,
        variables,
        Map.of(),
        List.of(),
        false,
        Viewer.anonymous("test"),
        "r1",
        Long.MAX_VALUE,
        new Cancellation());
  }

  private static Answer await(Future<Answer> answer)
      throws InterruptedException, ExecutionException {
    return answer.toCompletionStage().toCompletableFuture().get();
  }

  private String planned(String query, Map<String, Object> variables) throws Exception {
    return await(engine.execute(operation(query, variables))).body().toString();
  }

  private String byEngine(String query) throws Exception {
    return await(engine.executeOnEngine(operation(query, Map.of()))).body().toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ __typename }",
        "{ book(number: 3) { id number price publishedOn tags shownAt } }",
        "{ book(number: 2) { title { value locale isFallback } en: title(locale: \"en\") { value } fr: title(locale: \"fr\") { value isFallback } } }",
        "{ books(first: 9) { nodes { number author { title { value } books { number author { id } } } } } }",
        "{ books(first: 2) { edges { cursor node { number } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount totalCountIsExact } }",
        "{ books(first: 0) { nodes { number } pageInfo { startCursor } } }",
        "{ things { __typename title { value } ... on Book { number author { id } } ... on Author { books(first: 1) { number } } } }",
        "{ a: book(number: 1, asOf: \"2020-01-01T00:00:00Z\") { shownAt author { shownAt books { shownAt } } } b: book(number: 1) { author { shownAt } } }",
        "{ book(number: 4) { pages(first: 3) { number book { number author { title { value } } } } } }",
        "{ node(id: \"book_00000000000000070000000000000003\") { __typename id ... on Book { number author { id } } } }",
        "{ nodes(ids: [\"book_00000000000000070000000000000003\", \"book_00000000000000070000000000000063\", \"author_00000000000000070000000000000066\"]) { id ... on Author { title { value } } } }",
        "query { ...F ...F } fragment F on Query { books(first: 1) { nodes { ...G } } } fragment G on Book { number again: number author { ... on Author { id } } }",
        "{ books(first: 3) { nodes { number broken(fail: true) } } }",
        "{ books(first: 4) { nodes { promised } } }",
        "{ nodes(ids: [\"nonsense\"]) { id } }",
        "{ books(first: 1, after: \"AAAA\") { nodes { number } } }"
      })
  void a_plan_and_the_engine_give_the_same_answer(String query) throws Exception {
    assertThat(planned(query, Map.of())).isEqualTo(byEngine(query));
  }

  @Test
  void skipped_fields_are_planned_by_the_values_of_their_conditions() throws Exception {
    var query =
        "query ($with: Boolean!) { book(number: 1) { number author @include(if: $with) { id } } }";

    assertThat(planned(query, Map.of("with", true))).contains("author");
    assertThat(planned(query, Map.of("with", false))).doesNotContain("author");
    assertThat(planned(query, Map.of("with", true))).contains("author");
  }

  @Test
  void variables_reach_arguments_of_a_cached_plan() throws Exception {
    var query =
        "query ($n: Int!, $first: Int) { book(number: $n) { number pages(first: $first) { number } } }";

    assertThat(planned(query, Map.of("n", 1, "first", 2)))
        .contains("\"number\":1,\"pages\":[{\"number\":0},{\"number\":1}]");
    assertThat(planned(query, Map.of("n", 7))).contains("\"number\":7,\"pages\":[{\"number\":0}]");
  }

  @Test
  void a_level_is_one_batch_for_each_loader_and_its_arguments() throws Exception {
    planned(
        "{ books(first: 9) { totalCount totalCountIsExact nodes { author { id books { author { id } } few: books(first: 1) { number } } } } }",
        Map.of());

    assertThat(batches.stream().collect(Collectors.joining(", ")))
        .isEqualTo("counts 1, authors 3, byAuthor 3, byAuthor 3, authors 3");
  }

  @Test
  void a_field_that_fails_leaves_its_neighbours_and_names_its_place() throws Exception {
    var answer = planned("{ books(first: 3) { nodes { number broken(fail: true) } } }", Map.of());

    assertThat(answer)
        .contains("\"path\":[\"books\",\"nodes\",1,\"broken\"]")
        .contains("\"code\":\"BAD_USER_INPUT\"")
        .contains("{\"number\":3,\"broken\":3}");
  }

  @Test
  void a_cursor_of_another_list_is_refused_by_name() throws Exception {
    var foreign = Cursors.write(Cursors.seal("Query.other", "{}"), List.of("1"));

    assertThat(planned("{ books(after: \"" + foreign + "\") { nodes { number } } }", Map.of()))
        .contains("Argument after: this cursor was handed out for another list, filter or order");
  }
}
