package dev.fairground.check;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseUnavailable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks products again after something changed that they rest on, keeps the runs, raises flags,
 * and suspends what has fallen outside. Every server process has one; what is due is taken by
 * whoever comes first, and by another one after a crash. Lives on one event loop.
 */
public final class DueWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DueWorker.class);
  private static final String CHANNEL = "fairground_check_due";
  private static final int AT_ONCE = 200;
  private static final long LOOK_MILLIS = 5_000;
  private static final Duration PUT_OFF = Duration.ofMinutes(5);

  private final Database database;
  private final DueRepository due;
  private final Checks checks;
  private final Suspensions suspensions;
  private final InstantSource clock;
  private final Context context;
  private long timer = -1;
  private int most = AT_ONCE;
  private boolean looking;
  private boolean lookAgain;
  private boolean closed;

  public DueWorker(Database database, InstantSource clock) {
    this.database = database;
    this.due = new DueRepository(database);
    this.checks = new Checks(database);
    this.suspensions = new Suspensions(database);
    this.clock = clock;
    this.context = database.vertx().getOrCreateContext();
  }

  /** Begins to work, and looks again every few seconds even if nobody wakes it. */
  public DueWorker start() {
    database.hear(CHANNEL, this::wake);
    timer = database.vertx().setPeriodic(LOOK_MILLIS, now -> wake());
    wake();
    return this;
  }

  private void wake() {
    context.runOnContext(here -> look());
  }

  private void look() {
    if (closed) {
      return;
    }
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    lookAgain = false;
    work(most)
        .onComplete(
            done -> {
              looking = false;
              if (done.succeeded()) {
                most = AT_ONCE;
                lookAgain |= done.result() > 0;
              } else if (!(done.cause() instanceof DatabaseUnavailable)) {
                LOG.warn("products that are due could not be checked", done.cause());
                failed();
              }
              if (lookAgain) {
                wake();
              }
            });
  }

  /** One by one, so that one that cannot be checked does not hold up the others. */
  private void failed() {
    if (most > 1) {
      most = 1;
      lookAgain = true;
      return;
    }
    var now = clock.instant();
    looking = true;
    database
        .inPrivateTransaction(transaction -> due.postpone(transaction, now, now.plus(PUT_OFF)))
        .onComplete(
            done -> {
              looking = false;
              if (done.succeeded()) {
                wake();
              }
            });
  }

  /** Works on some of what is due; gives how much that was. */
  Future<Integer> work(int some) {
    var write = Write.ofServer(Moment.present(clock.instant()), "check-due");
    return database.inPrivateTransaction(
        transaction ->
            due.take(transaction, write.moment().now(), some)
                .compose(taken -> check(transaction, write, taken).map(done -> taken.size())));
  }

  private Future<?> check(SqlConnection transaction, Write write, List<DueRepository.Due> taken) {
    var operators = new TreeMap<String, TreeSet<UUID>>();
    var products = new TreeMap<Cause, LinkedHashSet<UUID>>();
    for (var one : taken) {
      if (one.productId() == null) {
        operators.computeIfAbsent(one.cause(), unseen -> new TreeSet<>()).add(one.operatorId());
      } else {
        products
            .computeIfAbsent(cause(one.cause()), unseen -> new LinkedHashSet<>())
            .add(one.productId());
      }
    }
    Future<?> done = Future.succeededFuture();
    for (var entry : operators.entrySet()) {
      done =
          done.compose(
              before ->
                  due.spread(transaction, write.moment().now(), entry.getValue(), entry.getKey()));
    }
    for (var entry : products.entrySet()) {
      done = done.compose(before -> check(transaction, write, entry.getKey(), entry.getValue()));
    }
    return done;
  }

  private Future<Integer> check(
      SqlConnection transaction, Write write, Cause cause, Collection<UUID> products) {
    return checks
        .examineProducts(transaction, write, cause, products)
        .compose(kept -> suspensions.of(transaction, write, kept.examined()));
  }

  /** A cause that a newer server wrote is none that we know. */
  private static Cause cause(String written) {
    for (var cause : Cause.values()) {
      if (cause.name().equals(written)) {
        return cause;
      }
    }
    return Cause.REQUEST;
  }

  /** Takes no more; what is in hand is finished or left to another server. */
  @Override
  public void close() {
    closed = true;
    database.vertx().cancelTimer(timer);
  }
}
