package dev.fairground.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one edition changed against another one. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EditionChangesTest {
  private static final OffsetDateTime START = OffsetDateTime.parse("2024-02-01T00:00:00Z");

  private final DatabaseAddress address;
  private final Asking asking;
  private final List<String> editions = new ArrayList<>();

  EditionChangesTest(DatabaseAddress address, Database database, MeterRegistry statements) {
    this.address = address;
    asking = new Asking(database, statements);
  }

  /**
   * Of p-1 to p-5: 1 gets a title in 2, 2 and 3 go in 2, 4 goes in 2 and is back in 3, 5 comes in
   * 3.
   */
  @BeforeAll
  void publish() throws Exception {
    SmallMarket.into(asking);
    try (var publishing = new Publishing(address)) {
      publishing.products(1, 4);
      var touched = new ArrayList<java.util.UUID>();
      for (int product = 1; product <= 5; product++) {
        touched.add(Publishing.product(product));
      }
      editions.add(publishing.published(START, touched));
      var at = START.plusDays(1);
      publishing.version(Publishing.product(1), "PUBLISHED", "other", at);
      publishing.version(Publishing.product(2), "SUSPENDED", "p-2", at);
      publishing.version(Publishing.product(3), "DELISTED", "p-3", at);
      publishing.version(Publishing.product(4), "SUSPENDED", "p-4", at);
      editions.add(publishing.published(at, touched));
      publishing.products(5, 5);
      publishing.version(Publishing.product(4), "PUBLISHED", "p-4", at.plusDays(1));
      editions.add(publishing.published(at.plusDays(1), touched));
      publishing.commit();
    }
  }

  private List<String> changes(int number, String arguments) {
    var changes =
        asking
            .data(
                """
                { productList(id: "%s") { changes%s { totalCount nodes { kind fields
                    product { code version status } before { version } } } } }
                """
                    .formatted(editions.get(number - 1), arguments))
            .getJsonObject("productList")
            .getJsonObject("changes");
    var told =
        changes.getJsonArray("nodes").stream()
            .map(JsonObject.class::cast)
            .map(
                node -> {
                  var product = node.getJsonObject("product");
                  var before = node.getJsonObject("before");
                  return "%s %s %s->%d %s"
                      .formatted(
                          node.getString("kind"),
                          product.getString("code"),
                          before == null ? "" : before.getInteger("version"),
                          product.getInteger("version"),
                          node.getJsonArray("fields").encode());
                })
            .toList();
    assertThat(changes.getInteger("totalCount")).isEqualTo(told.size());
    return told;
  }

  @Test
  void an_edition_is_compared_with_the_one_before() {
    assertThat(changes(1, ""))
        .containsExactly(
            "ADDED p-1 ->1 []", "ADDED p-2 ->1 []", "ADDED p-3 ->1 []", "ADDED p-4 ->1 []");
    assertThat(changes(2, ""))
        .containsExactly(
            "CHANGED p-1 1->2 [\"title\"]",
            "SUSPENDED p-2 1->2 []",
            "WITHDRAWN p-3 1->2 []",
            "SUSPENDED p-4 1->2 []");
    assertThat(changes(3, "")).containsExactly("ADDED p-4 ->3 []", "ADDED p-5 ->1 []");
  }

  @Test
  void an_edition_is_compared_with_any_other_of_its_list() {
    assertThat(changes(3, since(1)))
        .containsExactly(
            "CHANGED p-1 1->2 [\"title\"]",
            "SUSPENDED p-2 1->2 []",
            "WITHDRAWN p-3 1->2 []",
            "CHANGED p-4 1->3 []",
            "ADDED p-5 ->1 []");
    assertThat(changes(3, since(3))).isEmpty();
    assertThat(changes(1, since(2)))
        .containsExactly(
            "CHANGED p-1 2->1 [\"title\"]",
            "ADDED p-2 ->1 []",
            "ADDED p-3 ->1 []",
            "ADDED p-4 ->1 []");
  }

  private String since(int number) {
    return "(since: \"%s\")".formatted(editions.get(number - 1));
  }

  @Test
  void changes_are_read_page_by_page() {
    var query =
        "{ productList(id: \"%s\") { changes(first: 3%s) { nodes { product { code } } pageInfo { endCursor hasNextPage } } } }";
    var page =
        asking
            .data(query.formatted(editions.get(1), ""))
            .getJsonObject("productList")
            .getJsonObject("changes");
    var cursor = page.getJsonObject("pageInfo").getString("endCursor");

    assertThat(page.encode()).contains("p-1", "p-2", "p-3").doesNotContain("p-4");
    assertThat(
            asking.data(query.formatted(editions.get(1), ", after: \"" + cursor + "\"")).encode())
        .contains("[{\"product\":{\"code\":\"p-4\"}}]", "\"hasNextPage\":false");
  }

  @Test
  void an_edition_of_another_list_or_of_later_is_refused() throws Exception {
    var other = "";
    try (var publishing = new Publishing(address)) {
      other =
          "pl_"
              + publishing
                  .value(
                      "select id from publish_edition('00000000-0000-4000-8000-000000000002', '2024-02-01Z', null, 'l', 'en', null, true)")
                  .replace("-", "");
      publishing.commit();
    }
    var query = "{ productList(id: \"%s\"%s) { changes(since: \"%s\") { totalCount } } }";

    assertThat(asking.errors(query.formatted(editions.get(1), "", other)).encode())
        .contains("BAD_USER_INPUT", "since", "no edition of the same list");
    assertThat(
            asking
                .errors(
                    query.formatted(
                        editions.get(0), ", asOf: \"2024-02-01T12:00:00Z\"", editions.get(1)))
                .encode())
        .contains("no edition of the same list");
  }

  @Test
  void changes_of_many_editions_cost_a_statement_for_each_level() {
    var query =
        """
        { organization(id: "org_00000000000040008000000000000001") { productLists(first: %d) { nodes {
            changes(first: 5) { totalCount nodes { kind fields product { code } before { code } } } } } } }
        """;

    assertThat(asking.statements(query.formatted(3)))
        .isEqualTo(asking.statements(query.formatted(1)));
  }
}
