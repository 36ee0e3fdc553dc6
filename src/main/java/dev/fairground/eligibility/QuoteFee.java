package dev.fairground.eligibility;

import java.math.BigDecimal;

/**
 * A base fee over a term.
 *
 * @param amount each time
 * @param period ONCE, MONTH or YEAR
 * @param times how often it falls due in the term; see {@link FeeCount}
 * @param total the amount so many times
 */
public record QuoteFee(
    BigDecimal amount, String period, int times, BigDecimal total, String currency) {}
