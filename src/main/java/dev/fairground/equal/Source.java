package dev.fairground.equal;

import dev.fairground.jurisdiction.RuleBook;
import dev.fairground.jurisdiction.RuleBooks;
import dev.fairground.kernel.Scope;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where terms are read: in the transaction of a change, or by the reads of an operation.
 *
 * @param transaction null where {@code reading} is given
 * @param reading null where a transaction is given, which sees everything
 */
record Source(
    Database database,
    @Nullable SqlConnection transaction,
    @Nullable Reading reading,
    Instant knownAt) {
  static Source of(Database database, SqlConnection transaction, Instant knownAt) {
    return new Source(database, transaction, null, knownAt);
  }

  static Source of(Database database, Reading reading) {
    return new Source(database, null, reading, reading.moment().at());
  }

  Future<RowSet<Row>> rows(String sql, Tuple arguments) {
    if (reading != null) {
      return database.rows(reading.reads(), sql, arguments);
    }
    if (transaction != null) {
      return database.rows(transaction, sql, arguments);
    }
    throw new IllegalStateException("neither a transaction nor a reading");
  }

  <T> Future<List<T>> list(String sql, Tuple arguments, Function<Row, T> value) {
    return rows(sql, arguments)
        .map(
            rows -> {
              var values = new ArrayList<T>(rows.size());
              rows.forEach(row -> values.add(value.apply(row)));
              return values;
            });
  }

  Future<Map<String, RuleBook>> rules(LocalDate day, Collection<String> jurisdictions) {
    var books = new RuleBooks(database);
    if (reading != null) {
      return books.find(reading.reads(), day, knownAt, jurisdictions);
    }
    if (transaction != null) {
      return books.find(transaction, day, knownAt, jurisdictions);
    }
    throw new IllegalStateException("neither a transaction nor a reading");
  }

  /** Whether cohorts are seen as a whole, whoever's they are. */
  boolean everything() {
    return reading == null || reading.viewer().rights().everywhere(Scope.REQUEST_READ);
  }

  /** For whom it is read; none for a transaction. */
  UUID[] organizations() {
    return reading == null
        ? new UUID[0]
        : reading.viewer().rights().organizations(Scope.REQUEST_READ);
  }
}
