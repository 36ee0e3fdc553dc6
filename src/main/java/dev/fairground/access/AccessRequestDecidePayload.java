package dev.fairground.access;

import dev.fairground.mutation.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a decision.
 *
 * @param accessRequest as it is after it; null where nothing was done
 */
record AccessRequestDecidePayload(
    @Nullable AccessRequest accessRequest,
    @Nullable AccessDecision decision,
    List<UserError> userErrors) {
  static AccessRequestDecidePayload refused(List<UserError> errors) {
    return new AccessRequestDecidePayload(null, null, errors);
  }
}
