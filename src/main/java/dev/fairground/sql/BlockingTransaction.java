package dev.fairground.sql;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Statements of one transaction on a blocking connection, which streams by COPY. */
public final class BlockingTransaction {
  private static final int FETCHED = 1_000;

  private final Connection connection;

  /** On a connection that does not commit by itself. */
  public BlockingTransaction(Connection connection) {
    this.connection = connection;
  }

  public Connection connection() {
    return connection;
  }

  /** Reads one value of a row. */
  @FunctionalInterface
  public interface Reads<T> {
    @Nullable T from(ResultSet row) throws SQLException;
  }

  /** Does something with a row. */
  @FunctionalInterface
  public interface Takes {
    void take(ResultSet row) throws SQLException;
  }

  public int execute(String sql, @Nullable Object... arguments) throws SQLException {
    try (var statement = prepared(sql, arguments)) {
      statement.execute();
      return statement.getUpdateCount();
    }
  }

  /** The one row that the statement finds; null where it finds none, or nothing in it. */
  public <T> @Nullable T one(String sql, Reads<T> reads, @Nullable Object... arguments)
      throws SQLException {
    try (var statement = prepared(sql, arguments);
        var rows = statement.executeQuery()) {
      return rows.next() ? reads.from(rows) : null;
    }
  }

  /** The same of a statement that always finds one. */
  public <T> T only(String sql, Reads<T> reads, @Nullable Object... arguments) throws SQLException {
    return requireNonNull(one(sql, reads, arguments), sql);
  }

  /** All rows, a few at a time. */
  public void each(String sql, Takes takes, @Nullable Object... arguments) throws SQLException {
    try (var statement = prepared(sql, arguments)) {
      statement.setFetchSize(FETCHED);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          takes.take(rows);
        }
      }
    }
  }

  private PreparedStatement prepared(String sql, @Nullable Object... arguments)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
    return statement;
  }
}
