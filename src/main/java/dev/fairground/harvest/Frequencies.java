package dev.fairground.harvest;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words that sources have for how often data is updated, as values of {@code UpdateFrequency}.
 */
final class Frequencies {
  private static final WordTable WORDS = WordTable.named("frequencies");

  /** Portals add what became of the last update. */
  private static final Pattern REMARK = Pattern.compile("[(（]更新说明[:：].*[)）]$");

  /** A sentence around the words: "Data are updated daily." */
  private static final Pattern SENTENCE =
      Pattern.compile("^(?:data (?:is|are) )?updated |[.。]$", Pattern.CASE_INSENSITIVE);

  private Frequencies() {}

  /**
   * Null where the words are none that are known, or of a rhythm that the schema has no value for.
   */
  static @Nullable String of(String words) {
    var bare = REMARK.matcher(words).replaceFirst("");
    return WORDS.code(SENTENCE.matcher(bare).replaceAll(""));
  }
}
