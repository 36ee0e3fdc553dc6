package dev.fairground.http;

import dev.fairground.graphql.Answer;
import dev.fairground.graphql.Cancellation;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Operation;
import dev.fairground.graphql.Refusal;
import dev.fairground.kernel.Viewer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request that has arrived whole, on its way through identity, admission, cache and engine to
 * its answer. Lives on the event loop of its connection.
 */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  /** After this the place of work that does not end, though told to, is given to others. */
  private static final int STUCK_MILLIS = 5_000;

  private static final int LONGEST_SHARED_REQUEST = 16 * 1024;

  private final GraphqlHandler server;
  private final HttpServerRequest request;
  private final MediaType media;
  private final String id;
  private final Context context;
  private final long deadlineNanos;
  private final Cancellation cancellation = new Cancellation();

  private @Nullable Buffer body;
  private Viewer viewer = Viewer.anonymous("");
  private Admission.@Nullable Ticket ticket;
  private boolean started;
  private boolean done;
  private long timer = -1;

  Exchange(GraphqlHandler server, HttpServerRequest request, MediaType media, String id) {
    this.server = server;
    this.request = request;
    this.media = media;
    this.id = id;
    this.context = server.vertx.getOrCreateContext();
    this.deadlineNanos = System.nanoTime() + server.limits.handlingMillis() * 1_000_000L;
  }

  void begin(@Nullable Buffer bytes) {
    body = bytes;
    String address = server.addresses.of(request);
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization == null) {
      viewer = Viewer.anonymous(address);
      enter();
      return;
    }
    server
        .backend
        .credentials()
        .viewer(authorization, address)
        .onComplete(
            known -> {
              viewer = known;
              onLoop(this::enter);
            },
            failure -> onLoop(() -> fail(failure)));
  }

  /** Before the body is parsed, so that overload costs as little as can be. */
  private void enter() {
    ticket = server.admission.enter(viewer.key(), () -> context.runOnContext(turn -> run()));
    switch (ticket.standing()) {
      case ADMITTED -> run();
      case WAITING -> {
        request.response().closeHandler(gone -> leave());
        server.vertx.setTimer(server.limits.waitMillis(), over -> giveUp());
      }
      case CALLER_FULL -> refuse(full(ErrorCode.RATE_LIMITED));
      case FULL -> refuse(full(ErrorCode.OVERLOADED));
      case LEFT -> throw new IllegalStateException("left before it came");
    }
  }

  private void giveUp() {
    ErrorCode code = ticket == null || started ? null : ticket.giveUp();
    if (code != null && !done) {
      refuse(full(code));
    }
  }

  static Refusal full(ErrorCode code) {
    return new Refusal(
        code,
        code == ErrorCode.RATE_LIMITED
            ? "Too many of your requests are in work at once."
            : "The server has more work than it can do; please come back in a moment.");
  }

  private void run() {
    if (started) {
      return;
    }
    started = true;
    if (done) {
      release();
      return;
    }
    if (requestBytes() <= server.limits.bodyBytes()) {
      read(() -> server.reader.parameters(request, body));
      return;
    }
    // Megabytes take tens of milliseconds, in which nobody else on this loop would be served.
    server
        .vertx
        .executeBlocking(() -> server.reader.parameters(request, body), false)
        .onComplete(
            parsed -> onLoop(() -> read(() -> parsed)),
            broken ->
                onLoop(
                    () ->
                        read(
                            () -> {
                              throw broken instanceof RuntimeException known
                                  ? known
                                  : new IllegalStateException(broken);
                            })));
  }

  private void read(Supplier<RequestParameters> parsed) {
    if (done) {
      release();
      return;
    }
    try {
      RequestParameters parameters = parsed.get();
      answer(parameters, server.persisted.find(parameters));
    } catch (Refusal malformed) {
      release();
      end();
      tell(malformed);
      server.replies.refuse(request, malformed.code().status(), malformed, media, id);
    } catch (RuntimeException defect) {
      release();
      fail(defect);
    }
  }

  private void answer(RequestParameters parameters, PersistedQueries.Found found) {
    AnswerCache.Key key = sharedKey(parameters, found);
    AnswerCache.Entry entry = key == null ? null : server.shared.find(key);
    if (entry != null) {
      release();
      done = true;
      new Writer(server, request, media, id).share(entry, server.backend.bucket().apply(viewer));
      return;
    }
    long version = server.shared.version();
    var operation =
        new Operation(
            found.text(),
            parameters.operationName(),
            parameters.variables(),
            parameters.extensions(),
            languages(),
            request.method() == HttpMethod.GET,
            viewer,
            id,
            deadlineNanos,
            cancellation);
    Future<Answer> work = server.backend.execute().apply(operation);
    if (!work.isComplete()) {
      request.response().closeHandler(gone -> leave());
      timer = server.vertx.setTimer(millisLeft(), over -> timeOut());
    }
    work.onComplete(
        answer -> onLoop(() -> finish(answer, key, found, version)),
        failure ->
            onLoop(
                () -> {
                  release();
                  fail(failure);
                }));
  }

  /** Null unless every anonymous caller with this request may get the same answer. */
  private AnswerCache.@Nullable Key sharedKey(
      RequestParameters parameters, PersistedQueries.Found found) {
    Map<String, Object> extensions = parameters.extensions();
    boolean plain =
        extensions.isEmpty()
            || (extensions.size() == 1 && extensions.containsKey("persistedQuery"));
    boolean small =
        found.text().length() <= LONGEST_SHARED_REQUEST && requestBytes() <= LONGEST_SHARED_REQUEST;
    return viewer.signedIn() || !plain || !small
        ? null
        : new AnswerCache.Key(
            found.text(), parameters.operationName(), parameters.variables(), languages());
  }

  private List<String> languages() {
    return Languages.of(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
  }

  private void finish(
      Answer answer, AnswerCache.@Nullable Key key, PersistedQueries.Found found, long version) {
    release();
    if (done) {
      return;
    }
    end();
    if (answer.refusedBy() == null) {
      server.persisted.keep(found);
    }
    boolean shareable =
        !viewer.signedIn()
            && answer.refusedBy() == null
            && !answer.partial()
            && answer.shareUntilMillis() > System.currentTimeMillis();
    var writer = new Writer(server, request, media, id);
    if (!shareable) {
      writer.write(answer);
      return;
    }
    String tag = AnswerTag.of(answer.body());
    if (key != null) {
      server.shared.keep(key, requestBytes() + found.text().length(), answer, tag, version);
    }
    writer.writePublic(answer, tag);
  }

  private int requestBytes() {
    return body == null ? request.uri().length() : body.length();
  }

  private long millisLeft() {
    return Math.max(1, (deadlineNanos - System.nanoTime()) / 1_000_000);
  }

  private void timeOut() {
    if (done) {
      return;
    }
    stop();
    Refusal late = new Refusal(ErrorCode.TIMEOUT, "The answer was not ready in time.");
    tell(late);
    new Writer(server, request, media, id).refuse(late);
  }

  /** The caller has gone: nobody waits for the answer. */
  private void leave() {
    if (!done) {
      stop();
    }
  }

  private void stop() {
    end();
    cancellation.cancel();
    if (started) {
      server.vertx.setTimer(STUCK_MILLIS, stuck -> release());
    } else {
      release();
    }
  }

  private void fail(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      refuse(refusal);
      return;
    }
    LOG.atError()
        .addKeyValue("requestId", id)
        .setCause(failure)
        .log("a request failed by a defect of ours");
    refuse(
        new Refusal(
            ErrorCode.INTERNAL_SERVER_ERROR,
            "Something went wrong on our side; the log knows it by this request's id."));
  }

  private void refuse(Refusal refusal) {
    if (!done) {
      end();
      tell(refusal);
      new Writer(server, request, media, id).refuse(refusal);
    }
  }

  private void tell(Refusal refusal) {
    if (viewer.signedIn()) {
      server.backend.troubles().heard(viewer, id, null, refusal.faults());
    }
  }

  private void end() {
    done = true;
    if (timer >= 0) {
      server.vertx.cancelTimer(timer);
    }
  }

  private void release() {
    if (ticket != null) {
      ticket.leave();
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
