package dev.fairground.harvest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages that sources name for their texts. */
final class Languages {
  /** BCP 47's tag of a language that is not known. */
  static final String UNKNOWN = "und";

  private Languages() {}

  /** The tag in its usual spelling; null where it is no tag of BCP 47 or of no known language. */
  static @Nullable String tag(String words) {
    var locale = Locale.forLanguageTag(words.strip().replace('_', '-'));
    var language = locale.getLanguage();
    // A language that has no name is most likely a country: "us-EN".
    return language.isEmpty() || locale.getDisplayLanguage(Locale.ROOT).equals(language)
        ? null
        : locale.toLanguageTag();
  }
}
