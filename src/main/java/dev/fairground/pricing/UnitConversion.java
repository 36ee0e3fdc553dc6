package dev.fairground.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** So many of another unit are one of a ceiling's unit. */
record UnitConversion(
    Tariff.Version of, String unit, @Nullable String unitText, BigDecimal factor) {}
