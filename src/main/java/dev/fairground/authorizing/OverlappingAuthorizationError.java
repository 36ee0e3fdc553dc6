package dev.fairground.authorizing;

import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The operator has the same scope for some of the same days already. */
record OverlappingAuthorizationError(
    List<String> path, List<String> numbers, List<UUID> authorizationIds) implements UserError {
  OverlappingAuthorizationError {
    numbers = List.copyOf(numbers);
    authorizationIds = List.copyOf(authorizationIds);
  }

  @Override
  public UserErrorCode code() {
    return UserErrorCode.ALREADY_EXISTS;
  }

  @Override
  public String message() {
    return "The operator may use some of this data in the same scenarios on the same days already, by %s. Amend or end that one, or take other days or another scope."
        .formatted(String.join(", ", numbers));
  }

  @Override
  public @Nullable String rule() {
    return "oneAuthorizationForAScope";
  }
}
