package dev.fairground.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Work that an operator can do with the data.
 *
 * @param leadTimeWorkingDays from the order to the start, in working days
 */
public record ServiceCapability(
    Offer offer,
    Kind capabilityKind,
    @Nullable String capacity,
    @Nullable Integer leadTimeWorkingDays)
    implements Product {

  /** What kind of work it is. */
  public enum Kind {
    COMPUTING,
    MODELLING,
    PRIVACY_COMPUTING,
    VERIFICATION,
    ADVISORY,
    OTHER
  }
}
