package dev.fairground.pricing;

import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * There is one for some of the same days: two ceilings, two caps or two reports would contradict
 * each other.
 *
 * @param overlapping the global id of the other one
 */
public record PriceOverlapError(
    String message, List<String> path, @Nullable String rule, String overlapping)
    implements UserError {
  public PriceOverlapError {
    path = List.copyOf(path);
  }

  @Override
  public UserErrorCode code() {
    return UserErrorCode.ALREADY_EXISTS;
  }
}
