package dev.fairground.policy;

import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A policy that asks for more would begin before its notice is over.
 *
 * @param earliestOn the first day on which it may begin
 * @param noticeDays how many days it is shown before
 * @param differences what is tighter than what holds on its day
 */
public record PolicyNoticeError(
    List<String> path,
    UUID productId,
    LocalDate earliestOn,
    int noticeDays,
    List<PolicyDifference> differences)
    implements UserError {
  public PolicyNoticeError {
    path = List.copyOf(path);
    differences = List.copyOf(differences);
  }

  @Override
  public UserErrorCode code() {
    return UserErrorCode.INVALID;
  }

  @Override
  public String message() {
    return "It asks for more than what was published. That is shown for %d days before it begins: choose %s or later."
        .formatted(noticeDays, earliestOn);
  }

  @Override
  public String rule() {
    return "FA-11";
  }
}
