package dev.fairground.harvest;

import java.util.Locale;

/** What people call a file format that a source names by its media type. */
final class MediaTypes {
  private static final WordTable NAMES = WordTable.named("media-types");

  private MediaTypes() {}

  /**
   * {@code CSV} for {@code text/csv}; words that are no media type that is known stay as they are.
   */
  static String shortened(String words) {
    var type = words.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    var name = NAMES.code(type);
    return name == null ? words : name;
  }
}
