package dev.fairground.authorizing;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.authorizing.GrantEnd.Kind;
import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time alone does to authorizations: those whose term or notice is over end, and before the
 * end a clock reminds the institution of the next selection. What is to be done is read from how
 * they stand, so that days on which no server ran are caught up; several servers may look at once,
 * each taking what no other holds.
 */
public final class AuthorizationSweep implements AutoCloseable {
  static final String RESELECT = "reselectMonths";

  private static final Logger LOG = LoggerFactory.getLogger(AuthorizationSweep.class);
  private static final Duration BETWEEN = Duration.ofMinutes(10);
  private static final int AT_ONCE = 100;

  private final Database database;
  private final InstantSource clock;
  private final GrantDesk desk;
  private final GrantEnd end;
  private final Clocks clocks;
  private volatile boolean closed;
  private volatile long timer = -1;

  public AuthorizationSweep(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.desk = new GrantDesk(database);
    this.end = new GrantEnd(database, desk);
    this.clocks = new Clocks(database);
  }

  /** Looks soon after the start, and then every ten minutes. */
  public AuthorizationSweep start() {
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
   * Does all that is due. Never fails: what goes wrong is told in the log, and done next time.
   *
   * @return how many authorizations ended
   */
  public Future<Integer> run() {
    return endAll()
        .compose(ended -> remind().map(ended))
        .onFailure(failure -> LOG.warn("authorizations wait: {}", failure.getMessage()))
        .otherwise(0);
  }

  private static final String OVER =
      """
      -- authorizationsThatAreOver
      select v.grant_id
        from authorization_grant_version v
       where v.valid_to = 'infinity' and v.state in ('ACTIVE', 'SUSPENDED', 'EXITING')
         and (v.ends_on < $1 or v.exits_on < $1)
       order by v.ends_on, v.grant_id
       limit $2
      """;

  private Future<Integer> endAll() {
    return database
        .list(new Reads(), OVER, Tuple.of(write().moment().day(), AT_ONCE), row -> row.getUUID(0))
        .compose(
            over -> {
              var all = Future.succeededFuture(0);
              for (var id : over) {
                all =
                    all.compose(
                        before ->
                            database
                                .inTransaction(transaction -> end(transaction, id))
                                .otherwise(
                                    failure -> {
                                      LOG.warn(
                                          "an authorization waits to end: {}",
                                          failure.getMessage());
                                      return 0;
                                    })
                                .map(ended -> before + ended));
              }
              return all.compose(
                  ended ->
                      over.size() == AT_ONCE && ended > 0 && !closed
                          ? endAll().map(more -> ended + more)
                          : Future.succeededFuture(ended));
            });
  }

  private static final String FREE =
      """
      -- authorizationThatNobodyEnds
      select v.grant_id
        from authorization_grant_version v
       where v.grant_id = $1 and v.valid_to = 'infinity' and v.state in ('ACTIVE', 'SUSPENDED', 'EXITING')
         and (v.ends_on < $2 or v.exits_on < $2)
         for no key update skip locked
      """;

  // The operator's turn comes first, as with every change; who comes second finds it ended.
  private Future<Integer> end(SqlConnection transaction, UUID id) {
    var write = write();
    var today = write.moment().day();
    return desk.take(transaction, write, id)
        .compose(
            grant ->
                database
                    .first(transaction, FREE, Tuple.of(id, today), row -> row.getUUID(0))
                    .compose(
                        free -> {
                          if (grant == null || free == null) {
                            return Future.succeededFuture(0);
                          }
                          var expired = grant.endsOn().isBefore(today);
                          return end.end(
                                  transaction,
                                  write,
                                  grant,
                                  expired ? Kind.EXPIRED : Kind.VOLUNTARY,
                                  expired
                                      ? "its term ended on " + grant.endsOn()
                                      : grant.text("state_reason"),
                                  null)
                              .compose(change -> desk.write(transaction, write, grant, change))
                              .map(affected -> 1);
                        }));
  }

  /** One whose end is near. */
  private record Ending(UUID id, String jurisdictionCode, UUID institutionId, LocalDate from) {}

  private static final String ENDING =
      """
      -- authorizationsToSelectAgain
      select v.grant_id, v.jurisdiction_code, v.institution_id,
             (v.ends_on - make_interval(months => rule_value(v.jurisdiction_code, 'reselectMonths', $1)::integer))::date
        from authorization_grant_version v
       where v.valid_to = 'infinity' and v.state = 'ACTIVE'
         and v.ends_on between $1 and ($1::date + interval '3 years')::date
         and v.ends_on - make_interval(months => rule_value(v.jurisdiction_code, 'reselectMonths', $1)::integer) <= $1
         and not exists (
               select 1 from clock c
                where c.subject = global_id('ag', v.grant_id) and c.rule = 'reselectMonths'
                  and c.due_on >= v.ends_on - 3)
       order by v.ends_on, v.grant_id
       limit $2
         for no key update of v skip locked
      """;

  private Future<Integer> remind() {
    var write = write();
    return database
        .inPrivateTransaction(
            transaction ->
                database
                    .list(
                        transaction,
                        ENDING,
                        Tuple.of(write.moment().day(), AT_ONCE),
                        row ->
                            new Ending(
                                row.getUUID(0),
                                row.getString(1),
                                row.getUUID(2),
                                row.getLocalDate(3)))
                    .compose(ending -> start(transaction, write, ending)))
        .compose(
            started ->
                started == AT_ONCE && !closed
                    ? remind().map(more -> started + more)
                    : Future.succeededFuture(started));
  }

  private Future<Integer> start(SqlConnection transaction, Write write, List<Ending> ending) {
    Future<Void> all = Future.succeededFuture();
    for (var one : ending) {
      var subject = Ids.write(AuthorizationResolver.PREFIX, one.id());
      // An earlier reminder was for another end.
      all =
          all.compose(before -> clocks.meet(transaction, write, subject, RESELECT))
              .compose(
                  met ->
                      clocks.start(
                          transaction,
                          write,
                          new Clocks.Start(
                              subject,
                              RESELECT,
                              one.jurisdictionCode(),
                              one.institutionId(),
                              null,
                              one.from())))
              .mapEmpty();
    }
    return all.map(ending.size());
  }

  private Write write() {
    return Write.ofServer(Moment.present(clock.instant()), "authorization-sweep");
  }
}
