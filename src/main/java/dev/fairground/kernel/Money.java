package dev.fairground.kernel;

import java.math.BigDecimal;

/** An exact amount in one currency, named by its code of ISO 4217. */
public record Money(BigDecimal amount, String currency) {}
