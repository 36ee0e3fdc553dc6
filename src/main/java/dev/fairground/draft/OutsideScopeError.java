package dev.fairground.draft;

import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an entry uses, or when it is offered, is not within its authorization.
 *
 * @param authorizationId the authorization
 * @param offending the global ids of resources and scenarios that are outside; empty for days
 */
record OutsideScopeError(
    String message, List<String> path, UUID authorizationId, List<String> offending)
    implements UserError {
  @Override
  public UserErrorCode code() {
    return UserErrorCode.OUTSIDE_SCOPE;
  }

  @Override
  public @Nullable String rule() {
    return "withinAuthorization";
  }
}
