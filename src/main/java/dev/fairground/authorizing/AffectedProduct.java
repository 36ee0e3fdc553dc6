package dev.fairground.authorizing;

import java.util.List;
import java.util.UUID;

/**
 * A product that a change of an authorization bears on.
 *
 * @param outside what of it falls outside, by global ids; empty where the authorization cannot be
 *     used at all
 * @param words the same for people to read
 */
record AffectedProduct(
    UUID operatorId, UUID productId, String code, List<String> outside, List<String> words) {
  AffectedProduct {
    outside = List.copyOf(outside);
    words = List.copyOf(words);
  }
}
