package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import dev.fairground.graphql.Stream;
import dev.fairground.graphql.Stream.Told;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * One request that is answered by server-sent events, as graphql-sse has it in its mode of distinct
 * connections: {@code next} for each answer, {@code complete} at the end, and a comment now and
 * then as a sign of life. Lives on the event loop of its connection.
 */
final class EventStream implements LiveStreams.Live, StreamBegin.Then {
  private static final CharSequence MEDIA =
      HttpHeaders.createOptimized("text/event-stream; charset=utf-8");
  private static final CharSequence LAST_EVENT_ID = HttpHeaders.createOptimized("Last-Event-ID");
  private static final int LINGER_MILLIS = 1_000;
  private static final int LONGEST_EVENT_ID = 200;

  private final GraphqlHandler server;
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final String id;
  private final Context context;
  private @Nullable StreamBegin begin;
  private @Nullable Pump pump;
  private @Nullable Standing standing;
  private boolean closed;
  private long ticking = -1;
  private long checking = -1;
  private long fullSince = -1;
  private long lastWrite;

  EventStream(GraphqlHandler server, HttpServerRequest request, String id) {
    this.server = server;
    this.request = request;
    this.response = request.response();
    this.id = id;
    this.context = server.vertx.getOrCreateContext();
  }

  void begin(@Nullable Buffer body) {
    response.closeHandler(gone -> end());
    response.exceptionHandler(broken -> {});
    Standing.of(server, server.addresses.of(request), request.getHeader(HttpHeaders.AUTHORIZATION))
        .onComplete(
            known -> onLoop(() -> open(known, body)), failure -> onLoop(() -> refuse(failure)));
  }

  private void open(Standing known, @Nullable Buffer body) {
    if (closed) {
      return;
    }
    standing = known;
    try {
      var asked =
          new StreamBegin.Asked(
              server.reader.parameters(request, body),
              Languages.of(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)),
              request.method() == HttpMethod.GET,
              known.viewer(),
              lastEventId());
      begin = new StreamBegin(server, context, id, this).begin(asked);
    } catch (Refusal malformed) {
      refuse(malformed);
    }
  }

  /** What a browser sends when it comes back by itself. */
  private @Nullable String lastEventId() {
    var last = request.getHeader(LAST_EVENT_ID);
    return last == null || last.isEmpty() || last.length() > LONGEST_EVENT_ID ? null : last;
  }

  @Override
  public void begun(Stream stream) {
    if (closed) {
      stream.close();
      return;
    }
    start();
    var flowing = new Pump(context, stream, this::isFull, this::tell);
    pump = flowing;
    response.drainHandler(
        drained -> {
          fullSince = -1;
          flowing.flow();
          noteFullness();
        });
    var limits = server.limits.streams();
    ticking =
        server.vertx.setPeriodic(
            Math.max(50, Math.min(limits.keepAliveMillis(), limits.stallMillis()) / 2),
            tick -> tick());
    checking = server.vertx.setPeriodic(limits.checkMillis(), tick -> check());
    server.live.add(this);
    flowing.flow();
    noteFullness();
  }

  /** What is wrong with the document is told in the stream; all else by a status. */
  @Override
  public void refused(ErrorCode code, Buffer body) {
    if (closed) {
      return;
    }
    if (code.status() == 400 || code.status() == 403 || code.status() == 410) {
      start();
      finish(body);
    } else {
      end();
      var answer = Replies.begin(request, code.status(), id, Replies.NO_STORE);
      answer.headers().set(HttpHeaders.CONTENT_TYPE, MediaType.JSON.header());
      if (code.status() == 429 || code.status() == 503) {
        Replies.tellRetry(answer, 1_000);
      }
      server.replies.finish(request, body);
    }
  }

  private void start() {
    Replies.begin(request, 200, id, Replies.NO_STORE);
    response
        .headers()
        .set(HttpHeaders.CONTENT_TYPE, MEDIA)
        // Compressed, events would wait for each other; proxies are told not to hold them either.
        .set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
        .set("X-Accel-Buffering", "no");
    response.setChunked(true).setWriteQueueMaxSize(server.limits.streams().queueBytes());
    write(":\n\n");
  }

  private void tell(@Nullable Told told) {
    if (told == null) {
      finish(null);
    } else if (told.refusedBy() != null) {
      finish(told.body());
    } else {
      var cursor = told.cursor() == null ? "" : "id: " + told.cursor() + '\n';
      write(next(told.body(), cursor));
    }
  }

  private static String next(Buffer body, String cursor) {
    return "event: next\n" + cursor + "data: " + body + "\n\n";
  }

  /** The end, behind a last answer if there is one. */
  private void finish(@Nullable Buffer last) {
    if (!closed) {
      end();
      response.end((last == null ? "" : next(last, "")) + "event: complete\ndata:\n\n");
    }
  }

  private void write(String text) {
    if (!isGone()) {
      lastWrite = System.nanoTime();
      response.write(text);
      noteFullness();
    }
  }

  private boolean isGone() {
    return closed || response.closed();
  }

  private boolean isFull() {
    return isGone() || response.writeQueueFull();
  }

  private void noteFullness() {
    if (fullSince < 0 && !isGone() && response.writeQueueFull()) {
      fullSince = System.nanoTime();
    }
  }

  private void tick() {
    var limits = server.limits.streams();
    var now = System.nanoTime();
    if (fullSince >= 0) {
      if (now - fullSince > limits.stallMillis() * 1_000_000L) {
        endFor(
            new Refusal(
                ErrorCode.SLOW_READER,
                "Too slow a reader: nothing was taken for a while. Go on from the last cursor."));
        server.vertx.setTimer(LINGER_MILLIS, over -> request.connection().close());
      }
    } else if (now - lastWrite > limits.keepAliveMillis() * 500_000L) {
      var reached = pump == null ? null : pump.reached();
      // A place without an event: who comes back later begins there.
      write(reached == null ? ":\n\n" : "id: " + reached + "\n\n");
    }
  }

  private void check() {
    if (standing == null) {
      return;
    }
    standing
        .check()
        .onSuccess(
            now ->
                onLoop(
                    () -> {
                      switch (now) {
                        case SAME -> {}
                        case OTHER_RIGHTS -> goAway();
                        case GONE ->
                            endFor(
                                new Refusal(
                                    ErrorCode.UNAUTHENTICATED,
                                    "The credentials are not accepted any more."));
                      }
                    }));
  }

  private void endFor(Refusal refusal) {
    finish(ErrorBody.of(refusal, id));
  }

  /** Without a last word: the client comes back, and goes on from its last cursor. */
  @Override
  public void goAway() {
    onLoop(
        () -> {
          if (!closed) {
            end();
            response.end();
          }
        });
  }

  private void refuse(Throwable failure) {
    if (closed) {
      return;
    }
    end();
    var refusal =
        failure instanceof Refusal known
            ? known
            : new Refusal(
                ErrorCode.SERVICE_UNAVAILABLE,
                "Who calls cannot be told at the moment. Try again.");
    server.replies.refuse(request, refusal.code().status(), refusal, MediaType.JSON, id);
  }

  private void end() {
    if (closed) {
      return;
    }
    closed = true;
    server.live.remove(this);
    server.vertx.cancelTimer(ticking);
    server.vertx.cancelTimer(checking);
    if (pump != null) {
      pump.close();
    } else if (begin != null) {
      begin.cancel();
    }
  }

  private void onLoop(Runnable action) {
    if (server.vertx.getOrCreateContext() == context) {
      action.run();
    } else {
      context.runOnContext(there -> action.run());
    }
  }
}
