package dev.fairground.search;

import dev.fairground.kernel.TextRange;
import java.util.List;

/**
 * A title to go on with.
 *
 * @param id the global id of what it is the title of
 * @param ranges what of it was typed
 */
record TitleSuggestion(Kind kind, String text, List<TextRange> ranges, String id) {

  /** What a title is of. */
  enum Kind {
    PRODUCT,
    RESOURCE,
    ORGANIZATION
  }
}
