package dev.fairground.harvest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words of sources and the code that each stands for, kept in a file of two columns. */
final class WordTable {
  private final Map<String, String> codes = new HashMap<>();

  /** The table of a file of ours, with the columns {@code words} and {@code code}. */
  static WordTable named(String name) {
    return of("/harvest/" + name + ".csv", "words");
  }

  /**
   * The column {@code words} of a file and its column {@code code}; of two alike the first counts.
   */
  static WordTable of(String file, String words) {
    var table = new WordTable();
    try (var in = requireNonNull(WordTable.class.getResourceAsStream(file), file);
        var rows =
            new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .<Map<String, String>>readValues(in)) {
      rows.forEachRemaining(
          row ->
              table.codes.putIfAbsent(
                  folded(requireNonNull(row.get(words))), requireNonNull(row.get("code"))));
      return table;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The code of the words, whatever their case, width and spaces. */
  @Nullable String code(String words) {
    return codes.get(folded(words));
  }

  private static String folded(String words) {
    return Normalizer.normalize(words, Normalizer.Form.NFKC)
        .replaceAll("\\s+", "")
        .toLowerCase(Locale.ROOT);
  }
}
