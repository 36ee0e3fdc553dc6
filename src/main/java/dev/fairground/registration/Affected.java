package dev.fairground.registration;

import java.util.List;
import java.util.UUID;

/**
 * The products that a registration bears on: the registered one, or those made of the resource.
 *
 * @param count how many
 * @param first the first 100 of them, by their ids
 */
record Affected(int count, List<UUID> first) {
  static final Affected NONE = new Affected(0, List.of());
}
