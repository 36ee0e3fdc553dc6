package dev.fairground;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A reader of server-sent events. */
final class TestEvents implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  final HttpResponse<Stream<String>> response;

  /** Blocks of lines, each by the name of its field; comments are {@code ""}. The end is empty. */
  final BlockingQueue<Map<String, String>> blocks = new LinkedBlockingQueue<>();

  private TestEvents(HttpRequest request) {
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofLines());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    var block = new LinkedHashMap<String, String>();
    try (var lines = response.body()) {
      for (var line : (Iterable<String>) lines::iterator) {
        if (line.isEmpty()) {
          blocks.add(Map.copyOf(block));
          block.clear();
        } else {
          var colon = line.indexOf(':');
          block.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
      }
    } catch (RuntimeException broken) {
      // The end says it too.
    }
    blocks.add(Map.of());
  }

  static TestEvents post(EventServer server, String query, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + "/graphql"))
            .header("Accept", "text/event-stream")
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(new JsonObject().put("query", query).encode()));
    return new TestEvents((headers.length == 0 ? request : request.headers(headers)).build());
  }

  static TestEvents get(EventServer server, String query, String... headers) {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + server.port
                        + "/graphql?query="
                        + URLEncoder.encode(query, StandardCharsets.UTF_8)))
            .header("Accept", "text/event-stream");
    return new TestEvents((headers.length == 0 ? request : request.headers(headers)).build());
  }

  /** The next block, comments too. */
  Map<String, String> block() {
    try {
      var block = blocks.poll(20, TimeUnit.SECONDS);
      if (block == null) {
        throw new AssertionError("nothing came");
      }
      return block;
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  /** The next block that is an event, or the end. */
  Map<String, String> next() {
    var block = block();
    while (!block.isEmpty() && !block.containsKey("event")) {
      block = block();
    }
    return block;
  }

  /** The event in the next block. */
  JsonObject event() {
    return new JsonObject(next().get("data")).getJsonObject("data").getJsonObject("events");
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
