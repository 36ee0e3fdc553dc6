package dev.fairground.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairground.format.ListColumns.Kind;
import dev.fairground.format.ListColumns.Named;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a table's rows as entries, by the headings of its first row. */
final class ListTable {
  /** A cell that was computed, and its value. */
  record Computed(@Nullable Object value) {}

  private final ListColumns columns;
  private final ListSink sink;
  private final int most;
  private final List<@Nullable Named> header = new ArrayList<>();
  private final List<String> headings = new ArrayList<>();
  private boolean begun;
  private boolean broken;
  private int rows;

  ListTable(ListColumns columns, ListSink sink, int most) {
    this.columns = columns;
    this.sink = sink;
    this.most = most;
  }

  /**
   * Takes the next row.
   *
   * @param cells texts, numbers, truth values or {@link Computed}; null for empty ones
   */
  void row(int number, List<? extends @Nullable Object> cells) throws IOException {
    if (cells.stream().allMatch(cell -> cell == null || cell.toString().isBlank())) {
      return;
    }
    if (!begun) {
      begun = true;
      header(number, cells);
    } else if (!broken) {
      if (++rows > most) {
        throw new UnreadableList(
            "TOO_MANY_ROWS", "There are more than %d rows. Part the list.".formatted(most));
      }
      entry(number, cells);
    }
  }

  private void header(int number, List<? extends @Nullable Object> cells) throws IOException {
    var seen = new HashSet<Named>();
    for (var cell : cells) {
      var heading = cell == null ? "" : String.valueOf(cell).strip();
      headings.add(heading);
      var named = heading.isEmpty() ? null : columns.named(heading);
      header.add(named);
      if (named == null && !heading.isEmpty()) {
        fault(
            number,
            heading,
            "UNKNOWN_COLUMN",
            "There is no such column. Take the headings of /templates/product-list.csv, in Chinese or English.");
      } else if (named != null && !seen.add(named)) {
        fault(number, heading, "DUPLICATE_COLUMN", "This column is there twice. Delete one.");
      }
    }
    for (var column : columns.all()) {
      if (column.required() && seen.stream().noneMatch(named -> named.column().equals(column))) {
        fault(
            number,
            column.english(),
            "MISSING_COLUMN",
            "The column %s (%s) is missing.".formatted(column.english(), column.chinese()));
      }
    }
  }

  private void fault(int row, @Nullable String column, String code, String message)
      throws IOException {
    broken = true;
    sink.fault(ListFault.of(row, column, code, message));
  }

  private void entry(int number, List<? extends @Nullable Object> cells) throws IOException {
    var entry = JsonNodeFactory.instance.objectNode();
    var sound = true;
    for (int i = 0; i < cells.size(); i++) {
      var cell = cells.get(i);
      var named = i < header.size() ? header.get(i) : null;
      if (cell instanceof Computed computed) {
        cell = computed.value();
        if (named != null) {
          sink.fault(
              new ListFault(
                  number,
                  headings.get(i),
                  "FORMULA",
                  "The cell holds a formula. The value that was computed last is taken.",
                  true));
        }
      }
      if (cell == null || cell.toString().isBlank()) {
        continue;
      }
      if (named == null) {
        sound = false;
        sink.fault(
            ListFault.of(
                number, null, "CELL_WITHOUT_COLUMN", "Cell %d has no heading.".formatted(i + 1)));
        continue;
      }
      var wrong = ListCells.read(entry, named.column(), named.locale(), cell);
      if (wrong != null) {
        sound = false;
        sink.fault(
            ListFault.of(
                number,
                headings.get(i),
                named.column().kind() == Kind.TEXT || named.column().kind() == Kind.WORDS
                    ? "TOO_LONG"
                    : "INVALID_VALUE",
                wrong));
      }
    }
    sound &= complete(number, entry);
    sink.entry(number, entry, sound);
  }

  private boolean complete(int number, com.fasterxml.jackson.databind.node.ObjectNode entry)
      throws IOException {
    var sound = true;
    for (var column : columns.all()) {
      if (column.required() && !entry.has(column.key())) {
        sound = false;
        sink.fault(ListFault.of(number, column.english(), "REQUIRED", "A value is missing."));
      }
    }
    return sound;
  }

  /** Whether a header was there, and good. */
  void end() throws IOException {
    if (!begun) {
      throw new UnreadableList(
          "EMPTY_FILE", "The file holds no row. The first row has the headings.");
    }
  }
}
