package dev.fairground.http;

import dev.fairground.graphql.Stream;
import dev.fairground.graphql.Stream.Told;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a stream's answers one by one, and only while the socket takes them: a reader that is slow
 * has what fits into its socket's queue, and nothing more is made for it.
 */
final class Pump {
  private final Context context;
  private final Stream stream;
  private final BooleanSupplier full;
  private final Consumer<@Nullable Told> taken;
  private boolean asking;
  private boolean ended;

  /**
   * @param full whether the socket's queue is full; then {@link #flow} is called when it no longer
   *     is
   * @param taken told of each answer, and of the end by null; after the end or a refusal of nothing
   */
  Pump(Context context, Stream stream, BooleanSupplier full, Consumer<@Nullable Told> taken) {
    this.context = context;
    this.stream = stream;
    this.full = full;
    this.taken = taken;
  }

  /** Goes on. */
  void flow() {
    while (!asking && !ended && !full.getAsBoolean()) {
      asking = true;
      var next = stream.next();
      if (next.isComplete()) {
        take(next.result());
      } else {
        next.onComplete(told -> arrived(told.result()));
      }
    }
  }

  private void arrived(@Nullable Told told) {
    if (Vertx.currentContext() == context) {
      take(told);
      flow();
    } else {
      context.runOnContext(here -> arrived(told));
    }
  }

  private void take(@Nullable Told told) {
    asking = false;
    if (ended) {
      return;
    }
    if (told == null || told.refusedBy() != null) {
      close();
    }
    taken.accept(told);
  }

  @Nullable String reached() {
    return asking ? stream.reached() : null;
  }

  void close() {
    ended = true;
    stream.close();
  }
}
