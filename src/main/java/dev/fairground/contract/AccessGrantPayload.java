package dev.fairground.contract;

import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a step.
 *
 * @param grantId null where it was refused
 */
record AccessGrantPayload(@Nullable UUID grantId, List<UserError> userErrors) {
  AccessGrantPayload {
    userErrors = List.copyOf(userErrors);
  }

  static AccessGrantPayload refused(List<UserError> errors) {
    return new AccessGrantPayload(null, errors);
  }
}
