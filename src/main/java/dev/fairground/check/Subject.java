package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was checked, and whose it is.
 *
 * @param id as it stands in its table; of the marketplace itself all zeros
 * @param globalId the same for everybody
 * @param readAt the moment at which the facts stood so; a change may be dated a little after the
 *     operation began that wrote it
 * @param partyId who applied, or holds the grant; null for what is public
 */
record Subject(
    Check.Subject kind,
    UUID id,
    String globalId,
    @Nullable Integer version,
    @Nullable UUID operatorId,
    @Nullable UUID institutionId,
    String jurisdictionCode,
    OffsetDateTime readAt,
    @Nullable UUID partyId) {

  Subject readAt(OffsetDateTime moment) {
    return new Subject(
        kind, id, globalId, version, operatorId, institutionId, jurisdictionCode, moment, partyId);
  }

  /** Of what everybody knows of. */
  static Subject open(
      Check.Subject kind,
      UUID id,
      String globalId,
      @Nullable Integer version,
      @Nullable UUID operatorId,
      @Nullable UUID institutionId,
      String jurisdictionCode,
      OffsetDateTime readAt) {
    return new Subject(
        kind, id, globalId, version, operatorId, institutionId, jurisdictionCode, readAt, null);
  }

  /** The id of the marketplace itself. */
  static final UUID MARKET = new UUID(0, 0);

  /** What its global id begins with. */
  static final String MARKET_PREFIX = "mkt";
}
