package dev.fairground.sql;

import dev.fairground.kernel.Page;
import dev.fairground.kernel.Page.Count;
import dev.fairground.kernel.PageRequest;
import dev.fairground.sql.PageSelect.Bucket;
import dev.fairground.sql.PageSelect.Dimension;
import dev.fairground.sql.Search.Asked;
import io.vertx.core.Future;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A list of its own, of what a text finds. The planner cannot know how many rows hold several words
 * together, so each statement looks first: few hits lead to their rows, and where there are more
 * than the database's function hands out, the list is walked, which meets them soon.
 *
 * @param list the list of everything
 * @param search where its records are looked up
 */
public record FoundSelect<T>(PageSelect<T> list, Search search) {
  /**
   * Where the other conditions leave fewer hits than this of those that were handed out, rows that
   * meet these conditions are looked up.
   */
  private static final int HITS_ENOUGH = 200;

  /** So many of them at most. */
  private static final int ROWS_OF_THE_REST = 3_000;

  private static final String MORE = "exists (select 1 from hit where id is null)";

  /** A record's place by relevance. */
  private record Rank(int score, UUID id) {}

  /** The page in an order of the list's own. */
  public Future<Page<T>> page(
      Database database,
      Reading reading,
      Asked asked,
      List<Key<T>> order,
      PageRequest page,
      Object counted) {
    var statement = begin("");
    hits(statement, asked);
    var rows = list.joined(reading, order);
    statement.append("(");
    list.select(statement, rows, reading, tables(from()), few(asked), order, page, "");
    statement.append(") union all (");
    list.select(statement, rows, reading, tables(list.from()), many(asked), order, page, "");
    statement.append(")");
    return database
        .list(
            reading.reads(),
            Planning.FOR_ARGUMENTS,
            statement.sql(),
            statement.arguments(),
            row -> rows.read(row, reading.along()))
        .map(found -> list.cut(found, order, page, counted, node -> null));
  }

  /** The page of the best. */
  public Future<Page<T>> page(
      Database database, Reading reading, Asked asked, PageRequest page, Object counted) {
    Map<Object, Rank> ranks = new IdentityHashMap<>();
    List<Key<T>> order = best("ranked", ranks);
    var rows = list.joined(reading, order);
    var statement = begin("ByRelevance");
    hits(statement, asked);
    list.select(
        statement,
        rows,
        reading,
        ranked -> ranked(ranked, reading, asked, page),
        asked.rest(),
        order,
        page,
        ", ranked.id, ranked.score");
    return database
        .list(
            reading.reads(),
            Planning.FOR_ARGUMENTS,
            statement.sql(),
            statement.arguments(),
            row -> {
              var node = rows.read(row, reading.along());
              var last = row.size() - 1;
              ranks.put(node, new Rank(row.getInteger(last), row.getUUID(last - 1)));
              return node;
            })
        .map(found -> list.cut(found, order, page, counted, node -> rank(ranks, node).score()));
  }

  private static Rank rank(Map<Object, Rank> ranks, Object node) {
    var rank = ranks.get(node);
    if (rank == null) {
      throw new IllegalStateException("a row of another page");
    }
    return rank;
  }

  private static <T> List<Key<T>> best(String alias, Map<Object, Rank> ranks) {
    return List.of(
        Key.integer(alias + ".score", true, node -> rank(ranks, node).score()),
        Key.id(alias + ".id", true, node -> rank(ranks, node).id()));
  }

  /** How many rows there are, up to the bound of all counts. */
  public Future<Count> count(Database database, Reading reading, Asked asked) {
    var statement = begin("Count");
    hits(statement, asked);
    statement.append("select case when few.total > ").append(PageSelect.COUNT_BOUND);
    statement.append(" or not ").append(MORE).append(" then few.total");
    if (!asked.narrowed()) {
      // What a sample shows to be in very many rows needs no counting up to the bound.
      statement.append(" when exists (select 1 from hit where id is null and score > 0) then ");
      statement.append(PageSelect.COUNT_BOUND + 1);
    }
    statement.append(" else (");
    if (asked.narrowed()) {
      list.count(statement, list.from(), list.shown(reading, many(asked)));
      statement.append(") end from (");
      list.count(statement, from(), list.shown(reading, asked.rest()));
    } else {
      statement.append("select count(*)::int from (select 1 from ").append(search.entries());
      statement.append(" s where s.listed and s.words @@ search_query(");
      statement.argument(asked.text());
      statement
          .append(") limit ")
          .append(PageSelect.COUNT_BOUND + 1)
          .append(") as bounded) end from (");
      statement.append("select count(*)::int as total from hit where hit.listed");
    }
    statement.append(") as few");
    return database
        .list(
            reading.reads(),
            Planning.FOR_ARGUMENTS,
            statement.sql(),
            statement.arguments(),
            row -> row.getInteger(0))
        .map(rows -> PageSelect.bounded(rows.getFirst()));
  }

