package dev.fairground.pricing;

import dev.fairground.kernel.Money;
import java.math.BigDecimal;

/** A step of a price: what one unit costs from a quantity on. */
record PriceTier(Tariff.Version of, BigDecimal fromQuantity, Money unitPrice) {}
