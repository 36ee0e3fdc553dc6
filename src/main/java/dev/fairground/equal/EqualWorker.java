package dev.fairground.equal;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells holders of better terms, where they were too many for the transaction of the decision: some
 * at a time, each time in a transaction of its own, until none is left. And once a day puts small
 * cohorts together that did not fill. Several servers may do it at once: what one works on the
 * others pass over.
 */
public final class EqualWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EqualWorker.class);
  private static final Duration BETWEEN = Duration.ofSeconds(5);
  private static final Duration PUT_OFF = Duration.ofMinutes(1);
  private static final Duration POOL_PUT_OFF = Duration.ofHours(1);
  private static final int MOST_TRIES = 60;

  /** As many as {@code pool_equal_terms} makes at once. */
  private static final int MOST_POOLS = 100;

  private final Database database;
  private final InstantSource clock;
  private final BetterTerms better;
  private final int batch;
  private Instant poolAgain = Instant.EPOCH;
  private volatile boolean closed;
  private volatile long timer = -1;

  public EqualWorker(Database database, InstantSource clock) {
    this(database, clock, 1_000);
  }

  /**
   * @param batch how many like grants are looked at in one transaction
   */
  EqualWorker(Database database, InstantSource clock, int batch) {
    this.database = database;
    this.clock = clock;
    this.better = new BetterTerms(database);
    this.batch = batch;
  }

  /** Looks every five seconds, not at the same moment as other servers. */
  public EqualWorker start() {
    again(ThreadLocalRandom.current().nextLong(BETWEEN.toMillis()) + 1);
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
   * Does all that is due. Never fails: what goes wrong is told in the log, and tried again later.
   *
   * @return how many holders were told
   */
  public Future<Integer> run() {
    return pool()
        .compose(done -> dues())
        .compose(this::all)
        .onFailure(failure -> LOG.warn("holders wait to be told: {}", failure.getMessage()))
        .otherwise(0);
  }

  private static final String POOL =
      """
      -- poolEqualTerms
      select pool_equal_terms($1)
      """;

  /** Once a day; tried again an hour later if it failed, and nothing else waits for it. */
  private Future<Void> pool() {
    var now = clock.instant();
    if (now.isBefore(poolAgain)) {
      return Future.succeededFuture();
    }
    var moment = Moment.present(now);
    return database
        .inTransaction(
            transaction ->
                database.first(
                    transaction, POOL, Tuple.of(moment.day()), row -> Rows.number(row, 0)))
        .onSuccess(
            pooled ->
                poolAgain =
                    pooled != null && pooled >= MOST_POOLS
                        ? now
                        : moment.day().plusDays(1).atStartOfDay(Moment.ZONE).toInstant())
        .onFailure(
            failure -> {
              poolAgain = now.plus(POOL_PUT_OFF);
              LOG.warn("small cohorts could not be put together: {}", failure.getMessage());
            })
        .otherwise(0)
        .mapEmpty();
  }

  private record Due(UUID grantId, UUID toldTo, LocalDate since) {
    static Due of(Row row) {
      return new Due(row.getUUID(0), row.getUUID(1), row.getLocalDate(2));
    }
  }

  private static final String DUE =
      """
      -- betterTermsDue
      select d.grant_id, d.told_to, d.since from better_terms_due d where d.due_at <= $1 order by d.due_at, d.grant_id limit 20
      """;

  private Future<List<Due>> dues() {
    return database.list(new Reads(), DUE, Tuple.of(now()), Due::of);
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }

  private Future<Integer> all(List<Due> dues) {
    var all = Future.succeededFuture(0);
    for (var due : dues) {
      all =
          all.compose(
              before ->
                  one(due, 0).recover(failure -> later(due, failure)).map(told -> before + told));
    }
    return all;
  }

  private Future<Integer> one(Due due, int before) {
    return database
        .inPrivateTransaction(transaction -> some(transaction, due))
        .compose(
            told ->
                told == null || told.last() == null || closed
                    ? Future.succeededFuture(before + (told == null ? 0 : told.events()))
                    : one(due, before + told.events()));
  }

  private static final String TAKE =
      """
      -- takeBetterTerms
      select d.grant_id, d.told_to, d.since from better_terms_due d where d.grant_id = $1 for update skip locked
      """;

  private static final String KEEP =
      """
      -- keepBetterTerms
      with done as (
        delete from better_terms_due where grant_id = $1 and $2::uuid is null
      )
      update better_terms_due set told_to = $2 where grant_id = $1 and $2::uuid is not null
      """;

  /** Null where another server works on it, or did. */
  private Future<BetterTerms.@Nullable Told> some(SqlConnection transaction, Due due) {
    return database
        .first(transaction, TAKE, Tuple.of(due.grantId()), Due::of)
        .compose(
            taken ->
                taken == null
                    ? Future.succeededFuture()
                    : better
                        .some(
                            transaction,
                            Write.ofServer(Moment.present(clock.instant()), "better-terms"),
                            taken.grantId(),
                            taken.toldTo(),
                            taken.since(),
                            batch)
                        .compose(
                            told ->
                                database
                                    .rows(transaction, KEEP, Tuple.of(taken.grantId(), told.last()))
                                    .map(told)));
  }

  private static final String POSTPONE =
      """
      -- postponeBetterTerms
      update better_terms_due set due_at = $2, tries = tries + 1 where grant_id = $1
      returning tries
      """;

  /** One that cannot be told does not hold up the others. */
  private Future<Integer> later(Due due, Throwable failure) {
    LOG.warn("holders could not be told of better terms: {}", failure.getMessage());
    return database
        .inPrivateTransaction(
            transaction ->
                database.first(
                    transaction,
                    POSTPONE,
                    Tuple.of(due.grantId(), now().plus(PUT_OFF)),
                    row -> Rows.number(row, 0)))
        .onSuccess(
            tries -> {
              if (tries != null && tries >= MOST_TRIES) {
                LOG.error(
                    "holders were not told of better terms in {} tries: {}", tries, due.grantId());
              }
            })
        .map(tries -> 0);
  }
}
