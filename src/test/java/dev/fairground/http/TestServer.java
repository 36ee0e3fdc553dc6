package dev.fairground.http;

import dev.fairground.graphql.RateLimit;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Viewer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server on a free port with a {@link TinyMarket} behind it, and clients that speak to it. */
final class TestServer implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final TinyMarket market = new TinyMarket(vertx);
  final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final GraphqlServer server;
  final int port;

  TestServer() {
    this(Map.of());
  }

  TestServer(Map<String, Integer> settings) {
    this(settings, "");
  }

  TestServer(Map<String, Integer> settings, String trustedProxies) {
    Credentials credentials =
        (authorization, address) ->
            authorization.equals("Bearer good")
                ? Future.succeededFuture(
                    new Viewer("good", new Viewer.Actor("good", "Good", null), Rights.NONE))
                : Credentials.NONE.viewer(authorization, address);
    server =
        new GraphqlServer(
            vertx,
            HttpLimits.read((name, standard, least, most) -> settings.getOrDefault(name, standard)),
            CallerAddresses.behind(trustedProxies),
            true,
            new GraphqlBackend(
                market,
                credentials,
                viewer -> new RateLimit(1_000, 1_000, 100, 0, 5_000),
                market.version::get,
                dev.fairground.graphql.Troubles.UNHEARD,
                FileDoors.NONE));
    port = await(server.start("127.0.0.1", 0));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  URI uri(String rest) {
    return URI.create("http://127.0.0.1:" + port + rest);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  HttpRequest.Builder posting(String body) {
    return HttpRequest.newBuilder(uri("/graphql"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> post(String body) {
    return send(posting(body));
  }

  /** Header values come in pairs behind the query. */
  HttpResponse<String> get(String query, String... headers) {
    var request =
        HttpRequest.newBuilder(
            uri("/graphql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8)));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  Wire wire() {
    return new Wire(port);
  }

  @Override
  public void close() {
    client.close();
    await(vertx.close());
  }

  /** A bare socket, for what no client would send. */
  static final class Wire implements AutoCloseable {
    private final Socket socket;

    private Wire(int port) {
      try {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(15_000);
      } catch (IOException failure) {
        throw new AssertionError(failure);
      }
    }

    Wire send(String text) {
      try {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (IOException closed) {
        // The answer tells.
      }
      return this;
    }

    /** Everything that comes until the server closes. */
    String readAll() {
      var text = new StringBuilder();
      try {
        for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
          text.append((char) c);
        }
      } catch (IOException reset) {
        text.append("<").append(reset.getMessage()).append(">");
      }
      return text.toString();
    }

    /** What comes within the time, whether the server closes or not. */
    String readFor(int millis) {
      var text = new StringBuilder();
      try {
        socket.setSoTimeout(millis);
        for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
          text.append((char) c);
        }
        text.append("<closed>");
      } catch (IOException timeOut) {
        text.append("<").append(timeOut.getMessage()).append(">");
      }
      return text.toString();
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException failure) {
        throw new AssertionError(failure);
      }
    }
  }
}
