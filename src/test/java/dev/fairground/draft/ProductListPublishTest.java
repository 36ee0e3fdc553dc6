package dev.fairground.draft;

import static dev.fairground.draft.DraftMarket.codes;
import static dev.fairground.draft.DraftMarket.content;
import static dev.fairground.draft.DraftMarket.create;
import static dev.fairground.draft.DraftMarket.done;
import static dev.fairground.draft.DraftMarket.draftOf;
import static dev.fairground.draft.DraftMarket.errors;
import static dev.fairground.draft.DraftMarket.key;
import static dev.fairground.draft.DraftMarket.operator;
import static dev.fairground.draft.DraftMarket.publish;
import static dev.fairground.draft.DraftMarket.reviewed;
import static dev.fairground.draft.DraftMarket.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a draft to an edition. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductListPublishTest {
  private static final String LIST_OF_ONE =
      "{ organization(code: \"org-1\") { currentList { number listingCount digest } products(first: 100) { totalCount } } }";

  private final Database database;
  private final Asking asking;

  ProductListPublishTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    DraftMarket.into(asking);
  }

  private int number() {
    return asking
        .data(LIST_OF_ONE)
        .getJsonObject("organization")
        .getJsonObject("currentList")
        .getInteger("number");
  }

  @Test
  void a_reviewed_draft_becomes_a_product_of_the_next_edition() {
    var before = number();
    var content = content();
    content.put(
        "title",
        List.of(
            Map.of("locale", "zh", "value", "风雨查询"),
            Map.of("locale", "en", "value", "Wind and rain")));
    content.put("summary", List.of(Map.of("locale", "zh", "value", "说明")));
    content.put(
        "resources",
        List.of(
            Map.of("resource", DraftMarket.PARTLY, "dataItems", List.of("wind")),
            Map.of("resource", DraftMarket.WHOLE)));
    content.put("deliveries", List.of("API", "FILE"));
    content.put("dataUpdatedOn", "2026-01-31");
    content.put("personalInformation", false);
    content.put("startsOn", "2026-01-01");
    var draft = reviewed(asking, create(asking, content));
    var published = done(publish(operator(asking), "draftIds", List.of(draft.getString("id"))));

    assertThat(published.getJsonObject("productList").getInteger("number")).isEqualTo(before + 1);
    assertThat(published.getJsonArray("changes").encode()).contains("ADDED", "风雨查询");
    var product = published.getJsonArray("changes").getJsonObject(0).getString("productId");
    assertThat(
            asking
                .data(
                    "{ product(id: \"%s\") { version status title(locale: \"en\") { value } summary { value } deliveries dataUpdatedOn personalInformation term { startsOn endsOn } tier allowedActions resources { nodes { dataItems resource { code } } } scenarios { nodes { allowed scenario { code } } } listings { nodes { list { number } } } } }"
                        .formatted(product))
                .encode())
        .contains(
            "\"version\":1",
            "\"PUBLISHED\"",
            "\"Wind and rain\"",
            "\"说明\"",
            "[\"API\",\"FILE\"]",
            "\"2026-01-31\"",
            "\"personalInformation\":false",
            "{\"startsOn\":\"2026-01-01\",\"endsOn\":null}",
            "\"tier\":\"BASE\"",
            "\"allowedActions\":[]",
            "{\"dataItems\":null,\"resource\":{\"code\":\"res-1\"}},{\"dataItems\":[\"wind\"],\"resource\":{\"code\":\"res-2\"}}",
            "{\"allowed\":true,\"scenario\":{\"code\":\"sce-1\"}}");
    assertThat(
            operator(asking)
                .data("{ productDraft(id: \"%s\") { id } }".formatted(draft.getString("id")))
                .getValue("productDraft"))
        .isNull();
    assertThat(
            operator(asking)
                .data("{ product(id: \"%s\") { allowedActions } }".formatted(product))
                .encode())
        .contains("[\"DRAFT\",\"SUSPEND\",\"DELIST\"]");
  }

  @Test
  void a_change_within_its_scope_is_published_without_reviews_and_one_of_its_scope_is_not() {
    var product = "dp_0000000000004000b000000000000011";
    var draft =
        draftOf(asking, product, Map.of("title", List.of(Map.of("locale", "zh", "value", "新名"))));
    assertThat(draft.getJsonArray("allowedActions")).contains("PUBLISH");
    var told =
        operator(asking)
            .data(
                "{ productDraft(id: \"%s\") { changedFields problems { message } product { version } baseVersion } }"
                    .formatted(draft.getString("id")));
    assertThat(told.encode()).contains("\"changedFields\":[\"title\"]", "\"problems\":[]");
    var published = done(publish(operator(asking), "draftIds", List.of(draft.getString("id"))));
    assertThat(published.getJsonArray("changes").encode())
        .contains("\"kind\":\"CHANGED\"", "\"fields\":[\"title\"]");

    var wider = draftOf(asking, product, Map.of("purposeClass", "PUBLIC_WELFARE"));
    assertThat(wider.getJsonArray("allowedActions")).doesNotContain("PUBLISH").contains("SUBMIT");
    var refused = publish(operator(asking), "draftIds", List.of(wider.getString("id")));
    assertThat(codes(refused)).containsExactly("STATE_TRANSITION");
    assertThat(errors(refused).getJsonObject(0).getJsonArray("path").getList())
        .isEqualTo(List.of("input", "draftIds", "0"));
    done(publish(operator(asking), "draftIds", List.of(reviewed(asking, wider).getString("id"))));
    assertThat(
            asking
                .data("{ product(id: \"%s\") { purposeClass title { value } } }".formatted(product))
                .encode())
        .contains("PUBLIC_WELFARE", "新名");
  }

  @Test
  void all_failures_of_all_drafts_are_told_at_once_each_at_its_place() {
    var narrow = content();
    narrow.put(
        "resources",
        List.of(
            Map.of("resource", DraftMarket.WHOLE),
            Map.of("resource", DraftMarket.PARTLY, "dataItems", List.of("wind", "snow")),
            Map.of("resource", DraftMarket.OUTSIDE)));
    narrow.put("scenarios", List.of(Map.of("scenario", DraftMarket.PROHIBITED)));
    narrow.put("endsOn", "2100-01-01");
    narrow.put("startsOn", "2026-01-01");
    narrow.remove("form");
    var draft = create(asking, narrow);
    var refused = step(operator(asking), "productDraftSubmit", draft);

    assertThat(codes(refused))
        .containsExactly(
            "REQUIRED", "OUTSIDE_SCOPE", "OUTSIDE_SCOPE", "OUTSIDE_SCOPE", "OUTSIDE_SCOPE");
    assertThat(errors(refused).encode())
        .contains(
            "[\"input\",\"id\",\"form\"]",
            "[\"input\",\"id\",\"resources\",\"1\"]",
            "[\"input\",\"id\",\"resources\",\"2\"]",
            "[\"input\",\"id\",\"scenarios\",\"0\"]",
            "[\"input\",\"id\",\"endsOn\"]",
            "{\"id\":\"" + DraftMarket.OUTSIDE + "\"}",
            "{\"id\":\"" + DraftMarket.PROHIBITED + "\"}",
            "\"authorization\":{\"number\":\"grant-1\"}");
    assertThat(
            operator(asking)
                .data(
                    "{ productDraft(id: \"%s\") { problems { path } } }"
                        .formatted(draft.getString("id")))
                .encode())
        .contains("[\"resources\",\"2\"]", "[\"endsOn\"]");

    var ready = reviewed(asking, create(asking, content()));
    var both =
        publish(
            operator(asking),
            "draftIds",
            List.of(draft.getString("id"), ready.getString("id"), "pd_" + "0".repeat(32)));
    assertThat(codes(both)).containsExactly("STATE_TRANSITION", "NOT_FOUND");
    assertThat(errors(both).getJsonObject(1).getJsonArray("path").getString(2)).isEqualTo("2");
    assertThat(both.getValue("productList")).isNull();
  }

  @Test
  void a_trial_shows_what_would_change_and_leaves_nothing() {
    var draft = reviewed(asking, create(asking, content()));
    var before = asking.data(LIST_OF_ONE);
    var outbox = count("event_outbox");
    var trial =
        done(
            publish(
                operator(asking),
                "draftIds",
                List.of(draft.getString("id")),
                "validateOnly",
                true,
                "idempotencyKey",
                "trial"));

    assertThat(trial.getValue("productList")).isNull();
    assertThat(trial.getInteger("changeCount")).isEqualTo(1);
    assertThat(trial.getJsonArray("changes").encode()).contains("ADDED");
    assertThat(asking.data(LIST_OF_ONE)).isEqualTo(before);
    assertThat(count("event_outbox")).isEqualTo(outbox);
    assertThat(count("idempotency_key where key = 'trial'")).isZero();
    done(
        publish(
            operator(asking),
            "draftIds",
            List.of(draft.getString("id")),
            "idempotencyKey",
            "trial"));
  }

  @Test
  void the_same_call_again_answers_with_the_same_edition() {
    var draft = reviewed(asking, create(asking, content()));
    var key = key();
    var first =
        done(
            publish(
                operator(asking),
                "draftIds",
                List.of(draft.getString("id")),
                "idempotencyKey",
                key));
    var again =
        done(
            publish(
                operator(asking),
                "draftIds",
                List.of(draft.getString("id")),
                "idempotencyKey",
                key));

    assertThat(again).isEqualTo(first);
  }

  @Test
  void a_publisher_who_expects_another_edition_is_told_the_newest() {
    var draft = reviewed(asking, create(asking, content()));
    var number = number();
    var refused =
        publish(
            operator(asking),
            "draftIds",
            List.of(draft.getString("id")),
            "expectedNumber",
            number - 1);

    assertThat(codes(refused)).containsExactly("VERSION_CONFLICT");
    assertThat(errors(refused).getJsonObject(0).getInteger("currentVersion")).isEqualTo(number);
    done(
        publish(
            operator(asking),
            "draftIds",
            List.of(draft.getString("id")),
            "expectedNumber",
            number));
  }

  @Test
  void without_ids_all_that_nothing_stands_against_is_published() {
    var ready = reviewed(asking, create(asking, content()));
    var unfinished = create(asking, Map.of());
    done(publish(operator(asking)));

    assertThat(
            operator(asking)
                .data(
                    "{ nodes(ids: [\"%s\", \"%s\"]) { id } }"
                        .formatted(ready.getString("id"), unfinished.getString("id")))
                .getJsonArray("nodes")
                .encode())
        .isEqualTo("[null,{\"id\":\"%s\"}]".formatted(unfinished.getString("id")));
    var nothing = publish(operator(asking));
    assertThat(codes(nothing)).containsExactly("REQUIRED");
  }

  @Test
  void publishers_of_one_operator_at_the_same_time_get_editions_without_gap_or_loss()
      throws Exception {
    var number = number();
    var drafts = new ArrayList<JsonObject>();
    for (int i = 0; i < 6; i++) {
      drafts.add(reviewed(asking, create(asking, content())));
    }
    var results =
        together(
            drafts.stream()
                .<Callable<JsonObject>>map(
                    draft ->
                        () ->
                            done(
                                publish(
                                    operator(asking), "draftIds", List.of(draft.getString("id")))))
                .toList());
    var numbers = new TreeSet<Integer>();
    results.forEach(
        result -> numbers.add(result.getJsonObject("productList").getInteger("number")));

    assertThat(numbers).hasSize(6);
    assertThat(numbers.first()).isEqualTo(number + 1);
    assertThat(numbers.last()).isEqualTo(number + 6);
    listIsWhatIsPublished();
  }

  @Test
  void of_publishers_of_the_same_draft_one_wins() throws Exception {
    var draft = reviewed(asking, create(asking, content()));
    Callable<JsonObject> publish =
        () -> publish(operator(asking), "draftIds", List.of(draft.getString("id")));
    var results = together(List.of(publish, publish, publish));

    assertThat(results.stream().filter(result -> errors(result).isEmpty())).hasSize(1);
    assertThat(results.stream().filter(result -> codes(result).contains("NOT_FOUND"))).hasSize(2);
  }

  /** Invariant I8. */
  private void listIsWhatIsPublished() {
    var list = asking.data(LIST_OF_ONE).getJsonObject("organization");
    assertThat(list.getJsonObject("currentList").getInteger("listingCount"))
        .isEqualTo(list.getJsonObject("products").getInteger("totalCount"));
  }

  @Test
  void a_publication_waits_for_who_ends_the_authorization_and_is_then_refused() throws Exception {
    var draft = reviewed(asking, create(asking, second()), DraftMarket.OTHER_INSTITUTION);
    var ended = new CountDownLatch(1);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var ending =
          database.inTransaction(
              transaction ->
                  database
                      .rows(
                          transaction,
                          "update authorization_grant_version set valid_to = '2026-02-01Z' where number = 'grant-3' and valid_to = 'infinity'",
                          io.vertx.sqlclient.Tuple.tuple())
                      .compose(
                          closed ->
                              database.rows(
                                  transaction,
                                  """
                                  insert into authorization_grant_version (grant_id, version, valid_from, number,
                                         institution_id, operator_id, jurisdiction_code, title, locale, mode, state,
                                         starts_on, ends_on, demonstration)
                                  select grant_id, version + 1, valid_to, number, institution_id, operator_id,
                                         jurisdiction_code, title, locale, mode, 'SUSPENDED', starts_on, ends_on,
                                         demonstration
                                    from authorization_grant_version where number = 'grant-3' order by version desc limit 1
                                  """,
                                  io.vertx.sqlclient.Tuple.tuple()))
                      .compose(
                          written -> {
                            ended.countDown();
                            return io.vertx.core.Future.fromCompletionStage(
                                java.util.concurrent.CompletableFuture.runAsync(
                                    () -> sleep(400), threads));
                          }));
      assertThat(ended.await(5, TimeUnit.SECONDS)).isTrue();
      var refused = publish(operator(asking), "draftIds", List.of(draft.getString("id")));
      ending.toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);

      assertThat(codes(refused)).containsExactly("NOT_IN_FORCE");
      assertThat(errors(refused).encode()).contains("grant-3", "\"state\":\"SUSPENDED\"");
    }
  }

  private static Map<String, Object> second() {
    var content = content();
    content.put("authorization", DraftMarket.SECOND_GRANT);
    return content;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_thousand_drafts_are_published_at_once_and_the_rest_by_the_next_call() {
    asking.change(
        """
        insert into product_draft (operator_id, id, product_id, kind, code, status, content, security_passed, security_at,
               norm_passed, norm_at, created_at, created_by, updated_at, updated_by)
        select $1, gen_random_uuid(), gen_random_uuid(), 'DATA_PRODUCT', 'many-' || n, 'REVIEWED',
               jsonb_build_object('title', jsonb_build_array(jsonb_build_object('locale', 'zh', 'value', '气象查询第' || n)),
                 'authorization', 'ag_0000000000004000a000000000000002', 'form', 'API', 'purposeClass', 'INDUSTRY',
                 'resources', jsonb_build_array(jsonb_build_object('resource', 'res_00000000000040009000000000000001'))),
               true, now(), true, now(), now(), 'test', now(), 'test'
          from generate_series(1, 1100) as n
        """,
        DraftMarket.OTHER_OPERATOR);
    var other = asking.as(dev.fairground.kernel.Role.OPERATOR, DraftMarket.OTHER_OPERATOR);
    var operator = DraftMarket.id("org", DraftMarket.OTHER_OPERATOR);
    var first = done(publish(other, "operatorId", operator));
    var second = done(publish(other, "operatorId", operator));

    assertThat(first.getInteger("changeCount")).isEqualTo(1000);
    assertThat(second.getInteger("changeCount")).isEqualTo(100);
    assertThat(second.getJsonObject("productList").getInteger("listingCount")).isEqualTo(1103);
  }

  @Test
  void a_product_is_suspended_resumed_and_delisted_and_the_list_follows() {
    var draft = reviewed(asking, create(asking, content()));
    var product =
        done(publish(operator(asking), "draftIds", List.of(draft.getString("id"))))
            .getJsonArray("changes")
            .getJsonObject(0)
            .getString("productId");
    var number = number();

    assertThat(codes(change("productSuspend", product, 1, " ", operator(asking))))
        .containsExactly("REASON_REQUIRED");
    assertThat(codes(change("productSuspend", product, 9, "x", operator(asking))))
        .containsExactly("VERSION_CONFLICT");
    assertThat(codes(change("productResume", product, 1, "x", operator(asking))))
        .containsExactly("STATE_TRANSITION");
    done(change("productSuspend", product, 1, "an incident", DraftMarket.institution(asking)));
    assertThat(
            asking
                .data(
                    "{ product(id: \"%s\") { status statusReason version resources { totalCount } } }"
                        .formatted(product))
                .encode())
        .contains("SUSPENDED", "an incident", "\"version\":2", "\"totalCount\":1");
    listIsWhatIsPublished();
    done(change("productResume", product, 2, "mended", operator(asking)));
    listIsWhatIsPublished();
    done(change("productDelist", product, 3, "old", operator(asking)));
    listIsWhatIsPublished();
    assertThat(number()).isEqualTo(number + 3);
    assertThat(codes(change("productDelist", product, 4, "old", operator(asking))))
        .containsExactly("STATE_TRANSITION");
    assertThat(
            count(
                "event_outbox where type in ('PRODUCT_SUSPENDED', 'PRODUCT_RESUMED', 'PRODUCT_DELISTED') and subject = '"
                    + product
                    + "'"))
        .isEqualTo(3);
  }

  @Test
  void a_step_that_makes_no_edition_answers_the_same_when_it_is_called_again() {
    var draft = reviewed(asking, create(asking, content()));
    var product =
        done(publish(operator(asking), "draftIds", List.of(draft.getString("id"))))
            .getJsonArray("changes")
            .getJsonObject(0)
            .getString("productId");
    done(change("productSuspend", product, 1, "an incident", operator(asking)));
    var delist =
        DraftMarket.mutation(
            "productDelist", "product { status } productList { number }" + DraftMarket.ERRORS);
    var input =
        Map.<String, Object>of(
            "id", product, "expectedVersion", 2, "reason", "old", "idempotencyKey", key());

    var once = done(operator(asking).mutate(delist, input));

    assertThat(once.getJsonObject("productList")).isNull();
    assertThat(operator(asking).mutate(delist, input)).isEqualTo(once);
  }

  @Test
  void what_rests_on_an_authorization_without_a_current_version_is_not_published() {
    asking.change(
        """
        insert into authorization_grant (id, number, institution_id, operator_id, created_at)
        values ('00000000-0000-4000-a000-000000000004', 'grant-4', $1, $2, '2024-01-01Z')
        """,
        DraftMarket.OTHER_INSTITUTION,
        DraftMarket.OPERATOR);
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select id, 1, created_at, number, institution_id, operator_id, '000000', '授权', 'zh', 'OVERALL', 'ACTIVE',
               '2024-01-01', '2099-12-31', true
          from authorization_grant where number = 'grant-4'
        """);
    asking.change(
        """
        insert into authorized_resource (grant_id, grant_version, resource_id, valid_from)
        select g.id, 1, r.id, g.created_at
          from authorization_grant g cross join data_resource r where g.number = 'grant-4' and r.code = 'res-1'
        """);
    var content = content();
    content.put("authorization", "ag_0000000000004000a000000000000004");
    var draft = reviewed(asking, create(asking, content), DraftMarket.OTHER_INSTITUTION);
    asking.change(
        "update authorization_grant_version set valid_to = '2026-01-01Z' where number = 'grant-4'");

    assertThat(codes(publish(operator(asking), "draftIds", List.of(draft.getString("id")))))
        .containsExactly("NOT_FOUND");
  }

  private static JsonObject change(
      String mutation, String product, int version, String reason, Asking as) {
    return as.mutate(
        DraftMarket.mutation(
            mutation, "product { status } productList { number }" + DraftMarket.ERRORS),
        Map.of("id", product, "expectedVersion", version, "reason", reason));
  }

  private int count(String from) {
    try {
      return database
          .inTransaction(
              transaction ->
                  database.first(
                      transaction,
                      "select count(*)::int from " + from,
                      io.vertx.sqlclient.Tuple.tuple(),
                      row -> row.getInteger(0)))
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static List<JsonObject> together(List<Callable<JsonObject>> calls) throws Exception {
    try (var threads = Executors.newFixedThreadPool(calls.size())) {
      var results = new ArrayList<JsonObject>();
      for (var result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    }
  }
}
