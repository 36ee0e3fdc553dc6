package dev.fairground.usage;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was used in a month, in all, as everybody may read it.
 *
 * @param of whose total it is
 * @param month its first day
 * @param quantities by unit
 */
record UsageTotal(UUID of, LocalDate month, List<UsageQuantity> quantities) {

  /**
   * What was used by one unit.
   *
   * @param unit null for use that is counted by none
   * @param recordCount records that it adds up
   * @param holderCount holders that used it, never fewer than three
   * @param pooled whether it holds products of the operator that have no total of their own
   */
  record UsageQuantity(
      @Nullable String unit,
      @Nullable String unitText,
      BigDecimal quantity,
      BigDecimal calls,
      int recordCount,
      int holderCount,
      boolean pooled) {}
}
