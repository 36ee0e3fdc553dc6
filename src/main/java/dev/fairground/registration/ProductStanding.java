package dev.fairground.registration;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a product stands with its registration on a day.
 *
 * @param deliveredOn the day of its first delivery; null while none was reported
 * @param dueOn the last day to apply for its first registration; null where nothing is due
 */
record ProductStanding(
    UUID productId,
    @Nullable LocalDate deliveredOn,
    @Nullable LocalDate dueOn,
    RegistrationStanding standing) {

  /** The word for it. */
  enum RegistrationStanding {
    REGISTERED,
    TO_BE_REGISTERED,
    IN_PROGRESS,
    EXPIRED,
    REVOKED
  }
}
