package dev.fairground.pricing;

import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of the highest income that an operator may have in a span of days.
 *
 * @param carriedDeduction what was taken in too much before, and is taken off
 * @param cost what the operation was allowed to cost
 * @param profitPercent the rate of profit on the cost that was allowed
 * @param tax what was allowed for taxes
 */
public record RevenueCap(
    UUID id,
    int version,
    OffsetDateTime validFrom,
    UUID operatorId,
    UUID setById,
    Period term,
    Money amount,
    Money carriedDeduction,
    LegalBasis basis,
    @Nullable String source,
    boolean demonstration,
    @Nullable Money cost,
    @Nullable BigDecimal profitPercent,
    @Nullable Money tax) {}
