package dev.fairground.kernel;

import java.text.Normalizer;

/**
 * A text as search sees it, with the way back: NFKC, lower case, and one space where anything else
 * than letters and digits stood. The same as {@code search_fold} of the database, where the letters
 * of a script are known to both.
 */
final class FoldedText {
  private final StringBuilder folded = new StringBuilder();
  private int[] from = new int[64];
  private int[] to = new int[64];

  FoldedText(String text) {
    for (int at = 0; at < text.length(); ) {
      var end = endOfCharacter(text, at);
      var normal = Normalizer.normalize(text.substring(at, end), Normalizer.Form.NFKC);
      for (int i = 0; i < normal.length(); ) {
        var character = normal.codePointAt(i);
        add(isOfWords(character) ? Character.toLowerCase(character) : ' ', at, end);
        i += Character.charCount(character);
      }
      at = end;
    }
    var last = folded.length() - 1;
    if (last >= 0 && folded.charAt(last) == ' ') {
      folded.setLength(last);
    }
  }

  /** What {@code \w} is to PostgreSQL's own locales: vowel signs are letters too. */
  private static boolean isOfWords(int character) {
    return Character.isAlphabetic(character) || Character.isDigit(character);
  }

  /** A character with the marks that stand on it. */
  private static int endOfCharacter(String text, int at) {
    var end = at + Character.charCount(text.codePointAt(at));
    while (end < text.length()) {
      if (!joins(text.codePointAt(end))) {
        break;
      }
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  /** Marks, the voice marks of half-width kana, and vowels and ends of Korean syllables. */
  private static boolean joins(int next) {
    var type = Character.getType(next);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || next == 0xFF9E
        || next == 0xFF9F
        || next >= 0x1160 && next <= 0x11FF;
  }

  private void add(int character, int begin, int end) {
    var length = folded.length();
    if (character == ' ' && (length == 0 || folded.charAt(length - 1) == ' ')) {
      return;
    }
    folded.appendCodePoint(character);
    if (folded.length() + 1 > from.length) {
      from = java.util.Arrays.copyOf(from, 2 * from.length);
      to = java.util.Arrays.copyOf(to, 2 * to.length);
    }
    for (int i = length; i < folded.length(); i++) {
      from[i] = begin;
      to[i] = end;
    }
  }

  String text() {
    return folded.toString();
  }

  /** The part of the original that became the folded text from {@code begin} to {@code end}. */
  TextRange original(int begin, int end) {
    return new TextRange(from[begin], to[end - 1]);
  }
}
