package dev.fairground.sql;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection on which the reads of many operations follow each other without waiting for
 * answers.
 *
 * <p>The client library could spread reads over all connections by itself, but would not tell which
 * connection a read went to. With one client for each connection we know, and that is what makes
 * three things possible at no cost to the common path: ending a read in PostgreSQL when its caller
 * has left, throwing away a connection that has gone silent, and staying on the caller's thread.
 * Opening, idling and ageing of the connection are the library's business still.
 *
 * <p>A cancel names a connection, not a statement, and may come when its target has just ended. It
 * is therefore sent only while the oldest read on the lane is the one to end, and a neighbour that
 * is hit all the same is sent again: it is a read, so it may run twice.
 */
final class Lane {
  /** Below this a read ends sooner than a cancel arrives. */
  static final long WORTH_CANCELLING = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long BETWEEN_CANCELS = TimeUnit.MILLISECONDS.toNanos(500);

  private final Function<Handler<SqlConnection>, SqlClient> opening;
  private final Queue<PendingRead> inFlight = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile Link link;
  private volatile long lastAnswerAt = System.nanoTime();
  private volatile long lastCancelAt = System.nanoTime() - BETWEEN_CANCELS;

  /** The client of the moment, with what is known of its connection once that is open. */
  private static final class Link {
    private volatile @Nullable Thread thread;
    private volatile @Nullable PgConnection connection;
    private final SqlClient client;

    Link(Function<Handler<SqlConnection>, SqlClient> opening) {
      this.client = opening.apply(this::connected);
    }

    private void connected(SqlConnection opened) {
      thread = Thread.currentThread();
      connection = PgConnection.cast(opened);
      // Hands it over to the client; it stays open, and may still be asked to cancel.
      opened.close();
    }
  }

  /**
   * @param opening makes a client of one connection that reports each opening to the handler
   */
  Lane(Function<Handler<SqlConnection>, SqlClient> opening) {
    this.opening = opening;
    this.link = new Link(opening);
  }

  void send(PendingRead read) {
    count.incrementAndGet();
    inFlight.add(read);
    link.client.preparedQuery(read.sql()).execute(read.arguments()).onComplete(read);
  }

  void answered(PendingRead read) {
    lastAnswerAt = System.nanoTime();
    if (inFlight.remove(read)) {
      count.decrementAndGet();
    }
  }

  int inFlight() {
    return count.get();
  }

  /** The event loop that serves the connection; null before there is one. */
  @Nullable Thread thread() {
    return link.thread;
  }

  boolean cancelledAfter(long nanos) {
    return lastCancelAt - nanos > 0;
  }

  /** Whether new reads should rather go elsewhere: a cancel is on its way, or the head is slow. */
  boolean isHeldUp(long now) {
    var head = inFlight.peek();
    return now - lastCancelAt < BETWEEN_CANCELS
        || (head != null && now - startOf(head) > WORTH_CANCELLING);
  }

  /** When a read at the head began to run, as far as can be seen from here. */
  private long startOf(PendingRead head) {
    var sent = head.sentAt();
    var last = lastAnswerAt;
    return last - sent > 0 ? last : sent;
  }

  /** Looks after the reads; called every tenth of a second. */
  void sweep(long now, long deadlineNanos) {
    var head = inFlight.peek();
    if (head == null) {
      return;
    }
    if (now - startOf(head) > deadlineNanos) {
      renew();
      return;
    }
    if (head.isCancelled()
        && now - startOf(head) > WORTH_CANCELLING
        && now - lastCancelAt > BETWEEN_CANCELS) {
      cancel(now);
    }
    for (PendingRead read : inFlight) {
      if (now - read.sentAt() > deadlineNanos) {
        read.giveUp();
      }
    }
  }

  private void cancel(long now) {
    var connection = link.connection;
    if (connection != null) {
      lastCancelAt = now;
      connection.cancelRequest();
    }
  }

  /** Throws a silent connection away: even a polite good-bye would wait for ever. */
  private void renew() {
    var silent = link;
    link = new Link(opening);
    for (PendingRead read = inFlight.poll(); read != null; read = inFlight.poll()) {
      count.decrementAndGet();
      read.giveUp();
    }
    silent.client.close();
  }

  Future<Void> close() {
    return link.client.close();
  }
}
