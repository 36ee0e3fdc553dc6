package dev.fairground.eligibility;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a product would cost under the prices that were published, to the last decimal.
 *
 * @param tariffId the tariff of the first item; null where it is free by law and no price says so
 * @param currency of all amounts, ISO 4217
 * @param unit what was counted by; null where it is free and no unit was named
 * @param quantity how much; null where nobody said
 * @param items by their places in the price list; each is one tariff in force
 * @param total the sum of the items; 0 where it is free, null where it hangs on a quantity that
 *     nobody said
 * @param unitPrice the total by the quantity, six decimals, half up; 0 where it is free, null where
 *     nobody said a quantity
 * @param ceilingTotal the most that might be charged; null where an item has none
 * @param headroom how much more might be charged
 * @param freeOfCharge whether nothing is charged
 * @param termsNumber of the standard terms that go with it; 0 for those of the marketplace
 * @param validUntil the last day on which the same answer is known to hold; null while no end is
 *     known
 */
public record Quote(
    @Nullable UUID tariffId,
    @Nullable Integer tariffVersion,
    String currency,
    @Nullable String unit,
    @Nullable String unitText,
    @Nullable BigDecimal quantity,
    List<QuoteItem> items,
    @Nullable BigDecimal total,
    @Nullable BigDecimal unitPrice,
    @Nullable BigDecimal ceilingTotal,
    @Nullable BigDecimal headroom,
    boolean freeOfCharge,
    int termsNumber,
    @Nullable LocalDate validUntil) {
  public Quote {
    items = List.copyOf(items);
  }
}
