package dev.fairground.access;

import dev.fairground.access.AccessRequest.Level;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a request.
 *
 * @param number within the request, from 1
 * @param text what was said
 * @param level who was told, or whom it went to
 * @param dueOn what is due after it
 * @param decisionId what was decided by it
 */
record AccessRequestStep(
    UUID requestId,
    int number,
    Kind kind,
    OffsetDateTime at,
    LocalDate onDay,
    @Nullable UUID byOrganizationId,
    @Nullable String text,
    @Nullable Level level,
    @Nullable LocalDate dueOn,
    @Nullable UUID decisionId) {
  /** What can happen to it. */
  enum Kind {
    SUBMITTED,
    NOTICE,
    SUPPLEMENTED,
    RESUMED,
    EXTENDED,
    RECOUNTED,
    HELD,
    ESCALATED,
    REVIEW_ASKED,
    DECIDED,
    WITHDRAWN
  }
}
