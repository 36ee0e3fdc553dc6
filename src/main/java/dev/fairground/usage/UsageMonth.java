package dev.fairground.usage;

import dev.fairground.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was used by a grant in a month.
 *
 * @param month its first day
 * @param quantity of records in the grant's unit
 */
record UsageMonth(
    UUID grantId,
    LocalDate month,
    int recordCount,
    BigDecimal quantity,
    @Nullable Money billed,
    List<UsageFindingCount> findings) {

  /** How often something was found. */
  record UsageFindingCount(UsageFinding finding, int recordCount) {}
}
