package dev.fairground.access;

import dev.fairground.eligibility.EligibilityReport;
import dev.fairground.mutation.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of handing in a request.
 *
 * @param accessRequest null where nothing was done
 * @param eligibility what was said of it; null where nothing was done now
 */
record AccessRequestSubmitPayload(
    @Nullable AccessRequest accessRequest,
    @Nullable EligibilityReport eligibility,
    List<UserError> userErrors) {
  static AccessRequestSubmitPayload refused(List<UserError> errors) {
    return new AccessRequestSubmitPayload(null, null, errors);
  }
}
