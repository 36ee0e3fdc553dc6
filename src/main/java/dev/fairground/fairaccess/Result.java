package dev.fairground.fairaccess;

import java.util.List;

/**
 * What one check says of one subject.
 *
 * @param rules names of the parameters that it was decided by; their legal basis is the result's
 */
public record Result(Check check, Outcome outcome, List<Reason> reasons, List<String> rules) {
  public Result {
    reasons = List.copyOf(reasons);
    rules = List.copyOf(rules);
  }
}
