package dev.fairground.format;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file of RFC 4180, parted by commas, semicolons or tabs, whichever is most
 * frequent in its first row. Rows are counted as a spreadsheet does: a cell of two lines makes one.
 */
final class CsvTable {
  private static final int LONGEST_ROW = 1_000_000;
  private static final int MOST_CELLS = 1_000;

  private final Reader reader;
  private final ListSink sink;
  private char separator;
  private int next;

  CsvTable(Reader reader, ListSink sink) {
    this.reader = reader;
    this.sink = sink;
  }

  void read(ListTable table) throws IOException {
    reader.mark(LONGEST_ROW);
    var beginning = new char[4_096];
    var length = Math.max(0, reader.read(beginning));
    reader.reset();
    separator = separator(new String(beginning, 0, length).lines().findFirst().orElse(""));
    next = reader.read();
    for (int number = 1; next >= 0; number++) {
      var row = row(number);
      if (row != null) {
        table.row(number, row);
      }
    }
  }

  private static char separator(String header) {
    var best = ',';
    for (var candidate : new char[] {';', '\t'}) {
      if (count(header, candidate) > count(header, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  /** The cells of a row; null for one that cannot be read, which is told. */
  private @Nullable List<String> row(int number) throws IOException {
    var cells = new ArrayList<String>();
    var cell = new StringBuilder();
    var quoted = false;
    var wasQuoted = false;
    var characters = 0;
    while (next >= 0) {
      var c = (char) next;
      next = reader.read();
      if (++characters > LONGEST_ROW) {
        throw new UnreadableList(
            "ROW_TOO_LONG",
            "Row %d has more than a million characters. Is there a quote that does not close?"
                .formatted(number));
      }
      if (quoted) {
        if (c != '"') {
          cell.append(c);
        } else if (next == '"') {
          cell.append('"');
          next = reader.read();
        } else {
          quoted = false;
        }
      } else if (c == '"' && cell.isEmpty() && !wasQuoted) {
        quoted = true;
        wasQuoted = true;
      } else if (c == separator) {
        cells.add(CsvWriter.unguarded(cell.toString()));
        cell.setLength(0);
        wasQuoted = false;
      } else if (c == '\n' || c == '\r') {
        if (c == '\r' && next == '\n') {
          next = reader.read();
        }
        break;
      } else if (c != 0) {
        cell.append(c);
      }
    }
    cells.add(CsvWriter.unguarded(cell.toString()));
    if (quoted || cells.size() > MOST_CELLS) {
      sink.fault(
          ListFault.of(
              number,
              null,
              "UNREADABLE_ROW",
              quoted
                  ? "A quote does not close. What follows it to the end of the file is lost."
                  : "The row has more than %d cells.".formatted(MOST_CELLS)));
      return null;
    }
    return cells;
  }
}
