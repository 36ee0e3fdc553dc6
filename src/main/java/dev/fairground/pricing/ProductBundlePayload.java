package dev.fairground.pricing;

import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What became of setting or ending a bundle. */
record ProductBundlePayload(@Nullable UUID bundleId, List<UserError> userErrors) {
  static ProductBundlePayload refused(List<UserError> errors) {
    return new ProductBundlePayload(null, errors);
  }
}
