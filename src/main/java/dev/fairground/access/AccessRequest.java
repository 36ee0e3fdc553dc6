package dev.fairground.access;

import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for access to a product, as it was handed in and as it stands.
 *
 * @param institutionId of the product's authorization on that day
 * @param scenarioClass the class of the scenario, or the class of purpose where it has none
 * @param quantity how much is wanted in all of the term, in the unit
 * @param policyVersion of the access policy by which it is judged; 0 for the basic policy
 * @param renewsGrantId the grant that it would go on from
 * @param level who was told of it last
 * @param lastDay of what somebody has to decide; {@link #WAITING} while that waits, {@link
 *     #NOTHING_DUE} where nothing is to be decided
 * @param noticed whether the one notice of what is missing was given
 * @param extended whether the days for the decision were extended
 * @param held whether its clock waits because the product or its authorization is suspended
 * @param escalationDueOn after which the data authority is told as well
 * @param reviewUntil last day to ask for a review of the refusal
 * @param reviewCode the jurisdiction whose data authority reviews; null for the institution
 */
record AccessRequest(
    UUID id,
    UUID operatorId,
    String number,
    UUID productId,
    int productVersion,
    UUID authorizationGrantId,
    UUID institutionId,
    String jurisdictionCode,
    UUID applicantId,
    @Nullable UUID scenarioId,
    String scenarioClass,
    String purposeClass,
    String useStatement,
    LocalDate startsOn,
    LocalDate endsOn,
    @Nullable String unit,
    @Nullable String unitText,
    @Nullable BigDecimal quantity,
    int policyVersion,
    int termsNumber,
    @Nullable UUID renewsGrantId,
    @Nullable String eligibility,
    OffsetDateTime submittedAt,
    LocalDate submittedOn,
    boolean demonstration,
    int version,
    State state,
    Level level,
    LocalDate lastDay,
    boolean noticed,
    boolean extended,
    boolean held,
    @Nullable LocalDate supplementDueOn,
    @Nullable LocalDate escalationDueOn,
    @Nullable LocalDate reviewUntil,
    @Nullable String reviewCode) {
  /** The prefix of requests' ids. */
  static final String PREFIX = "acr";

  /** The last day of a decision that waits for somebody else. */
  static final LocalDate WAITING = LocalDate.of(9999, 12, 30);

  /** The last day of nothing. */
  static final LocalDate NOTHING_DUE = LocalDate.of(9999, 12, 31);

  /** The rules that say how long things take. */
  static final String DECISION = "accessDecisionWd";

  static final String SUPPLEMENT = "accessSupplementWd";
  static final String ESCALATION = "accessEscalationWd";
  static final String REVIEW = "accessReviewWd";
  static final String REVIEW_ASK = "accessReviewAskDays";

  /** Where a request stands. */
  enum State {
    SUBMITTED,
    INCOMPLETE,
    GRANTED,
    REFUSED,
    UNDER_REVIEW,
    REFUSAL_UPHELD,
    WITHDRAWN;

    boolean isOpen() {
      return this == SUBMITTED || this == INCOMPLETE || this == UNDER_REVIEW;
    }
  }

  /** Who decides, or was told. */
  enum Level {
    OPERATOR,
    INSTITUTION,
    AUTHORITY
  }

  String globalId() {
    return Ids.write(PREFIX, id);
  }

  Period term() {
    return new Period(startsOn, endsOn);
  }

  /** The last day of what is to be decided; null where nothing is, or it waits. */
  @Nullable LocalDate dueOn() {
    return lastDay.isBefore(WAITING) ? lastDay : null;
  }

  boolean isOverdue(LocalDate today) {
    return today.isAfter(lastDay);
  }

  /** Whether what is to be decided waits for somebody else. */
  boolean isPaused() {
    return lastDay.equals(WAITING);
  }
}
