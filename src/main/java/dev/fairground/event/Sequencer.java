package dev.fairground.event;

import static java.util.Objects.requireNonNull;

import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers the events that were committed, and so moves them into the log. Every server runs one;
 * whoever holds the log's head does the work of all, and the others go home at once.
 *
 * <p>Positions come without gaps and in the order of commits: the head is locked in a statement of
 * its own, so that the next statement sees everything that was committed before, and no other
 * position is given until this transaction has ended. An event of a change that had to wait for
 * another one was written after it, and has the larger number.
 */
public final class Sequencer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
  private static final String CHANNEL = "fairground_event_outbox";

  private final Database database;
  private final int batch;
  private final int everyMillis;
  private final AtomicBoolean working = new AtomicBoolean();
  private volatile boolean wokenMeanwhile;
  private volatile long timer = -1;
  private volatile boolean closed;

  public Sequencer(Database database) {
    this(database, 1_000, 1_000);
  }

  /**
   * @param batch events moved in one transaction
   * @param everyMillis how often it looks without being woken
   */
  Sequencer(Database database, int batch, int everyMillis) {
    this.database = database;
    this.batch = batch;
    this.everyMillis = everyMillis;
  }

  /** Begins to work, now and whenever events were committed. */
  public Sequencer start() {
    database.hear(CHANNEL, this::wake);
    timer = database.vertx().setPeriodic(everyMillis, tick -> wake());
    wake();
    return this;
  }

  private void wake() {
    wokenMeanwhile = true;
    if (!closed && working.compareAndSet(false, true)) {
      wokenMeanwhile = false;
      drain()
          .onComplete(
              done -> {
                working.set(false);
                if (wokenMeanwhile) {
                  wake();
                }
              },
              away -> {
                working.set(false);
                LOG.debug("events wait to be numbered: {}", String.valueOf(away.getMessage()));
              });
    }
  }

  /** Numbers until nothing is left. */
  Future<Void> drain() {
    return isWaiting()
        .compose(
            waiting ->
                waiting && !closed
                    ? database
                        .inTransaction(this::move)
                        .compose(moved -> moved == 0 ? Future.succeededFuture() : drain())
                    : Future.succeededFuture());
  }

  private static final String WAITING =
      """
      -- eventsWaiting
      select exists (select 1 from event_outbox)
      """;

  /** A transaction that moves nothing would make servers throw away what they share. */
  private Future<Boolean> isWaiting() {
    return database
        .first(new Reads(), WAITING, Tuple.tuple(), row -> row.getBoolean(0))
        .map(waiting -> requireNonNull(waiting));
  }

  private static final String LOCK =
      """
      -- lockEventHead
      select position
        from event_head
       where id = 1
         for update skip locked
      """;

  /** How many were moved; none when another server is about it, which then looks once more. */
  private Future<Integer> move(SqlConnection transaction) {
    return database
        .first(transaction, LOCK, Tuple.tuple(), row -> row.getLong(0))
        .compose(head -> head == null ? Future.succeededFuture(0) : moveBehind(transaction, head));
  }

  private static final String MOVE =
      """
      -- moveEvents
      with next as (
             select number
               from event_outbox
              order by number
              limit $2),
           taken as (
             delete from event_outbox o
              using next
              where o.number = next.number
             returning o.number, o.id, o.recorded_at, o.occurred_at, o.type, o.subject, o.subject_version,
                       o.organization_id, o.open, o.changed_fields, o.actor, o.actor_name, o.request_id),
           written as (
             insert into event
                    (position, id, recorded_at, occurred_at, type, subject, subject_version, organization_id,
                     open, changed_fields, actor, actor_name, request_id)
             select $1 + row_number() over (order by number), id, recorded_at, occurred_at, type, subject,
                    subject_version, organization_id, open, changed_fields, actor, actor_name, request_id
               from taken
             returning position),
           counted as (
             select count(*) as moved
               from written)
      update event_head
         set position = $1 + counted.moved
        from counted
       where id = 1
      returning counted.moved::int, pg_notify('fairground_event', ($1 + counted.moved)::text)::text
      """;

  private Future<Integer> moveBehind(SqlConnection transaction, long head) {
    return database
        .first(
            transaction,
            MOVE,
            Tuple.from(List.of(head, (long) batch)),
            row -> (@Nullable Integer) row.getInteger(0))
        .map(moved -> requireNonNull(moved));
  }

  @Override
  public void close() {
    closed = true;
    database.vertx().cancelTimer(timer);
  }
}
