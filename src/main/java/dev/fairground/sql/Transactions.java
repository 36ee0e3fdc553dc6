package dev.fairground.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Work that changes something, each piece on a connection of its own from {@code begin} to end. */
final class Transactions {
  private static final int MOST_TRIES = 4;
  private static final int LONGEST_PAUSE_MILLIS = 40;

  private final Vertx vertx;
  private final Connections connections;
  private final int deadlineMillis;
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile Pool pool;

  Transactions(Vertx vertx, Connections connections, DatabaseLimits limits) {
    this.vertx = vertx;
    this.connections = connections;
    this.deadlineMillis = limits.deadlineMillis();
    this.pool = connections.openPool();
  }

  /** Tries again, up to three times, when another transaction was in the way. */
  <T> Future<T> run(Function<SqlConnection, Future<T>> work) {
    return attempt(work, 1).recover(failure -> Future.failedFuture(Failures.translate(failure)));
  }

  private <T> Future<T> attempt(Function<SqlConnection, Future<T>> work, int number) {
    return once(work)
        .recover(
            failure ->
                number < MOST_TRIES && Failures.isWorthARetry(failure)
                    ? pause(number).compose(ignored -> attempt(work, number + 1))
                    : Future.failedFuture(failure));
  }

  /** Of random length, so that two who were in each other's way part. */
  private Future<?> pause(int number) {
    return vertx.timer(
        ThreadLocalRandom.current().nextInt(1, LONGEST_PAUSE_MILLIS * number),
        TimeUnit.MILLISECONDS);
  }

  private <T> Future<T> once(Function<SqlConnection, Future<T>> work) {
    var used = pool;
    asked.incrementAndGet();
    return used.getConnection()
        .compose(
            connection -> {
              running.incrementAndGet();
              return on(connection, work)
                  .onFailure(failure -> throwAwayIfSilent(failure, used))
                  .onComplete(
                      ignored -> {
                        running.decrementAndGet();
                        connection.close();
                      });
            })
        .onComplete(ignored -> asked.decrementAndGet());
  }

  /**
   * Not the library's {@code withTransaction}: that one waits for the rollback without end when the
   * connection has gone silent.
   */
  private <T> Future<T> on(SqlConnection connection, Function<SqlConnection, Future<T>> work) {
    return inTime(connection.begin())
        .compose(
            transaction ->
                Future.succeededFuture(connection)
                    .compose(work)
                    .compose(
                        value -> inTime(transaction.commit()).map(value),
                        failure ->
                            failure instanceof TimeoutException
                                ? Future.failedFuture(failure)
                                : inTime(transaction.rollback())
                                    .transform(ignored -> Future.failedFuture(failure))));
  }

  private <T> Future<T> inTime(Future<T> step) {
    return step.timeout(deadlineMillis, TimeUnit.MILLISECONDS);
  }

  /** A statement on a connection that {@link #run} gave out. */
  Future<RowSet<Row>> execute(SqlConnection connection, String sql, Tuple arguments) {
    return inTime(connection.preparedQuery(sql).execute(arguments));
  }

  private synchronized void throwAwayIfSilent(Throwable failure, Pool silent) {
    if (failure instanceof TimeoutException && pool == silent) {
      pool = connections.openPool();
      silent.close();
    }
  }

  /** Whether the database answers, through a connection that no read can hold up. */
  Future<Void> ping() {
    var used = pool;
    return inTime(used.preparedQuery("select 1").execute())
        .onFailure(failure -> throwAwayIfSilent(failure, used))
        .mapEmpty();
  }

  int running() {
    return running.get();
  }

  int waiting() {
    return Math.max(0, asked.get() - running.get());
  }

  int open() {
    return pool.size();
  }

  Future<Void> close() {
    return pool.close();
  }
}
