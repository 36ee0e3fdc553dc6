package dev.fairground.draft;

import dev.fairground.kernel.Text;
import java.util.List;

/**
 * What a publication changes in a list.
 *
 * @param productId the product's global id
 * @param fields the names of the members that differ; empty unless it was changed
 */
record PublishedChange(Kind kind, String productId, String code, Text title, List<String> fields) {
  /** How it changes. */
  enum Kind {
    ADDED,
    CHANGED,
    WITHDRAWN
  }
}
