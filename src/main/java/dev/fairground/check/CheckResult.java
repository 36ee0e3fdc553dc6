package dev.fairground.check;

import dev.fairground.fairaccess.Ground;
import dev.fairground.fairaccess.Outcome;
import dev.fairground.fairaccess.Reason;
import dev.fairground.fairaccess.Result;
import dev.fairground.kernel.Text;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A result as it is shown.
 *
 * @param check the check's code: {@code FA-06}
 * @param reasons empty for who may not see them
 * @param rules the parameters that it was decided by, with their rule sets: {@code
 *     000000:2/ceilingRequired}
 * @param checkedOn the day that was asked about
 * @param runId null where no run was kept
 */
public record CheckResult(
    String check,
    Text title,
    Outcome outcome,
    List<Reason> reasons,
    List<String> rules,
    LocalDate checkedOn,
    @Nullable UUID runId) {

  static CheckResult of(Ground ground, Result result) {
    return of(result, Results.rules(ground, result), ground.day(), null, true);
  }

  static CheckResult of(
      Result result, List<String> rules, LocalDate day, @Nullable UUID runId, boolean insider) {
    var check = result.check();
    return new CheckResult(
        check.code(),
        new Text(check.title(), "zh", Map.of("en", check.titleEn())),
        result.outcome(),
        insider ? result.reasons() : List.of(),
        rules,
        day,
        runId);
  }

  /** The first reason, or the check's title where there is none to be shown. */
  Text message() {
    return reasons.isEmpty() ? title : reasons.getFirst().message();
  }
}
