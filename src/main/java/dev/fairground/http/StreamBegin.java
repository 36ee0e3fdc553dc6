package dev.fairground.http;

import dev.fairground.graphql.Answer;
import dev.fairground.graphql.Cancellation;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Opening;
import dev.fairground.graphql.Operation;
import dev.fairground.graphql.Refusal;
import dev.fairground.graphql.Stream;
import dev.fairground.kernel.Viewer;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One operation whose answers are streamed, on its way to the first of them: its turn, the engine,
 * and the time it may take. Lives on the event loop of its connection.
 */
final class StreamBegin {
  private static final Logger LOG = LoggerFactory.getLogger(StreamBegin.class);

  private static final int BETWEEN_TRIES_MILLIS = 100;

  private final GraphqlHandler server;
  private final Context context;
  private final String id;
  private final Then then;
  private final Cancellation cancellation = new Cancellation();
  private @Nullable Turn turn;
  private @Nullable Viewer viewer;
  private boolean done;
  private long timer = -1;

  /** What becomes of it: one of the two, once. */
  interface Then {
    void begun(Stream stream);

    /**
     * @param body a JSON object with nothing but {@code errors}
     */
    void refused(ErrorCode code, Buffer body);
  }

  /** What was asked, by whom. */
  record Asked(
      RequestParameters parameters,
      List<String> languages,
      boolean queryOnly,
      Viewer viewer,
      @Nullable String resumeAfter) {}

  /**
   * @param id of the request
   */
  StreamBegin(GraphqlHandler server, Context context, String id, Then then) {
    this.server = server;
    this.context = context;
    this.id = id;
    this.then = then;
  }

  StreamBegin begin(Asked asked) {
    enter(asked, this::refuse);
    return this;
  }

  /**
   * The same for one of many on a connection: it is not refused while others are before it, but
   * comes back until the time of a request is over. A server that starts again is asked for all
   * subscriptions of its clients at once.
   */
  void beginPatiently(Asked asked) {
    var until = System.nanoTime() + server.limits.handlingMillis() * 1_000_000L;
    beginUntil(asked, until);
  }

  private void beginUntil(Asked asked, long until) {
    enter(
        asked,
        full -> {
          if (System.nanoTime() - until > 0) {
            refuse(full);
          } else if (!done) {
            server.vertx.setTimer(BETWEEN_TRIES_MILLIS, again -> beginUntil(asked, until));
          }
        });
  }

  private void enter(Asked asked, Consumer<Refusal> full) {
    if (done) {
      return;
    }
    viewer = asked.viewer();
    turn = new Turn(server, context, asked.viewer().key(), () -> open(asked), full).enter();
    if (done) {
      turn.leave();
    }
  }

  private void open(Asked asked) {
    if (done) {
      leave();
      return;
    }
    try {
      PersistedQueries.Found found = server.persisted.find(asked.parameters());
      var operation =
          new Operation(
              found.text(),
              asked.parameters().operationName(),
              asked.parameters().variables(),
              asked.parameters().extensions(),
              asked.languages(),
              asked.queryOnly(),
              asked.viewer(),
              id,
              System.nanoTime() + server.limits.handlingMillis() * 1_000_000L,
              cancellation);
      timer = server.vertx.setTimer(server.limits.handlingMillis(), late -> timeOut());
      server
          .backend
          .streams()
          .open(operation, asked.resumeAfter())
          .onComplete(
              opening -> onLoop(() -> opened(opening, found)),
              failure -> onLoop(() -> fail(failure)));
    } catch (RuntimeException failure) {
      fail(failure);
    }
  }

  private void opened(Opening opening, PersistedQueries.Found found) {
    leave();
    if (done) {
      if (opening instanceof Opening.Begun begun) {
        begun.stream().close();
      }
      return;
    }
    end();
    switch (opening) {
      case Opening.Refused(Answer answer) -> {
        var code = answer.refusedBy();
        then.refused(code == null ? ErrorCode.INTERNAL_SERVER_ERROR : code, answer.body());
      }
      case Opening.Begun(Stream stream) -> {
        server.persisted.keep(found);
        then.begun(stream);
      }
    }
  }

  private void timeOut() {
    if (!done) {
      cancellation.cancel();
      refuse(new Refusal(ErrorCode.TIMEOUT, "The answer was not ready in time."));
    }
  }

  private void fail(Throwable failure) {
    if (!(failure instanceof Refusal)) {
      LOG.atError()
          .addKeyValue("requestId", id)
          .setCause(failure)
          .log("a stream failed by a defect of ours");
    }
    refuse(
        failure instanceof Refusal refusal
            ? refusal
            : new Refusal(
                ErrorCode.INTERNAL_SERVER_ERROR,
                "Something went wrong on our side; the log knows it by this request's id."));
  }

  private void refuse(Refusal refusal) {
    leave();
    if (!done) {
      end();
      if (viewer != null && viewer.signedIn()) {
        server.backend.troubles().heard(viewer, id, null, refusal.faults());
      }
      then.refused(refusal.code(), ErrorBody.of(refusal, id));
    }
  }

  /** The caller has gone. */
  void cancel() {
    if (!done) {
      end();
      cancellation.cancel();
      leave();
    }
  }

  private void end() {
    done = true;
    server.vertx.cancelTimer(timer);
  }

  private void leave() {
    if (turn != null) {
      turn.leave();
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
