package dev.fairground.pricing;

import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of setting or ending prices.
 *
 * @param productId null where nothing was done
 */
record PricePlanPayload(
    @Nullable UUID productId,
    @Nullable PricePlan pricePlan,
    List<TariffChange> changes,
    List<UserError> userErrors) {
  static PricePlanPayload refused(List<UserError> errors) {
    return new PricePlanPayload(null, null, List.of(), errors);
  }
}
