package dev.fairground.graphql;

/**
 * How many items lists have, for the caller and for the estimate of cost.
 *
 * @param most items a caller may ask for by {@code first} or {@code last}
 * @param byDefault items when neither is given
 * @param unpaged items assumed for a list that has no size argument: such lists are short by design
 * @param introspection points of {@code __schema} or {@code __type}, which have limits of their own
 */
public record PageLimits(int most, int byDefault, int unpaged, int introspection) {
  public PageLimits {
    if (byDefault > most) {
      throw new IllegalArgumentException(
          "FAIRGROUND_PAGE_DEFAULT is above FAIRGROUND_PAGE_MOST: a page of the usual size is refused");
    }
  }

  static PageLimits read(Limits.Settings from) {
    return new PageLimits(
        from.number("FAIRGROUND_PAGE_MOST", 100, 1, 10_000),
        from.number("FAIRGROUND_PAGE_DEFAULT", 20, 1, 10_000),
        from.number("FAIRGROUND_COST_UNPAGED_LIST", 5, 1, 10_000),
        from.number("FAIRGROUND_COST_INTROSPECTION", 200, 0, 1_000_000));
  }
}
