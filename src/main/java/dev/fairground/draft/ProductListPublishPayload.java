package dev.fairground.draft;

import dev.fairground.check.ProductChecks;
import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a publication.
 *
 * @param listId the new edition; null where nothing was published, be it on trial
 * @param changes what the edition changes, or would change
 * @param checks what the checks say of each product that is published, or would be
 */
record ProductListPublishPayload(
    @Nullable UUID listId,
    List<PublishedChange> changes,
    List<ProductChecks> checks,
    List<UserError> userErrors) {
  static ProductListPublishPayload refused(List<UserError> errors) {
    return new ProductListPublishPayload(null, List.of(), List.of(), errors);
  }
}
