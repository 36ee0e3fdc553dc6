package dev.fairground.authorizing;

import dev.fairground.catalog.EditionWriter;
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
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suspends products that fall outside of an authorization, where they were too many for the
 * transaction of its change: some at a time, each time in a transaction of its own, until none is
 * left. Several servers may do it at once: what one works on the others pass over. What falls
 * outside is looked up each time, so that an authorization that was resumed meanwhile suspends
 * nothing more.
 */
public final class EffectWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EffectWorker.class);
  private static final Duration BETWEEN = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final Database database;
  private final InstantSource clock;
  private final GrantRepository grants;
  private final EditionWriter turns;
  private final Effects effects;
  private final int batch;
  private volatile boolean closed;
  private volatile long timer = -1;

  public EffectWorker(Database database, InstantSource clock) {
    this(database, clock, 500);
  }

  /**
   * @param batch how many products are suspended in one transaction
   */
  EffectWorker(Database database, InstantSource clock, int batch) {
    this.database = database;
    this.clock = clock;
    this.grants = new GrantRepository(database);
    this.turns = new EditionWriter(database);
    this.effects = new Effects(database);
    this.batch = batch;
  }

  /** Looks every five seconds, not at the same moment as other servers. */
  public EffectWorker start() {
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

  private record Due(UUID id, UUID grantId, UUID operatorId, int tries) {
    static Due of(Row row) {
      return new Due(row.getUUID(0), row.getUUID(1), row.getUUID(2), Rows.number(row, 3));
    }
  }

  private static final String DUE =
      """
      -- suspensionsDue
      select e.id, e.grant_id, e.operator_id, e.tries
        from authorization_effect e
       where e.due_at <= $1
       order by e.due_at, e.id
       limit 20
      """;

  /**
   * Does all that is due. Never fails: what goes wrong is told in the log, and tried again later.
   *
   * @return how many products were suspended
   */
  public Future<Integer> run() {
    return database
        .list(new Reads(), DUE, Tuple.of(now()), Due::of)
        .compose(this::all)
        .onFailure(failure -> LOG.warn("suspensions wait: {}", failure.getMessage()))
        .otherwise(0);
  }

  private Future<Integer> all(List<Due> dues) {
    var all = Future.succeededFuture(0);
    for (var due : dues) {
      all =
          all.compose(
              before ->
                  one(due, 0)
                      .recover(failure -> later(due, failure))
                      .map(suspended -> before + suspended));
    }
    return all;
  }

  private Future<Integer> one(Due due, int before) {
    return database
        .inTransaction(transaction -> some(transaction, due))
        .compose(
            suspended ->
                suspended < batch || closed
                    ? Future.succeededFuture(before + suspended)
                    : one(due, before + suspended));
  }

  private static final String TAKE =
      """
      -- takeSuspension
      select e.id from authorization_effect e where e.id = $1 for update skip locked
      """;

  private static final String DONE =
      """
      -- suspensionDone
      delete from authorization_effect where id = $1
      """;

  private Future<Integer> some(SqlConnection transaction, Due due) {
    return database
        .first(transaction, TAKE, Tuple.of(due.id()), row -> row.getUUID(0))
        .compose(
            taken ->
                taken == null
                    ? Future.succeededFuture(0)
                    : turns
                        .takeTurn(transaction, due.operatorId())
                        .compose(turn -> suspend(transaction, due)));
  }

  private Future<Integer> suspend(SqlConnection transaction, Due due) {
    var write = Write.ofServer(Moment.present(clock.instant()), "authorization-effects");
    return grants
        .find(transaction, write, due.grantId())
        .compose(
            grant ->
                grant == null
                    ? Future.<@Nullable List<AffectedProduct>>succeededFuture(List.of())
                    : effects
                        .outside(transaction, grant.id(), write.moment().day(), batch)
                        .compose(
                            found -> effects.suspend(transaction, write, grant, found).map(found)))
        .compose(
            found ->
                found.size() == batch
                    ? Future.succeededFuture(batch)
                    : database
                        .rows(transaction, DONE, Tuple.of(due.id()))
                        .map(done -> found.size()));
  }

  private static final String LATER =
      """
      -- suspensionLater
      update authorization_effect set tries = tries + 1, due_at = $2 where id = $1
      """;

  /** Somebody else publishes, or the database is away: the wait doubles with each try. */
  private Future<Integer> later(Due due, Throwable failure) {
    var wait = Math.min(LONGEST_WAIT.toMillis(), BETWEEN.toMillis() << Math.min(due.tries(), 10));
    LOG.info("suspensions are tried again in {} ms: {}", wait, failure.getMessage());
    return database
        .inPrivateTransaction(
            transaction ->
                database.rows(
                    transaction, LATER, Tuple.of(due.id(), now().plus(Duration.ofMillis(wait)))))
        .map(done -> 0);
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
