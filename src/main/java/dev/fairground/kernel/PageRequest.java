package dev.fairground.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which part of an ordered list is wanted.
 *
 * @param size how many at most
 * @param backward whether the last ones before the end are wanted instead of the first ones
 * @param after the place behind which the page begins: the values of the order's keys
 * @param before the place before which the page ends
 * @param seal a digest of the field, its filter and its order; part of every cursor
 */
public record PageRequest(
    int size,
    boolean backward,
    @Nullable List<String> after,
    @Nullable List<String> before,
    String seal) {
  public static final int DEFAULT_SIZE = 20;

  /** The first {@code size}, for reads that hand out no cursors. */
  public static PageRequest first(int size) {
    return new PageRequest(size, false, null, null, "");
  }
}
