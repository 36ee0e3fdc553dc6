package dev.fairground.fairness;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for access as everybody may see it: months instead of days, and nobody's name.
 *
 * @param submittedIn the first day of the month; so are all days here but {@code dueOn}
 * @param dueOn not shown: only whether it has passed
 */
public record AccessRecord(
    UUID id,
    UUID operatorId,
    UUID productId,
    String purposeClass,
    LocalDate submittedIn,
    @Nullable String outcome,
    @Nullable LocalDate endedIn,
    List<String> refusalReasons,
    @Nullable Integer workingDays,
    @Nullable Boolean onTime,
    @Nullable LocalDate dueOn,
    boolean waiting,
    @Nullable LocalDate escalatedIn,
    @Nullable LocalDate reviewAskedIn,
    @Nullable String reviewOutcome,
    @Nullable LocalDate reviewedIn,
    @Nullable LocalDate grantedIn,
    @Nullable Boolean free,
    @Nullable HolderTrait affiliate,
    @Nullable HolderTrait smallFirm,
    boolean demonstration) {

  boolean isOverdue(LocalDate today) {
    return outcome == null && !waiting && dueOn != null && dueOn.isBefore(today);
  }
}
