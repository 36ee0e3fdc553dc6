package dev.fairground.graphql;

/**
 * Which characters a text may hold: those that PostgreSQL keeps and that a person can read. In
 * literals as in variables: no control characters but tab and line ends, no half of a pair.
 */
final class Characters {
  private Characters() {}

  /** The index of the first character that no text may hold, or -1. */
  static int firstFault(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      if (character < ' ') {
        if (character != '\t' && character != '\n' && character != '\r') {
          return i;
        }
      } else if (character >= 0x7f && character < 0xa0) {
        return i;
      } else if (Character.isSurrogate(character)) {
        if (Character.isLowSurrogate(character)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** Says what is wrong with a character, in words that can be printed. */
  static String describe(char character) {
    return Character.isSurrogate(character)
        ? "half of a surrogate pair"
        : "the control character U+%04X".formatted((int) character);
  }
}
