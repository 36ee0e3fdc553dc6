package dev.fairground.party;

import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A link between two organizations.
 *
 * @param organizationId the one that controls or holds, where one does
 * @param sharePercent the share that is held, 0 to 100
 */
public record Affiliation(
    UUID id,
    UUID organizationId,
    UUID affiliateId,
    Kind kind,
    @Nullable BigDecimal sharePercent,
    Period term,
    String evidence,
    boolean demonstration) {

  /** What links them. */
  public enum Kind {
    CONTROLS,
    SHARES_OFFICERS,
    HOLDS_SHARES,
    CONTRACT_CONTROL,
    OTHER
  }
}
