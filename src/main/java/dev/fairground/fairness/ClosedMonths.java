package dev.fairground.fairness;

import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what public records say of months that are over, one operator after the other, each in a
 * transaction of its own. Figures are right without it, but slow. Several servers may do it at
 * once: they take turns at an operator, and the second finds nothing to do.
 */
public final class ClosedMonths implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClosedMonths.class);
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  /** Transactions that began before a month was over have ended by then. */
  private static final Duration GRACE = Duration.ofMinutes(10);

  private static final UUID NOBODY = new UUID(0, 0);

  private final Database database;
  private final InstantSource clock;
  private volatile boolean closed;
  private volatile long timer = -1;

  public ClosedMonths(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Looks soon after the start, and then every minute. */
  public ClosedMonths start() {
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
   * Keeps all months that are over. Never fails: what goes wrong is told in the log, and done next
   * time.
   *
   * @return how many rows were written
   */
  public Future<Integer> run() {
    var last = Moment.present(clock.instant().minus(GRACE)).day().withDayOfMonth(1).minusMonths(1);
    return after(NOBODY, last, 0)
        .onFailure(failure -> LOG.warn("months of figures wait: {}", failure.getMessage()))
        .otherwise(0);
  }

  // Operators one after the other at the ends of their parts of an index.
  private static final String NEXT =
      """
      -- nextOperatorOfAccessMonths
      select r.operator_id
        from access_record r
       where r.operator_id > $1
       order by r.operator_id
       limit 1
      """;

  private Future<Integer> after(UUID behind, LocalDate last, int before) {
    return database
        .inPrivateTransaction(
            transaction ->
                database
                    .list(transaction, NEXT, Tuple.of(behind), row -> row.getUUID(0))
                    .compose(
                        next ->
                            next.isEmpty()
                                ? Future.<@Nullable Done>succeededFuture()
                                : keep(transaction, next.getFirst(), last)))
        .compose(
            done ->
                done == null || closed
                    ? Future.succeededFuture(before)
                    : after(done.operator(), last, before + done.rows()));
  }

  private record Done(UUID operator, int rows) {}

  private static final String LOCK =
      """
      -- lockAccessMonths
      select pg_advisory_xact_lock(7214503, hashtext($1::uuid::text))
      """;

  // The month after the last that is kept; without one, that of the first record.
  private static final String FIRST =
      """
      -- firstOpenAccessMonth
      select coalesce(
               (select (m.month + interval '1 month')::date
                  from access_month m
                 where m.operator_id = $1 and m.product_id = '00000000-0000-0000-0000-000000000000'
                 order by m.month desc
                 limit 1),
               (select min(r.submitted_in) from access_record r where r.operator_id = $1))
      """;

  private Future<Done> keep(SqlConnection transaction, UUID operator, LocalDate last) {
    return first(transaction, operator)
        .compose(
            open -> {
              if (open == null || open.isAfter(last)) {
                return Future.succeededFuture(new Done(operator, 0));
              }
              return database
                  .rows(transaction, LOCK, Tuple.of(operator))
                  // Another server may have been quicker, or a record have come late.
                  .compose(locked -> first(transaction, operator))
                  .compose(
                      from ->
                          from == null || from.isAfter(last)
                              ? Future.succeededFuture(0)
                              : database
                                  .rows(transaction, MonthSql.KEEP, Tuple.of(operator, from, last))
                                  .map(kept -> kept.rowCount()))
                  .map(rows -> new Done(operator, rows));
            });
  }

  private Future<@Nullable LocalDate> first(SqlConnection transaction, UUID operator) {
    return database
        .list(transaction, FIRST, Tuple.of(operator), row -> row.getLocalDate(0))
        .map(rows -> rows.getFirst());
  }
}
