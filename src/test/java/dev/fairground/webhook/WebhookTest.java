package dev.fairground.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.event.Event;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookTest {
  private static final UUID OURS = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID OTHERS = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final UUID SLOW = UUID.fromString("00000000-0000-4000-8000-000000000003");
  private static final String CREATE =
      """
      mutation ($input: WebhookCreateInput!) {
        webhookCreate(input: $input) {
          webhook { id version url active scopes organization { id } }
          secretOnce
          userErrors { __typename code message path }
        }
      }
      """;

  /** What an address was sent. */
  private record Heard(Map<String, String> headers, String body) {
    JsonObject json() {
      return new JsonObject(body);
    }

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  private final Vertx vertx;
  private final Asking asking;
  private final Asking ours;
  private final Asking others;
  private final WebhookResolver feature;
  private final Map<String, BlockingQueue<Heard>> heard = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private HttpServer address;
  private WebhookDeliverer first;
  private WebhookDeliverer second;

  WebhookTest(Database database, MeterRegistry statements, Vertx vertx) {
    this.vertx = vertx;
    asking = new Asking(database, statements);
    feature = asking.feature(WebhookResolver.class);
    ours = asking.as(Role.OPERATOR, OURS);
    others = asking.as(Role.OPERATOR, OTHERS);
  }

  @BeforeAll
  void address() throws Exception {
    asking.change(
        """
        insert into organization (id, code, created_at)
        values ($1, 'ours', '2024-01-01Z'), ($2, 'others', '2024-01-01Z'), ($3, 'slow', '2024-01-01Z')
        """,
        OURS,
        OTHERS,
        SLOW);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        select id, 1, '2024-01-01Z', code, code, 'en', 'ENTERPRISE', true from organization
        """);
    address =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    first = deliverer();
    second = deliverer();
  }

  private WebhookDeliverer deliverer() {
    var deliverer = feature.deliverer(InstantSource.system(), Duration.ofDays(30));
    deliverer.start();
    return deliverer;
  }

  @AfterAll
  void end() {
    first.close();
    second.close();
    address.close();
  }

  /** Paths say how the address behaves: /slow never answers, /laggy late, /gone answers 410. */
  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              var headers = new java.util.HashMap<String, String>();
              request.headers().forEach((name, value) -> headers.put(name.toLowerCase(), value));
              queue(request.path()).add(new Heard(headers, body.toString()));
              if (request.path().startsWith("/slow")) {
                return;
              }
              if (request.path().startsWith("/laggy")) {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                vertx.setTimer(
                    300,
                    over -> {
                      atOnce.decrementAndGet();
                      request.response().end();
                    });
                return;
              }
              var refused =
                  refusals.getOrDefault(request.path(), new AtomicInteger()).getAndDecrement() > 0;
              request
                  .response()
                  .setStatusCode(request.path().startsWith("/gone") ? 410 : refused ? 503 : 200)
                  .end(refused ? "not now" : "thanks");
            });
  }

  private BlockingQueue<Heard> queue(String path) {
    return heard.computeIfAbsent(path, unseen -> new LinkedBlockingQueue<>());
  }

  private Heard next(String path) throws InterruptedException {
    var found = queue(path).poll(30, TimeUnit.SECONDS);
    if (found == null) {
      throw new AssertionError("nothing came to " + path);
    }
    return found;
  }

  private JsonObject create(Asking who, UUID organization, String path, Map<String, Object> more) {
    var input =
        new java.util.HashMap<String, Object>(
            Map.of(
                "organizationId", Ids.write("org", organization),
                "url", "http://127.0.0.1:" + address.actualPort() + path,
                "idempotencyKey", UUID.randomUUID().toString()));
    input.putAll(more);
    return who.mutate(CREATE, input);
  }

  private JsonObject created(Asking who, UUID organization, String path) {
    return create(who, organization, path, Map.of());
  }

  /** Appends an event to the log, as if it had been numbered. */
  private UUID happens(String type, UUID organization, boolean open) {
    var id = UUID.randomUUID();
    asking.change(
        """
        with head as (update event_head set position = position + 1 returning position)
        insert into event (position, id, recorded_at, occurred_at, type, subject, organization_id, open, changed_fields,
                           actor, actor_name, request_id)
        select position, $1, now(), now(), $2, 'org_' || replace($3::uuid::text, '-', ''), $3::uuid, $4, '{}', 'someone', 'Someone', 'r'
          from head
        """,
        id,
        type,
        organization,
        open);
    return id;
  }

  private static List<String> codes(JsonObject payload) {
    var codes = new ArrayList<String>();
    payload
        .getJsonArray("userErrors")
        .forEach(error -> codes.add(((JsonObject) error).getString("code")));
    return codes;
  }

  @Test
  void an_event_is_sent_signed_with_the_secret_that_was_shown_once() throws Exception {
    var made = created(ours, OURS, "/signed");
    var event = happens("LIST_PUBLISHED", OTHERS, true);

    var sent = next("/signed");

    assertThat(sent.json().getString("type")).isEqualTo("LIST_PUBLISHED");
    assertThat(sent.json().getJsonObject("event").getString("id"))
        .isEqualTo(Ids.write(Event.PREFIX, event));
    assertThat(sent.headers()).containsEntry("content-type", "application/json");
    var secret =
        Base64.getDecoder().decode(made.getString("secretOnce").substring("whsec_".length()));
    assertThat(sent.header("webhook-signature"))
        .isEqualTo(
            WebhookSecrets.sign(
                secret,
                sent.header("webhook-id"),
                Long.parseLong(sent.header("webhook-timestamp")),
                sent.body()));
    assertThat(queue("/signed").poll(1_500, TimeUnit.MILLISECONDS)).as("a double").isNull();
  }

  @Test
  void the_answer_to_the_query_that_its_owner_chose_is_sent_too() throws Exception {
    create(
        ours,
        OURS,
        "/query",
        Map.of(
            "types",
            List.of("PRODUCT_CHANGED"),
            "query",
            "query ($subject: ID!) { node(id: $subject) { ... on Organization { code } } }"));
    happens("LIST_PUBLISHED", OTHERS, true);
    happens("PRODUCT_CHANGED", OTHERS, true);

    var sent = next("/query").json();

    assertThat(sent.getString("type")).isEqualTo("PRODUCT_CHANGED");
    assertThat(sent.getJsonObject("data").getJsonObject("node").getString("code"))
        .isEqualTo("others");
  }

  @Test
  void a_query_that_cannot_be_asked_is_told_where_it_is_given_and_nothing_is_made() {
    var payload = create(ours, OURS, "/none", Map.of("query", "{ noSuchField }", "url", "ftp://x"));

    assertThat(payload.getJsonObject("webhook")).isNull();
    assertThat(codes(payload)).containsExactly("INVALID", "INVALID");
    assertThat(payload.getJsonArray("userErrors").getJsonObject(1).getJsonArray("path"))
        .containsExactly("input", "query");
  }

  @Test
  void events_of_others_that_are_not_public_are_not_sent() throws Exception {
    created(ours, OURS, "/own");
    happens("DRAFT_CHANGED", OTHERS, false);
    var own = happens("DRAFT_CHANGED", OURS, false);

    var sent = next("/own").json();
    while (!sent.getString("type").equals("DRAFT_CHANGED")) {
      sent = next("/own").json();
    }

    assertThat(sent.getJsonObject("event").getString("id")).isEqualTo(Ids.write(Event.PREFIX, own));
  }

  @Test
  void an_address_that_refuses_is_tried_again_and_every_try_is_written_down() throws Exception {
    refusals.put("/again", new AtomicInteger(1));
    var made = create(ours, OURS, "/again", Map.of("types", List.of("CATALOGUE_IMPORTED")));
    happens("CATALOGUE_IMPORTED", OTHERS, true);

    var one = next("/again");
    var two = next("/again");

    assertThat(two.header("webhook-id")).isEqualTo(one.header("webhook-id"));
    assertThat(two.body()).isEqualTo(one.body());
    var delivery = delivery(made, "DELIVERED");
    assertThat(delivery.getInteger("attempts")).isEqualTo(2);
    var log = delivery.getJsonArray("log");
    assertThat(log.getJsonObject(0).getInteger("httpStatus")).isEqualTo(503);
    assertThat(log.getJsonObject(0).getString("answer")).isEqualTo("not now");
    assertThat(log.getJsonObject(1).getInteger("httpStatus")).isEqualTo(200);
    assertThat(log.getJsonObject(1).getString("error")).isNull();
  }

  @Test
  void an_address_that_never_answers_holds_up_nobody_else() throws Exception {
    created(ours, OURS, "/slow");
    created(ours, OURS, "/quick");
    happens("LIST_PUBLISHED", OTHERS, true);
    next("/slow");

    var begun = System.nanoTime();
    for (int i = 0; i < 5; i++) {
      happens("LIST_PUBLISHED", OTHERS, true);
      next("/quick");
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void an_address_that_is_gone_is_sent_nothing_any_more() throws Exception {
    var made = create(ours, OURS, "/gone", Map.of("types", List.of("TOKEN_CHANGED")));
    happens("TOKEN_CHANGED", OURS, false);
    next("/gone");

    var delivery = delivery(made, "DEAD");

    assertThat(delivery.getJsonObject("webhook").getBoolean("active")).isFalse();
  }

  @Test
  void a_test_tells_at_once_how_it_went() throws Exception {
    var made = created(ours, OURS, "/test");
    var payload =
        ours.mutate(
            """
            mutation ($input: WebhookTestInput!) {
              webhookTest(input: $input) { attempt { httpStatus error answer } userErrors { code } }
            }
            """,
            Map.of("id", made.getJsonObject("webhook").getString("id")));

    assertThat(payload.getJsonObject("attempt").getInteger("httpStatus")).isEqualTo(200);
    assertThat(next("/test").json().getString("type")).isEqualTo("TEST");
  }

  @Test
  void what_was_given_up_is_sent_again_by_hand() throws Exception {
    var made = create(ours, OURS, "/hand", Map.of("types", List.of("JOB_CHANGED")));
    happens("JOB_CHANGED", OURS, false);
    next("/hand");
    var delivery = delivery(made, "DELIVERED");

    ours.mutate(
        """
        mutation ($input: WebhookDeliveryRetryInput!) {
          webhookDeliveryRetry(input: $input) { delivery { status } userErrors { code } }
        }
        """,
        Map.of("deliveryId", delivery.getString("id")));

    assertThat(next("/hand").json().getString("type")).isEqualTo("JOB_CHANGED");
  }

  @Test
  void deliveries_are_read_page_by_page_the_newest_first() throws Exception {
    var made = create(ours, OURS, "/paged", Map.of("types", List.of("CATALOGUE_IMPORTED")));
    var id = made.getJsonObject("webhook").getString("id");
    for (int i = 0; i < 3; i++) {
      happens("CATALOGUE_IMPORTED", OTHERS, true);
      next("/paged");
    }
    var page =
        "{ webhook(id: \"%s\") { deliveries(first: 2%s) { nodes { eventId } pageInfo { endCursor hasNextPage } } } }";

    var first =
        ours.data(page.formatted(id, "")).getJsonObject("webhook").getJsonObject("deliveries");
    var cursor = first.getJsonObject("pageInfo").getString("endCursor");
    var rest =
        ours.data(page.formatted(id, ", after: \"" + cursor + "\""))
            .getJsonObject("webhook")
            .getJsonObject("deliveries");

    assertThat(first.getJsonArray("nodes")).hasSize(2);
    assertThat(rest.getJsonArray("nodes")).hasSize(1);
    assertThat(first.getJsonArray("nodes")).doesNotContainAnyElementsOf(rest.getJsonArray("nodes"));
  }

  @Test
  void a_webhook_of_another_organization_is_as_if_it_were_not() {
    var id = created(ours, OURS, "/hidden").getJsonObject("webhook").getString("id");
    var none = Ids.write("wh", UUID.randomUUID());
    var read = "{ webhook(id: \"%s\") { url } node(id: \"%s\") { id } }";
    var update =
        """
        mutation ($input: WebhookUpdateInput!) {
          webhookUpdate(input: $input) { webhook { id } userErrors { code message path } }
        }
        """;

    assertThat(others.data(read.formatted(id, id)))
        .isEqualTo(others.data(read.formatted(none, none)));
    assertThat(others.mutate(update, Map.of("id", id, "expectedVersion", 7)))
        .isEqualTo(others.mutate(update, Map.of("id", none, "expectedVersion", 7)));
    assertThat(
            others
                .data(
                    "{ organization(code: \"ours\") { webhooks(first: 5) { totalCount nodes { id } } } }")
                .getJsonObject("organization")
                .getJsonObject("webhooks")
                .getInteger("totalCount"))
        .isZero();
    assertThat(codes(created(others, OURS, "/theirs"))).containsExactly("NOT_FOUND");
    assertThat(asking.data("{ node(id: \"" + id + "\") { id } }").getJsonObject("node")).isNull();
  }

  @Test
  void a_change_needs_the_version_that_was_read() {
    var made = created(ours, OURS, "/version").getJsonObject("webhook");
    var update =
        """
        mutation ($input: WebhookUpdateInput!) {
          webhookUpdate(input: $input) {
            webhook { version active }
            userErrors { code ... on VersionConflictError { currentVersion } }
          }
        }
        """;
    var input =
        Map.<String, Object>of("id", made.getString("id"), "expectedVersion", 1, "active", false);

    assertThat(ours.mutate(update, input).getJsonObject("webhook").getInteger("version"))
        .isEqualTo(2);
    var again = ours.mutate(update, input);
    assertThat(codes(again)).containsExactly("VERSION_CONFLICT");
    assertThat(again.getJsonArray("userErrors").getJsonObject(0).getInteger("currentVersion"))
        .isEqualTo(2);
  }

  @Test
  void a_trial_makes_nothing_and_the_same_key_makes_one() {
    var key = UUID.randomUUID().toString();
    var trial = create(ours, OURS, "/key", Map.of("idempotencyKey", key, "validateOnly", true));
    var once = create(ours, OURS, "/key", Map.of("idempotencyKey", key));
    var twice = create(ours, OURS, "/key", Map.of("idempotencyKey", key));
    var other = create(ours, OURS, "/other", Map.of("idempotencyKey", key));

    assertThat(codes(trial)).isEmpty();
    assertThat(
            ours.data(
                    "{ webhook(id: \""
                        + trial.getJsonObject("webhook").getString("id")
                        + "\") { id } }")
                .getJsonObject("webhook"))
        .isNull();
    assertThat(twice.getJsonObject("webhook")).isEqualTo(once.getJsonObject("webhook"));
    assertThat(once.getString("secretOnce")).isNotNull();
    assertThat(twice.getString("secretOnce")).isNull();
    assertThat(codes(other)).containsExactly("IDEMPOTENCY_MISMATCH");
  }

  @Test
  void who_sends_it_elsewhere_gives_it_no_more_than_it_may_read_itself() throws Exception {
    var made = created(ours, OURS, "/before").getJsonObject("webhook");
    var lesser =
        ours.as(
            new Viewer(
                "lesser",
                new Viewer.Actor("lesser", "lesser", null),
                Rights.of(
                    List.of(new Rights.Membership(OURS, Role.OPERATOR)),
                    Set.of(Scope.WEBHOOK_MANAGE))));

    var moved =
        lesser.mutate(
            """
            mutation ($input: WebhookUpdateInput!) {
              webhookUpdate(input: $input) { webhook { scopes } userErrors { code } }
            }
            """,
            Map.of(
                "id",
                made.getString("id"),
                "expectedVersion",
                1,
                "url",
                "http://127.0.0.1:" + address.actualPort() + "/elsewhere"));
    happens("DRAFT_CHANGED", OURS, false);
    happens("LIST_PUBLISHED", OURS, true);

    assertThat(next("/elsewhere").json().getString("type")).isEqualTo("LIST_PUBLISHED");
    assertThat(made.getJsonArray("scopes")).contains("event:read", "list:read");
    assertThat(moved.getJsonObject("webhook").getJsonArray("scopes")).isEmpty();
  }

  @Test
  void messages_to_one_address_come_one_after_the_other_whichever_server_sends_them()
      throws Exception {
    create(others, OTHERS, "/laggy", Map.of("types", List.of("PRODUCT_DELISTED")));
    for (int i = 0; i < 8; i++) {
      happens("PRODUCT_DELISTED", OTHERS, true);
    }

    var last = 0L;
    for (int i = 0; i < 8; i++) {
      var position = next("/laggy").json().getJsonObject("event").getLong("position");
      assertThat(position).isGreaterThan(last);
      last = position;
    }
    assertThat(most).hasValue(1);
  }

  @Test
  void addresses_of_one_organization_that_never_answer_hold_up_no_other_one() throws Exception {
    var slow = asking.as(Role.OPERATOR, SLOW);
    for (int i = 0; i < 50; i++) {
      create(slow, SLOW, "/slowly", Map.of("types", List.of("PRODUCT_RESUMED")));
    }
    create(others, OTHERS, "/brisk", Map.of("types", List.of("PRODUCT_RESUMED")));
    for (int i = 0; i < 10; i++) {
      happens("PRODUCT_RESUMED", OTHERS, true);
    }
    next("/slowly");

    var begun = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      next("/brisk");
    }

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    asking.change("update webhook set active = false where organization_id = $1", SLOW);
  }

  @Test
  void without_the_scope_nothing_is_asked() {
    var answer =
        asking.answer(
            CREATE,
            Map.of("input", Map.of("organizationId", "x", "url", "x", "idempotencyKey", "x")));

    assertThat(
            answer
                .getJsonArray("errors")
                .getJsonObject(0)
                .getJsonObject("extensions")
                .getString("code"))
        .isEqualTo("UNAUTHENTICATED");
  }

  /** The newest delivery of a webhook, once it has come so far. */
  private JsonObject delivery(JsonObject made, String status) throws InterruptedException {
    var id = made.getJsonObject("webhook").getString("id");
    for (int i = 0; i < 300; i++) {
      var nodes =
          ours.data(
                  """
                  { webhook(id: "%s") { deliveries(first: 1, status: %s) { nodes {
                      id attempts eventType webhook { active } log { number httpStatus error answer } } } } }
                  """
                      .formatted(id, status))
              .getJsonObject("webhook")
              .getJsonObject("deliveries")
              .getJsonArray("nodes");
      if (!nodes.isEmpty()) {
        return nodes.getJsonObject(0);
      }
      Thread.sleep(100);
    }
    throw new AssertionError("it never was " + status);
  }
}
