package dev.fairground.draft;

import static dev.fairground.draft.DraftMarket.content;
import static dev.fairground.draft.DraftMarket.create;
import static dev.fairground.draft.DraftMarket.done;
import static dev.fairground.draft.DraftMarket.institution;
import static dev.fairground.draft.DraftMarket.operator;
import static dev.fairground.draft.DraftMarket.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A draft that somebody may not see is for them as one that there is not. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DraftHidingTest {
  private static final String NONE = "pd_" + "0".repeat(32);

  private final Asking asking;
  private JsonObject drafted = new JsonObject();
  private JsonObject submitted = new JsonObject();

  DraftHidingTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    DraftMarket.into(asking);
    drafted = create(asking, content());
    submitted =
        done(step(operator(asking), "productDraftSubmit", create(asking, content())))
            .getJsonObject("productDraft");
  }

  /** Signed in, with scopes to ask with, but for others. */
  private Map<String, Asking> strangers() {
    var strangers = new LinkedHashMap<String, Asking>();
    strangers.put("another operator", asking.as(Role.OPERATOR, DraftMarket.OTHER_OPERATOR));
    strangers.put(
        "the institution of another authorization",
        asking.as(Role.IMPLEMENTING_INSTITUTION, DraftMarket.OTHER_INSTITUTION));
    strangers.put("an authority of nothing", asking.as(Role.DATA_AUTHORITY, DraftMarket.org(5)));
    return strangers;
  }

  @Test
  void strangers_find_it_by_no_path() {
    strangers()
        .forEach(
            (who, as) -> {
              for (var draft : List.of(drafted, submitted)) {
                nothing(who, as, draft.getString("id"));
              }
            });
  }

  @Test
  void the_public_and_developers_find_it_by_no_path() {
    for (var as : List.of(asking, asking.as(Role.DEVELOPER, DraftMarket.org(5)))) {
      for (var draft : List.of(drafted, submitted)) {
        var id = draft.getString("id");
        same("node", as, "{ node(id: \"%s\") { id __typename } }", id);
        same("nodes", as, "{ nodes(ids: [\"%s\"]) { id } }", id);
      }
      for (var query :
          List.of(
              "{ productDrafts { totalCount } }",
              "{ productDraft(id: \"" + drafted.getString("id") + "\") { id } }",
              "{ organization(code: \"org-1\") { productDrafts { totalCount } } }",
              "{ products { nodes { operator { productDrafts { totalCount } } } } }")) {
        assertThat(as.errors(query).encode())
            .as(query)
            .containsAnyOf("UNAUTHENTICATED", "FORBIDDEN");
      }
    }
  }

  private void nothing(String who, Asking as, String id) {
    same(who, as, "{ node(id: \"%s\") { id __typename } }", id);
    same(who, as, "{ nodes(ids: [\"%s\"]) { id } }", id);
    same(who, as, "{ productDraft(id: \"%s\") { id } }", id);
    var lists =
        as.data(
            """
            { productDrafts(filter: {operator: {eq: "%1$s"}}) { totalCount nodes { id } }
              complete: productDrafts(filter: {not: {isComplete: false}}) { totalCount nodes { id } }
              either: productDrafts(filter: {or: [{isNew: true}, {isNew: false}]}) { totalCount nodes { id } }
              organization(id: "%1$s") { productDrafts { totalCount nodes { id } } products(first: 1) { nodes { operator { productDrafts { totalCount } } } } } }
            """
                .formatted(DraftMarket.id("org", DraftMarket.OPERATOR)));
    assertThat(lists.encode())
        .as(who)
        .doesNotContain(id)
        .doesNotContain("\"totalCount\":1")
        .doesNotContain("\"totalCount\":2");
    for (var mutation :
        List.of(
            "productDraftUpdate",
            "productDraftDiscard",
            "productDraftSubmit",
            "productDraftWithdraw",
            "productDraftReview",
            "productDraftConfirm")) {
      assertThat(change(as, mutation, id))
          .as(who + " " + mutation)
          .isEqualTo(change(as, mutation, NONE));
    }
  }

  private static String change(Asking as, String mutation, String id) {
    var input = new LinkedHashMap<String, Object>();
    input.put("id", id);
    input.put("expectedVersion", 7);
    if (mutation.equals("productDraftReview")) {
      input.put("kind", "SECURITY");
      input.put("passed", true);
    }
    var answer =
        as.answer(
            DraftMarket.mutation(mutation, "productDraft { id }" + DraftMarket.ERRORS),
            Map.of("input", input));
    return answer.encode();
  }

  private static void same(String who, Asking as, String query, String id) {
    assertThat(as.answer(query.formatted(id), Map.of()).encode())
        .as(who)
        .isEqualTo(as.answer(query.formatted(NONE), Map.of()).encode());
  }

  @Test
  void a_publisher_cannot_publish_the_draft_of_another_operator() {
    var other = asking.as(Role.OPERATOR, DraftMarket.OTHER_OPERATOR);
    var answers =
        List.of(submitted.getString("id"), NONE).stream()
            .map(
                id ->
                    DraftMarket.publish(
                            other,
                            "operatorId",
                            DraftMarket.id("org", DraftMarket.OTHER_OPERATOR),
                            "draftIds",
                            List.of(id))
                        .encode())
            .toList();
    assertThat(answers.getFirst()).contains("NOT_FOUND").isEqualTo(answers.getLast());
    assertThat(DraftMarket.codes(DraftMarket.publish(other, "draftIds", List.of(NONE))))
        .containsExactly("FORBIDDEN");
  }

  @Test
  void its_institution_and_authority_see_it_from_its_submission_on() {
    for (var as :
        List.of(institution(asking), asking.as(Role.DATA_AUTHORITY, DraftMarket.AUTHORITY))) {
      same("before", as, "{ node(id: \"%s\") { id } }", drafted.getString("id"));
      assertThat(
              as.data("{ node(id: \"%s\") { id } }".formatted(submitted.getString("id"))).encode())
          .contains(submitted.getString("id"));
      assertThat(as.data("{ productDrafts(first: 100) { nodes { id } } }").encode())
          .contains(submitted.getString("id"))
          .doesNotContain(drafted.getString("id"));
    }
    assertThat(
            asking
                .as(Role.AUDITOR, DraftMarket.org(5))
                .data("{ productDrafts(first: 100) { nodes { id } } }")
                .encode())
        .contains(submitted.getString("id"), drafted.getString("id"));
  }

  @Test
  void credentials_that_only_publish_read_no_drafts() {
    var publisher =
        asking.as(
            new Viewer(
                "token",
                new Viewer.Actor("token", "token", null),
                Rights.of(
                    List.of(new Rights.Membership(DraftMarket.OPERATOR, Role.OPERATOR)),
                    Set.of(Scope.LIST_PUBLISH))));
    same("publisher", publisher, "{ node(id: \"%s\") { id } }", drafted.getString("id"));
    assertThat(publisher.errors("{ productDrafts { totalCount } }").encode())
        .contains("FORBIDDEN", "list:read");
  }

  @Test
  void a_list_of_drafts_costs_the_same_statements_however_long_it_is() {
    for (int i = 0; i < 5; i++) {
      create(asking, content());
    }
    var query =
        """
        { productDrafts(first: %d, orderBy: {field: CODE, direction: ASC}) { totalCount nodes { id code title { value } operator { code }
            authorization { number } product { version } changedFields problems { code } confirmers allowedActions
            reviews { kind } resources { resource { code } } scenarios { scenario { code } } } } }
        """;
    var one = operator(asking).statements(query.formatted(1));
    assertThat(operator(asking).statements(query.formatted(7))).isEqualTo(one);
    assertThat(one).isLessThanOrEqualTo(6);

    var nested =
        "{ organizations(first: %d) { nodes { productDrafts(first: 2) { totalCount nodes { code } } } } }";
    assertThat(operator(asking).statements(nested.formatted(5))).isEqualTo(3);
  }

  @Test
  void the_steps_with_a_product_cost_one_statement_and_the_public_none() {
    var with = "{ products(first: 6) { nodes { code allowedActions } } }";
    assertThat(asking.statements(with)).isEqualTo(1);
    assertThat(operator(asking).statements(with)).isEqualTo(2);
    assertThat(operator(asking).data(with).encode())
        .contains("[\"DRAFT\",\"SUSPEND\",\"DELIST\"]", "[]");
  }
}
