package dev.fairground.access;

import dev.fairground.mutation.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of handing in a request.
 *
 * @param accessRequest null where nothing was done
 */
record AccessRequestSubmitPayload(
    @Nullable AccessRequest accessRequest, List<UserError> userErrors) {
  static AccessRequestSubmitPayload refused(List<UserError> errors) {
    return new AccessRequestSubmitPayload(null, errors);
  }
}
