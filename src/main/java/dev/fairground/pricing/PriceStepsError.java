package dev.fairground.pricing;

import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps of a price or a ceiling that do not follow one another.
 *
 * @param step which step, from 1
 */
public record PriceStepsError(String message, List<String> path, Fault fault, int step)
    implements UserError {
  /** What is wrong with a step. */
  public enum Fault {
    /** The first one does not begin at 0. */
    NOT_FROM_ZERO,
    /** It does not begin behind the one before it. */
    NOT_RISING,
    /** Quantities lie between it and the next one. */
    GAP,
    /** It reaches into the next one. */
    OVERLAP,
    /** The last one ends, so that larger quantities have no price. */
    ENDS
  }

  public PriceStepsError {
    path = List.copyOf(path);
  }

  @Override
  public UserErrorCode code() {
    return UserErrorCode.INVALID;
  }

  @Override
  public @Nullable String rule() {
    return PriceForm.CEILING_RULE;
  }
}
