package dev.fairground.sql;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the notices of the database, over one connection for all channels. Notices can be lost: who
 * is told of one looks for what happened, and is also told whenever listening begins anew. A
 * connection that only waits cannot tell silence from a lost network, so it is asked every second
 * whether it still answers.
 */
final class Notices {
  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
  private static final int BETWEEN_QUESTIONS_MILLIS = 1_000;
  private static final int LONGEST_SILENCE_MILLIS = 2_000;
  private static final int LONGEST_PAUSE_MILLIS = 1_500;

  private final Vertx vertx;
  private final Connections connections;
  private final long asking;
  private final Map<String, Runnable> channels = new ConcurrentHashMap<>();
  private final AtomicBoolean willTryAgain = new AtomicBoolean();
  private final AtomicBoolean toldDeaf = new AtomicBoolean();
  private volatile boolean listening;
  private volatile boolean closed;
  private volatile @Nullable PgConnection connection;
  private volatile Pool listeners;

  Notices(Vertx vertx, Connections connections) {
    this.vertx = vertx;
    this.connections = connections;
    this.listeners = connections.openListener();
    this.asking = vertx.setPeriodic(BETWEEN_QUESTIONS_MILLIS, now -> askWhetherStillThere());
  }

  /**
   * Adds a channel; one that is added while the connection is there is heard at once.
   *
   * @param channel a name of ours
   */
  void hear(String channel, Runnable heard) {
    channels.merge(
        channel,
        heard,
        (one, other) ->
            () -> {
              one.run();
              other.run();
            });
    askWhetherStillThere();
  }

  /** Whether notices are heard now. */
  boolean areHeard() {
    return listening;
  }

  /** Begins to listen, and begins again whenever the connection is lost. */
  Future<Void> listen() {
    return listeners
        .getConnection()
        .map(PgConnection::cast)
        .compose(
            opened -> {
              connection = opened;
              opened.notificationHandler(
                  notice -> {
                    var heard = channels.get(notice.getChannel());
                    if (heard != null) {
                      heard.run();
                    }
                  });
              opened.closeHandler(lost -> again(opened, "its connection was lost"));
              return listenOn(opened)
                  .onSuccess(done -> heard(opened))
                  .onFailure(refused -> opened.close());
            })
        .onFailure(failure -> again(connection, String.valueOf(failure.getMessage())))
        .transform(either -> Future.succeededFuture());
  }

  private Future<?> listenOn(PgConnection open) {
    var statement =
        channels.keySet().stream()
            .map(channel -> "listen " + channel)
            .collect(Collectors.joining("; "));
    return open.query(statement).execute().timeout(LONGEST_SILENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void heard(PgConnection opened) {
    // What happened while nobody listened is not known.
    channels.values().forEach(Runnable::run);
    listening = connection == opened;
    if (toldDeaf.getAndSet(false)) {
      LOG.info("notices of the database are heard again");
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
      LOG.warn(
          "notices of the database cannot be heard, so no answer is shared and events come by the"
              + " second: {}",
          reason);
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
      listenOn(open).onFailure(silent -> again(open, "its connection does not answer"));
    }
  }

  Future<Void> close() {
    closed = true;
    listening = false;
    vertx.cancelTimer(asking);
    return listeners.close();
  }
}
