package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.Reason;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fair-access check stands against the change.
 *
 * @param rule the check's code: {@code FA-06}
 * @param evidence global ids of the records that show it
 */
public record CheckFailedError(
    String message, List<String> path, @Nullable String rule, List<String> evidence)
    implements UserError {
  public CheckFailedError {
    path = List.copyOf(path);
    evidence = List.copyOf(evidence);
  }

  static CheckFailedError of(Check check, Reason reason, List<String> path) {
    var english = List.of("en");
    var remedy = reason.remedy();
    return new CheckFailedError(
        reason.message().in(english).value()
            + (remedy == null ? "" : " " + remedy.in(english).value()),
        path,
        check.code(),
        reason.evidence());
  }

  @Override
  public UserErrorCode code() {
    return UserErrorCode.CHECK_FAILED;
  }
}
