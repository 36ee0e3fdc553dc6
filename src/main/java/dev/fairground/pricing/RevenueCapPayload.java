package dev.fairground.pricing;

import dev.fairground.kernel.Money;
import dev.fairground.mutation.UserError;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of setting a cap.
 *
 * @param computedAmount what cost, profit and taxes come to; null where they were not given
 * @param difference how much the cap is above that
 * @param proposedDeduction what came in too much under the cap before
 */
record RevenueCapPayload(
    @Nullable UUID capId,
    @Nullable Money computedAmount,
    @Nullable Money difference,
    @Nullable Money proposedDeduction,
    List<UserError> userErrors) {
  static RevenueCapPayload refused(List<UserError> errors) {
    return new RevenueCapPayload(null, null, null, null, errors);
  }
}
