package dev.fairground.contract;

import dev.fairground.clock.Clocks;
import dev.fairground.contract.AccessGrant.EndKind;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time alone does to access grants: those whose last day is over end, and so do those that
 * were not signed in time; and holders hear when what their grants rest on stands otherwise. What
 * is to be done is read from how grants stand, so that days on which no server ran are caught up;
 * several servers may look at once, each taking what no other holds.
 */
public final class GrantSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GrantSweep.class);
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final Database database;
  private final InstantSource clock;
  private final GrantNews news;
  private final GroundNews grounds;
  private final Clocks clocks;
  private final int atOnce;
  private volatile boolean closed;
  private volatile long timer = -1;

  public GrantSweep(Database database, InstantSource clock) {
    this(database, clock, 200);
  }

  /**
   * @param atOnce grants of one transaction
   */
  GrantSweep(Database database, InstantSource clock, int atOnce) {
    this.database = database;
    this.clock = clock;
    this.news = new GrantNews(database);
    this.grounds = new GroundNews(database, atOnce);
    this.clocks = new Clocks(database);
    this.atOnce = atOnce;
  }

  /** Looks soon after the start, and then every minute. */
  public GrantSweep start() {
    again(ThreadLocalRandom.current().nextLong(1_000, 30_000));
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
   * What a look did.
   *
   * @param ended grants that ended
   * @param told grants whose holders heard of another standing
   */
  public record Swept(int ended, int told) {}

  /** Does all that is due. Never fails: what goes wrong is told in the log, and done next time. */
  public Future<Swept> run() {
    return all(OVER)
        .compose(over -> all(UNSIGNED).map(unsigned -> over + unsigned))
        .compose(
            ended -> grounds.run(this::write, () -> closed).map(told -> new Swept(ended, told)))
        .onFailure(failure -> LOG.warn("access grants wait: {}", failure.getMessage()))
        .otherwise(new Swept(0, 0));
  }

  // Grants are locked as steps lock them, and their versions are looked at again after that.
  private static String ending(String name, String due, String order) {
    return """
        -- %1$s
        with due as (
          select g.operator_id, g.id
            from access_grant_version v
            join access_grant g on g.operator_id = v.operator_id and g.id = v.grant_id
           where v.valid_to = 'infinity' and %2$s
           order by %3$s, v.grant_id
           limit $3
             for no key update of g skip locked
        ), closed as (
          update access_grant_version v
             set valid_to = greatest($2::timestamptz, v.valid_from + interval '1 microsecond')
            from due
           where v.operator_id = due.operator_id and v.grant_id = due.id and v.valid_to = 'infinity' and %2$s
          returning v.*
        ), ended as (
          insert into access_grant_version (operator_id, grant_id, version, valid_from, state, state_reason,
                 correction_due_on, end_kind, end_planned, ends_on, ended_on, sign_by, signed_by_operator_on,
                 signed_by_holder_on, replacement_product_id, step, changed_by, changed_by_subject)
          select c.operator_id, c.grant_id, c.version + 1, c.valid_to, 'ENDED',
                 case when c.state <> 'AWAITING_SIGNATURE' then 'its last day was ' || c.ends_on
                      when c.signed_by_holder_on is not null then 'not signed by its operator in time'
                      when c.signed_by_operator_on is not null then 'not signed by its holder in time'
                      else 'not signed by either side in time' end,
                 c.correction_due_on,
                 case when c.state = 'AWAITING_SIGNATURE' then 'NOT_SIGNED' else coalesce(c.end_planned, 'EXPIRED') end,
                 c.end_planned, least(c.ends_on, $1::date), $1::date, c.sign_by, c.signed_by_operator_on,
                 c.signed_by_holder_on, c.replacement_product_id, 'ENDED', 'SERVER', 'server'
            from closed c
          returning operator_id, grant_id, version, end_kind
        )
        select g.id, e.version, g.holder_id, g.operator_id, g.institution_id, g.jurisdiction_code, e.end_kind
          from ended e
          join access_grant g on g.operator_id = e.operator_id and g.id = e.grant_id
        """
        .formatted(name, due, order);
  }

  private static final String OVER =
      ending("endAccessGrants", "v.state <> 'ENDED' and v.ends_on < $1", "v.ends_on");

  private static final String UNSIGNED =
      ending(
          "endUnsignedAccessGrants",
          "v.state = 'AWAITING_SIGNATURE' and v.sign_by < $1",
          "v.sign_by");

  private record Ended(GrantNews.Told told, EndKind kind) {}

  private Future<Integer> all(String statement) {
    return database
        .inPrivateTransaction(transaction -> some(transaction, statement))
        .compose(
            ended ->
                ended == atOnce && !closed
                    ? all(statement).map(more -> ended + more)
                    : Future.succeededFuture(ended));
  }

  private Future<Integer> some(SqlConnection transaction, String statement) {
    var write = write();
    return database
        .list(
            transaction,
            statement,
            Tuple.of(write.moment().day(), GrantWriter.now(write), atOnce),
            row ->
                new Ended(
                    new GrantNews.Told(
                        row.getUUID(0),
                        Rows.number(row, 1),
                        row.getUUID(2),
                        row.getUUID(3),
                        row.getUUID(4),
                        row.getString(5)),
                    Rows.value(row, 6, EndKind.class)))
        .compose(
            ended ->
                stop(transaction, write, ended)
                    .compose(
                        stopped ->
                            news.tell(
                                transaction,
                                write,
                                ended.stream().map(Ended::told).toList(),
                                List.of("version", "state")))
                    .map(ended.size()));
  }

  /** Nobody signs any more what has ended. */
  private Future<Void> stop(SqlConnection transaction, Write write, List<Ended> ended) {
    Future<Void> all = Future.succeededFuture();
    for (var one : ended) {
      if (one.kind() == EndKind.NOT_SIGNED) {
        all =
            all.compose(
                before ->
                    clocks.stop(
                        transaction, write, Ids.write(AccessGrant.PREFIX, one.told().id())));
      }
    }
    return all;
  }

  private Write write() {
    return Write.ofServer(Moment.present(clock.instant()), "access-grant-sweep");
  }
}
