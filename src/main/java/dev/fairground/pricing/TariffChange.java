package dev.fairground.pricing;

import dev.fairground.kernel.Period;
import java.util.UUID;

/**
 * What setting prices did to one tariff.
 *
 * @param term its days from now on; of one that was withdrawn those that it was to have
 */
record TariffChange(Kind kind, UUID tariffId, String item, Period term) {
  /** What became of a tariff. */
  enum Kind {
    /** It is new. */
    ADDED,
    /** It has another last day. */
    END_CHANGED,
    /** It was to begin later, and does not begin. */
    WITHDRAWN
  }
}
