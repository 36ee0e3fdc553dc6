package dev.fairground.harvest;

import org.jspecify.annotations.Nullable;

/** The names of sections and divisions of GB/T 4754-2017, as their codes. */
final class Sectors {
  private static final WordTable NAMES = WordTable.of("/reference/sectors.csv", "name");

  private Sectors() {}

  static @Nullable String code(String words) {
    return NAMES.code(words);
  }
}
