package dev.fairground.event;

import static java.util.Objects.requireNonNull;

import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes events that are older than they are kept, the oldest first, and says how far. */
public final class EventRetention implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventRetention.class);
  private static final long EVERY_MILLIS = TimeUnit.MINUTES.toMillis(10);

  private final Database database;
  private final Duration kept;
  private final InstantSource clock;
  private final int batch;
  private volatile long timer = -1;

  /**
   * @param kept how long after its commit an event can still be read
   */
  public EventRetention(Database database, Duration kept, InstantSource clock) {
    this(database, kept, clock, 1_000);
  }

  /**
   * @param batch events deleted in one transaction
   */
  EventRetention(Database database, Duration kept, InstantSource clock, int batch) {
    this.database = database;
    this.kept = kept;
    this.clock = clock;
    this.batch = batch;
  }

  /** Looks every ten minutes. */
  public EventRetention start() {
    timer =
        database
            .vertx()
            .setPeriodic(
                EVERY_MILLIS,
                tick ->
                    forget()
                        .onFailure(
                            away ->
                                LOG.debug(
                                    "old events stay: {}", String.valueOf(away.getMessage()))));
    return this;
  }

  // A young event may stand before an old one, by a moment: deleting stops at the first young one.
  private static final String FORGET =
      """
      -- forgetEvents
      with oldest as (
             select e.position, e.recorded_at
               from event_head h
               join event e on e.position > h.forgotten
              where h.id = 1
              order by e.position
              limit $2),
           old as (
             select max(position) as position, count(*) as number
               from oldest
              where recorded_at < $1
                and position < coalesce((select min(position) from oldest where recorded_at >= $1),
                                        9223372036854775807)),
           moved as (
             update event_head
                set forgotten = old.position
               from old
              where id = 1
                and old.position > forgotten
             returning forgotten),
           deleted as (
             delete from event
              using moved
              where event.position <= moved.forgotten
             returning event.position)
      select count(*)::int
        from deleted
      """;

  /** Deletes what is too old, in many small transactions. */
  Future<Void> forget() {
    var before = clock.instant().minus(kept).atOffset(ZoneOffset.UTC);
    return database
        .inTransaction(
            transaction ->
                database
                    .first(
                        transaction,
                        FORGET,
                        Tuple.from(List.of(before, (long) batch)),
                        row -> row.getInteger(0))
                    .map(deleted -> requireNonNull(deleted)))
        .compose(deleted -> deleted < batch ? Future.succeededFuture() : forget());
  }

  @Override
  public void close() {
    database.vertx().cancelTimer(timer);
  }
}
