package dev.fairground.check;

import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where facts are read: in the transaction of a change, which sees what it wrote, or by the reads
 * of an operation; as they are, or as they were at a past moment.
 *
 * @param transaction null where {@code reads} are given
 * @param reads null where a transaction is given
 * @param past whether {@code at} is a past moment, and not the present
 * @param day the day that is asked about
 */
record FactSource(
    Database database,
    @Nullable SqlConnection transaction,
    @Nullable Reads reads,
    boolean past,
    OffsetDateTime at,
    LocalDate day) {

  /** The statement's arguments: keys, the moment, the day. */
  <T> Future<List<T>> list(FactSql sql, Collection<UUID> keys, Function<Row, T> value) {
    return list(sql, keys.toArray(UUID[]::new), value);
  }

  <T> Future<List<T>> list(FactSql sql, Object keys, Function<Row, T> value) {
    var text = past ? sql.past() : sql.present();
    var arguments = Tuple.of(keys, at, day);
    if (transaction != null) {
      return database.list(transaction, text, arguments, value);
    }
    return database.list(readings(), text, arguments, value);
  }

  Reads readings() {
    return reads == null ? new Reads() : reads;
  }
}
