package dev.fairground.draft;

import static dev.fairground.draft.DraftMarket.codes;
import static dev.fairground.draft.DraftMarket.content;
import static dev.fairground.draft.DraftMarket.create;
import static dev.fairground.draft.DraftMarket.done;
import static dev.fairground.draft.DraftMarket.draftOf;
import static dev.fairground.draft.DraftMarket.errors;
import static dev.fairground.draft.DraftMarket.institution;
import static dev.fairground.draft.DraftMarket.operator;
import static dev.fairground.draft.DraftMarket.publish;
import static dev.fairground.draft.DraftMarket.reviewed;
import static dev.fairground.draft.DraftMarket.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life cycle of an entry: what is allowed is told, and what is told is allowed. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DraftLifeCycleTest {
  private static final List<String> STATES =
      List.of("DRAFT", "UNDER_REVIEW", "RETURNED", "REVIEWED", "FILED");

  private static final Map<String, String> MUTATIONS =
      new LinkedHashMap<>(
          Map.of(
              "UPDATE", "productDraftUpdate",
              "DISCARD", "productDraftDiscard",
              "SUBMIT", "productDraftSubmit",
              "WITHDRAW", "productDraftWithdraw",
              "REVIEW", "productDraftReview",
              "CONFIRM", "productDraftConfirm"));

  private final Asking asking;

  DraftLifeCycleTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    DraftMarket.into(asking);
    DraftMarket.consent(asking, "BOTH");
  }

  private Map<String, Asking> roles() {
    var roles = new LinkedHashMap<String, Asking>();
    roles.put("operator", operator(asking));
    roles.put("institution", institution(asking));
    roles.put("authority", asking.as(Role.DATA_AUTHORITY, DraftMarket.AUTHORITY));
    roles.put("auditor", asking.as(Role.AUDITOR, DraftMarket.org(5)));
    roles.put("other operator", asking.as(Role.OPERATOR, DraftMarket.OTHER_OPERATOR));
    roles.put(
        "other institution",
        asking.as(Role.IMPLEMENTING_INSTITUTION, DraftMarket.OTHER_INSTITUTION));
    roles.put("developer", asking.as(Role.DEVELOPER, DraftMarket.org(5)));
    return roles;
  }

  /** A new draft in that state. */
  private JsonObject in(String state) {
    var draft = create(asking, content());
    if (state.equals("DRAFT")) {
      return draft;
    }
    if (state.equals("REVIEWED") || state.equals("FILED")) {
      var now = reviewed(asking, draft);
      if (state.equals("FILED")) {
        now = confirmed(institution(asking), now);
        now = confirmed(asking.as(Role.DATA_AUTHORITY, DraftMarket.AUTHORITY), now);
      }
      return now;
    }
    var submitted =
        done(step(operator(asking), "productDraftSubmit", draft)).getJsonObject("productDraft");
    return state.equals("UNDER_REVIEW")
        ? submitted
        : done(step(
                institution(asking),
                "productDraftReview",
                submitted,
                "kind",
                "SECURITY",
                "passed",
                false,
                "reasons",
                "a gap"))
            .getJsonObject("productDraft");
  }

  private static JsonObject confirmed(Asking as, JsonObject draft) {
    return done(step(as, "productDraftConfirm", draft)).getJsonObject("productDraft");
  }

  @TestFactory
  Stream<DynamicTest> whoever_asks_in_whichever_state_what_is_told_is_what_is_accepted() {
    var tests = new ArrayList<DynamicTest>();
    for (var state : STATES) {
      roles()
          .forEach(
              (role, as) ->
                  tests.add(DynamicTest.dynamicTest(state + " " + role, () -> law(state, as))));
    }
    return tests.stream();
  }

  private void law(String state, Asking as) {
    var draft = in(state);
    assertThat(draft.getString("status")).isEqualTo(state);
    var told = told(as, draft);
    for (var action : MUTATIONS.entrySet()) {
      assertThat(accepts(as, action.getKey(), draft))
          .as(action.getKey() + " beside " + told)
          .isEqualTo(told.contains(action.getKey()));
    }
    assertThat(accepts(as, "PUBLISH", draft)).as("PUBLISH").isEqualTo(told.contains("PUBLISH"));
  }

  private static List<?> told(Asking as, JsonObject draft) {
    var answer =
        as.answer(
            "{ productDraft(id: \"%s\") { allowedActions } }".formatted(draft.getString("id")),
            Map.of());
    if (answer.containsKey("errors")) {
      assertThat(answer.encode()).contains("FORBIDDEN");
      return List.of();
    }
    var found = answer.getJsonObject("data").getJsonObject("productDraft");
    return found == null ? List.of() : found.getJsonArray("allowedActions").getList();
  }

  /** On trial, so that the draft stays as it is. */
  private static boolean accepts(Asking as, String action, JsonObject draft) {
    var input = new LinkedHashMap<String, Object>();
    input.put("validateOnly", true);
    String mutation;
    if (action.equals("PUBLISH")) {
      mutation = "productListPublish";
      input.put("operatorId", DraftMarket.id("org", DraftMarket.OPERATOR));
      input.put("draftIds", List.of(draft.getString("id")));
      input.put("idempotencyKey", DraftMarket.key());
    } else {
      mutation = java.util.Objects.requireNonNull(MUTATIONS.get(action));
      input.put("id", draft.getString("id"));
      input.put("expectedVersion", draft.getInteger("version"));
      if (action.equals("REVIEW")) {
        input.put("kind", "SECURITY");
        input.put("passed", true);
      }
    }
    var answer =
        as.answer(
            DraftMarket.mutation(mutation, "userErrors { code message path }"),
            Map.of("input", input));
    if (answer.containsKey("errors")) {
      assertThat(answer.encode()).contains("FORBIDDEN");
      return false;
    }
    var payload = answer.getJsonObject("data").getJsonObject(mutation);
    assertThat(codes(payload)).as(action).isSubsetOf("NOT_FOUND", "FORBIDDEN", "STATE_TRANSITION");
    return codes(payload).isEmpty();
  }

  /** Products 1 to 3 of operator 2, each in another state. */
  @TestFactory
  Stream<DynamicTest> with_a_product_what_is_told_is_what_is_accepted() {
    var owner = asking.as(Role.OPERATOR, DraftMarket.OTHER_OPERATOR);
    var products =
        Map.of(
            "PUBLISHED", "dp_0000000000004000b000000000000021",
            "SUSPENDED", "dp_0000000000004000b000000000000022",
            "DELISTED", "sc_0000000000004000b000000000000023");
    take(owner, "productSuspend", products.get("SUSPENDED"), 2, false);
    take(owner, "productDelist", products.get("DELISTED"), 2, false);
    var roles = new LinkedHashMap<>(roles());
    roles.put("owner", owner);
    roles.put("public", asking);
    var tests = new ArrayList<DynamicTest>();
    products.forEach(
        (state, product) ->
            roles.forEach(
                (role, as) ->
                    tests.add(
                        DynamicTest.dynamicTest(
                            state + " " + role, () -> productLaw(state, product, as)))));
    return tests.stream();
  }

  private void productLaw(String state, String product, Asking as) {
    var read =
        as.data("{ product(id: \"%s\") { status version allowedActions } }".formatted(product))
            .getJsonObject("product");
    assertThat(read.getString("status")).isEqualTo(state);
    var told = read.getJsonArray("allowedActions").getList();
    for (var action : List.of("SUSPEND", "RESUME", "DELIST")) {
      var mutation =
          "product" + action.charAt(0) + action.substring(1).toLowerCase(java.util.Locale.ROOT);
      assertThat(take(as, mutation, product, read.getInteger("version"), true))
          .as(action + " beside " + told)
          .isEqualTo(told.contains(action));
    }
    var drafted =
        as.answer(
            DraftMarket.mutation("productDraftCreate", "userErrors { code message path }"),
            Map.of(
                "input",
                Map.of(
                    "productId",
                    product,
                    "idempotencyKey",
                    DraftMarket.key(),
                    "validateOnly",
                    true)));
    assertThat(accepted(drafted, "productDraftCreate"))
        .as("DRAFT")
        .isEqualTo(told.contains("DRAFT"));
  }

  private static boolean take(
      Asking as,
      String mutation,
      @org.jspecify.annotations.Nullable String product,
      int version,
      boolean onTrial) {
    var input = new LinkedHashMap<String, Object>();
    input.put("id", product);
    input.put("expectedVersion", version);
    input.put("reason", "a reason");
    input.put("validateOnly", onTrial);
    return accepted(
        as.answer(
            DraftMarket.mutation(mutation, "userErrors { code message path }"),
            Map.of("input", input)),
        mutation);
  }

  private static boolean accepted(JsonObject answer, String mutation) {
    if (answer.containsKey("errors")) {
      assertThat(answer.encode()).containsAnyOf("FORBIDDEN", "UNAUTHENTICATED");
      return false;
    }
    var codes = codes(answer.getJsonObject("data").getJsonObject(mutation));
    assertThat(codes).isSubsetOf("FORBIDDEN", "STATE_TRANSITION");
    return codes.isEmpty();
  }

  @Test
  void a_failed_review_needs_reasons_and_returns_the_draft_with_them() {
    var draft = in("UNDER_REVIEW");
    var silent =
        step(institution(asking), "productDraftReview", draft, "kind", "SECURITY", "passed", false);
    assertThat(codes(silent)).containsExactly("REASON_REQUIRED");

    var returned = in("RETURNED");
    assertThat(
            operator(asking)
                .data(
                    "{ productDraft(id: \"%s\") { reviews { kind passed reasons by } } }"
                        .formatted(returned.getString("id")))
                .encode())
        .contains("\"passed\":false,\"reasons\":\"a gap\",\"by\":\"implementing_institution\"");
    var again =
        done(step(operator(asking), "productDraftSubmit", returned)).getJsonObject("productDraft");
    assertThat(again.getString("status")).isEqualTo("UNDER_REVIEW");
  }

  @Test
  void where_the_jurisdiction_wants_confirmations_a_reviewed_draft_waits_for_all_of_them() {
    var draft = in("REVIEWED");
    var refused = publish(operator(asking), "draftIds", List.of(draft.getString("id")));
    assertThat(errors(refused).encode()).contains("confirmed");
    var half = confirmed(institution(asking), draft);
    assertThat(half.getString("status")).isEqualTo("REVIEWED");
    assertThat(codes(step(institution(asking), "productDraftConfirm", half)))
        .containsExactly("STATE_TRANSITION");
    var filed = confirmed(asking.as(Role.DATA_AUTHORITY, DraftMarket.AUTHORITY), half);
    assertThat(filed.getString("status")).isEqualTo("FILED");
    assertThat(
            operator(asking)
                .data(
                    "{ productDraft(id: \"%s\") { confirmers confirmations { confirmer by } } }"
                        .formatted(filed.getString("id")))
                .encode())
        .contains("[\"INSTITUTION\",\"AUTHORITY\"]", "\"by\":\"data_authority\"");
    done(publish(operator(asking), "draftIds", List.of(filed.getString("id"))));
  }

  @Test
  void an_update_changes_what_is_given_and_clears_what_is_null() {
    var draft = create(asking, content());
    var cleared = new LinkedHashMap<String, Object>();
    cleared.put("field", "weather");
    cleared.put("form", null);
    var updated = done(step(operator(asking), "productDraftUpdate", draft, "content", cleared));
    assertThat(updated.getJsonObject("productDraft").getInteger("version")).isEqualTo(2);
    assertThat(codes(step(operator(asking), "productDraftUpdate", draft, "content", cleared)))
        .containsExactly("VERSION_CONFLICT");
    assertThat(
            operator(asking)
                .data(
                    "{ productDraft(id: \"%s\") { field form purposeClass title { value } problems { code path } } }"
                        .formatted(draft.getString("id")))
                .encode())
        .contains(
            "\"field\":\"weather\",\"form\":null,\"purposeClass\":\"INDUSTRY\"",
            "[{\"code\":\"REQUIRED\",\"path\":[\"form\"]}]");
  }

  @Test
  void what_has_not_the_form_it_must_have_is_told_all_of_it() {
    var draft = create(asking, content());
    var bad = new LinkedHashMap<String, Object>();
    bad.put(
        "title",
        List.of(
            Map.of("locale", "zh", "value", "x".repeat(501)),
            Map.of("locale", "zh", "value", "y")));
    bad.put("grade", "CORE");
    bad.put("startsOn", "2026-02-01");
    bad.put("endsOn", "2026-01-31");
    bad.put("capacity", "much");
    bad.put("leadTimeWorkingDays", -1);
    bad.put("sectorCode", "none");
    bad.put("authorization", DraftMarket.GRANT_OF_OTHER);
    bad.put("resources", List.of(Map.of("resource", "res_" + "0".repeat(32))));
    var refused = step(operator(asking), "productDraftUpdate", draft, "content", bad);

    assertThat(
            errors(refused).stream()
                .map(
                    error ->
                        String.join(
                            ".",
                            ((JsonObject) error)
                                .getJsonArray("path").stream().map(String::valueOf).toList())))
        .contains(
            "input.content.title.0.value",
            "input.content.title.1.locale",
            "input.content.grade",
            "input.content.endsOn",
            "input.content.capacity",
            "input.content.leadTimeWorkingDays",
            "input.content.sectorCode",
            "input.content.authorization",
            "input.content.resources.0.resource");
  }

  @Test
  void an_operator_drafts_each_product_and_each_code_once() {
    var first = create(asking, Map.of());
    var code =
        operator(asking)
            .data("{ productDraft(id: \"%s\") { code } }".formatted(first.getString("id")))
            .getJsonObject("productDraft")
            .getString("code");
    for (var taken : List.of(code, "prod-1")) {
      assertThat(
              codes(
                  operator(asking)
                      .mutate(
                          DraftMarket.mutation("productDraftCreate", DraftMarket.DRAFT),
                          Map.of(
                              "operatorId",
                              DraftMarket.id("org", DraftMarket.OPERATOR),
                              "code",
                              taken,
                              "kind",
                              "DATA_PRODUCT",
                              "idempotencyKey",
                              DraftMarket.key()))))
          .containsExactly("ALREADY_EXISTS");
    }
    var second = create(asking, Map.of());
    assertThat(codes(step(operator(asking), "productDraftUpdate", second, "code", code)))
        .containsExactly("ALREADY_EXISTS");
    draftOf(asking, "dp_0000000000004000b000000000000012", Map.of());
    assertThat(
            codes(
                operator(asking)
                    .mutate(
                        DraftMarket.mutation("productDraftCreate", DraftMarket.DRAFT),
                        Map.of(
                            "productId",
                            "dp_0000000000004000b000000000000012",
                            "idempotencyKey",
                            DraftMarket.key()))))
        .containsExactly("ALREADY_EXISTS");
  }

  @Test
  void an_operator_has_at_most_a_hundred_thousand_drafts() {
    for (int part = 0; part < 10; part++) {
      asking.change(
          """
          insert into product_draft (operator_id, id, product_id, kind, code, content, created_at, created_by, updated_at, updated_by)
          select $1, gen_random_uuid(), gen_random_uuid(), 'DATA_PRODUCT', 'many-' || $2::text || '-' || n, '{}', now(), 'test', now(), 'test'
            from generate_series(1, 10000) as n
          """,
          DraftMarket.OTHER_OPERATOR,
          String.valueOf(part));
    }
    var full =
        asking
            .as(Role.OPERATOR, DraftMarket.OTHER_OPERATOR)
            .mutate(
                DraftMarket.mutation("productDraftCreate", DraftMarket.DRAFT),
                Map.of(
                    "operatorId",
                    DraftMarket.id("org", DraftMarket.OTHER_OPERATOR),
                    "code",
                    "one more",
                    "kind",
                    "DATA_PRODUCT",
                    "idempotencyKey",
                    DraftMarket.key()));
    assertThat(codes(full)).containsExactly("QUOTA");
    asking.change("delete from product_draft where operator_id = $1", DraftMarket.OTHER_OPERATOR);
  }

  @Test
  void a_service_capability_starts_with_its_published_content() {
    var draft =
        draftOf(asking, "sc_0000000000004000b000000000000013", Map.of("capacity", "40 cores"));
    assertThat(
            operator(asking)
                .data(
                    "{ productDraft(id: \"%s\") { kind code capabilityKind capacity changedFields authorization { number } resources { resource { code } } product { __typename } } }"
                        .formatted(draft.getString("id")))
                .encode())
        .contains(
            "SERVICE_CAPABILITY",
            "\"code\":\"prod-3\"",
            "ADVISORY",
            "\"changedFields\":[\"capacity\"]",
            "grant-1",
            "res-1",
            "ServiceCapability");
  }
}
