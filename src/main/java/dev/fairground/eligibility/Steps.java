package dev.fairground.eligibility;

import dev.fairground.fairaccess.ProductFacts.Tier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides a quantity among the steps of a price: each part at the price of the step that it lies
 * in. Pure.
 */
final class Steps {
  private Steps() {}

  /**
   * @param tiers in the order of their quantities; what lies below the first is charged at its
   *     price
   */
  static List<QuoteStep> of(List<Tier> tiers, BigDecimal quantity, String currency) {
    var steps = new ArrayList<QuoteStep>();
    for (int i = 0; i < tiers.size(); i++) {
      var tier = tiers.get(i);
      var next = i + 1 < tiers.size() ? tiers.get(i + 1).fromQuantity() : null;
      var from = i == 0 ? BigDecimal.ZERO : tier.fromQuantity();
      var part = (next == null ? quantity : quantity.min(next)).subtract(from);
      if (part.signum() > 0) {
        steps.add(
            new QuoteStep(
                tier.fromQuantity(),
                next,
                part,
                tier.unitPrice(),
                part.multiply(tier.unitPrice()),
                currency));
      }
    }
    return steps;
  }
}
