package dev.fairground.party;

import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The link would close a circle of control: mostly it was declared the wrong way round.
 *
 * @param on the first day of the circle
 * @param linkIds the links that close it, from the one that would be controlled back to the one
 *     that would control
 */
record AffiliationCycleError(List<String> path, LocalDate on, List<UUID> linkIds)
    implements UserError {
  AffiliationCycleError {
    linkIds = List.copyOf(linkIds);
  }

  @Override
  public UserErrorCode code() {
    return UserErrorCode.INVALID;
  }

  @Override
  public String message() {
    return "From %s the organization would control itself, through %d other links. Turn the link round, end one of those, or say circular: true if it is so in fact."
        .formatted(on, linkIds.size());
  }

  @Override
  public @Nullable String rule() {
    return "noControlCircle";
  }
}
