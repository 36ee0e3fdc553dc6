package dev.fairground.equal;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Working days until the decisions on a cohort.
 *
 * @param median the middle one, the smaller of two
 * @param decisions how many of them are known
 */
public record DecisionTimes(int minimum, int median, int maximum, int decisions) {
  /**
   * @param counts decisions by their days
   * @return null where there are none
   */
  static @Nullable DecisionTimes of(Map<Integer, Integer> counts) {
    if (counts.isEmpty()) {
      return null;
    }
    var sorted = new TreeMap<>(counts);
    int all = sorted.values().stream().mapToInt(Integer::intValue).sum();
    int seen = 0;
    int median = sorted.firstKey();
    for (var entry : sorted.entrySet()) {
      median = entry.getKey();
      seen += entry.getValue();
      if (2 * seen >= all) {
        break;
      }
    }
    return new DecisionTimes(sorted.firstKey(), median, sorted.lastKey(), all);
  }
}
