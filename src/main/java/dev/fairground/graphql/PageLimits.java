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
  static PageLimits read(Limits.Setting setting) {
    return new PageLimits(
        setting.read("PAGE_MOST", 100),
        setting.read("PAGE_DEFAULT", 20),
        setting.read("COST_UNPAGED_LIST", 5),
        setting.read("COST_INTROSPECTION", 200));
  }
}
