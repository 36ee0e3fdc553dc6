package dev.fairground.sql;

import dev.fairground.kernel.Moment;
import dev.fairground.sql.One.Join;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record's columns with those of what is brought along with it, and how such a row is read.
 * To-one fields that are wanted become joins: a statement less for each, and no second way to the
 * rows.
 */
final class Joined<T> {
  private final Function<Row, T> mapping;
  private final Columns.Selected own;
  private final boolean whole;
  private final StringBuilder columns;
  private final List<Part> parts = new ArrayList<>();
  private int width;

  /**
   * A joined record.
   *
   * @param parent the part that leads to it; null for the record itself
   * @param from the place of its first column, its key
   */
  private record Part(
      @Nullable Part parent,
      Join join,
      String on,
      String alias,
      Columns.Selected selected,
      int from,
      int ordinal) {}

  Joined(One<T> one, Wanted wanted) {
    this(one.columns(), one.joins(), one.mapping(), one.alias(), wanted, Set.of());
  }

  Joined(
      Columns own,
      List<Join> joins,
      Function<Row, T> mapping,
      String alias,
      Wanted wanted,
      Set<String> ordering) {
    this.mapping = mapping;
    this.own = own.select(alias, wanted, ordering);
    this.whole = own.isWritten();
    this.columns = new StringBuilder(this.own.text());
    this.width = this.own.size();
    if (whole && !joins.isEmpty()) {
      throw new IllegalStateException("nothing can be joined to columns that are written out");
    }
    bring(null, joins, alias, wanted);
  }

  private void bring(@Nullable Part parent, List<Join> joins, String alias, Wanted wanted) {
    for (var join : joins) {
      if (wanted.leadsTo(join.field())) {
        var below = wanted.below(join.field());
        var joined = "joined" + parts.size();
        var selected = join.to().columns().select(joined, below, Set.of());
        var on = join.column().indexOf('.') < 0 ? alias + '.' + join.column() : join.column();
        var part = new Part(parent, join, on, joined, selected, width, parts.size());
        parts.add(part);
        columns.append(", ").append(selected.text());
        width += selected.size();
        bring(part, join.to().joins(), joined, below);
      }
    }
  }

  /** The select list. */
  CharSequence columns() {
    return columns;
  }

  /** The joins, for the from clause. */
  void from(SqlText statement, Moment moment) {
    for (var part : parts) {
      var to = part.join.to();
      var pick = to.pick();
      if (pick != null) {
        statement.append(" left join lateral (select ").append(to.columns().all("x"));
        statement.append(" from ").append(to.table()).append(" x where x.").append(to.key());
        statement.append(" = ").append(part.on).append(" and ").clause(pick.apply(moment));
        statement.append(" limit 1) as ").append(part.alias).append(" on true");
        continue;
      }
      statement.append(" left join ").append(to.table()).append(" ").append(part.alias);
      statement.append(" on ").append(part.alias).append(".").append(to.key());
      statement.append(" = ").append(part.on);
      if (to.versioned()) {
        statement.append(" and ").clause(VersionedSql.shown(part.alias, moment));
      }
    }
  }

  T read(Row row, Along along) {
    var record = mapping.apply(whole ? row : new RowPart(row, own.places(), 0));
    if (!parts.isEmpty()) {
      var found = new Object[parts.size()];
      for (var part : parts) {
        var source = part.parent == null ? record : found[part.parent.ordinal];
        if (source != null) {
          var value =
              row.getValue(part.from) == null
                  ? null
                  : part.join
                      .to()
                      .mapping()
                      .apply(new RowPart(row, part.selected.places(), part.from));
          found[part.ordinal] = value;
          along.put(source, part.join.field(), value);
        }
      }
    }
    return record;
  }
}
