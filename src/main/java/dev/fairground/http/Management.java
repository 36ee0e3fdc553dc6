package dev.fairground.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The port for those who run the server: {@code /health/live} says that the process answers, {@code
 * /health/ready} that it wants requests and the database answers within a second (200, else 503),
 * and {@code /metrics} gives all meters in Prometheus' text format. It is there from the first
 * moment, also while the server waits for its database.
 */
public final class Management {
  private static final int LONGEST_PING_SECONDS = 1;

  private final Vertx vertx;
  private final Supplier<String> metrics;
  private volatile @Nullable Supplier<Future<Void>> ready;
  private volatile @Nullable ClockDoor clock;

  public Management(Vertx vertx, Supplier<String> metrics) {
    this.vertx = vertx;
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

  /**
   * From now on the server wants requests, as long as its database answers.
   *
   * @param ping asks the database
   */
  public void ready(Supplier<Future<Void>> ping) {
    ready = ping;
  }

  /** From now on there is {@code /clock}. */
  public void clock(ClockDoor door) {
    clock = door;
  }

  /** From now on it wants none: a balancer that asks sends them elsewhere. */
  public void drain() {
    ready = null;
  }

  private void answer(HttpServerRequest request) {
    switch (request.path()) {
      case "/health/live" -> reply(request, 200, "live");
      case "/health/ready" -> {
        var ping = ready;
        if (ping != null) {
          ping.get()
              .timeout(LONGEST_PING_SECONDS, TimeUnit.SECONDS)
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
      case "/clock" -> {
        var door = clock;
        if (door != null) {
          door.answer(request);
        } else {
          reply(request, 404, "the clock is that of the machine: see FAIRGROUND_MOVABLE_CLOCK");
        }
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
