package dev.fairground.graphql;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the selections on one object cost: those that every type of object has, and of those that
 * only some types have, the dearest type.
 */
final class CostSum {
  static final CostSum NOTHING = new CostSum(List.of(), List.of());

  private final CostTerm[] always;
  private final CostTerm[][] byType;

  CostSum(List<CostTerm> always, List<List<CostTerm>> byType) {
    this.always = always.toArray(CostTerm[]::new);
    this.byType =
        byType.stream().map(terms -> terms.toArray(CostTerm[]::new)).toArray(CostTerm[][]::new);
  }

  long points(Map<String, Object> variables) {
    var dearest = 0L;
    for (var type : byType) {
      dearest = Math.max(dearest, sum(type, variables));
    }
    return Math.min(CostTerm.CAP, dearest + sum(always, variables));
  }

  private static long sum(CostTerm[] terms, Map<String, Object> variables) {
    var sum = 0L;
    for (var term : terms) {
      sum += term.points(variables);
    }
    return Math.min(CostTerm.CAP, sum);
  }

  /** The term that costs most, if any does. */
  @Nullable CostTerm dearest(Map<String, Object> variables) {
    CostTerm dearest = null;
    var most = 0L;
    for (var term : always) {
      var points = term.points(variables);
      if (points > most) {
        most = points;
        dearest = term;
      }
    }
    for (var type : byType) {
      for (var term : type) {
        var points = term.points(variables);
        if (points > most) {
          most = points;
          dearest = term;
        }
      }
    }
    return dearest;
  }
}
