package dev.fairground.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of changes of public content, made by whichever server or program, over LISTEN. While it
 * cannot hear, it says so, and what rests on it must not be shared. A connection that only waits
 * cannot tell silence from a lost network, so it is asked every second whether it still answers.
 */
public final class PublicContent {
  private static final Logger LOG = LoggerFactory.getLogger(PublicContent.class);
  private static final String LISTEN = "listen fairground_public_content";
  private static final long UNKNOWN = -1;
  private static final int BETWEEN_QUESTIONS_MILLIS = 1_000;
  private static final int LONGEST_SILENCE_MILLIS = 2_000;
  private static final int LONGEST_PAUSE_MILLIS = 1_500;

  private final Vertx vertx;
  private final Connections connections;
  private final long asking;
  private final AtomicLong changes = new AtomicLong();
  private final AtomicBoolean willTryAgain = new AtomicBoolean();
  private final AtomicBoolean toldDeaf = new AtomicBoolean();
  private volatile boolean listening;
  private volatile boolean closed;
  private volatile @Nullable PgConnection connection;
  private volatile Pool listeners;

  PublicContent(Vertx vertx, Connections connections) {
    this.vertx = vertx;
    this.connections = connections;
    this.listeners = connections.openListener();
    this.asking = vertx.setPeriodic(BETWEEN_QUESTIONS_MILLIS, now -> askWhetherStillThere());
  }

  /** A number that is another one after each change; negative while changes cannot be heard. */
  public long version() {
    return listening ? changes.get() : UNKNOWN;
  }

  /** A transaction of this server was committed: its caller may read it at once. */
  void changed() {
    changes.incrementAndGet();
  }

  /** Begins to listen, and begins again whenever the connection is lost. */
  Future<Void> listen() {
    return listeners
        .getConnection()
        .map(PgConnection::cast)
        .compose(
            opened -> {
              connection = opened;
              opened.notificationHandler(heard -> changed());
              opened.closeHandler(lost -> again(opened, "its connection was lost"));
              return opened
                  .query(LISTEN)
                  .execute()
                  .timeout(LONGEST_SILENCE_MILLIS, TimeUnit.MILLISECONDS)
                  .onSuccess(done -> heard(opened))
                  .onFailure(refused -> opened.close());
            })
        .onFailure(failure -> again(connection, String.valueOf(failure.getMessage())))
        .transform(either -> Future.succeededFuture());
  }

  private void heard(PgConnection opened) {
    // What happened while nobody listened is not known.
    changed();
    listening = connection == opened;
    if (toldDeaf.getAndSet(false)) {
      LOG.info("changes of public content are heard again");
    }
  }

  /**
   * @param lost the connection that ended; null if there was none. One that was replaced since is
   *     of no interest
   */
  private synchronized void again(@Nullable PgConnection lost, String reason) {
    if (closed || connection != lost) {
      return;
    }
    connection = null;
    listening = false;
    // A connection that is silent would keep its place for ever: its good-bye is not waited for.
    listeners.close();
    listeners = connections.openListener();
    if (!toldDeaf.getAndSet(true)) {
      LOG.warn("changes of public content cannot be heard, so no answer is shared: {}", reason);
    }
    if (!willTryAgain.getAndSet(true)) {
      vertx.setTimer(
          // Of random length, so that many servers do not come back at the same moment.
          ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS / 3, LONGEST_PAUSE_MILLIS),
          now -> {
            willTryAgain.set(false);
            listen();
          });
    }
  }

  /** With the statement of the beginning, which changes nothing a second time. */
  private void askWhetherStillThere() {
    var open = connection;
    if (open != null && listening) {
      open.query(LISTEN)
          .execute()
          .timeout(LONGEST_SILENCE_MILLIS, TimeUnit.MILLISECONDS)
          .onFailure(silent -> again(open, "its connection does not answer"));
    }
  }

  Future<Void> close() {
    closed = true;
    listening = false;
    vertx.cancelTimer(asking);
    return listeners.close();
  }
}
