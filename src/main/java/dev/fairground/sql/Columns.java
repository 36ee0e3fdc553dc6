package dev.fairground.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The columns that a record is read from, in the order in which they are read. Those of a field in
 * brackets are read as null unless somebody wants one of the fields: {@code "id, [code: code],
 * [title: title], [title/summary: locale]"}. The first column is the record's key and is never
 * null.
 */
public final class Columns {
  private final List<Column> columns;

  /**
   * @param fields the fields that need it; none for a column that is always read
   */
  private record Column(List<String> fields, String name) {
    boolean isWanted(Wanted wanted) {
      for (var field : fields) {
        if (wanted.has(field)) {
          return true;
        }
      }
      return fields.isEmpty();
    }
  }

  /**
   * Those that a statement reads.
   *
   * @param text the select list
   * @param places where each of all the columns stands in it; -1 for those that are not read
   * @param size how many are read
   */
  record Selected(String text, int[] places, int size) {}

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
    List<String> fields = List.of();
    for (var word : text.split(",", -1)) {
      var name = word.strip();
      if (name.startsWith("[")) {
        var colon = name.indexOf(':');
        fields = List.of(name.substring(1, colon).split("/", -1));
        name = name.substring(colon + 1).strip();
      }
      var last = name.endsWith("]");
      columns.add(new Column(fields, last ? name.substring(0, name.length() - 1) : name));
      fields = last ? List.of() : fields;
    }
    return new Columns(List.copyOf(columns), "");
  }

  String key() {
    return columns.getFirst().name;
  }

  /** How many there are in all. */
  public int size() {
    return columns.size();
  }

  /** All of them, of the table known by {@code alias}. */
  public String all(String alias) {
    return select(alias, Wanted.ALL, Set.of()).text;
  }

  /**
   * @param ordering columns that are read whatever is wanted, because the order needs them
   */
  Selected select(String alias, Wanted wanted, Set<String> ordering) {
    if (!written.isEmpty()) {
      return new Selected(written, new int[0], 0);
    }
    var text = new StringBuilder();
    var places = new int[columns.size()];
    var size = 0;
    for (int i = 0; i < places.length; i++) {
      var column = columns.get(i);
      var name = column.name.indexOf('.') < 0 ? alias + '.' + column.name : column.name;
      if (column.isWanted(wanted) || ordering.contains(name)) {
        text.append(size == 0 ? "" : ", ").append(name);
        places[i] = size++;
      } else {
        places[i] = -1;
      }
    }
    return new Selected(text.toString(), places, size);
  }

  boolean isWritten() {
    return !written.isEmpty();
  }
}
