package dev.fairground.sql;

import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A read from its sending to its answer; told to the caller on the thread it was asked on. */
final class PendingRead implements Completable<RowSet<Row>> {
  private static final int MOST_SENDINGS = 3;

  private final Reads reads;
  private final Statement statement;
  private final Tuple arguments;
  private final Consumer<PendingRead> again;
  private final int place;
  private final Promise<RowSet<Row>> answer = Promise.promise();
  private final @Nullable Context caller = Vertx.currentContext();
  private final long askedAt = System.nanoTime();
  private volatile @Nullable Lane lane;
  private volatile long sentAt = askedAt;
  private int sendings;

  /**
   * @param again sends this read once more, on another lane
   */
  PendingRead(Reads reads, Statement statement, Tuple arguments, Consumer<PendingRead> again) {
    this.reads = reads;
    this.statement = statement;
    this.arguments = arguments;
    this.again = again;
    var log = reads.log();
    this.place = log == null ? -1 : log.sent(statement.name(), statement.sql());
  }

  void sendOn(Lane chosen) {
    lane = chosen;
    sentAt = System.nanoTime();
    sendings++;
    chosen.send(this);
  }

  Reads reads() {
    return reads;
  }

  String sql() {
    return statement.sql();
  }

  Tuple arguments() {
    return arguments;
  }

  Future<RowSet<Row>> answer() {
    return answer.future();
  }

  boolean isCancelled() {
    return reads.isCancelled();
  }

  long sentAt() {
    return sentAt;
  }

  /** From the client library, on the caller's thread. */
  @Override
  public void complete(@Nullable RowSet<Row> rows, @Nullable Throwable failure) {
    var used = lane;
    if (used != null) {
      used.answered(this);
      reads.answeredOn(used);
    }
    if (rows != null && failure == null) {
      note(rows.size());
      answer.tryComplete(rows);
    } else if (wasHitBySomeoneElsesCancel(used, failure)) {
      again.accept(this);
    } else {
      note(-1);
      answer.tryFail(meaningOf(failure));
    }
  }

  /** A cancel that came too late for its target ends whatever the connection does next. */
  private boolean wasHitBySomeoneElsesCancel(@Nullable Lane used, @Nullable Throwable failure) {
    return used != null
        && Failures.isCanceled(failure)
        && !isCancelled()
        && sendings < MOST_SENDINGS
        && used.cancelledAfter(sentAt);
  }

  private Throwable meaningOf(@Nullable Throwable failure) {
    if (isCancelled()) {
      return new ReadsCancelled();
    }
    return failure == null
        ? new IllegalStateException("neither rows nor a failure")
        : Failures.translate(failure);
  }

  private void note(int rows) {
    var nanos = System.nanoTime() - askedAt;
    statement.timer().record(nanos, TimeUnit.NANOSECONDS);
    var log = reads.log();
    if (log != null) {
      log.answered(place, nanos, rows);
    }
  }

  /** Gives up on the answer, from any thread; a late one is thrown away. */
  void giveUp() {
    endWith("the database is silent");
  }

  /** For a read that is never sent. */
  void refuse() {
    endWith("too much waits for the database");
  }

  private void endWith(String message) {
    var failure = new DatabaseUnavailable(message, null);
    if (caller == null || Vertx.currentContext() == caller) {
      answer.tryFail(failure);
    } else {
      caller.runOnContext(ignored -> answer.tryFail(failure));
    }
  }
}
