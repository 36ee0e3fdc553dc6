package dev.fairground.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntFunction;

/**
 * Readers of {@code Subscription.events} over graphql-transport-ws that note when what arrived, and
 * nothing else: they share the processors with the server.
 */
final class Subscribers implements AutoCloseable {
  private static final int CONNECT_AT_ONCE = 50;
  private static final String SUBJECT = "\"subjectId\":\"";
  private static final int ID_LENGTH = "pl_".length() + 32;

  /** What one of them was told. */
  record Receipt(int subscriber, String subject, long micros) {}

  final ConcurrentLinkedQueue<Receipt> receipts = new ConcurrentLinkedQueue<>();
  final ConcurrentLinkedQueue<String> troubles = new ConcurrentLinkedQueue<>();
  private final List<WebSocket> sockets = new ArrayList<>();
  private final WebSocketClient client;
  private final AtomicIntegerArray told;
  private final AtomicInteger heard = new AtomicInteger();
  private volatile boolean closing;

  private Subscribers(Vertx vertx, int subscribers) {
    this.client =
        vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(20_000));
    this.told = new AtomicIntegerArray(subscribers);
  }

  /**
   * Opens connections, to each port in turn, and subscribes on them.
   *
   * @param payload of the subscription of each subscriber, by its number from 0
   */
  static Subscribers open(
      Vertx vertx,
      List<Integer> ports,
      int connections,
      int subscribers,
      IntFunction<JsonObject> payload)
      throws Exception {
    var all = new Subscribers(vertx, subscribers);
    for (int from = 0; from < connections; from += CONNECT_AT_ONCE) {
      var opening = new ArrayList<Future<WebSocket>>();
      for (int i = from; i < Math.min(connections, from + CONNECT_AT_ONCE); i++) {
        opening.add(all.connect(ports.get(i % ports.size()), i, connections, payload));
      }
      Future.all(opening).await(30, TimeUnit.SECONDS);
      opening.forEach(one -> all.sockets.add(one.result()));
    }
    return all;
  }

  private Future<WebSocket> connect(
      int port, int number, int connections, IntFunction<JsonObject> payload) {
    var socket = client.webSocket();
    socket.textMessageHandler(
        text -> {
          var micros = micros();
          var subject = text.indexOf(SUBJECT);
          if (subject >= 0) {
            var begin = text.indexOf("\"id\":\"s") + 7;
            var subscriber = Integer.parseInt(text.substring(begin, text.indexOf('"', begin)));
            var from = subject + SUBJECT.length();
            told.incrementAndGet(subscriber);
            heard.incrementAndGet();
            receipts.add(new Receipt(subscriber, text.substring(from, from + ID_LENGTH), micros));
          } else if (text.contains("\"connection_ack\"")) {
            for (int i = number; i < told.length(); i += connections) {
              socket.writeTextMessage(
                  new JsonObject()
                      .put("id", "s" + i)
                      .put("type", "subscribe")
                      .put("payload", payload.apply(i))
                      .encode());
            }
          } else if (text.contains("\"ping\"")) {
            socket.writeTextMessage("{\"type\":\"pong\"}");
          } else {
            troubles.add(text.replaceAll("\"(id|requestId)\":\"[^\"]*\",?", ""));
          }
        });
    socket.closeHandler(
        gone -> {
          if (!closing) {
            troubles.add("closed with " + socket.closeStatusCode());
          }
        });
    return socket
        .connect(
            new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/graphql")
                .addSubProtocol("graphql-transport-ws"))
        .onSuccess(open -> open.writeTextMessage("{\"type\":\"connection_init\"}"));
  }

  private static long micros() {
    var now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }

  /** How many of them were told nothing yet. */
  int unheard() {
    var unheard = 0;
    for (int i = 0; i < told.length(); i++) {
      unheard += told.get(i) == 0 ? 1 : 0;
    }
    return unheard;
  }

  /** How often any of them was told something. */
  int heard() {
    return heard.get();
  }

  void forget() {
    receipts.clear();
    troubles.clear();
  }

  /**
   * From the commit of each edition to its arrivals.
   *
   * @param commits in microseconds
   */
  Latencies latencies(Map<String, Long> commits) {
    var latencies = new Latencies();
    for (var receipt : receipts) {
      var commit = commits.get(receipt.subject());
      if (commit != null) {
        latencies.add((receipt.micros() - commit) * 1_000);
      }
    }
    return latencies;
  }

  @Override
  public void close() throws Exception {
    closing = true;
    var ending = new ArrayList<Future<Void>>();
    sockets.forEach(socket -> ending.add(socket.close()));
    try {
      Future.join(ending).await(10, TimeUnit.SECONDS);
    } catch (Exception gone) {
      // Whoever is closed already needs no closing.
    }
    client.close().await(10, TimeUnit.SECONDS);
  }
}
