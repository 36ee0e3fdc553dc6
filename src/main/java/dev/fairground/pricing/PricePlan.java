package dev.fairground.pricing;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a product as they were set last.
 *
 * @param version how often they were set
 * @param effectiveOn the first day whose prices were changed
 */
public record PricePlan(
    UUID productId,
    int version,
    OffsetDateTime validFrom,
    LocalDate effectiveOn,
    @Nullable String note) {}
