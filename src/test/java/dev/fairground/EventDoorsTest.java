package dev.fairground;

import static dev.fairground.EventServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.event.EventType;
import dev.fairground.event.Happenings;
import dev.fairground.event.NewEvent;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The log of events at its doors: lists, WebSockets and server-sent events, of two servers. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventDoorsTest {
  private static final String FIELDS =
      "id cursor type occurredAt subjectId subjectVersion changedFields actor";

  private final DatabaseAddress address;
  private final Database database;
  private final Happenings happenings;
  private final EventServer one;
  private final EventServer two;
  private final HttpClient client = HttpClient.newHttpClient();

  EventDoorsTest(Database database, DatabaseAddress address) {
    this.address = address;
    this.database = database;
    happenings = new Happenings(database).prepare();
    var set =
        Map.of(
            "FAIRGROUND_RATE_BURST", 1_000_000,
            "FAIRGROUND_STREAM_STALL_MILLIS", 1_500,
            "FAIRGROUND_HTTP_CONNECTIONS_PER_ADDRESS", 1_000);
    one = new EventServer(address, set);
    two = new EventServer(address, set);
  }

  @AfterAll
  void stop() {
    client.close();
    one.close();
    two.close();
  }

  private JsonObject answer(EventServer server, String query, String authorization) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + "/graphql"))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      new JsonObject().put("query", query).encode()));
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      return new JsonObject(
          client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private JsonObject data(String query) {
    var answer = answer(one, query, "");
    assertThat(answer.containsKey("errors")).as(answer.encode()).isFalse();
    return answer.getJsonObject("data");
  }

  private String head() {
    return data("{ eventHead { cursor } }").getJsonObject("eventHead").getString("cursor");
  }

  private static String code(JsonObject answer) {
    return answer
        .getJsonArray("errors")
        .getJsonObject(0)
        .getJsonObject("extensions")
        .getString("code");
  }

  private static String events(String after, UUID organization, String fields) {
    return "subscription { events(after: \"%s\", filter: {organization: \"%s\"}) { %s } }"
        .formatted(after, Ids.write("org", organization), fields);
  }

  private JsonArray log(String after, UUID organization) {
    return data("{ eventLog(first: 100, after: \"%s\", filter: {organization: \"%s\"}) { nodes { %s } } }"
            .formatted(after, Ids.write("org", organization), FIELDS))
        .getJsonObject("eventLog")
        .getJsonArray("nodes");
  }

  @Test
  void an_event_is_the_same_at_all_doors_of_all_servers() {
    var organization = UUID.randomUUID();
    var begin = head();
    var socket = TestSocket.ready(two).subscribe("1", events(begin, organization, FIELDS));
    var stream = TestEvents.post(one, events(begin, organization, FIELDS));

    happenings.happen(EventType.LIST_PUBLISHED, organization, true);

    var event = socket.event();
    var sent = stream.next();
    assertThat(new JsonObject(sent.get("data")).getJsonObject("data").getJsonObject("events"))
        .isEqualTo(event);
    assertThat(sent.get("id")).isEqualTo(event.getString("cursor"));
    assertThat(log(begin, organization)).containsExactly(event);
    assertThat(event.getString("actor")).isEqualTo("operator");
    var node =
        data(
            "{ node(id: \"%s\") { ... on Event { %s } } }"
                .formatted(event.getString("id"), FIELDS));
    assertThat(node.getJsonObject("node")).isEqualTo(event);
    stream.close();
  }

  @Test
  void pages_of_the_log_lead_from_one_to_the_next() {
    var organization = UUID.randomUUID();
    var begin = head();
    for (int i = 0; i < 5; i++) {
      happenings.happen(EventType.PRODUCT_CHANGED, organization, true);
    }
    until(() -> log(begin, organization).size() == 5);
    var all = log(begin, organization);
    var seen = new ArrayList<Object>();
    var after = begin;
    for (int page = 0; page < 3; page++) {
      var found =
          data("{ eventLog(first: 2, after: \"%s\", filter: {organization: \"%s\"}) { nodes { %s } edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor } resumeCursor } }"
                  .formatted(after, Ids.write("org", organization), FIELDS))
              .getJsonObject("eventLog");
      found.getJsonArray("nodes").forEach(seen::add);
      assertThat(found.getJsonObject("pageInfo").getBoolean("hasNextPage")).isEqualTo(page < 2);
      after = found.getString("resumeCursor");
      if (page < 2) {
        assertThat(after).isEqualTo(found.getJsonObject("pageInfo").getString("endCursor"));
      }
    }
    assertThat(seen)
        .isEqualTo(
            all.getList().stream()
                .map(
                    each ->
                        each instanceof Map<?, ?> map
                            ? new JsonObject((Map<String, Object>) map)
                            : each)
                .toList());

    var behind =
        data("{ eventLog(after: \"%s\", filter: {types: [TEST]}) { nodes { id } resumeCursor pageInfo { endCursor } } }"
                .formatted(begin))
            .getJsonObject("eventLog");
    assertThat(behind.getJsonArray("nodes")).isEmpty();
    assertThat(behind.getString("resumeCursor")).isEqualTo(head());

    var last =
        data("{ eventLog(last: 1, filter: {organization: \"%s\"}) { nodes { id } pageInfo { hasPreviousPage } } }"
                .formatted(Ids.write("org", organization)))
            .getJsonObject("eventLog");
    assertThat(last.getJsonArray("nodes").getJsonObject(0).getString("id"))
        .isEqualTo(all.getJsonObject(4).getString("id"));
    assertThat(last.getJsonObject("pageInfo").getBoolean("hasPreviousPage")).isTrue();
  }

  @Test
  void who_was_away_and_who_begins_in_the_midst_miss_nothing_and_get_nothing_twice()
      throws Exception {
    var organization = UUID.randomUUID();
    var begin = head();
    var total = 600;
    var writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < total / 4; i++) {
                    var four = new ArrayList<Future<?>>();
                    for (int j = 0; j < 4; j++) {
                      four.add(happenings.commit(numbered(organization, 4 * i + j)));
                    }
                    await(Future.all(four));
                  }
                });
    // Away again and again: each time on another server, from the last cursor.
    var seen = new ArrayList<JsonObject>();
    var after = begin;
    for (int visit = 0; seen.size() < total; visit++) {
      var socket =
          TestSocket.ready(visit % 2 == 0 ? one : two)
              .subscribe("1", events(after, organization, "id cursor subjectVersion"));
      for (int i = 0; i < 37 && seen.size() < total; i++) {
        seen.add(socket.event());
      }
      await(socket.socket.close());
      after = seen.getLast().getString("cursor");
    }
    writer.join();

    var ids = seen.stream().map(event -> event.getString("id")).toList();
    assertThat(new HashSet<>(ids)).hasSize(total);
    assertThat(seen.stream().map(event -> event.getInteger("subjectVersion")).sorted().toList())
        .isEqualTo(IntStream.rangeClosed(1, total).boxed().toList());
    // The whole at once, from the past, in the same order.
    var whole =
        TestSocket.ready(two)
            .subscribe("1", events(begin, organization, "id cursor subjectVersion"));
    for (var event : seen) {
      assertThat(whole.event()).isEqualTo(event);
    }
    assertThat(whole.hearsNothing(200)).isTrue();
  }

  private static NewEvent numbered(UUID organization, int number) {
    return new NewEvent(
        EventType.DRAFT_CHANGED,
        Happenings.subject(UUID.randomUUID()),
        number + 1,
        organization,
        true,
        List.of());
  }

  @Test
  void events_that_are_not_open_are_told_to_their_organization_only() {
    var mine = UUID.randomUUID();
    one.known("mine", Role.OPERATOR, mine).known("theirs", Role.OPERATOR, UUID.randomUUID());
    one.known("auditor", Role.AUDITOR, UUID.randomUUID());
    var begin = head();
    var own = TestSocket.ready(one, "Bearer mine").subscribe("1", events(begin, mine, FIELDS));
    var other = TestSocket.ready(one, "Bearer theirs").subscribe("1", events(begin, mine, FIELDS));
    var nobody = TestSocket.ready(one).subscribe("1", events(begin, mine, FIELDS));
    var auditor =
        TestSocket.ready(one, "Bearer auditor").subscribe("1", events(begin, mine, FIELDS));

    happenings.happen(EventType.DRAFT_CHANGED, mine, false);
    happenings.happen(EventType.LIST_PUBLISHED, mine, true);

    var draft = own.event();
    assertThat(draft.getString("type")).isEqualTo("DRAFT_CHANGED");
    assertThat(draft.getString("actor")).isEqualTo("Zhang Wei");
    assertThat(own.event().getString("actor")).isEqualTo("Zhang Wei");
    assertThat(auditor.event()).isEqualTo(draft);
    for (var hidden : List.of(other, nobody)) {
      var open = hidden.event();
      assertThat(open.getString("type")).isEqualTo("LIST_PUBLISHED");
      assertThat(open.getString("actor")).isEqualTo("operator");
    }
    // From the past, by the log, and by id.
    var late = TestSocket.ready(two).subscribe("1", events(begin, mine, FIELDS));
    assertThat(late.event().getString("type")).isEqualTo("LIST_PUBLISHED");
    assertThat(log(begin, mine)).hasSize(1);
    var query = "{ node(id: \"%s\") { id } }".formatted(draft.getString("id"));
    assertThat(answer(one, query, "Bearer mine").getJsonObject("data").getValue("node"))
        .isNotNull();
    assertThat(answer(one, query, "Bearer theirs").getJsonObject("data").getValue("node")).isNull();
    assertThat(answer(one, query, "").getJsonObject("data").getValue("node")).isNull();
    var asMine =
        "{ eventLog(after: \"%s\", filter: {mine: true}) { nodes { type } } }".formatted(begin);
    assertThat(
            answer(one, asMine, "Bearer mine")
                .getJsonObject("data")
                .getJsonObject("eventLog")
                .getJsonArray("nodes"))
        .hasSize(2);
    assertThat(
            answer(one, asMine, "Bearer theirs")
                .getJsonObject("data")
                .getJsonObject("eventLog")
                .getJsonArray("nodes"))
        .isEmpty();
    assertThat(nobody.hearsNothing(100)).isTrue();
  }

  @Test
  void a_thousand_subscribers_who_ask_the_same_cost_one_execution() {
    var organization = UUID.randomUUID();
    var begin = head();
    var sockets = IntStream.range(0, 20).mapToObj(i -> TestSocket.ready(one)).toList();
    var query =
        "subscription($after: String) { events(after: $after, filter: {organization: \"%s\"}) { id } }"
            .formatted(Ids.write("org", organization));
    // Other places in the log are no other question.
    happenings.happen(EventType.DRAFT_CHANGED, UUID.randomUUID(), true);
    var places = List.of(begin, head());
    sockets.forEach(
        socket -> {
          for (int i = 0; i < 50; i++) {
            socket.subscribe("" + i, query, new JsonObject().put("after", places.get(i % 2)));
          }
        });
    var before = one.made();

    var began = System.nanoTime();
    happenings.happen(EventType.LIST_PUBLISHED, organization, true);
    for (var socket : sockets) {
      for (int i = 0; i < 50; i++) {
        socket.event();
      }
    }

    System.err.println("1000 subscribers: " + (System.nanoTime() - began) / 1_000_000 + " ms");
    assertThat(one.made()).isEqualTo(before + 1);
    sockets.forEach(socket -> socket.socket.close());
  }

  @Test
  void a_slow_reader_is_closed_and_others_go_on() {
    var organization = UUID.randomUUID();
    var begin = head();
    var fields =
        IntStream.range(0, 30)
            .mapToObj(i -> "a" + i + ": id b" + i + ": subjectId")
            .limit(14)
            .toList();
    var query = events(begin, organization, String.join(" ", fields) + " subjectVersion");
    var slow = TestSocket.ready(one);
    var fast = TestSocket.ready(one).subscribe("1", query);
    slow.socket.pause();
    slow.subscribe("1", query);
    var silent = silentStream(query);
    var number = 12_000;
    for (int i = 0; i < number; i += 1_000) {
      var from = i;
      await(
          happenings.commit(
              IntStream.range(from, from + 1_000)
                  .mapToObj(each -> numbered(organization, each))
                  .toArray(NewEvent[]::new)));
    }

    for (int i = 1; i <= number; i++) {
      assertThat(fast.event().getInteger("subjectVersion")).isEqualTo(i);
    }
    until(() -> one.server.streams() == 1 + others);
    slow.socket.resume();
    assertThat(slow.closeCode()).isIn(1013, 1006);
    var last = slow.messages.stream().reduce((a, b) -> b).orElseThrow();
    assertThat(last.getString("type")).isEqualTo("next");
    assertThat(slow.messages.size()).isLessThan(number);
    try {
      silent.close();
    } catch (java.io.IOException gone) {
      throw new AssertionError(gone);
    }
    fast.socket.close();
  }

  private int others;

  /** A reader of server-sent events that reads nothing. */
  private Socket silentStream(String query) {
    try {
      others = one.server.streams() - 1;
      var socket = new Socket("127.0.0.1", one.port);
      var body = new JsonObject().put("query", query).encode().getBytes(StandardCharsets.UTF_8);
      socket
          .getOutputStream()
          .write(
              ("POST /graphql HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n"
                      + "Content-Type: application/json\r\nContent-Length: "
                      + body.length
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      others = others - 1;
      until(() -> one.server.streams() == others + 3);
      return socket;
    } catch (java.io.IOException failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void events_go_on_when_the_database_was_away() {
    var organization = UUID.randomUUID();
    var begin = head();
    var socket = TestSocket.ready(two).subscribe("1", events(begin, organization, "id"));
    happenings.happen(EventType.LIST_PUBLISHED, organization, true);
    socket.event();

    // All of them: those that listen, those that read, those that write.
    try {
      await(
          database.inTransaction(
              transaction ->
                  database.rows(
                      transaction,
                      "-- kill\nselect pg_terminate_backend(pid)::text from pg_stat_activity"
                          + " where datname = current_database() and pid <> pg_backend_pid()",
                      Tuple.tuple())));
    } catch (AssertionError cut) {
      // Our own may be among them.
    }
    happenings.happen(EventType.PRODUCT_CHANGED, organization, true);

    assertThat(socket.event()).isNotNull();
  }

  @Test
  void server_sent_events_speak_graphql_sse() {
    var query = TestEvents.post(one, "{ __typename }");
    assertThat(query.response.statusCode()).isEqualTo(200);
    assertThat(query.response.headers().firstValue("Content-Type").orElseThrow())
        .isEqualTo("text/event-stream; charset=utf-8");
    var next = query.next();
    assertThat(next.get("event")).isEqualTo("next");
    assertThat(next.get("data")).isEqualTo("{\"data\":{\"__typename\":\"Query\"}}");
    assertThat(query.next()).isEqualTo(Map.of("event", "complete", "data", ""));
    assertThat(query.next()).isEmpty();

    var refused = TestEvents.post(one, "{ nothing }");
    assertThat(refused.response.statusCode()).isEqualTo(200);
    assertThat(code(new JsonObject(refused.next().get("data"))))
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
    assertThat(refused.next().get("event")).isEqualTo("complete");

    var stranger = TestEvents.post(one, "{ __typename }", "Authorization", "Bearer bad");
    assertThat(stranger.response.statusCode()).isEqualTo(401);

    var plain = answer(one, "subscription { events { id } }", "");
    assertThat(code(plain)).isEqualTo("BAD_REQUEST");

    var preferring = TestEvents.get(one, "{ __typename }");
    assertThat(preferring.next().get("event")).isEqualTo("next");
    for (var each : List.of(query, refused, stranger, preferring)) {
      each.close();
    }
  }

  @Test
  void an_event_source_comes_back_where_it_was() {
    var organization = UUID.randomUUID();
    var begin = head();
    var asked = events(begin, organization, "id cursor");
    var first = TestEvents.get(one, asked);
    happenings.happen(EventType.LIST_PUBLISHED, organization, true);
    var got = first.next();
    first.close();
    happenings.happen(EventType.PRODUCT_CHANGED, organization, true);

    var again = TestEvents.get(two, asked, "Last-Event-ID", String.valueOf(got.get("id")));

    assertThat(again.event().getString("cursor")).isNotEqualTo(got.get("id"));
    again.close();
  }

  @Test
  void a_cursor_that_is_none_is_refused() {
    for (var cursor : List.of("x", "ZXZlbnRzLzEAATk", "", "ZXZlbnRzLzEAAS0x")) {
      var query = "eventLog(after: \"" + cursor + "\") { nodes { id } }";
      if (!cursor.equals("ZXZlbnRzLzEAATk")) {
        assertThat(code(answer(one, "{ " + query + " }", "")))
            .as(cursor)
            .isEqualTo("BAD_USER_INPUT");
        var socket =
            TestSocket.ready(one)
                .subscribe("1", "subscription { events(after: \"" + cursor + "\") { id } }");
        assertThat(socket.next().encode())
            .contains("\"type\":\"error\"")
            .contains("BAD_USER_INPUT");
      }
    }
    // One that the log does not reach: of another database.
    var ahead = dev.fairground.event.EventCursors.write(1_000_000_000L);
    assertThat(code(answer(one, "{ eventLog(after: \"" + ahead + "\") { nodes { id } } }", "")))
        .isEqualTo("BAD_USER_INPUT");
  }

  @Test
  void an_empty_bucket_delays_events_and_loses_none() {
    try (var poor =
        new EventServer(
            address,
            Map.of(
                "FAIRGROUND_DOCUMENT_COST", 4,
                "FAIRGROUND_RATE_BURST", 5,
                "FAIRGROUND_RATE_RESTORE_PER_SECOND", 20))) {
      var organization = UUID.randomUUID();
      var begin = head();
      var socket =
          TestSocket.ready(poor)
              .subscribe("1", events(begin, organization, "subjectVersion organization { id }"));
      for (int i = 0; i < 20; i++) {
        await(happenings.commit(numbered(organization, i)));
      }
      for (int i = 1; i <= 20; i++) {
        assertThat(socket.event().getInteger("subjectVersion")).isEqualTo(i);
      }
    }
  }

  static void until(java.util.function.BooleanSupplier holds) {
    var end = System.nanoTime() + 20_000_000_000L;
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      try {
        Thread.sleep(5);
      } catch (InterruptedException stopped) {
        throw new AssertionError(stopped);
      }
    }
  }
}
