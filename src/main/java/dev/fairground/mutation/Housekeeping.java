package dev.fairground.mutation;

import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes rows that are kept for a time only: every hour, a few at a time, each time in a
 * transaction of its own, so that nobody waits for it. Several servers may do it at once: what one
 * deletes the others pass over.
 */
public final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration BETWEEN = Duration.ofHours(1);
  private static final int ROWS_AT_ONCE = 500;

  private final Vertx vertx;
  private final Database database;
  private final InstantSource clock;
  private final List<Chore> chores;
  private long timer = -1;
  private volatile boolean closed;

  /**
   * One table's rows.
   *
   * @param name what they are, for the log
   * @param delete deletes those from before $1, at most $2 of them
   * @param kept how long they are kept
   */
  public record Chore(String name, String delete, Duration kept) {}

  /**
   * @param others what features keep for a time, besides idempotency keys
   */
  public Housekeeping(Vertx vertx, Database database, InstantSource clock, List<Chore> others) {
    this.vertx = vertx;
    this.database = database;
    this.clock = clock;
    var all = new ArrayList<Chore>();
    all.add(IdempotencyKeys.CHORE);
    all.addAll(others);
    this.chores = List.copyOf(all);
  }

  /** Begins some minutes from now, so that servers that start together do not work together. */
  public void start() {
    var hour = BETWEEN.toMillis();
    again(ThreadLocalRandom.current().nextLong(hour / 60, hour / 6));
  }

  private void again(long millis) {
    if (!closed) {
      timer = vertx.setTimer(millis, now -> run().onComplete(done -> again(BETWEEN.toMillis())));
    }
  }

  public void close() {
    closed = true;
    vertx.cancelTimer(timer);
  }

  /**
   * Does everything now. Never fails: what goes wrong is told in the log, and done next time.
   *
   * @return how many rows were deleted
   */
  public Future<Integer> run() {
    var all = Future.succeededFuture(0);
    for (var chore : chores) {
      all =
          all.compose(
              before ->
                  run(chore, 0)
                      .otherwise(
                          failure -> {
                            LOG.warn(
                                "old {} could not be deleted: {}",
                                chore.name,
                                failure.getMessage());
                            return 0;
                          })
                      .map(deleted -> before + deleted));
    }
    return all;
  }

  private Future<Integer> run(Chore chore, int before) {
    var until = clock.instant().minus(chore.kept).atOffset(ZoneOffset.UTC);
    var deleted = new int[1];
    return database
        .inPrivateTransaction(
            transaction ->
                database
                    .rows(transaction, chore.delete, Tuple.of(until, ROWS_AT_ONCE))
                    .map(
                        rows -> {
                          deleted[0] = rows.rowCount();
                          return null;
                        }))
        .compose(
            done ->
                deleted[0] < ROWS_AT_ONCE || closed
                    ? Future.succeededFuture(before + deleted[0])
                    : run(chore, before + deleted[0]));
  }
}
