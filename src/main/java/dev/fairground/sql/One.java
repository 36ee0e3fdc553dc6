package dev.fairground.sql;

import dev.fairground.kernel.Moment;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one record is read by its id: by a statement for many ids, or by a join in the statement of
 * what leads to it.
 *
 * @param name the statement's name in metrics and logs
 * @param table the table
 * @param alias its alias in statements of its own
 * @param versioned whether the table holds versions, of which one is shown
 * @param columns the columns, the id first
 * @param mapping reads one row
 * @param joins what its fields lead to
 * @param pick which row it is, where several have the key: the rest of a condition on the alias
 *     {@code x}, with an order; null where the key and the moment tell one row. Only for joins
 */
public record One<T>(
    String name,
    String table,
    String alias,
    boolean versioned,
    Columns columns,
    Function<Row, T> mapping,
    List<Join> joins,
    @Nullable Function<Moment, Clause> pick) {

  public One(
      String name,
      String table,
      String alias,
      boolean versioned,
      Columns columns,
      Function<Row, T> mapping,
      Join... joins) {
    this(name, table, alias, versioned, columns, mapping, List.of(joins), null);
  }

  /**
   * A field that leads to one record.
   *
   * @param column the column, without alias, that holds the other's id; null where there is none
   */
  public record Join(String field, String column, One<?> to) {}

  /** Those that there are, in no order. */
  public Future<List<T>> find(Database database, Reading reading, Collection<UUID> ids) {
    var statement = new SqlText("-- " + name + "\nselect ");
    var joined = new Joined<>(this, reading.wanted());
    statement.append(joined.columns()).append(" from ").append(table).append(" ").append(alias);
    joined.from(statement, reading.moment());
    statement.append(" where ").append(alias).append(".").append(key()).append(" = any(");
    statement.argument(Rows.ids(ids));
    statement.append(")");
    if (versioned) {
      statement.append(" and ").clause(VersionedSql.shown(alias, reading.moment()));
    }
    return database.list(
        reading.reads(),
        statement.sql(),
        statement.arguments(),
        row -> joined.read(row, reading.along()));
  }

  String key() {
    return columns.key();
  }
}
