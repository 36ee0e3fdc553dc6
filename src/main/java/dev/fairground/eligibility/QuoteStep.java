package dev.fairground.eligibility;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The part of a quantity that one step of a price is charged for.
 *
 * @param fromQuantity where the step begins
 * @param toQuantity where the next one begins; null for the last
 * @param quantity how much of what is wanted lies in it, above 0
 * @param amount the quantity times the price of one unit, exact
 */
public record QuoteStep(
    BigDecimal fromQuantity,
    @Nullable BigDecimal toQuantity,
    BigDecimal quantity,
    BigDecimal unitPrice,
    BigDecimal amount,
    String currency) {}
