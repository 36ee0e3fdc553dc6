package dev.fairground.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a record is read from, in the order in which they are read. Those of a field in
 * brackets are read as null unless somebody wants the field: {@code "id, code, [summary: summary,
 * summary_translations]"}. The first column is the record's key and is never null.
 */
public final class Columns {
  private final List<Column> columns;

  /**
   * @param field the field that alone needs it; null for a column that is always read
   */
  private record Column(@Nullable String field, String name) {}

  /** The select list as it stands, aliases and all; empty where it is put together. */
  private final String written;

  private Columns(List<Column> columns, String written) {
    this.columns = columns;
    this.written = written;
  }

  /** A select list that is always read whole, with aliases and expressions. */
  public static Columns written(String text) {
    return new Columns(List.of(), text);
  }

  /** Reads the notation above; names without an alias get that of the statement. */
  public static Columns of(String text) {
    var columns = new ArrayList<Column>();
    String field = null;
    for (var word : text.split(",", -1)) {
      var name = word.strip();
      if (name.startsWith("[")) {
        var colon = name.indexOf(':');
        field = name.substring(1, colon);
        name = name.substring(colon + 1).strip();
      }
      var last = name.endsWith("]");
      columns.add(new Column(field, last ? name.substring(0, name.length() - 1) : name));
      field = last ? null : field;
    }
    return new Columns(List.copyOf(columns), "");
  }

  String key() {
    return columns.getFirst().name;
  }

  int size() {
    if (!written.isEmpty()) {
      throw new IllegalStateException("nothing can be joined to columns that are written out");
    }
    return columns.size();
  }

  /** All of them, of the table known by {@code alias}. */
  public String all(String alias) {
    return select(alias, Wanted.ALL, Set.of());
  }

  /**
   * @param ordering columns that are read whatever is wanted, because the order needs them
   */
  String select(String alias, Wanted wanted, Set<String> ordering) {
    if (!written.isEmpty()) {
      return written;
    }
    var text = new StringBuilder();
    for (var column : columns) {
      if (!text.isEmpty()) {
        text.append(", ");
      }
      var read =
          column.field == null
              || wanted.has(column.field)
              || ordering.contains(alias + '.' + column.name);
      if (read) {
        text.append(column.name.indexOf('.') < 0 ? alias + "." : "").append(column.name);
      } else {
        text.append("null");
      }
    }
    return text.toString();
  }
}
