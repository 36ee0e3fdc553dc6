package dev.fairground.registration;

import dev.fairground.kernel.Ids;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An application for registration, on its way from its applicant to a code.
 *
 * @param registrationId what is to be changed, corrected, cancelled or renewed; what came of a
 *     first registration
 * @param jurisdictionCode the registrar's; its rules say the clocks
 * @param content the blocks of the form
 * @param request what its kind needs besides
 * @param supplement what the one notice said is missing; null before there was one
 * @param dueOn when the clock ends that runs for it; {@link #NOTHING_DUE} where none runs
 * @param codeByItself whether the server gives the code when publicity is over
 */
record RegistrationApplication(
    UUID id,
    Registration.Kind kind,
    Registration.Subject subjectKind,
    @Nullable UUID resourceId,
    @Nullable UUID operatorId,
    @Nullable UUID productId,
    @Nullable UUID registrationId,
    UUID applicantId,
    List<UUID> jointApplicantIds,
    UUID registrarId,
    String jurisdictionCode,
    @Nullable LocalDate providedOn,
    boolean late,
    JsonObject content,
    JsonObject request,
    int version,
    State state,
    @Nullable String stateReason,
    @Nullable List<RegistrationGap> supplement,
    @Nullable OffsetDateTime supplementAt,
    LocalDate dueOn,
    @Nullable String delayReason,
    boolean codeByItself,
    @Nullable LocalDate publicityEndsOn,
    @Nullable OffsetDateTime submittedAt,
    @Nullable String submittedBy,
    @Nullable LocalDate acceptedOn,
    OffsetDateTime createdAt,
    String createdBy,
    OffsetDateTime updatedAt,
    String updatedBy) {
  /** The prefix of applications' ids. */
  static final String PREFIX = "rapp";

  /** The last day of nothing. */
  static final LocalDate NOTHING_DUE = LocalDate.of(9999, 12, 31);

  /** Where an application stands. */
  enum State {
    DRAFT,
    SUBMITTED,
    SUPPLEMENT_REQUIRED,
    NOT_ACCEPTED,
    ACCEPTED,
    REJECTED,
    IN_PUBLICITY,
    OBJECTED,
    TERMINATED,
    CODED,
    DEREGISTERED,
    WITHDRAWN
  }

  String globalId() {
    return Ids.write(PREFIX, id);
  }

  /** The resource or the product. */
  UUID subjectId() {
    return java.util.Objects.requireNonNull(productId != null ? productId : resourceId);
  }

  boolean isOverdue(LocalDate today) {
    return today.isAfter(dueOn);
  }
}
