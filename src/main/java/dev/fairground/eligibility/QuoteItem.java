package dev.fairground.eligibility;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one item of a product's prices comes to.
 *
 * @param steps those that the quantity reaches; empty where it is free, or no quantity was said
 * @param fee null where there is none
 * @param total exact; null where it is charged by quantity and none was said
 * @param ceilingTotal the most that might be charged for the same; null where no ceiling can be
 *     compared with all of it, or the total is not known
 * @param headroom how much more might be charged; below 0 above the ceiling
 */
public record QuoteItem(
    UUID tariffId,
    int tariffVersion,
    String item,
    String itemClass,
    String unit,
    @Nullable String unitText,
    String currency,
    List<QuoteStep> steps,
    @Nullable QuoteFee fee,
    @Nullable BigDecimal total,
    @Nullable BigDecimal ceilingTotal,
    @Nullable BigDecimal headroom,
    boolean freeOfCharge,
    @Nullable String freeConditions,
    boolean trial) {
  public QuoteItem {
    steps = List.copyOf(steps);
  }
}
