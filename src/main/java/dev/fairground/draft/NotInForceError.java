package dev.fairground.draft;

import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The authorization that an entry rests on may not be used today.
 *
 * @param state where the authorization stands
 */
record NotInForceError(List<String> path, UUID authorizationId, String number, String state)
    implements UserError {
  @Override
  public UserErrorCode code() {
    return UserErrorCode.NOT_IN_FORCE;
  }

  @Override
  public String message() {
    return "The authorization %s is not in force today: its state is %s, or its term is over or has not begun. Name one that is."
        .formatted(number, state);
  }

  @Override
  public @Nullable String rule() {
    return "authorizationInForce";
  }
}
