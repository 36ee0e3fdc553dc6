package dev.fairground.access;

import dev.fairground.mutation.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a step.
 *
 * @param accessRequest as it is after it; null where nothing was done
 */
record AccessRequestPayload(@Nullable AccessRequest accessRequest, List<UserError> userErrors) {
  static AccessRequestPayload refused(List<UserError> errors) {
    return new AccessRequestPayload(null, errors);
  }

  static AccessRequestPayload of(AccessRequest request) {
    return new AccessRequestPayload(request, List.of());
  }
}
