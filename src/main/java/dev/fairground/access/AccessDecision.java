package dev.fairground.access;

import dev.fairground.access.AccessRequest.Level;
import dev.fairground.clock.Finished;
import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.graphql.Write;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision on a request, or on the review of its refusal.
 *
 * @param dueOn until when it was due
 * @param onTime whether it came by then; null where no clock ran
 * @param workingDays on which its clock ran, pauses left out; null where no calendar says it
 * @param policyVersion by which it was judged
 */
record AccessDecision(
    UUID id,
    UUID requestId,
    Level level,
    Outcome outcome,
    UUID decidedById,
    OffsetDateTime decidedAt,
    LocalDate decidedOn,
    @Nullable LocalDate dueOn,
    @Nullable Boolean onTime,
    @Nullable Integer workingDays,
    @Nullable Integer policyVersion,
    @Nullable String text) {
  /** The prefix of decisions' ids. */
  static final String PREFIX = "acd";

  /**
   * One that is made now.
   *
   * @param finished the clock that it ended
   */
  static AccessDecision of(
      Write write,
      AccessRequest of,
      Level level,
      Outcome outcome,
      UUID by,
      @Nullable Finished finished,
      @Nullable Integer policyVersion,
      @Nullable String text) {
    return new AccessDecision(
        UUID.randomUUID(),
        of.id(),
        level,
        outcome,
        by,
        AccessRequests.now(write),
        write.moment().day(),
        finished == null ? null : finished.dueOn(),
        finished == null ? null : finished.onTime(),
        finished == null ? null : finished.days(),
        policyVersion,
        text);
  }

  /** What was decided: the first two by operators, the others on review. */
  enum Outcome {
    APPROVED,
    REFUSED,
    UPHELD,
    OVERTURNED
  }

  /**
   * Why a request was refused.
   *
   * @param document that it rests on
   * @param curableBy what the applicant could do about it
   */
  record Reason(
      UUID decisionId,
      int position,
      RefusalReasonCode code,
      @Nullable String document,
      @Nullable String clause,
      String explanation,
      @Nullable String curableBy) {}
}
