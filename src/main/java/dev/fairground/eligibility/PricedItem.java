package dev.fairground.eligibility;

import dev.fairground.fairaccess.ProductFacts.Price;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tariff on the days on which it is charged.
 *
 * @param position its place in the price list, from 1
 */
record PricedItem(
    UUID tariffId, int version, int position, @Nullable String freeConditions, Price price) {}
