package dev.fairground.sql;

import dev.fairground.kernel.BadInput;
import dev.fairground.kernel.Page;
import dev.fairground.kernel.Page.Count;
import dev.fairground.kernel.PageRequest;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One list read by keyset: as a whole, or the top of it for each of many parents in one statement.
 *
 * @param name the statement's name in metrics and logs
 * @param columns the columns that {@code mapping} reads, in its order
 * @param from the tables, with their aliases
 * @param versions the aliases of tables of versions: each shows its version of the moment read
 * @param link what ties a row to its parent, which the statement knows as {@code parent.id}; empty
 *     for a list of its own
 * @param mapping reads one row
 */
public record PageSelect<T>(
    String name,
    String columns,
    String from,
    List<String> versions,
    String link,
    Function<Row, T> mapping) {
  /** Counting a list stops here and says that it did. */
  public static final int COUNT_BOUND = 10_000;

  /** A list of its own. */
  public static <T> PageSelect<T> of(
      String name, String columns, String from, Function<Row, T> mapping, String... versions) {
    return new PageSelect<>(name, columns, from, List.of(versions), "", mapping);
  }

  /** The rows of each of many parents, of the same columns. */
  public PageSelect<T> linked(String name, String from, String link, String... versions) {
    return new PageSelect<>(name, columns, from, List.of(versions), link, mapping);
  }

  /** The page of the list of all rows that {@code where} holds for. */
  public Future<Page<T>> page(
      Database database,
      Reading reading,
      Clause where,
      List<Key<T>> order,
      PageRequest page,
      Object counted) {
    var statement = new Statement();
    statement.text.append("-- ").append(name).append('\n');
    select(statement, shown(reading, where), order, page);
    return database
        .list(reading.reads(), statement.sql(), statement.tuple(), mapping)
        .map(rows -> cut(rows, order, page, counted));
  }

  /** For each of {@code parents} the page of its own rows. */
  public Future<Map<UUID, Page<T>>> pages(
      Database database,
      Reading reading,
      Collection<UUID> parents,
      Clause where,
      List<Key<T>> order,
      PageRequest page,
      Function<UUID, Object> counted) {
    var statement = new Statement();
    statement.text.append("-- ").append(name).append("\nselect found.*, parent.id from unnest(");
    statement.argument(parents.toArray(UUID[]::new));
    statement.text.append("::uuid[]) as parent (id) cross join lateral (");
    select(statement, shown(reading, where), order, page);
    statement.text.append(") as found");
    return database
        .list(
            reading.reads(),
            statement.sql(),
            statement.tuple(),
            row -> Map.entry(row.getUUID(row.size() - 1), mapping.apply(row)))
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
                        counted.apply(parent)));
              }
              return pages;
            });
  }

  /** How many rows there are, up to {@link #COUNT_BOUND}. */
  public Future<Count> count(Database database, Reading reading, Clause where) {
    var statement = new Statement();
    statement.text.append("-- ").append(name).append("Count\n");
    count(statement, shown(reading, where));
    return database
        .list(reading.reads(), statement.sql(), statement.tuple(), row -> row.getInteger(0))
        .map(rows -> bounded(rows.getFirst()));
  }

  /** How many rows each of {@code parents} has, each up to {@link #COUNT_BOUND}. */
  public Future<Map<UUID, Count>> counts(
      Database database, Reading reading, Collection<UUID> parents, Clause where) {
    var statement = new Statement();
    statement
        .text
        .append("-- ")
        .append(name)
        .append("Count\nselect counted.total, parent.id from unnest(");
    statement.argument(parents.toArray(UUID[]::new));
    statement.text.append("::uuid[]) as parent (id) cross join lateral (");
    count(statement, shown(reading, where));
    statement.text.append(") as counted");
    return database
        .list(
            reading.reads(),
            statement.sql(),
            statement.tuple(),
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
      Database database, Reading reading, Collection<UUID> parents, List<Dimension> dimensions) {
    var statement = new Statement();
    statement.text.append("-- ").append(name).append("Facets\n");
    if (link.isEmpty()) {
      statement.text.append("select found.*, null::uuid from (");
    } else {
      statement.text.append("select found.*, parent.id from unnest(");
      statement.argument(parents.toArray(UUID[]::new));
      statement.text.append("::uuid[]) as parent (id) cross join lateral (");
    }
    var separator = "";
    for (var dimension : dimensions) {
      statement.text.append(separator).append("select ");
      statement.argument(dimension.key());
      statement
          .text
          .append("::text, of_value.value, of_value.total, of_value.rows from (select value,")
          .append(" count(*)::int as total, sum(count(*)) over ()::int as rows from (select ")
          .append(dimension.column())
          .append(" as value from ")
          .append(from);
      where(statement, shown(reading, dimension.where()));
      statement
          .text
          .append(" limit ")
          .append(COUNT_BOUND + 1)
          .append(") as bounded group by value) as of_value");
      separator = " union all ";
    }
    statement.text.append(") as found");
    return database.list(
        reading.reads(),
        statement.sql(),
        statement.tuple(),
        row ->
            new Bucket(
                row.getUUID(4),
                row.getString(0),
                row.getString(1),
                row.getInteger(2),
                row.getInteger(3) <= COUNT_BOUND));
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

  private static Count bounded(int total) {
    return total > COUNT_BOUND ? new Count(COUNT_BOUND, false) : new Count(total, true);
  }

  private Clause shown(Reading reading, Clause where) {
    var all = new ArrayList<Clause>();
    versions.forEach(alias -> all.add(VersionedSql.shown(alias, reading.moment())));
    all.add(where);
    return Clause.all(all);
  }

  private void count(Statement statement, Clause where) {
    statement.text.append("select count(*)::int as total from (select 1 from ").append(from);
    where(statement, where);
    statement.text.append(" limit ").append(COUNT_BOUND + 1).append(") as bounded");
  }

  private void select(Statement statement, Clause where, List<Key<T>> order, PageRequest page) {
    statement.text.append("select ").append(columns).append(" from ").append(from);
    where(statement, where);
    if (page.after() != null) {
      statement.text.append(" and ");
      beyond(statement, order, values("after", order, page.after()), false);
    }
    if (page.before() != null) {
      statement.text.append(" and ");
      beyond(statement, order, values("before", order, page.before()), true);
    }
    var separator = " order by ";
    for (var key : order) {
      statement.text.append(separator).append(key.column());
      if (key.descending() != page.backward()) {
        statement.text.append(" desc");
      }
      separator = ", ";
    }
    statement.text.append(" limit ");
    statement.argument(page.size() + 1);
  }

  private void where(Statement statement, Clause where) {
    statement.text.append(" where ");
    if (!link.isEmpty()) {
      statement.text.append(link).append(" and ");
    }
    statement.text.append('(');
    statement.clause(where);
    statement.text.append(')');
  }

  private List<Object> values(String argument, List<Key<T>> order, List<String> written) {
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
  private void beyond(
      Statement statement, List<Key<T>> order, List<Object> values, boolean before) {
    var first = order.getFirst().descending();
    if (order.stream().allMatch(key -> key.descending() == first)) {
      statement.text.append('(');
      for (int i = 0; i < order.size(); i++) {
        statement.text.append(i == 0 ? "" : ", ").append(order.get(i).column());
      }
      statement.text.append(first != before ? ") < (" : ") > (");
      for (int i = 0; i < order.size(); i++) {
        statement.text.append(i == 0 ? "" : ", ");
        statement.argument(values.get(i));
      }
      statement.text.append(')');
      return;
    }
    statement.text.append('(');
    for (int i = 0; i < order.size(); i++) {
      statement.text.append(i == 0 ? "(" : " or (");
      for (int j = 0; j < i; j++) {
        statement.text.append(order.get(j).column()).append(" = ");
        statement.argument(values.get(j));
        statement.text.append(" and ");
      }
      statement
          .text
          .append(order.get(i).column())
          .append(order.get(i).descending() != before ? " < " : " > ");
      statement.argument(values.get(i));
      statement.text.append(')');
    }
    statement.text.append(')');
  }

  private Page<T> cut(List<T> rows, List<Key<T>> order, PageRequest page, Object counted) {
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
        counted);
  }

  /** A statement being written: {@code ?} of clauses become numbered arguments. */
  private static final class Statement {
    private final StringBuilder text = new StringBuilder(512);
    private final List<@Nullable Object> arguments = new ArrayList<>();

    void argument(@Nullable Object value) {
      arguments.add(value);
      text.append('$').append(arguments.size());
    }

    void clause(Clause clause) {
      var next = 0;
      for (int i = 0; i < clause.text().length(); i++) {
        var character = clause.text().charAt(i);
        if (character == '?') {
          argument(clause.arguments().get(next++));
        } else {
          text.append(character);
        }
      }
    }

    String sql() {
      return text.toString();
    }

    Tuple tuple() {
      return Tuple.wrap(arguments);
    }
  }
}
