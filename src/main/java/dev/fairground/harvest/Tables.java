package dev.fairground.harvest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Data of ours that ships with the program, as CSV files with a header. */
final class Tables {
  private Tables() {}

  /** All rows of the resource, by the names of their columns; empty cells are empty texts. */
  static List<Map<String, String>> rows(String resource) {
    try (var in = requireNonNull(Tables.class.getResourceAsStream(resource), resource);
        var rows =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(in)) {
      return rows.readAll();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
