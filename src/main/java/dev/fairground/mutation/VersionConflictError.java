package dev.fairground.mutation;

import dev.fairground.graphql.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The object was changed since the caller read it.
 *
 * @param currentVersion the version that it has now
 */
public record VersionConflictError(List<String> path, int currentVersion) implements UserError {
  public static VersionConflictError of(Arguments input, int currentVersion) {
    return new VersionConflictError(input.path("expectedVersion"), currentVersion);
  }

  @Override
  public UserErrorCode code() {
    return UserErrorCode.VERSION_CONFLICT;
  }

  @Override
  public String message() {
    return "It was changed meanwhile and now has version "
        + currentVersion
        + ". Read it again, and repeat the change on what it is now.";
  }

  @Override
  public @Nullable String rule() {
    return null;
  }
}
