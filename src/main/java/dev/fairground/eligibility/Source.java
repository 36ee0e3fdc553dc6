package dev.fairground.eligibility;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where facts are read: in the transaction of a change, as they are now; or by the reads of an
 * operation, at its moment.
 *
 * @param transaction null where a reading is given
 * @param reading null where a transaction is given
 */
record Source(
    Database database,
    @Nullable SqlConnection transaction,
    @Nullable Reading reading,
    Viewer viewer,
    Moment moment) {

  LocalDate day() {
    return moment.day();
  }

  OffsetDateTime at() {
    return moment.at().atOffset(ZoneOffset.UTC);
  }

  /** A statement of ours; its arguments are without the moment of its versions. */
  <T> Future<List<T>> list(VersionedSql sql, Function<Row, T> mapping, Object... arguments) {
    return either(
        tx -> database.list(tx, sql.present(), Tuple.from(List.of(arguments)), mapping),
        read -> sql.list(database, read, mapping, arguments));
  }

  /** What another feature reads, in either way. */
  <T> Future<T> either(
      Function<SqlConnection, Future<T>> within, Function<Reading, Future<T>> read) {
    return transaction != null
        ? within.apply(transaction)
        : read.apply(Objects.requireNonNull(reading));
  }
}
