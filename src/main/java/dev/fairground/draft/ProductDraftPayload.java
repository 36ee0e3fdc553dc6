package dev.fairground.draft;

import dev.fairground.mutation.UserError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change of a draft.
 *
 * @param productDraft as it is after the change; null where nothing was done, or it is gone
 */
record ProductDraftPayload(@Nullable ProductDraft productDraft, List<UserError> userErrors) {
  static ProductDraftPayload refused(List<UserError> errors) {
    return new ProductDraftPayload(null, errors);
  }
}
