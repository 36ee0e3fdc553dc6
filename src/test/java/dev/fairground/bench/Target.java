package dev.fairground.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A server that is asked over HTTP on the loopback address, once or by many callers at once. */
final class Target implements AutoCloseable {
  private final Vertx vertx;
  private final HttpClient client;
  private final int port;
  private final String token;

  Target(Vertx vertx, int port, int callers) {
    this(vertx, port, callers, null);
  }

  /**
   * @param token sent with every request; null for nobody's
   */
  Target(Vertx vertx, int port, int callers, String token) {
    this.vertx = vertx;
    this.port = port;
    this.token = token;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(true).setPipelining(false),
            new PoolOptions().setHttp1MaxSize(callers));
  }

  /**
   * What is sent.
   *
   * @param body sent by POST as JSON; null for GET
   * @param tag sent as {@code If-None-Match} if it is not null
   */
  record Request(String path, Buffer body, String tag) {
    static Request post(JsonObject body) {
      return new Request("/graphql", body.toBuffer(), null);
    }

    static Request get(String path) {
      return new Request(path, null, null);
    }
  }

  /** What came back. */
  record Reply(int status, String tag, Buffer body) {}

  JsonObject post(JsonObject body) throws Exception {
    return json(Request.post(body));
  }

  JsonObject json(Request request) throws Exception {
    var reply = reply(request);
    if (reply.status() != 200) {
      throw new IllegalStateException(request + " gave " + reply.status() + ": " + reply.body());
    }
    return reply.body().toJsonObject();
  }

  Reply reply(Request request) throws Exception {
    // On an event loop: elsewhere an answer can be there before anybody listens to its body.
    var reply = Promise.<Reply>promise();
    vertx.runOnContext(there -> send(request).onComplete(reply));
    return reply.future().await(30, TimeUnit.SECONDS);
  }

  private Future<Reply> send(Request wanted) {
    var post = wanted.body() != null;
    return client
        .request(
            new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(post ? HttpMethod.POST : HttpMethod.GET)
                .setURI(wanted.path()))
        .compose(request -> send(request, wanted))
        .compose(
            response ->
                response
                    .body()
                    .map(
                        body ->
                            new Reply(response.statusCode(), response.getHeader("etag"), body)));
  }

  private Future<HttpClientResponse> send(HttpClientRequest request, Request wanted) {
    if (token != null) {
      request.putHeader("authorization", "Bearer " + token);
    }
    if (wanted.tag() != null) {
      request.putHeader("if-none-match", wanted.tag());
    }
    if (wanted.body() == null) {
      return request.send();
    }
    return request.putHeader("content-type", "application/json").send(wanted.body());
  }

  /** How one round went; latencies in nanoseconds, ascending. */
  record Round(long[] latencies, long nanos) {
    double perSecond() {
      return latencies.length * 1e9 / nanos;
    }

    double millis(double quantile) {
      return latencies[(int) Math.min(latencies.length - 1, latencies.length * quantile)] / 1e6;
    }
  }

  /**
   * Asks for {@code millis}, each of {@code callers} sending its next request when the last was
   * answered. Fails if one answer has another status than {@code status}.
   */
  Round round(int callers, long millis, int status, Supplier<Request> next) throws Exception {
    var begun = System.nanoTime();
    var end = begun + millis * 1_000_000;
    var running = new ArrayList<Future<List<Long>>>();
    for (int caller = 0; caller < callers; caller++) {
      var done = Promise.<List<Long>>promise();
      var latencies = new ArrayList<Long>(4_096);
      vertx.runOnContext(start -> ask(next, status, end, latencies, done));
      running.add(done.future());
    }
    Future.all(running).await(millis + 30_000, TimeUnit.MILLISECONDS);
    var nanos = System.nanoTime() - begun;
    var all =
        running.stream().flatMap(one -> one.result().stream()).mapToLong(Long::longValue).toArray();
    java.util.Arrays.sort(all);
    return new Round(all, nanos);
  }

  private void ask(
      Supplier<Request> next,
      int status,
      long end,
      List<Long> latencies,
      Promise<List<Long>> done) {
    var sent = System.nanoTime();
    send(next.get())
        .onComplete(
            reply -> {
              var now = System.nanoTime();
              if (reply.failed()) {
                done.fail(reply.cause());
              } else if (reply.result().status() != status) {
                done.fail(reply.result().status() + ": " + reply.result().body());
              } else {
                latencies.add(now - sent);
                if (now < end) {
                  ask(next, status, end, latencies, done);
                } else {
                  done.complete(latencies);
                }
              }
            });
  }

  @Override
  public void close() throws Exception {
    client.close().await(10, TimeUnit.SECONDS);
  }
}
