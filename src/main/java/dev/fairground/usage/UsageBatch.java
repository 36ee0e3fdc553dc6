package dev.fairground.usage;

import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * What was reported in one call.
 *
 * @param recordCount how many records, as far as the reader may see them
 * @param grantCount of how many grants, as far as the reader may see them
 */
public record UsageBatch(
    UUID id,
    UUID operatorId,
    OffsetDateTime reportedAt,
    int recordCount,
    int grantCount,
    boolean demonstration) {
  static final String PREFIX = "usb";
}
