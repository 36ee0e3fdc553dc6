package dev.fairground.party;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an organization is in the market of one jurisdiction.
 *
 * @param startsOn the first day of the role
 * @param endsOn the last day; null while no end is set
 */
public record OrganizationRole(
    UUID organizationId,
    Role role,
    String jurisdictionCode,
    LocalDate startsOn,
    @Nullable LocalDate endsOn) {

  /** The roles that the policy knows. */
  public enum Role {
    IMPLEMENTING_INSTITUTION,
    OPERATOR,
    DATA_AUTHORITY,
    PRICE_AUTHORITY,
    REGISTRAR,
    DATA_SOURCE_UNIT,
    DEVELOPER,
    PURCHASER,
    AUDITOR
  }
}
