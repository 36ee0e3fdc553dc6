package dev.fairground.kernel;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A text in the language it was written in, with its translations.
 *
 * @param value the original
 * @param locale the language of the original, BCP 47
 * @param translations by language; never holds the original's
 */
public record Text(String value, String locale, Map<String, String> translations) {
  public static Text of(String value, String locale) {
    return new Text(value, locale, Map.of());
  }

  /** The text in the first of {@code wanted} that there is; else the original, marked. */
  public LocalizedText in(List<String> wanted) {
    for (var language : wanted) {
      if (covers(language, locale)) {
        return new LocalizedText(value, locale, false);
      }
      for (var translation : translations.entrySet()) {
        if (covers(language, translation.getKey())) {
          return new LocalizedText(translation.getValue(), translation.getKey(), false);
        }
      }
    }
    return new LocalizedText(value, locale, !wanted.isEmpty());
  }

  /** The text in every language: the original, then the translations in the order of their tags. */
  public List<LocalizedText> inAll() {
    return Stream.concat(
            Stream.of(Map.entry(locale, value)),
            translations.entrySet().stream()
                .filter(translation -> !translation.getKey().equals(locale))
                .sorted(Map.Entry.comparingByKey()))
        .map(text -> new LocalizedText(text.getValue(), text.getKey(), false))
        .toList();
  }

  /** Whether a text in {@code have} serves a reader of {@code wanted}: zh serves zh-CN. */
  private static boolean covers(String wanted, String have) {
    return wanted.equalsIgnoreCase(have)
        || language(wanted).equalsIgnoreCase(language(have)) && sameOrNoScript(wanted, have);
  }

  private static boolean sameOrNoScript(String wanted, String have) {
    return wanted.indexOf('-') < 0 || have.indexOf('-') < 0;
  }

  private static String language(String tag) {
    var dash = tag.indexOf('-');
    return dash < 0 ? tag : tag.substring(0, dash);
  }

  /** A text as one reader gets it. */
  public record LocalizedText(String value, String locale, boolean isFallback) {}

  /** The text, or null where {@code value} is. */
  public static @Nullable Text orNull(
      @Nullable String value, String locale, Map<String, String> translations) {
    return value == null ? null : new Text(value, locale, translations);
  }
}
