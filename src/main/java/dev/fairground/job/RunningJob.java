package dev.fairground.job;

import dev.fairground.graphql.Answer;
import dev.fairground.graphql.Cancellation;
import dev.fairground.graphql.Engine;
import dev.fairground.graphql.Operation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * What a job works with, on a thread of its own that may block: a connection, the engine by way of
 * an event loop, and word of whether to go on.
 */
final class RunningJob {
  private static final long TOLD_NANOS = 1_000_000_000L;
  private static final long LONGEST_SECONDS = 60;

  private final ClaimedJob job;
  private final UUID worker;
  private final JobQueue queue;
  private final Engine engine;
  private final Context loop;
  private final Connection connection;
  private volatile boolean stopped;
  private volatile boolean cancelled;
  private int rowsRead;
  private int rowsFailed;
  private long toldAt = System.nanoTime();

  RunningJob(
      ClaimedJob job,
      UUID worker,
      JobQueue queue,
      Engine engine,
      Context loop,
      Connection connection) {
    this.job = job;
    this.worker = worker;
    this.queue = queue;
    this.engine = engine;
    this.loop = loop;
    this.connection = connection;
  }

  ClaimedJob job() {
    return job;
  }

  UUID worker() {
    return worker;
  }

  Engine engine() {
    return engine;
  }

  /** Commits each statement by itself, unless a transaction is begun on it. */
  Connection connection() {
    return connection;
  }

  int rowsRead() {
    return rowsRead;
  }

  int rowsFailed() {
    return rowsFailed;
  }

  /** Another worker has it, or the server ends. Callable from any thread. */
  void stop() {
    stopped = true;
  }

  /** Somebody wants it to end. Callable from any thread. */
  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled && !stopped;
  }

  void check() throws JobStopped {
    if (stopped || cancelled) {
      throw new JobStopped();
    }
  }

  /** Counts rows, and tells of it once a second. */
  void count(int read, int failed, double progress) throws JobStopped, InterruptedException {
    rowsRead += read;
    rowsFailed += failed;
    check();
    var now = System.nanoTime();
    if (now - toldAt > TOLD_NANOS) {
      toldAt = now;
      var told = progress;
      if (!await(() -> queue.progress(job, worker, told, rowsRead, rowsFailed))) {
        stop();
        check();
      }
    }
  }

  /** Runs an operation with the rights of who started the job. */
  Answer ask(String query, Map<String, Object> variables) throws InterruptedException {
    return await(
        () ->
            engine.executeForJob(
                new Operation(
                    query,
                    null,
                    variables,
                    Map.of(),
                    List.of(),
                    true,
                    job.viewer(),
                    job.requestId(),
                    System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS),
                    new Cancellation())));
  }

  /** Lets something run on the event loop, and waits for it. */
  <T> T await(Supplier<Future<T>> work) throws InterruptedException {
    var done = new CompletableFuture<T>();
    loop.runOnContext(
        there -> {
          try {
            work.get().onComplete(done::complete, done::completeExceptionally);
          } catch (RuntimeException failure) {
            done.completeExceptionally(failure);
          }
        });
    try {
      return done.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failure.getCause());
    } catch (TimeoutException silent) {
      throw new IllegalStateException("nothing was heard for " + LONGEST_SECONDS + " s", silent);
    }
  }
}
