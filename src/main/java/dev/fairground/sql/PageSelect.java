package dev.fairground.sql;

import dev.fairground.kernel.BadInput;
import dev.fairground.kernel.Page;
import dev.fairground.kernel.Page.Count;
import dev.fairground.kernel.PageRequest;
import dev.fairground.sql.One.Join;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One list read by keyset: as a whole, or the top of it for each of many parents in one statement.
 *
 * @param name the statement's name in metrics and logs
 * @param columns the columns that {@code mapping} reads, in its order
 * @param alias the alias of the table that has them
 * @param from the tables, with their aliases
 * @param versions the aliases of tables of versions: each shows its version of the moment read
 * @param link what ties a row to its parent, which the statement knows as {@code parent.id}; empty
 *     for a list of its own
 * @param joins what fields of a row lead to
 * @param mapping reads one row
 */
public record PageSelect<T>(
    String name,
    Columns columns,
    String alias,
    String from,
    List<String> versions,
    String link,
    List<Join> joins,
    Function<Row, T> mapping) {
  /** Counting a list stops here and says that it did. */
  public static final int COUNT_BOUND = 10_000;

  /**
   * How many rows a statement may ask for. A number in its text tells PostgreSQL that few are
   * wanted, which an argument does not; few numbers make few texts, each of which is planned once.
   */
  private static final int[] LIMITS = {2, 6, 11, 21, 51, 101};

  /** A list of its own: all records of a kind. */
  public static <T> PageSelect<T> of(String name, One<T> one) {
    return new PageSelect<>(
        name,
        one.columns(),
        one.alias(),
        one.table() + ' ' + one.alias(),
        one.versioned() ? List.of(one.alias()) : List.of(),
        "",
        one.joins(),
        one.mapping());
  }

  /** A list of its own, of a table without versions and ids. */
  public static <T> PageSelect<T> plain(
      String name, String columns, String from, Function<Row, T> mapping) {
    return new PageSelect<>(
        name, Columns.written(columns), "", from, List.of(), "", List.of(), mapping);
  }

  /** The rows of each of many parents, of the same columns. */
  public PageSelect<T> linked(String name, String from, String link, String... versions) {
    return new PageSelect<>(name, columns, alias, from, List.of(versions), link, joins, mapping);
  }

  /** The same for parents that a column of the table itself names. */
  public PageSelect<T> linked(String name, String column) {
    return new PageSelect<>(
        name, columns, alias, from, versions, column + " = parent.id", joins, mapping);
  }

  /** The page of the list of all rows that {@code where} holds for. */
  public Future<Page<T>> page(
      Database database,
      Reading reading,
      Clause where,
      List<Key<T>> order,
      PageRequest page,
      Planning planning,
      Object counted) {
    var statement = new SqlText("-- " + name + "\n");
    var rows = joined(reading, order);
    select(statement, rows, reading, tables -> tables.append(from), where, order, page, "");
    return database
        .list(
            reading.reads(),
            planning,
            statement.sql(),
            statement.arguments(),
            row -> rows.read(row, reading.along()))
        .map(found -> cut(found, order, page, counted, node -> null));
  }

  /** For each of {@code parents} the page of its own rows. */
  public Future<Map<UUID, Page<T>>> pages(
      Database database,
      Reading reading,
      Collection<UUID> parents,
      Clause where,
      List<Key<T>> order,
      PageRequest page,
      Planning planning,
      Function<UUID, Object> counted) {
    var statement = new SqlText("-- " + name + "\nselect found.*, parent.id from unnest(");
    statement.argument(parents.toArray(UUID[]::new));
    statement.append("::uuid[]) as parent (id) cross join lateral (");
    var read = joined(reading, order);
    select(statement, read, reading, tables -> tables.append(from), where, order, page, "");
    statement.append(") as found");
    return database
        .list(
            reading.reads(),
            planning,
            statement.sql(),
            statement.arguments(),
            row -> Map.entry(row.getUUID(row.size() - 1), read.read(row, reading.along())))
        .map(
            rows -> {
              var byParent = new HashMap<UUID, List<T>>();
              rows.forEach(
                  row ->
                      byParent
                          .computeIfAbsent(row.getKey(), parent -> new ArrayList<>())
                          .add(row.getValue()));
              var pages = new HashMap<UUID, Page<T>>();
              for (var parent : parents) {
                pages.put(
                    parent,
                    cut(
                        byParent.getOrDefault(parent, List.of()),
                        order,
                        page,
                        counted.apply(parent),
                        node -> null));
              }
              return pages;
            });
  }

  /** How many rows there are, up to {@link #COUNT_BOUND}. */
  public Future<Count> count(Database database, Reading reading, Clause where, Planning planning) {
    var statement = new SqlText("-- " + name + "Count\n");
    count(statement, from, shown(reading, where));
    return database
        .list(
            reading.reads(),
            planning,
            statement.sql(),
            statement.arguments(),
            row -> row.getInteger(0))
        .map(rows -> bounded(rows.getFirst()));
  }

  /** How many rows each of {@code parents} has, each up to {@link #COUNT_BOUND}. */
  public Future<Map<UUID, Count>> counts(
      Database database,
      Reading reading,
      Collection<UUID> parents,
      Clause where,
      Planning planning) {
    var statement =
        new SqlText("-- " + name + "Count\nselect counted.total, parent.id from unnest(");
    statement.argument(parents.toArray(UUID[]::new));
    statement.append("::uuid[]) as parent (id) cross join lateral (");
    count(statement, from, shown(reading, where));
    statement.append(") as counted");
    return database
        .list(
            reading.reads(),
            planning,
            statement.sql(),
            statement.arguments(),
            row -> Map.entry(row.getUUID(1), bounded(row.getInteger(0))))
        .map(
            rows -> {
              var counts = new HashMap<UUID, Count>();
              rows.forEach(row -> counts.put(row.getKey(), row.getValue()));
              return counts;
            });
  }

  /**
   * For each dimension, how many rows each of its values has, over at most {@link #COUNT_BOUND}
   * rows.
   *
   * @param parents the parents of a linked list; empty for a list of its own
   */
  public Future<List<Bucket>> facets(
      Database database,
      Reading reading,
      Collection<UUID> parents,
      List<Dimension> dimensions,
      Planning planning) {
    var statement = new SqlText("-- " + name + "Facets\n");
    if (link.isEmpty()) {
      statement.append("select found.*, null::uuid from (");
    } else {
      statement.append("select found.*, parent.id from unnest(");
      statement.argument(parents.toArray(UUID[]::new));
      statement.append("::uuid[]) as parent (id) cross join lateral (");
    }
    var separator = "";
    for (var dimension : dimensions) {
      statement.append(separator);
      divided(
          statement,
          dimension.key(),
          rows -> values(rows, dimension.column(), from, shown(reading, dimension.where())));
      separator = " union all ";
    }
    statement.append(") as found");
    return database.list(
        reading.reads(),
        planning,
        statement.sql(),
        statement.arguments(),
        row -> bucket(row, row.getUUID(4)));
  }

  /** A row of {@link #divided} as the bucket of a list of its own. */
  static Bucket bucketOfWhole(Row row) {
    return bucket(row, null);
  }

  private static Bucket bucket(Row row, @Nullable UUID parent) {
    return new Bucket(
        parent,
        row.getString(0),
        row.getString(1),
        row.getInteger(2),
        row.getInteger(3) <= COUNT_BOUND);
  }

  /** Counts how many of the rows, of which there is only the column {@code value}, are alike. */
  static void divided(SqlText statement, String key, Consumer<SqlText> rows) {
    statement.append("select ");
    statement.argument(key);
    statement
        .append("::text, of_value.value, of_value.total, of_value.rows from (select value,")
        .append(" count(*)::int as total, sum(count(*)) over ()::int as rows from (");
    rows.accept(statement);
    statement.append(") as bounded group by value) as of_value");
  }

  /** The values of a dimension, of at most as many rows as are counted. */
  void values(SqlText statement, String column, String tables, Clause where) {
    statement.append("select ").append(column).append(" as value from ").append(tables);
    where(statement, where);
    statement.append(" limit ").append(COUNT_BOUND + 1);
  }

  /**
   * One way to divide a list.
   *
   * @param column an expression of type text over one row; may be null
   * @param where the list's conditions without those on this dimension
   */
  public record Dimension(String key, String column, Clause where) {}

  /**
   * One value of a dimension.
   *
   * @param parent whose list it is; null for a list of its own
   * @param value null for rows without one
   * @param exact whether all rows were counted
   */
  public record Bucket(
      @Nullable UUID parent, String key, @Nullable String value, int count, boolean exact) {}

  static Count bounded(int total) {
    return total > COUNT_BOUND ? new Count(COUNT_BOUND, false) : new Count(total, true);
  }

  Clause shown(Reading reading, Clause where) {
    var all = new ArrayList<Clause>();
    versions.forEach(alias -> all.add(VersionedSql.shown(alias, reading.moment())));
    all.add(where);
    return Clause.all(all);
  }

  void count(SqlText statement, String tables, Clause where) {
    statement.append("select count(*)::int as total from (select 1 from ").append(tables);
    where(statement, where);
    statement.append(" limit ").append(COUNT_BOUND + 1).append(") as bounded");
  }

  Joined<T> joined(Reading reading, List<Key<T>> order) {
    var ordering = new HashSet<String>();
    order.forEach(key -> ordering.add(key.column()));
    return new Joined<>(columns, joins, mapping, alias, reading.wanted().ofRows(), ordering);
  }

  /**
   * @param tables the tables of {@link #from}, and maybe others
   * @param more further columns, behind all others
   */
  void select(
      SqlText statement,
      Joined<T> joined,
      Reading reading,
      Consumer<SqlText> tables,
      Clause where,
      List<Key<T>> order,
      PageRequest page,
      String more) {
    statement.append("select ").append(joined.columns()).append(more);
    statement.append(" from ");
    tables.accept(statement);
    joined.from(statement, reading.moment());
    where(statement, shown(reading, where));
    part(statement, order, page);
  }

  /** The part of an order that is wanted: more conditions, then the order and its limit. */
  static <T> void part(SqlText statement, List<Key<T>> order, PageRequest page) {
    if (page.after() != null) {
      statement.append(" and ");
      beyond(statement, order, values("after", order, page.after()), false);
    }
    if (page.before() != null) {
      statement.append(" and ");
      beyond(statement, order, values("before", order, page.before()), true);
    }
    var separator = " order by ";
    for (var key : order) {
      statement.append(separator).append(key.column());
      if (key.descending() != page.backward()) {
        statement.append(" desc");
      }
      separator = ", ";
    }
    statement.append(" limit ").append(limit(page.size() + 1));
  }

  private static int limit(int rows) {
    for (int limit : LIMITS) {
      if (rows <= limit) {
        return limit;
      }
    }
    return rows;
  }

  private void where(SqlText statement, Clause where) {
    statement.append(" where ");
    if (!link.isEmpty()) {
      statement.append(link).append(" and ");
    }
    statement.append('(');
    statement.clause(where);
    statement.append(')');
  }

  private static <T> List<Object> values(
      String argument, List<Key<T>> order, List<String> written) {
    if (written.size() != order.size()) {
      throw new BadInput(argument, "the cursor is not one that this field handed out");
    }
    var values = new ArrayList<Object>();
    for (int i = 0; i < written.size(); i++) {
      values.add(order.get(i).parse(argument, written.get(i)));
    }
    return values;
  }

  /**
   * Rows behind a place of the order, or before it. Where all keys run the same way the comparison
   * is one of rows, which an index answers; else it is spelt out.
   */
  private static <T> void beyond(
      SqlText statement, List<Key<T>> order, List<Object> values, boolean before) {
    var first = order.getFirst().descending();
    if (order.stream().allMatch(key -> key.descending() == first)) {
      statement.append('(');
      for (int i = 0; i < order.size(); i++) {
        statement.append(i == 0 ? "" : ", ").append(order.get(i).column());
      }
      statement.append(first != before ? ") < (" : ") > (");
      for (int i = 0; i < order.size(); i++) {
        statement.append(i == 0 ? "" : ", ");
        statement.argument(values.get(i));
      }
      statement.append(')');
      return;
    }
    statement.append('(');
    for (int i = 0; i < order.size(); i++) {
      statement.append(i == 0 ? "(" : " or (");
      for (int j = 0; j < i; j++) {
        statement.append(order.get(j).column()).append(" = ");
        statement.argument(values.get(j));
        statement.append(" and ");
      }
      statement
          .append(order.get(i).column())
          .append(order.get(i).descending() != before ? " < " : " > ");
      statement.argument(values.get(i));
      statement.append(')');
    }
    statement.append(')');
  }

  Page<T> cut(
      List<T> rows,
      List<Key<T>> order,
      PageRequest page,
      Object counted,
      Function<T, @Nullable Integer> score) {
    var more = rows.size() > page.size();
    var nodes = new ArrayList<>(more ? rows.subList(0, page.size()) : rows);
    if (page.backward()) {
      Collections.reverse(nodes);
    }
    return new Page<>(
        nodes,
        page.backward() ? page.before() != null : more,
        page.backward() ? more : page.after() != null,
        node -> order.stream().map(key -> key.value().apply(node).toString()).toList(),
        page.seal(),
        counted,
        score);
  }
}
