package dev.fairground.sql;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of changes of public content, made by whichever server or program, over LISTEN. While it
 * cannot hear, it says so, and what rests on it must not be shared.
 */
public final class PublicContent {
  private static final Logger LOG = LoggerFactory.getLogger(PublicContent.class);
  private static final String LISTEN = "listen fairground_public_content";
  private static final long UNKNOWN = -1;
  private static final long AGAIN_MILLIS = 1_000;

  private final Vertx vertx;
  private final Connections connections;
  private final AtomicLong changes = new AtomicLong();
  private volatile boolean listening;
  private volatile boolean closed;
  private volatile @Nullable PgConnection connection;

  PublicContent(Vertx vertx, Connections connections) {
    this.vertx = vertx;
    this.connections = connections;
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
    var first = Promise.<Void>promise();
    connections
        .openListener()
        .compose(
            opened -> {
              connection = opened;
              opened.notificationHandler(heard -> changed());
              opened.closeHandler(lost -> again());
              return opened.query(LISTEN).execute();
            })
        .onSuccess(
            done -> {
              // What happened while nobody listened is not known.
              changed();
              listening = true;
              first.complete();
            })
        .onFailure(
            failure -> {
              LOG.warn("changes of public content cannot be heard; no answer is shared", failure);
              first.complete();
              again();
            });
    return first.future();
  }

  private void again() {
    listening = false;
    if (!closed) {
      vertx.setTimer(AGAIN_MILLIS, now -> listen());
    }
  }

  Future<Void> close() {
    closed = true;
    listening = false;
    var open = connection;
    return open == null ? Future.succeededFuture() : open.close();
  }
}
