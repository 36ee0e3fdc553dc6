package dev.fairground.authorization;

import dev.fairground.kernel.Period;
import dev.fairground.kernel.Text;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of what public data is used for.
 *
 * @param code never changes
 * @param purposeLabel the class of purpose in the words of the source
 * @param prohibited what the data may not be used for in it
 */
public record Scenario(
    UUID id,
    int version,
    OffsetDateTime validFrom,
    String code,
    Text title,
    @Nullable String description,
    String jurisdictionCode,
    @Nullable String field,
    @Nullable String classCode,
    String purposeClass,
    @Nullable String purposeLabel,
    @Nullable String source,
    boolean demonstration,
    @Nullable String prohibited,
    @Nullable UUID approvedById,
    @Nullable LocalDate approvedOn,
    @Nullable Period term) {}
