package dev.fairground.party;

import dev.fairground.mutation.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a change of a link; null where nothing was done. */
record AffiliationPayload(@Nullable Affiliation affiliation, List<UserError> userErrors) {
  static AffiliationPayload refused(List<UserError> errors) {
    return new AffiliationPayload(null, errors);
  }
}
