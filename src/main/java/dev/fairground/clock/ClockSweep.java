package dev.fairground.clock;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles clocks that were provisional, as soon as the year that they reach is known. Tells of
 * clocks that are due soon, and of clocks that are overdue: each once for its last day, by events,
 * however many servers look and however long none did. Marks and events are of one transaction;
 * clocks that another server tells of are passed over.
 */
public final class ClockSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClockSweep.class);
  private static final long EVERY_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private final Database database;
  private final EventLog events;
  private final Recount recount;
  private final InstantSource clock;
  private final int batch;
  private volatile long timer = -1;
  private volatile boolean closed;
  private boolean running;

  /**
   * @param clock tells which day it is
   */
  public ClockSweep(Database database, InstantSource clock) {
    this(database, clock, 500);
  }

  /**
   * @param batch clocks told of in one transaction
   */
  ClockSweep(Database database, InstantSource clock, int batch) {
    this.database = database;
    this.events = new EventLog(database);
    this.recount = new Recount(database);
    this.clock = clock;
    this.batch = batch;
  }

  /** Looks some seconds from now, and then every minute. */
  public ClockSweep start() {
    timer =
        database
            .vertx()
            .setTimer(ThreadLocalRandom.current().nextLong(1_000, 10_000), first -> periodically());
    return this;
  }

  private void periodically() {
    if (closed) {
      return;
    }
    look();
    timer = database.vertx().setPeriodic(EVERY_MILLIS, tick -> look());
  }

  /** Looks at once: the day may be another one. */
  public Future<Void> now() {
    return run().mapEmpty();
  }

  private synchronized void look() {
    if (running) {
      return;
    }
    running = true;
    run()
        .onComplete(
            done -> {
              ended();
              if (done.failed()) {
                LOG.warn("clocks are told of later: {}", done.cause().getMessage());
              }
            });
  }

  private synchronized void ended() {
    running = false;
  }

  private record Told(
      UUID id, boolean overdue, @Nullable UUID responsibleId, @Nullable UUID waitingId) {}

  private static final String TELL =
      """
      -- tellOfClocks
      with found as (
        select c.id
          from clock c
         where c.state = 'RUNNING' and c.told is distinct from 'OVERDUE' and c.due_soon_on <= $1
           and (c.told is null or c.due_on < $1)
         order by c.due_soon_on, c.id
         limit $2
           for no key update skip locked)
      update clock c
         set told = case when c.due_on < $1 then 'OVERDUE' else 'DUE_SOON' end
        from found
       where c.id = found.id
      returning c.id, c.told = 'OVERDUE', c.responsible_id, c.waiting_id
      """;

  private record Known(String calendar, int year, String source) {}

  // A year that came with a new version of the server was published by nobody here.
  private static final String KNOWN =
      """
      -- yearsThatClocksWaitFor
      select distinct y.calendar_id, y.year, y.source
        from clock c
       cross join unnest(c.unknown_years) as unknown (year)
        join work_calendar_year y
          on y.calendar_id = c.calendar_id and y.year = unknown.year and y.valid_to = 'infinity'
       where c.state = 'RUNNING' and c.unknown_years <> '{}'
       order by y.calendar_id, y.year
       limit 10
      """;

  /**
   * Settles what is provisional, and tells of all that there are now, in many small transactions.
   *
   * @return how many clocks were told of
   */
  Future<Integer> run() {
    return settle().compose(settled -> tellAll());
  }

  private Future<Void> settle() {
    var write = write();
    return database.inPrivateTransaction(
        transaction ->
            Clocks.keepCalendars(database, transaction)
                .compose(kept -> known(transaction))
                .compose(
                    years -> {
                      Future<?> done = Future.succeededFuture();
                      for (var known : years) {
                        done =
                            done.compose(
                                before ->
                                    recount.year(
                                        transaction,
                                        write,
                                        known.calendar(),
                                        known.year(),
                                        known.source()));
                      }
                      return done.mapEmpty();
                    }));
  }

  private Future<List<Known>> known(SqlConnection transaction) {
    return database.list(
        transaction,
        KNOWN,
        Tuple.tuple(),
        row -> new Known(row.getString(0), row.getInteger(1), row.getString(2)));
  }

  private Future<Integer> tellAll() {
    return tell()
        .compose(
            told ->
                told < batch || closed
                    ? Future.succeededFuture(told)
                    : tellAll().map(others -> others + told));
  }

  private Write write() {
    return Write.ofServer(Moment.present(clock.instant()), "clocks");
  }

  private Future<Integer> tell() {
    var write = write();
    return database.inPrivateTransaction(
        transaction ->
            database
                .list(transaction, TELL, Tuple.of(write.moment().day(), batch), ClockSweep::told)
                .compose(
                    told ->
                        events.append(transaction, write, events(told)).map(done -> told.size())));
  }

  private static List<NewEvent> events(List<Told> told) {
    var events = new ArrayList<NewEvent>();
    for (var one : told) {
      if (one.responsibleId() != null) {
        events.add(event(one, one.responsibleId()));
      }
      if (one.waitingId() != null
          && one.overdue()
          && !one.waitingId().equals(one.responsibleId())) {
        events.add(event(one, one.waitingId()));
      }
    }
    return events;
  }

  private static NewEvent event(Told told, UUID organization) {
    return new NewEvent(
        told.overdue() ? EventType.CLOCK_OVERDUE : EventType.CLOCK_DUE_SOON,
        Ids.write(Clock.PREFIX, told.id()),
        null,
        organization,
        false,
        List.of("standing"));
  }

  private static Told told(Row row) {
    return new Told(row.getUUID(0), row.getBoolean(1), row.getUUID(2), row.getUUID(3));
  }

  @Override
  public void close() {
    closed = true;
    database.vertx().cancelTimer(timer);
  }
}
