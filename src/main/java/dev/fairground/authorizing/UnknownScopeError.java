package dev.fairground.authorizing;

import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A scope names what there is not.
 *
 * @param unknown the global ids of resources and scenarios, behind a resource the names of its data
 *     items
 */
record UnknownScopeError(List<String> path, List<String> unknown) implements UserError {
  UnknownScopeError {
    unknown = List.copyOf(unknown);
  }

  @Override
  public UserErrorCode code() {
    return UserErrorCode.NOT_FOUND;
  }

  @Override
  public String message() {
    return "There is no such thing in the catalogue: %s. Take it out, or correct its name."
        .formatted(String.join("; ", unknown));
  }

  @Override
  public @Nullable String rule() {
    return "knownScope";
  }
}
