package dev.fairground.mutation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency key was used for another input.
 *
 * @param mutation the one that it was used for
 */
public record IdempotencyMismatchError(List<String> path, String mutation) implements UserError {
  @Override
  public UserErrorCode code() {
    return UserErrorCode.IDEMPOTENCY_MISMATCH;
  }

  @Override
  public String message() {
    return "This key was used within the last seven days for another input of "
        + mutation
        + ". Take a new key for a new change.";
  }

  @Override
  public @Nullable String rule() {
    return null;
  }
}
