package dev.fairground.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The languages of {@code Accept-Language}, best first; a header that is none counts as no wish.
 */
final class Languages {
  private static final int MAX_LENGTH = 200;
  private static final Cache<String, List<String>> KNOWN =
      Caffeine.newBuilder().maximumSize(1_000).build();

  private Languages() {}

  static List<String> of(@Nullable String header) {
    return header == null || header.length() > MAX_LENGTH
        ? List.of()
        : KNOWN.get(header, Languages::parse);
  }

  private static List<String> parse(String header) {
    try {
      return Locale.LanguageRange.parse(header).stream()
          .filter(range -> range.getWeight() > 0)
          .map(Locale.LanguageRange::getRange)
          .filter(range -> !range.equals("*"))
          .toList();
    } catch (IllegalArgumentException notLanguages) {
      return List.of();
    }
  }
}
