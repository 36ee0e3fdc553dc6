package dev.fairground.fairness;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** A part of a whole, from 0 to 1 with four places. */
final class Shares {
  private static final int PLACES = 4;

  private Shares() {}

  /** Null of nothing: what is unknown is no zero. */
  static @Nullable BigDecimal of(int part, int whole) {
    return whole == 0
        ? null
        : new BigDecimal(part).divide(new BigDecimal(whole), PLACES, RoundingMode.HALF_UP);
  }
}
