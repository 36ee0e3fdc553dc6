package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.event.EventType;
import dev.fairground.event.Happenings;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol graphql-transport-ws, on a socket. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebSocketTest {
  private static final String EVENTS = "subscription { events { id type cursor } }";

  private final DatabaseAddress address;
  private final Happenings happenings;
  private final EventServer server;

  WebSocketTest(Database database, DatabaseAddress address) {
    this.address = address;
    this.happenings = new Happenings(database);
    this.server =
        new EventServer(
            address,
            Map.of(
                "FAIRGROUND_WEBSOCKET_SUBSCRIPTIONS", 3,
                "FAIRGROUND_WEBSOCKET_MESSAGE_BYTES", 2_000,
                "FAIRGROUND_WEBSOCKET_INIT_MILLIS", 1_500,
                "FAIRGROUND_STREAM_CHECK_MILLIS", 200,
                "FAIRGROUND_STREAM_STALL_MILLIS", 60_000,
                "FAIRGROUND_HTTP_CONNECTIONS_PER_ADDRESS", 40));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void another_protocol_is_told_to_be_none() {
    assertThat(TestSocket.open(server.vertx, server.port).closeCode()).isEqualTo(4406);
    var closed = new CompletableFuture<Integer>();
    // Vert.x's own client does not go on without the protocol that it asked for.
    HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .subprotocols("graphql-ws")
        .buildAsync(
            URI.create("ws://127.0.0.1:" + server.port + "/graphql"),
            new WebSocket.Listener() {
              @Override
              public @Nullable CompletionStage<?> onClose(
                  WebSocket socket, int code, String reason) {
                closed.complete(code);
                return null;
              }
            });
    assertThat(closed.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(4406);
  }

  @Test
  void who_does_not_begin_in_time_is_closed() {
    assertThat(TestSocket.open(server).closeCode()).isEqualTo(4408);
  }

  @Test
  void who_subscribes_before_it_began_is_closed() {
    assertThat(TestSocket.open(server).subscribe("1", EVENTS).closeCode()).isEqualTo(4401);
  }

  @Test
  void who_begins_twice_is_closed() {
    assertThat(TestSocket.ready(server).send("{\"type\":\"connection_init\"}").closeCode())
        .isEqualTo(4429);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no json",
        "[]",
        "{}",
        "{\"type\":\"start\"}",
        "{\"type\":\"subscribe\",\"payload\":{\"query\":\"{ __typename }\"}}",
        "{\"type\":\"subscribe\",\"id\":\"\",\"payload\":{\"query\":\"{ __typename }\"}}",
        "{\"type\":\"subscribe\",\"id\":\"1\"}",
        "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":7}}",
        "{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":\"{ a }\",\"variables\":[]}}",
        "{\"type\":\"complete\"}"
      })
  void a_message_that_is_none_closes_the_socket(String message) {
    assertThat(TestSocket.ready(server).send(message).closeCode()).isEqualTo(4400);
  }

  @Test
  void bytes_are_no_message() {
    var socket = TestSocket.ready(server);
    socket.socket.writeBinaryMessage(io.vertx.core.buffer.Buffer.buffer("{}"));
    assertThat(socket.closeCode()).isEqualTo(4400);
  }

  @Test
  void an_id_in_use_closes_the_socket_and_one_that_is_free_again_does_not() {
    var socket = TestSocket.ready(server).subscribe("1", "{ __typename }");
    assertThat(socket.next().getString("type")).isEqualTo("next");
    assertThat(socket.next()).isEqualTo(new JsonObject("{\"id\":\"1\",\"type\":\"complete\"}"));

    socket.subscribe("1", EVENTS).subscribe("1", EVENTS);

    assertThat(socket.closeCode()).isEqualTo(4409);
  }

  @Test
  void bad_credentials_close_the_socket() {
    var socket =
        TestSocket.open(server)
            .send("{\"type\":\"connection_init\",\"payload\":{\"Authorization\":\"Bearer bad\"}}");
    assertThat(socket.closeCode()).isEqualTo(4403);
  }

  @Test
  void a_ping_is_answered() {
    var socket = TestSocket.ready(server).send("{\"type\":\"ping\"}").send("{\"type\":\"pong\"}");
    assertThat(socket.next().getString("type")).isEqualTo("pong");
  }

  @ParameterizedTest
  @ValueSource(strings = {"message", "frame"})
  void who_pings_on_and_on_and_reads_nothing_is_read_no_more_until_it_reads(String kind)
      throws Exception {
    try (var flood = new Flood(server.port)) {
      var ping = kind.equals("message") ? Flood.text("{\"type\":\"ping\"}") : Flood.ping();
      flood.write(Flood.text("{\"type\":\"connection_init\"}"));
      // What the system keeps for both sides, and no more.
      assertThat(flood.untilStuck(ping, 100_000_000)).isLessThan(100_000_000);
      flood.untilGoingOn();
    }
  }

  @Test
  void a_document_that_is_refused_is_told_as_an_error_of_its_operation() {
    var socket = TestSocket.ready(server).subscribe("x\"y", "{ nothing }");
    var error = socket.next();

    assertThat(error.getString("type")).isEqualTo("error");
    assertThat(error.getString("id")).isEqualTo("x\"y");
    assertThat(
            error
                .getJsonArray("payload")
                .getJsonObject(0)
                .getJsonObject("extensions")
                .getString("code"))
        .isEqualTo("GRAPHQL_VALIDATION_FAILED");
    socket.subscribe("x\"y", "{ __typename }");
    assertThat(socket.next().getString("type")).isEqualTo("next");
  }

  @Test
  void a_message_that_is_too_long_closes_the_socket() {
    var socket = TestSocket.ready(server).subscribe("1", "#" + "x".repeat(3_000));
    assertThat(socket.closeCode()).isIn(1006, 1009);
  }

  @Test
  void more_operations_than_allowed_are_refused_one_by_one() {
    var socket = TestSocket.ready(server);
    for (int i = 0; i < 4; i++) {
      socket.subscribe("" + i, EVENTS);
    }
    var error = socket.next();
    assertThat(error.getString("id")).isEqualTo("3");
    assertThat(error.encode()).contains("RATE_LIMITED");

    socket.send("{\"id\":\"0\",\"type\":\"complete\"}").subscribe("3", "{ __typename }");
    assertThat(socket.next().getString("type")).isEqualTo("next");
  }

  @Test
  void what_was_completed_is_not_told_on() {
    var organization = UUID.randomUUID();
    var socket = TestSocket.ready(server);
    var from =
        "events(after: \"%s\", filter: {organization: \"%s\"})"
            .formatted(head(socket), org(organization));
    socket.subscribe("1", EVENTS.replace("events", from));
    socket.subscribe("2", EVENTS.replace("events", from));

    happenings.happen(EventType.LIST_PUBLISHED, organization, true);
    assertThat(socket.next().getString("id") + socket.next().getString("id")).isIn("12", "21");
    socket.send("{\"id\":\"1\",\"type\":\"complete\"}");
    settle(socket);
    happenings.happen(EventType.LIST_PUBLISHED, organization, true);

    assertThat(socket.next().getString("id")).isEqualTo("2");
    assertThat(socket.hearsNothing(300)).isTrue();
  }

  @Test
  void connections_that_ended_leave_room_for_others() {
    for (int i = 0; i < 100; i++) {
      var socket = TestSocket.ready(server);
      EventServer.await(socket.socket.close());
    }
    assertThat(TestSocket.ready(server).subscribe("1", "{ __typename }").next()).isNotNull();
  }

  @Test
  void credentials_that_end_end_the_socket() {
    server.known("leaving", Role.OPERATOR, UUID.randomUUID());
    var socket = TestSocket.ready(server, "Bearer leaving").subscribe("1", EVENTS);
    settle(socket);

    server.tokens.remove("Bearer leaving");

    assertThat(socket.closeCode()).isEqualTo(4403);
  }

  @Test
  void credentials_that_end_end_the_socket_where_somebody_guesses_others_too() {
    server.known("guessing", Role.OPERATOR, UUID.randomUUID());
    var socket = TestSocket.ready(server, "Bearer guessing").subscribe("1", EVENTS);
    settle(socket);

    server.guessing.add("127.0.0.1");
    server.tokens.remove("Bearer guessing");

    assertThat(socket.closeCode()).isEqualTo(4403);
    server.guessing.clear();
  }

  @Test
  void other_rights_have_the_client_connect_anew() {
    server.known("moving", Role.OPERATOR, UUID.randomUUID());
    var socket = TestSocket.ready(server, "Bearer moving").subscribe("1", EVENTS);
    settle(socket);

    server.known("moving", Role.OPERATOR, UUID.randomUUID());

    assertThat(socket.closeCode()).isEqualTo(1012);
  }

  @Test
  void a_quiet_socket_outlives_the_deadlines_of_requests() throws Exception {
    try (var hasty =
        new EventServer(
            address,
            Map.of(
                "FAIRGROUND_HTTP_HEADER_MILLIS", 300,
                "FAIRGROUND_HTTP_REQUEST_MILLIS", 300,
                "FAIRGROUND_HTTP_IDLE_SECONDS", 1,
                "FAIRGROUND_STREAM_KEEP_ALIVE_MILLIS", 300))) {
      var socket = TestSocket.ready(hasty);
      Thread.sleep(2_500);

      assertThat(socket.send("{\"type\":\"ping\"}").next().getString("type")).isEqualTo("pong");
    }
  }

  @Test
  void a_server_that_ends_says_good_bye() {
    try (var ending = new EventServer(address, Map.of())) {
      var socket = TestSocket.ready(ending).subscribe("1", EVENTS);
      settle(socket);
      var events = TestEvents.post(ending, EVENTS);

      EventServer.await(ending.server.drain());

      assertThat(socket.closeCode()).isEqualTo(1001);
      assertThat(events.next()).isEmpty();
      events.close();
    }
  }

  /** Where the log ends now. */
  static String head(TestSocket socket) {
    socket.subscribe("head", "{ eventHead { cursor } }");
    var answer = socket.next().getJsonObject("payload").getJsonObject("data");
    socket.next();
    return answer.getJsonObject("eventHead").getString("cursor");
  }

  /** What was sent before has begun when a query behind it is answered. */
  static void settle(TestSocket socket) {
    socket.subscribe("settled", "{ eventHead { cursor } }");
    while (!"settled".equals(socket.next().getString("id"))) {}
    socket.next();
  }

  static String org(UUID id) {
    return dev.fairground.kernel.Ids.write("org", id);
  }
}
