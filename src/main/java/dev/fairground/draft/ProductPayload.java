package dev.fairground.draft;

import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of a step with a published product.
 *
 * @param productId the product; null where nothing was done
 * @param listId the edition that tells it; null where nothing was published, be it on trial
 */
record ProductPayload(@Nullable UUID productId, @Nullable UUID listId, List<UserError> userErrors) {
  static ProductPayload refused(List<UserError> errors) {
    return new ProductPayload(null, null, errors);
  }
}
