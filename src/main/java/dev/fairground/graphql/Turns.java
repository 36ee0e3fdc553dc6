package dev.fairground.graphql;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets so many steps run at once; the others wait, and begin in the order in which they came. */
final class Turns {
  private final int most;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int running;

  Turns(int most) {
    this.most = most;
  }

  /**
   * Runs a step when it is its turn, on the event loop of who asks. Its failure is the future's.
   */
  <T extends @Nullable Object> Future<T> take(Supplier<Future<T>> step) {
    Promise<T> done = Promise.promise();
    Context context = Vertx.currentContext();
    Runnable run = () -> run(step, done);
    synchronized (this) {
      if (running == most) {
        waiting.add(context == null ? run : () -> context.runOnContext(turn -> run.run()));
        return done.future();
      }
      running++;
    }
    run.run();
    return done.future();
  }

  private <T extends @Nullable Object> void run(Supplier<Future<T>> step, Promise<T> done) {
    Future<T> future;
    try {
      future = step.get();
    } catch (RuntimeException failure) {
      future = Future.failedFuture(failure);
    }
    future.onComplete(
        result -> {
          leave();
          done.handle(result);
        });
  }

  private void leave() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        running--;
      }
    }
    if (next != null) {
      next.run();
    }
  }
}
