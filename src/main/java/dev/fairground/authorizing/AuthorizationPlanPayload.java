package dev.fairground.authorizing;

import dev.fairground.mutation.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a change of a plan; null where nothing was done. */
record AuthorizationPlanPayload(
    @Nullable AuthorizationPlan authorizationPlan, List<UserError> userErrors) {
  static AuthorizationPlanPayload refused(List<UserError> errors) {
    return new AuthorizationPlanPayload(null, errors);
  }
}
