package dev.fairground.usage;

import dev.fairground.kernel.Money;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The end of a grant's chain: who keeps its digest notices any change of a record before it.
 *
 * @param digest of the last record, in hexadecimal digits
 */
record UsageChain(
    UUID grantId,
    int recordCount,
    String digest,
    BigDecimal quantity,
    @Nullable Money billed,
    OffsetDateTime lastReportedAt) {}
