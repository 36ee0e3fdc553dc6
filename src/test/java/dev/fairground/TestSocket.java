package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of graphql-transport-ws that does what it is told, right or wrong. */
final class TestSocket {
  final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  final ClientWebSocket socket;

  private TestSocket(ClientWebSocket socket) {
    this.socket = socket;
    socket.textMessageHandler(text -> messages.add(new JsonObject(text)));
    socket.closeHandler(
        gone ->
            closed.complete(
                socket.closeStatusCode() == null ? 1006 : (int) socket.closeStatusCode()));
  }

  static TestSocket open(Vertx vertx, int port, String... protocols) {
    var options =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI("/graphql");
    for (var protocol : protocols) {
      options.addSubProtocol(protocol);
    }
    var client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(1_000));
    // It listens before it connects: a server that closes at once is heard, too.
    var opened = new TestSocket(client.webSocket());
    EventServer.await(opened.socket.connect(options));
    return opened;
  }

  static TestSocket open(EventServer server) {
    return open(server.vertx, server.port, "graphql-transport-ws");
  }

  /** Opened and greeted. */
  static TestSocket ready(EventServer server, String authorization) {
    var opened = open(server);
    opened.send(
        new JsonObject()
            .put("type", "connection_init")
            .put("payload", new JsonObject().put("Authorization", authorization)));
    assertThat(opened.next().getString("type")).isEqualTo("connection_ack");
    return opened;
  }

  static TestSocket ready(EventServer server) {
    var opened = open(server);
    opened.send(new JsonObject().put("type", "connection_init"));
    assertThat(opened.next().getString("type")).isEqualTo("connection_ack");
    return opened;
  }

  TestSocket send(JsonObject message) {
    return send(message.encode());
  }

  TestSocket send(String text) {
    socket.writeTextMessage(text);
    return this;
  }

  TestSocket subscribe(String id, String query) {
    return subscribe(id, query, new JsonObject());
  }

  TestSocket subscribe(String id, String query, JsonObject variables) {
    return send(
        new JsonObject()
            .put("id", id)
            .put("type", "subscribe")
            .put("payload", new JsonObject().put("query", query).put("variables", variables)));
  }

  JsonObject next() {
    try {
      var message = messages.poll(20, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message; closed: " + closed.getNow(0));
      }
      return message;
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  /** The event in the next message. */
  JsonObject event() {
    var message = next();
    assertThat(message.getString("type")).as(message.encode()).isEqualTo("next");
    return message.getJsonObject("payload").getJsonObject("data").getJsonObject("events");
  }

  int closeCode() {
    try {
      return closed.get(20, TimeUnit.SECONDS);
    } catch (Exception open) {
      throw new AssertionError("still open; heard: " + messages, open);
    }
  }

  boolean hearsNothing(int millis) {
    try {
      return messages.poll(millis, TimeUnit.MILLISECONDS) == null;
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }
}
