package dev.fairground.graphql;

import dev.fairground.kernel.Moment;

/** When a list is ordered by how well its rows answer {@code filter.text}. */
final class Relevance {
  private static final String NAME = "RELEVANCE";

  private Relevance() {}

  /**
   * Whether the best come first: if the order says so, or says nothing where a text is given.
   *
   * @param isSearched whether the list knows relevance at all
   * @throws dev.fairground.kernel.BadInput if it is asked for where there is none
   */
  static boolean isAsked(Arguments arguments, boolean isSearched, Moment moment) {
    var hasText = Listing.text(arguments) != null;
    var order = arguments.input("orderBy");
    if (!isSearched || order == null) {
      return isSearched && hasText && moment.isPresent();
    }
    if (!NAME.equals(order.string("field"))) {
      return false;
    }
    if (!hasText) {
      throw order.bad(
          "field", "RELEVANCE orders what filter.text finds, and there is no such text");
    }
    if (!moment.isPresent()) {
      throw order.bad(
          "field", "RELEVANCE is known of the present only: leave out asOf, or order otherwise");
    }
    if ("ASC".equals(order.string("direction"))) {
      throw order.bad("direction", "RELEVANCE shows the best first: DESC");
    }
    return true;
  }

  /** Lists of parents have none. */
  static void refuse(Arguments arguments) {
    var order = arguments.input("orderBy");
    if (order != null && NAME.equals(order.string("field"))) {
      throw order.bad("field", "RELEVANCE orders whole lists, not those below an object");
    }
  }
}
