package dev.fairground.http;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which characters a caller's text may hold: no control characters but tab and line ends, and no
 * half of a surrogate pair. PostgreSQL holds neither NUL nor halves; the other control characters
 * have no meaning in a catalogue and spoil logs, exports and screens.
 */
final class TextRules {
  private TextRules() {}

  /** Refuses the first bad text at or below {@code value}, naming its place. */
  static void check(String place, @Nullable Object value) {
    switch (value) {
      case String text -> checkText(place, text);
      case Map<?, ?> map when !map.isEmpty() ->
          map.forEach(
              (key, inner) -> {
                checkText(place, (String) key);
                if (needsCheck(inner)) {
                  check(place + '.' + key, inner);
                }
              });
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          if (needsCheck(list.get(i))) {
            check(place + '[' + i + ']', list.get(i));
          }
        }
      }
      case null, default -> {}
    }
  }

  /** Spares the building of a place's name for the many values that are in order. */
  private static boolean needsCheck(@Nullable Object value) {
    return switch (value) {
      case String text -> firstBad(text) >= 0;
      case Map<?, ?> map -> true;
      case List<?> list -> true;
      case null, default -> false;
    };
  }

  private static void checkText(String place, String text) {
    int bad = firstBad(text);
    if (bad >= 0) {
      String message =
          "The text at %s holds U+%04X at position %d, which no text may hold."
              .formatted(place, (int) text.charAt(bad), bad);
      throw new Refusal(ErrorCode.BAD_USER_INPUT, message, List.of(), Map.of("inputPath", place));
    }
  }

  private static int firstBad(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' ? c != '\t' && c != '\n' && c != '\r' : c >= 0x7f && c < 0xa0) {
        return i;
      }
      if (Character.isSurrogate(c)) {
        if (isHalf(text, i)) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /** Where the first half of a surrogate pair is that lacks the other; -1 if there is none. */
  static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (isHalf(text, i)) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  private static boolean isHalf(String text, int i) {
    return !Character.isHighSurrogate(text.charAt(i))
        || i + 1 == text.length()
        || !Character.isLowSurrogate(text.charAt(i + 1));
  }
}
