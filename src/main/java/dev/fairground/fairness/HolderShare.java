package dev.fairground.fairness;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How many grants went to holders that are something. */
public record HolderShare(int yes, int no, int unknown, int withheld) {
  /** Of those of which it is known; null where it is known of none. */
  @Nullable BigDecimal share() {
    return Shares.of(yes, yes + no);
  }
}
