package dev.fairground.party;

import dev.fairground.mutation.UserError;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of a declaration that all links are declared; null where nothing was done. */
record AffiliationsConfirmPayload(
    @Nullable UUID organizationId, @Nullable LocalDate declaredOn, List<UserError> userErrors) {
  static AffiliationsConfirmPayload refused(List<UserError> errors) {
    return new AffiliationsConfirmPayload(null, null, errors);
  }
}
