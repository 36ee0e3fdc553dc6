package dev.fairground.authorizing;

import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A scope or a term goes beyond what was planned and decided (Specification, 11).
 *
 * @param planId the plan that it is held to; null where there is none
 * @param offending what goes beyond; empty for a term
 */
record BeyondPlanError(List<String> path, @Nullable UUID planId, List<String> offending)
    implements UserError {
  BeyondPlanError {
    offending = List.copyOf(offending);
  }

  @Override
  public UserErrorCode code() {
    return UserErrorCode.OUTSIDE_SCOPE;
  }

  @Override
  public String message() {
    return "%s goes beyond what was planned and decided. Stay within it, or have a plan of the change decided on and filed first."
        .formatted(offending.isEmpty() ? "The term" : String.join("; ", offending));
  }

  @Override
  public @Nullable String rule() {
    return "withinPlan";
  }
}
