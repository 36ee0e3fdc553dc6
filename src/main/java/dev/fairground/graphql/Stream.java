package dev.fairground.graphql;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The answers of one operation, one after the other, each made when it is asked for. */
public interface Stream {
  /**
   * One answer.
   *
   * @param body a JSON object with {@code data} or {@code errors} or both
   * @param cursor the place to go on from after it; null where there is none
   * @param refusedBy why there will be no more, though there is no end; null for an answer
   */
  record Told(Buffer body, @Nullable String cursor, @Nullable ErrorCode refusedBy) {}

  /** The next answer; null at the end. Never fails; asked by one at a time. */
  Future<@Nullable Told> next();

  /** The place up to which everything was looked at; null where there is none. */
  default @Nullable String reached() {
    return null;
  }

  /** Nobody asks any more. Harmless when repeated. */
  void close();

  /** Only this answer. */
  static Stream of(Answer answer) {
    return new Stream() {
      private boolean told;

      @Override
      public Future<@Nullable Told> next() {
        var next = told ? null : new Told(answer.body(), null, null);
        told = true;
        return Future.succeededFuture(next);
      }

      @Override
      public void close() {
        told = true;
      }
    };
  }
}
