package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseUnavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks each day all that is offered, in parts that servers claim: products by ranges of their
 * ids, authorizations, operators, the marketplace, requests that wait for a decision, access
 * grants. A server that was down begins with today; a part whose server died is taken over where it
 * stood. Memory is that of one batch. Lives on one event loop.
 */
public final class SweepWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SweepWorker.class);
  private static final Duration HELD = Duration.ofMinutes(2);

  private final Database database;
  private final SweepRepository sweeps;
  private final Checks checks;
  private final Suspensions suspensions;
  private final InstantSource clock;
  private final Pace pace;
  private final UUID holder = UUID.randomUUID();
  private final Context context;
  private long timer = -1;
  private int most;
  private boolean working;
  private volatile boolean closed;

  /**
   * How fast it goes.
   *
   * @param from the local time from which a day's sweep begins
   * @param pause how long each batch is waited behind, so that reads have the database for
   *     themselves in between
   * @param batch how many subjects are checked at once
   * @param look how often it looks whether there is something to do
   */
  public record Pace(LocalTime from, Duration pause, int batch, Duration look) {
    public static final Pace PLAIN =
        new Pace(LocalTime.MIDNIGHT, Duration.ofMillis(100), 200, Duration.ofSeconds(30));
  }

  public SweepWorker(Database database, InstantSource clock, Pace pace) {
    this.database = database;
    this.sweeps = new SweepRepository(database);
    this.checks = new Checks(database);
    this.suspensions = new Suspensions(database);
    this.clock = clock;
    this.pace = pace;
    this.most = pace.batch();
    this.context = database.vertx().getOrCreateContext();
  }

  public SweepWorker start() {
    timer =
        database
            .vertx()
            .setPeriodic(pace.look().toMillis(), now -> context.runOnContext(here -> look()));
    return this;
  }

  private void look() {
    if (closed || working) {
      return;
    }
    working = true;
    work()
        .onComplete(
            done -> {
              working = false;
              if (done.failed() && !(done.cause() instanceof DatabaseUnavailable)) {
                LOG.warn("the sweep of checks stopped, and goes on later", done.cause());
              }
            });
  }

  /** Begins the sweep of the day if it is time, and works on parts until none is free. */
  Future<Void> work() {
    var moment = Moment.present(clock.instant());
    var begun =
        LocalTime.ofInstant(moment.now(), Moment.ZONE).isBefore(pace.from())
            ? Future.<Void>succeededFuture()
            : database.inPrivateTransaction(transaction -> sweeps.begin(transaction, moment));
    return begun.compose(done -> parts());
  }

  private Future<Void> parts() {
    if (closed) {
      return Future.succeededFuture();
    }
    var moment = Moment.present(clock.instant());
    return database
        .inPrivateTransaction(transaction -> sweeps.claim(transaction, holder, moment, HELD))
        .compose(
            part ->
                part == null ? Future.succeededFuture() : batches(part).compose(done -> parts()));
  }

  private Future<Void> batches(SweepRepository.Part part) {
    if (closed) {
      return Future.succeededFuture();
    }
    return batch(part)
        .compose(
            more ->
                more == null
                    ? Future.succeededFuture()
                    : paused().compose(rested -> batches(more)));
  }

  private Future<Void> paused() {
    return pace.pause().isZero()
        ? Future.succeededFuture()
        : database.vertx().timer(pace.pause().toMillis()).mapEmpty();
  }

  /**
   * Checks the next subjects of a part; null where it is done, or another server has it. Where that
   * fails it tries fewer of them, and passes over the one that cannot be checked: it holds up
   * nothing else.
   */
  Future<SweepRepository.@Nullable Part> batch(SweepRepository.Part part) {
    return batch(part, most, true)
        .onSuccess(done -> most = Math.min(pace.batch(), most * 2))
        .recover(
            failure -> {
              if (failure instanceof DatabaseUnavailable || closed) {
                most = Math.max(1, most / 2); // it may have been too much for the time there is
                return Future.failedFuture(failure);
              }
              if (most > 1) {
                most = most / 2;
                return Future.succeededFuture(part);
              }
              LOG.warn(
                  "a subject of the sweep could not be checked: the {} behind {}",
                  part.kind(),
                  part.behind(),
                  failure);
              return batch(part, 1, false);
            });
  }

  private Future<SweepRepository.@Nullable Part> batch(
      SweepRepository.Part part, int some, boolean checking) {
    var write = Write.ofServer(Moment.present(clock.instant()), "check-sweep");
    var until = write.moment().now().plus(HELD).atOffset(ZoneOffset.UTC);
    return database.inPrivateTransaction(
        transaction ->
            sweeps
                .hold(transaction, part, holder, until)
                .compose(
                    held ->
                        held == null
                            ? Future.<SweepRepository.@Nullable Part>succeededFuture()
                            : sweeps
                                .subjects(transaction, held, some)
                                .compose(
                                    ids -> check(transaction, write, held, ids, some, checking))));
  }

  private Future<SweepRepository.@Nullable Part> check(
      SqlConnection transaction,
      Write write,
      SweepRepository.Part part,
      List<UUID> ids,
      int some,
      boolean checking) {
    return (checking
            ? examine(transaction, write, part, ids)
            : Future.succeededFuture(new Checks.Kept(List.of(), 0)))
        .compose(
            kept ->
                (part.kind() == Check.Subject.PRODUCT
                        ? suspensions.of(transaction, write, kept.examined())
                        : Future.succeededFuture(0))
                    .compose(
                        suspended -> {
                          var done = ids.size() < some || part.kind() == Check.Subject.MARKET;
                          return sweeps
                              .advance(
                                  transaction,
                                  part,
                                  new SweepRepository.Progress(
                                      ids.isEmpty() ? null : ids.getLast(),
                                      kept.examined().size(),
                                      kept.changed(),
                                      suspended,
                                      done),
                                  write.moment())
                              .map(advanced -> done ? null : part);
                        }));
  }

  private Future<Checks.Kept> examine(
      SqlConnection transaction, Write write, SweepRepository.Part part, List<UUID> ids) {
    return switch (part.kind()) {
      case PRODUCT -> checks.examineProducts(transaction, write, Cause.SWEEP, ids);
      case AUTHORIZATION -> checks.examineGrants(transaction, write, Cause.SWEEP, ids);
      case OPERATOR -> checks.examineOperators(transaction, write, Cause.SWEEP, ids);
      case ACCESS_REQUEST -> checks.examineRequests(transaction, write, Cause.SWEEP, ids);
      case ACCESS_GRANT -> checks.examineAccess(transaction, write, Cause.SWEEP, ids);
      case MARKET -> checks.examineMarket(transaction, write, Cause.SWEEP);
    };
  }

  /** Takes no more parts; what it holds is free for others after a while. */
  @Override
  public void close() {
    closed = true;
    database.vertx().cancelTimer(timer);
  }
}
