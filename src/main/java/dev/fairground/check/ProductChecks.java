package dev.fairground.check;

import java.util.List;

/**
 * What the checks say of a product.
 *
 * @param productId its global id; there may be no such product yet
 */
public record ProductChecks(String productId, List<CheckResult> results) {
  public ProductChecks {
    results = List.copyOf(results);
  }
}
