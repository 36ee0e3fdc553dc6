package dev.fairground.kernel;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of an ordered list.
 *
 * @param nodes the rows, in the list's order
 * @param keys a row's values of the order's keys: what its cursor is made of
 * @param seal what the request was sealed with
 * @param counted what to count for the whole list's size: the list's own arguments
 * @param score how well a row answers what was searched for; null where nothing was ranked
 */
public record Page<T>(
    List<T> nodes,
    boolean hasNextPage,
    boolean hasPreviousPage,
    Function<T, List<String>> keys,
    String seal,
    Object counted,
    Function<T, @Nullable Integer> score) {
  public static <T> Page<T> empty(String seal, Object counted) {
    return new Page<>(List.of(), false, false, node -> List.of(), seal, counted, node -> null);
  }

  /** The size of a whole list; {@code exact} is false where counting stopped at a bound. */
  public record Count(int total, boolean exact) {}
}