  /**
   * For each dimension, how many rows each of its values has.
   *
   * @param dimensions with the conditions besides the text
   */
  public Future<List<Bucket>> facets(
      Database database, Reading reading, String text, List<Dimension> dimensions) {
    var statement = begin("Facets");
    hits(statement, new Asked(text, Clause.TRUE, false));
    var separator = "";
    for (var dimension : dimensions) {
      var asked = new Asked(text, dimension.where(), false);
      statement.append(separator);
      PageSelect.divided(
          statement,
          dimension.key(),
          rows -> {
            rows.append("(");
            list.values(rows, dimension.column(), from(), list.shown(reading, few(asked)));
            rows.append(") union all (");
            list.values(rows, dimension.column(), list.from(), list.shown(reading, many(asked)));
            rows.append(")");
          });
      separator = " union all ";
    }
    return database.list(
        reading.reads(),
        Planning.FOR_ARGUMENTS,
        statement.sql(),
        statement.arguments(),
        PageSelect::bucketOfWhole);
  }

  private SqlText begin(String what) {
    return new SqlText("-- " + list.name() + "Found" + what + "\n");
  }

  /** What the text finds, each once, and a row without id if there is more. */
  private void hits(SqlText statement, Asked asked) {
    statement.append("with hit as materialized (select distinct id, score, listed from ");
    statement.append(search.entries()).append("_hits(");
    statement.argument(asked.text());
    statement.append(")) ");
  }

  private String from() {
    return "hit join " + list.from() + " on " + search.id() + " = hit.id";
  }

  private static Consumer<SqlText> tables(String text) {
    return statement -> statement.append(text);
  }

  private static Clause few(Asked asked) {
    return Clause.all(Clause.of("not " + MORE), asked.rest());
  }

  private Clause many(Asked asked) {
    return Clause.all(Clause.of(MORE), search.holds(asked.text()), asked.rest());
  }

  /**
   * Hits with their scores, joined to their rows. Entries know what everybody may list, so that
   * without other conditions only the page's own rows are looked up. With conditions all are, and
   * where not all hits were handed out and few of them meet the conditions, so are rows that meet
   * them: a small part of a large market is ranked whole.
   */
  private void ranked(SqlText statement, Reading reading, Asked asked, PageRequest page) {
    if (asked.narrowed()) {
      var rest = list.shown(reading, asked.rest());
      statement.append("(with kept as materialized (select hit.id, hit.score from ");
      statement.append(from()).append(" where ");
      statement.clause(rest);
      statement.append(") select met.id, met.score from (select id, score from kept union");
      statement.append(
          " select of_rest.id, of_rest.score from (select 1 from hit where id is null");
      statement.append(" and (select count(*) from kept) < ").append(HITS_ENOUGH);
      statement.append(") as more cross join lateral ").append(search.entries());
      statement.append("_scores(array(select ").append(search.id()).append(" from ");
      statement.append(list.from()).append(" where ");
      statement.clause(rest);
      statement.append(" limit ").append(ROWS_OF_THE_REST).append("), ");
      statement.argument(asked.text());
      statement.append(") as of_rest) as met where true");
      PageSelect.part(statement, best("met", Map.of()), page);
    } else {
      statement.append(
          "(select hit.id, hit.score from hit where hit.listed and hit.id is not null");
      PageSelect.part(statement, best("hit", Map.of()), page);
    }
    statement.append(") as ranked join ").append(list.from()).append(" on ");
    statement.append(search.id()).append(" = ranked.id");
  }
}
