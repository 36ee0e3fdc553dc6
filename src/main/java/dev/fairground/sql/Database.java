package dev.fairground.sql;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one class that sends SQL. Reads share connections, on which they follow each other without
 * waiting; work that changes something has a connection of its own. Every statement is counted and
 * timed here under the name in its first line ({@code -- productsById}), ended by PostgreSQL when
 * it takes too long, and given up on when nothing is heard.
 *
 * <p>A statement fails with {@link DatabaseUnavailable} when trying again later may help, {@link
 * StatementTimeout} when it took too long, {@link ReadsCancelled} when nobody waits any more, and
 * otherwise with what PostgreSQL said.
 */
public final class Database {
  private final Statement.Known statements;
  private final Lanes plannedOnce;
  private final Lanes plannedForArguments;
  private final Transactions transactions;
  private final Vertx vertx;
  private final Notices notices;
  private final PublicContent publicContent;

  private Database(
      Vertx vertx,
      Statement.Known statements,
      Lanes plannedOnce,
      Lanes plannedForArguments,
      Transactions transactions,
      Notices notices) {
    this.vertx = vertx;
    this.notices = notices;
    this.publicContent = new PublicContent(notices);
    this.statements = statements;
    this.plannedOnce = plannedOnce;
    this.plannedForArguments = plannedForArguments;
    this.transactions = transactions;
  }

  /** Opens nothing yet: connections come with the first statements. */
  public static Database connect(
      Vertx vertx, DatabaseAddress address, DatabaseLimits limits, MeterRegistry metrics) {
    var connections = new Connections(vertx, address, limits);
    // Most reads are by key; those of callers' filters are fewer and longer.
    var filtered = Math.max(1, limits.readConnections() / 3);
    var plannedForArguments =
        new Lanes(vertx, connections, Planning.FOR_ARGUMENTS, filtered, limits);
    var plannedOnce =
        new Lanes(vertx, connections, Planning.ONCE, limits.readConnections() - filtered, limits);
    var transactions = new Transactions(vertx, connections, limits);
    var running = "Reads sent and not answered; transactions begun and not ended";
    gauge(metrics, "fairground.sql.running", running, "reads", plannedOnce::inFlight);
    gauge(
        metrics, "fairground.sql.running", running, "filteredReads", plannedForArguments::inFlight);
    gauge(metrics, "fairground.sql.running", running, "transactions", transactions::running);
    var waiting = "Transactions that wait for a connection";
    gauge(metrics, "fairground.sql.waiting", waiting, "transactions", transactions::waiting);
    var open = "Open connections to the database";
    gauge(metrics, "fairground.sql.connections", open, "reads", plannedOnce::open);
    gauge(metrics, "fairground.sql.connections", open, "filteredReads", plannedForArguments::open);
    gauge(metrics, "fairground.sql.connections", open, "transactions", transactions::open);
    return new Database(
        vertx,
        new Statement.Known(metrics),
        plannedOnce,
        plannedForArguments,
        transactions,
        new Notices(vertx, connections));
  }

  /** Begins to listen for notices; also when it cannot, which public content then says. */
  public Future<PublicContent> listen() {
    return notices.listen().map(publicContent);
  }

  /**
   * Runs {@code heard} at each notice of a channel, once this database listens, and whenever it
   * listens anew; on whichever event loop. Notices can be lost: a timer has to stand beside it.
   */
  public void hear(String channel, Runnable heard) {
    notices.hear(channel, heard);
  }

  /** What the database's connections live on; for timers of who works with it. */
  public Vertx vertx() {
    return vertx;
  }

  private static void gauge(
      MeterRegistry metrics, String name, String meaning, String pool, Supplier<Number> value) {
    Gauge.builder(name, value)
        .description(meaning)
        .tag("pool", pool)
        .strongReference(true)
        .register(metrics);
  }

  /** All rows of a read that is planned once. */
  public Future<RowSet<Row>> rows(Reads reads, String sql, Tuple arguments) {
    return rows(reads, Planning.ONCE, sql, arguments);
  }

  private Future<RowSet<Row>> rows(Reads reads, Planning planning, String sql, Tuple arguments) {
    if (reads.isCancelled()) {
      return Future.failedFuture(new ReadsCancelled());
    }
    var lanes = planning == Planning.ONCE ? plannedOnce : plannedForArguments;
    var read = new PendingRead(reads, statements.of(sql), arguments, lanes::send);
    lanes.send(read);
    return read.answer();
  }

  /**
   * All rows of a read that is planned once, each turned into a value; a list that stays as it is.
   */
  public <T> Future<List<T>> list(
      Reads reads, String sql, Tuple arguments, Function<Row, T> value) {
    return list(reads, Planning.ONCE, sql, arguments, value);
  }

  /** All rows of a read, each turned into a value; a list that stays as it is. */
  public <T> Future<List<T>> list(
      Reads reads, Planning planning, String sql, Tuple arguments, Function<Row, T> value) {
    return rows(reads, planning, sql, arguments).map(rows -> values(rows, value));
  }

  /** The first row of a read, or null. */
  public <T> Future<@Nullable T> first(
      Reads reads, String sql, Tuple arguments, Function<Row, T> value) {
    return rows(reads, sql, arguments).map(rows -> firstOf(rows, value));
  }

  /**
   * Runs work in one transaction, and again, up to three times, when another transaction was in the
   * way. So the work may run more than once, and must do nothing but talk to the database.
   */
  public <T> Future<T> inTransaction(Function<SqlConnection, Future<T>> work) {
    return transactions.run(work).onSuccess(committed -> publicContent.changed());
  }

  /** The same for work that changes nothing public: answers that are shared stay right. */
  public <T> Future<T> inPrivateTransaction(Function<SqlConnection, Future<T>> work) {
    return transactions.run(work);
  }

  /** All rows of a statement within a transaction. */
  public Future<RowSet<Row>> rows(SqlConnection transaction, String sql, Tuple arguments) {
    var statement = statements.of(sql);
    var askedAt = System.nanoTime();
    return transactions
        .execute(transaction, sql, arguments)
        .onComplete(
            ignored -> statement.timer().record(System.nanoTime() - askedAt, TimeUnit.NANOSECONDS));
  }

  /** All rows of a statement within a transaction, each turned into a value. */
  public <T> Future<List<T>> list(
      SqlConnection transaction, String sql, Tuple arguments, Function<Row, T> value) {
    return rows(transaction, sql, arguments).map(rows -> values(rows, value));
  }

  /** The first row of a statement within a transaction, or null. */
  public <T> Future<@Nullable T> first(
      SqlConnection transaction, String sql, Tuple arguments, Function<Row, T> value) {
    return rows(transaction, sql, arguments).map(rows -> firstOf(rows, value));
  }

  /** Succeeds when the database answers, however busy the reads are. */
  public Future<Void> ping() {
    return transactions.ping();
  }

  /** Closes every connection; what is under way may be lost. */
  public Future<Void> close() {
    return Future.join(
            notices.close(), plannedOnce.close(), plannedForArguments.close(), transactions.close())
        .mapEmpty();
  }

  private static <T> List<T> values(RowSet<Row> rows, Function<Row, T> value) {
    var values = new ArrayList<T>(rows.size());
    for (Row row : rows) {
      values.add(value.apply(row));
    }
    return Collections.unmodifiableList(values);
  }

  private static <T> @Nullable T firstOf(RowSet<Row> rows, Function<Row, T> value) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? value.apply(iterator.next()) : null;
  }
}
