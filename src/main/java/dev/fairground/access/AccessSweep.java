package dev.fairground.access;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time does to requests for access: it never grants and never lapses one. A decision that is
 * overdue is told to the institution, and later to the data authority; a request whose applicant
 * does not supplement it goes back to its operator; clocks wait while a product is suspended. What
 * is to be done is read from how requests stand, so that days without a server are caught up;
 * several servers may look at once, each passing over what another one holds.
 */
public final class AccessSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessSweep.class);
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  /** One run does no more of each; the next one goes on. */
  private static final int MOST = 10_000;

  private static final UUID NO_ID = new UUID(0, 0);

  private final Database database;
  private final InstantSource clock;
  private final Silence silence;
  private volatile boolean closed;
  private volatile long timer = -1;

  public AccessSweep(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.silence = new Silence(database);
  }

  /** Looks soon after the start, and then every minute. */
  public AccessSweep start() {
    again(ThreadLocalRandom.current().nextLong(1_000, 10_000));
    return this;
  }

  private void again(long millis) {
    if (!closed) {
      timer =
          database
              .vertx()
              .setTimer(millis, now -> run().onComplete(done -> again(BETWEEN.toMillis())));
    }
  }

  @Override
  public void close() {
    closed = true;
    database.vertx().cancelTimer(timer);
  }

  /**
   * Does all that is due. Never fails: what goes wrong is told in the log, and done next time.
   *
   * @return how many steps requests took
   */
  public Future<Integer> run() {
    var write = Write.ofServer(Moment.present(clock.instant()), "access-sweep");
    var done = Future.succeededFuture(0);
    for (var kind : Silence.Kind.values()) {
      done =
          done.compose(
              before ->
                  all(write, kind, new Place(LocalDate.of(1, 1, 1), NO_ID), 0)
                      .map(some -> before + some));
    }
    return done;
  }

  /** Where the looking has come to. */
  private record Place(LocalDate day, UUID id) {}

  // A transaction for each: one that cannot go on holds up no other.
  private Future<Integer> all(Write write, Silence.Kind kind, Place after, int before) {
    if (closed || before >= MOST) {
      return Future.succeededFuture(before);
    }
    var reached = new Place[1];
    return database
        .inPrivateTransaction(
            transaction ->
                silence
                    .next(transaction, write, kind, after.day(), after.id())
                    .compose(
                        found -> {
                          if (found == null) {
                            return Future.succeededFuture(0);
                          }
                          reached[0] = new Place(found.lastDay(), found.id());
                          return silence.take(transaction, write, kind, found).map(1);
                        }))
        .recover(
            failure -> {
              LOG.warn("a request for access waits: {}", failure.getMessage());
              return Future.succeededFuture(0);
            })
        .compose(
            done ->
                reached[0] == null
                    ? Future.succeededFuture(before)
                    : all(write, kind, reached[0], before + done));
  }
}
