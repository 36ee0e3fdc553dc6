package dev.fairground.graphql;

import graphql.execution.CoercedVariables;
import graphql.language.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What an operation costs, as far as its document says: a tree of weights and list sizes, made once
 * for a document, that only needs the variables.
 */
public final class CostFormula {
  private final CostSum root;
  private final int terms;
  private final @Nullable SourceLocation place;

  CostFormula(CostSum root, int terms, @Nullable SourceLocation place) {
    this.root = root;
    this.terms = terms;
    this.place = place;
  }

  /**
   * The points of one request, at least 1. Refuses page sizes out of range, and more points than
   * {@code maximum}.
   */
  public int points(CoercedVariables variables, int maximum) {
    var values = variables.toMap();
    var points = Math.max(1, root.points(values));
    if (points > maximum) {
      throw tooDear(points, maximum, values);
    }
    return (int) points;
  }

  /** Terms in the tree, for the memory that it takes. */
  int terms() {
    return terms;
  }

  private Refusal tooDear(long points, int maximum, Map<String, Object> variables) {
    var path = new StringJoiner(".");
    for (var term = root.dearest(variables);
        term != null;
        term = term.selections().dearest(variables)) {
      path.add(term.key());
    }
    return new Refusal(
        ErrorCode.COST_LIMIT_EXCEEDED,
        "The operation may cost "
            + (points == CostTerm.CAP ? "more than a billion" : points)
            + " points; at most "
            + maximum
            + " are allowed. Most of it is "
            + path
            + ": ask for smaller pages there.",
        place == null ? List.of() : List.of(place),
        Map.of("requested", points, "maximum", maximum, "dearest", path.toString()));
  }
}
