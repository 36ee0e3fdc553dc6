package dev.fairground.check;

import dev.fairground.kernel.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Stands in until the rules are there. */
final class CheckRules {
  private CheckRules() {}

  static List<Result> of(Ground ground, Facts facts) {
    var results = new ArrayList<Result>();
    if (facts instanceof ProductFacts product) {
      var missing = new ArrayList<String>();
      if (product.uses() != null) {
        for (var use : product.uses()) {
          if (product.grant().resources().stream()
              .noneMatch(in -> in.resourceId().equals(use.resourceId()))) {
            missing.add(use.resourceId());
          }
        }
      }
      results.add(
          new Result(
              Check.FA_01,
              product.uses() == null
                  ? Outcome.UNKNOWN
                  : missing.isEmpty() ? Outcome.PASS : Outcome.BLOCK,
              missing.isEmpty()
                  ? List.of()
                  : List.of(
                      new Reason(
                          Outcome.BLOCK,
                          "OUTSIDE_SCOPE",
                          new Text("超出授权范围", "zh", Map.of("en", "It is outside of the scope.")),
                          missing,
                          null)),
              List.of("authTermMaxYears")));
    }
    return results;
  }
}
