package dev.fairground.harvest;

import org.jspecify.annotations.Nullable;

/** The names of sections and divisions of GB/T 4754-2017, as their codes. */
final class Sectors {
  private static final WordTable CODES = WordTable.of("/reference/sectors.csv", "code");
  private static final WordTable NAMES = WordTable.of("/reference/sectors.csv", "name");
  private static final WordTable OTHER_NAMES = WordTable.named("sectors");

  private Sectors() {}

  /** The code of a name, or a code that is one already. */
  static @Nullable String code(String words) {
    var code = NAMES.code(words);
    if (code == null) {
      code = OTHER_NAMES.code(words);
    }
    return code == null ? CODES.code(words) : code;
  }
}
