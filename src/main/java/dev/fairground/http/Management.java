package dev.fairground.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;

/**
 * The port for those who run the server: {@code /health/live} says that the process answers, {@code
 * /health/ready} that it wants requests and the database answers (200, else 503), and {@code
 * /metrics} gives all meters in Prometheus' text format.
 */
public final class Management {
  private final Vertx vertx;
  private final Supplier<Future<Void>> ping;
  private final Supplier<String> metrics;
  private volatile boolean ready;

  public Management(Vertx vertx, Supplier<Future<Void>> ping, Supplier<String> metrics) {
    this.vertx = vertx;
    this.ping = ping;
    this.metrics = metrics;
  }

  /**
   * Listens; fails if the port is taken.
   *
   * @param port 0 takes a free one
   * @return the port
   */
  public Future<Integer> start(String host, int port) {
    return vertx
        .createHttpServer()
        .requestHandler(this::answer)
        .listen(port, host)
        .map(HttpServer::actualPort);
  }

  /** From now on the server wants requests. */
  public void ready() {
    ready = true;
  }

  /** From now on it wants none: a balancer that asks sends them elsewhere. */
  public void drain() {
    ready = false;
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/health/live" -> reply(request, 200, "live");
      case "/health/ready" -> {
        if (ready) {
          ping.get()
              .onSuccess(answered -> reply(request, 200, "ready"))
              .onFailure(failure -> reply(request, 503, "the database does not answer"));
        } else {
          reply(request, 503, "starting or ending");
        }
      }
      case "/metrics" -> {
        request.response().putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        request.response().end(metrics.get());
      }
      case null, default ->
          reply(request, 404, "there are /health/live, /health/ready and /metrics");
    }
  }

  private static void reply(HttpServerRequest request, int status, String text) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .end(text + "\n");
  }
}
