package dev.fairground.harvest;

import org.jspecify.annotations.Nullable;

/** The words that sources have for whether data is open to all, as values of {@code Openness}. */
final class OpennessWords {
  private static final WordTable WORDS = WordTable.named("openness");

  private OpennessWords() {}

  static @Nullable String of(String words) {
    return WORDS.code(words);
  }
}
