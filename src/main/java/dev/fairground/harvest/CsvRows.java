package dev.fairground.harvest;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV file under its header, one by one. A row that cannot be read is told to the
 * sink and skipped; the rows around it are kept.
 */
final class CsvRows {
  /** Is given each row with its number among the rows below the header, from 1. */
  @FunctionalInterface
  interface RowHandler {
    void row(int number, String place, ObjectNode row) throws IOException;
  }

  /** Lists that were exported from tables have their name above the header. */
  private static final int MOST_LINES_ABOVE_HEADER = 10;

  private static final String SEPARATORS = ",;\t";

  private static final ObjectReader CELLS =
      new CsvMapper().enable(CsvParser.Feature.WRAP_AS_ARRAY).readerFor(String[].class);

  private CsvRows() {}

  private record Header(List<String> columns, char separator) {}

  /** Whether one of the first lines is a header that fits. */
  static boolean haveHeader(Beginning beginning, Predicate<List<String>> fits) {
    try {
      return header(new CsvLines(new StringReader(beginning.text())), fits) != null;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Reads the rows below the first line that is a header that fits.
   *
   * @throws UnreadableFile where there is none
   */
  static void read(Document document, Sink sink, Predicate<List<String>> fits, RowHandler handler)
      throws IOException {
    var lines = new CsvLines(new InputStreamReader(document.content(), StandardCharsets.UTF_8));
    var header = header(lines, fits);
    if (header == null) {
      throw new UnreadableFile(
          Rule.NOT_A_CATALOGUE, "none of the first lines names the columns that are known");
    }
    var number = 0;
    for (var row = lines.next(header.separator); row != null; row = lines.next(header.separator)) {
      var place = "line " + row.number();
      var cells = row.open() || row.tooLong() ? null : cells(row.text(), header.separator);
      if (cells == null) {
        number++;
        sink.defect(Defect.of(place, row.tooLong() ? Rule.RECORD_TOO_LARGE : Rule.QUOTE_BROKEN));
        lines.giveBackAfterFirst(row);
      } else if (!areBlank(cells)) {
        number++;
        if (row.hadNul()) {
          sink.defect(Defect.of(place, Rule.CONTROL_CHARACTERS));
        }
        row(number, place, header.columns, cells, sink, handler);
      }
    }
  }

  private static void row(
      int number,
      String place,
      List<String> columns,
      List<String> cells,
      Sink sink,
      RowHandler handler)
      throws IOException {
    if (cells.size() > columns.size() && !areBlank(cells.subList(columns.size(), cells.size()))) {
      sink.defect(Defect.of(place, Rule.CELLS_TOO_MANY));
      return;
    }
    if (cells.size() < columns.size()) {
      sink.defect(Defect.of(place, Rule.CELLS_MISSING));
    }
    var record = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < Math.min(cells.size(), columns.size()); i++) {
      record.put(columns.get(i), cells.get(i));
    }
    handler.row(number, place, record);
  }

  private static @Nullable Header header(CsvLines lines, Predicate<List<String>> fits)
      throws IOException {
    for (int i = 0; i < MOST_LINES_ABOVE_HEADER; i++) {
      var row = lines.next(',');
      if (row == null) {
        return null;
      }
      for (var separator : SEPARATORS.toCharArray()) {
        var columns = cells(row.text(), separator);
        if (columns != null && fits.test(columns)) {
          return new Header(named(columns), separator);
        }
      }
      lines.giveBackAfterFirst(row);
    }
    return null;
  }

  /** The columns with a name each: a second one of a name has its position behind it. */
  private static List<String> named(List<String> columns) {
    var seen = new HashSet<String>();
    var names = new ArrayList<String>();
    for (var column : columns) {
      var name = column.strip();
      names.add(!name.isEmpty() && seen.add(name) ? name : name + " (" + (names.size() + 1) + ")");
    }
    return names;
  }

  /** The cells of one row; null where its quotes make no sense. */
  private static @Nullable List<String> cells(String row, char separator) {
    if (row.isEmpty()) {
      return List.of();
    }
    var schema = CsvSchema.emptySchema().withColumnSeparator(separator);
    try (var rows = CELLS.with(schema).<String[]>readValues(row)) {
      return List.of(rows.nextValue());
    } catch (IOException broken) {
      return null;
    }
  }

  private static boolean areBlank(List<String> cells) {
    return cells.stream().allMatch(String::isBlank);
  }
}
