package dev.fairground.mutation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The object's state does not allow this step.
 *
 * @param from the state it is in
 * @param allowed the steps that its state allows this caller
 */
public record StateTransitionError(
    String message, List<String> path, String from, List<String> allowed) implements UserError {
  public StateTransitionError {
    allowed = List.copyOf(allowed);
  }

  @Override
  public UserErrorCode code() {
    return UserErrorCode.STATE_TRANSITION;
  }

  @Override
  public @Nullable String rule() {
    return null;
  }
}
