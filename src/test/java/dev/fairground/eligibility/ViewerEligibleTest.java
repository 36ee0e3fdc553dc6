package dev.fairground.eligibility;

import static dev.fairground.eligibility.EligibilityMarket.product;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The filter {@code viewerEligible}: what it finds is what reports say. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewerEligibleTest {
  private static final String EVERY = "status: [PUBLISHED, SUSPENDED, DELISTED]";
  private static final int MARKETS = 4;
  private static final int PRODUCTS = 80;

  private final Asking asking;
  private final List<UUID> applicants = new ArrayList<>();

  ViewerEligibleTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements).at(EligibilityMarket.NOW);
  }

  @BeforeAll
  void market() {
    EligibilityMarket.into(asking);
    for (int seed = 1; seed <= MARKETS; seed++) {
      RandomMarket.into(asking, seed, EligibilityMarket.org(1 + seed % 2), PRODUCTS);
    }
    applicants.addAll(RandomMarket.applicants(asking, 99, 14));
    RandomMarket.misuse(asking, applicants.getFirst());
    asking.change("analyze");
  }

  private static JsonObject products(Asking who, String arguments, String fields) {
    return who.data("{ products(%s) { %s } }".formatted(arguments, fields))
        .getJsonObject("products");
  }

  /** All pages of a list, one after the other. */
  private static List<JsonObject> all(Asking who, String arguments, int size, String fields) {
    var rows = new ArrayList<JsonObject>();
    @Nullable String after = null;
    do {
      var page =
          products(
              who,
              arguments + ", first: " + size + (after == null ? "" : ", after: \"" + after + "\""),
              "nodes { id " + fields + " } pageInfo { hasNextPage endCursor }");
      page.getJsonArray("nodes").forEach(node -> rows.add((JsonObject) node));
      var info = page.getJsonObject("pageInfo");
      after = info.getBoolean("hasNextPage") ? info.getString("endCursor") : null;
    } while (after != null);
    return rows;
  }

  private static TreeSet<String> ids(List<JsonObject> rows) {
    var ids = new TreeSet<String>();
    rows.forEach(row -> assertThat(ids.add(row.getString("id"))).isTrue());
    return ids;
  }

  /** What reports say of every product, and what the filter finds. */
  private void holds(Asking who, @Nullable String purpose, String more) {
    var ask = purpose == null ? "" : "(ask: {purpose: %s})".formatted(purpose);
    var viewer = purpose == null ? "" : ", viewerPurpose: " + purpose;
    var reported = new TreeMap<String, Boolean>();
    all(
            who,
            "filter: {%s}%s".formatted(EVERY, more),
            50,
            "eligibility%s { eligible }".formatted(ask))
        .forEach(
            row ->
                reported.put(
                    row.getString("id"), row.getJsonObject("eligibility").getBoolean("eligible")));
    var yes = new TreeSet<String>();
    var no = new TreeSet<String>();
    reported.forEach((id, eligible) -> (eligible ? yes : no).add(id));

    assertThat(
            ids(
                all(
                    who,
                    "filter: {%s, viewerEligible: true%s}%s".formatted(EVERY, viewer, more),
                    17,
                    "")))
        .as("eligible for %s, purpose %s%s", who.viewer().key(), purpose, more)
        .isEqualTo(yes);
    assertThat(
            ids(
                all(
                    who,
                    "filter: {%s, viewerEligible: false%s}%s".formatted(EVERY, viewer, more),
                    50,
                    "")))
        .as("not eligible for %s, purpose %s%s", who.viewer().key(), purpose, more)
        .isEqualTo(no);
    assertThat(yes).isNotEmpty();
    assertThat(no).isNotEmpty();
  }

  @Test
  void the_filter_finds_exactly_what_nothing_stands_against_in_the_reports() {
    for (var who : everybody()) {
      holds(who, null, "");
      holds(who, "INDUSTRY", "");
      holds(who, "PUBLIC_WELFARE", "");
    }
  }

  private List<Asking> everybody() {
    var everybody = new ArrayList<Asking>(List.of(asking));
    applicants.forEach(applicant -> everybody.add(asking.as(Role.DEVELOPER, applicant)));
    return everybody;
  }

  @Test
  void on_other_days_too() {
    for (int days = -2; days <= 3; days++) {
      var then = asking.at(EligibilityMarket.NOW.plus(Duration.ofDays(days)));
      holds(then, null, "");
      holds(then.as(Role.DEVELOPER, applicants.get(3)), "INDUSTRY", "");
    }
  }

  @Test
  void as_of_a_past_moment_too() {
    for (var moment :
        List.of("2026-01-15T00:00:00Z", "2026-02-27T20:00:00Z", "2026-03-01T11:00:00Z")) {
      holds(asking, null, ", asOf: \"%s\"".formatted(moment));
      holds(
          asking.as(Role.DEVELOPER, applicants.get(5)),
          "INDUSTRY",
          ", asOf: \"%s\"".formatted(moment));
    }
  }

  @Test
  void it_costs_exactly_one_statement_more_whatever_else_is_asked() {
    var who = asking.as(Role.DEVELOPER, applicants.get(1));
    var query =
        "{ products(filter: {%s}, first: 20) { nodes { id } totalCount facets(keys: [OPERATOR, PURPOSE_CLASS]) { key buckets { value count } } } }";
    var one = "{ products(filter: {%s}, first: 20) { nodes { id } } }";
    for (var text : List.of(query, one)) {
      var without = who.statements(text.formatted("kind: [DATA_PRODUCT]"));
      var with = who.statements(text.formatted("kind: [DATA_PRODUCT], viewerEligible: true"));
      var often =
          who.statements(
              text.formatted(
                  "kind: [DATA_PRODUCT], or: [{viewerEligible: true}, {not: {viewerEligible: false, viewerPurpose: INDUSTRY}}]"));
      assertThat(with).isEqualTo(without + 1);
      assertThat(often).isEqualTo(without + 1);
    }
    var nested =
        "{ organizations(first: 5) { nodes { products(filter: {%s}) { nodes { id } totalCount } } } }";
    assertThat(who.statements(nested.formatted("viewerEligible: true")))
        .isEqualTo(who.statements(nested.formatted("demonstration: true")) + 1);
  }

  @Test
  void counts_and_facets_are_those_of_the_filtered_list() {
    var who = asking.as(Role.DEVELOPER, applicants.get(2));
    var rows = all(who, "filter: {viewerEligible: true}", 100, "purposeClass");
    var list =
        products(
            who,
            "filter: {viewerEligible: true}, first: 1",
            "totalCount facets(keys: [PURPOSE_CLASS]) { buckets { value count } }");
    var counted = new TreeMap<String, Integer>();
    rows.forEach(row -> counted.merge(row.getString("purposeClass"), 1, Integer::sum));
    var facets = new TreeMap<String, Integer>();
    list.getJsonArray("facets")
        .getJsonObject(0)
        .getJsonArray("buckets")
        .forEach(
            bucket ->
                facets.put(
                    ((JsonObject) bucket).getString("value"),
                    ((JsonObject) bucket).getInteger("count")));

    assertThat(list.getInteger("totalCount")).isEqualTo(rows.size());
    assertThat(facets).isEqualTo(counted);
  }

  @Test
  void with_a_text_it_narrows_what_the_text_finds() {
    var who = asking.as(Role.DEVELOPER, applicants.get(2));
    var found = ids(all(who, "filter: {text: \"p\"}", 100, ""));
    var both = ids(all(who, "filter: {text: \"p\", viewerEligible: true}", 100, ""));
    var eligible = ids(all(who, "filter: {viewerEligible: true}", 100, ""));

    eligible.retainAll(found);
    assertThat(both).isEqualTo(eligible).isNotEmpty();
  }

  private static JsonArray errors(Asking who, String filter) {
    return who.errors("{ products(filter: {%s}) { nodes { id } } }".formatted(filter));
  }

  @Test
  void what_cannot_be_asked_is_told_with_its_place() {
    var who = asking.as(Role.DEVELOPER, applicants.getFirst());
    var other = EligibilityMarket.id(applicants.get(1));

    assertThat(errors(who, "viewerPurpose: INDUSTRY").encode())
        .contains("BAD_USER_INPUT")
        .contains("filter.viewerPurpose");
    assertThat(
            errors(who, "viewerEligible: true, viewerApplicant: \"%s\"".formatted(other)).encode())
        .contains("BAD_USER_INPUT")
        .contains("filter.viewerApplicant");
    assertThat(
            errors(asking, "viewerEligible: true, viewerApplicant: \"%s\"".formatted(other))
                .encode())
        .contains("filter.viewerApplicant");
    assertThat(
            errors(who, "viewerEligible: true, viewerApplicant: \"%s\"".formatted(product(11)))
                .encode())
        .contains("BAD_USER_INPUT");
  }

  @Test
  void who_has_several_organizations_has_to_say_for_which() {
    var both =
        asking.as(
            new Viewer(
                "both",
                new Viewer.Actor("both", "both", null),
                Rights.of(
                    List.of(
                        new Rights.Membership(applicants.get(1), Role.DEVELOPER),
                        new Rights.Membership(applicants.get(4), Role.DEVELOPER)),
                    null)));

    assertThat(errors(both, "viewerEligible: true").encode()).contains("viewerApplicant");
    for (var applicant : List.of(applicants.get(1), applicants.get(4))) {
      assertThat(
              ids(
                  all(
                      both,
                      "filter: {viewerEligible: true, viewerApplicant: \"%s\"}"
                          .formatted(EligibilityMarket.id(applicant)),
                      100,
                      "")))
          .isEqualTo(
              ids(
                  all(
                      asking.as(Role.DEVELOPER, applicant),
                      "filter: {viewerEligible: true}",
                      100,
                      "")));
    }
  }

  @Test
  void a_product_that_cannot_be_had_is_in_the_list_all_the_same() {
    var who = asking.as(Role.DEVELOPER, applicants.get(2));
    var rows = all(who, "filter: {demonstration: true}", 100, "eligibility { eligible }");

    assertThat(rows)
        .anyMatch(row -> !row.getJsonObject("eligibility").getBoolean("eligible"))
        .anyMatch(row -> row.getJsonObject("eligibility").getBoolean("eligible"));
    assertThat(who.told("{ products(filter: {viewerEligible: false}) { totalCount } }", Map.of()))
        .isNotNull();
  }
}
