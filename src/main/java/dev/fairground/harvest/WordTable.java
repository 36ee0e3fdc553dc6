package dev.fairground.harvest;

import static java.util.Objects.requireNonNull;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Words of sources and the code that each stands for, kept in a file of two columns. */
final class WordTable {
  private static final Pattern SPACE = Pattern.compile("\\s+");

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
    for (var row : Tables.rows(file)) {
      table.codes.putIfAbsent(
          folded(requireNonNull(row.get(words))), requireNonNull(row.get("code")));
    }
    return table;
  }

  /** The code of the words, whatever their case, width and spaces. */
  @Nullable String code(String words) {
    return codes.get(folded(words));
  }

  /** Words without what tells only their spelling apart: case, width, spaces. */
  static String folded(String words) {
    return SPACE
        .matcher(Normalizer.normalize(words, Normalizer.Form.NFKC))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }
}
