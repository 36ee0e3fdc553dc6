package dev.fairground.sql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends statements. */
public final class Database {
  private final SqlClient client;

  public Database(SqlClient client) {
    this.client = client;
  }

  public <T> Future<List<T>> list(
      Reads reads, String sql, Tuple arguments, Function<Row, T> mapping) {
    if (reads.isCancelled()) {
      return Future.failedFuture(new ReadsCancelled());
    }
    return client
        .preparedQuery(sql)
        .execute(arguments)
        .map(
            rows -> {
              var list = new ArrayList<T>(rows.size());
              for (var row : rows) {
                list.add(mapping.apply(row));
              }
              return list;
            });
  }

  public <T> Future<@Nullable T> first(
      Reads reads, String sql, Tuple arguments, Function<Row, T> mapping) {
    return list(reads, sql, arguments, mapping)
        .map(found -> found.isEmpty() ? null : found.getFirst());
  }
}
