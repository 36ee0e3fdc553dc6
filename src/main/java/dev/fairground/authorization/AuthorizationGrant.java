package dev.fairground.authorization;

import dev.fairground.kernel.Period;
import dev.fairground.kernel.Text;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of an operator's authorization.
 *
 * @param number never changes
 * @param term the days on which it may be used; null until they are agreed
 * @param demonstration made up to show the market; no source says it
 * @param publicity the days on which the candidate was public
 * @param bidders how many took part in the selection
 * @param exclusive whether nobody else gets the same; null where nobody said
 * @param correctionDueOn the day by which what led to a suspension is to be put right
 * @param exitsOn the last day, after notice was given
 * @param newAccessUntil the last day on which new access to its products may be given; null while
 *     its term alone says so
 */
public record AuthorizationGrant(
    UUID id,
    int version,
    OffsetDateTime validFrom,
    String number,
    UUID institutionId,
    UUID operatorId,
    String jurisdictionCode,
    Text title,
    Mode mode,
    @Nullable String modeText,
    State state,
    @Nullable String stateReason,
    @Nullable Period term,
    @Nullable String termReason,
    List<String> fields,
    List<String> regionCodes,
    @Nullable String content,
    @Nullable String exitTerms,
    @Nullable String securityDuties,
    @Nullable String selectionMethod,
    @Nullable String agreementNumber,
    @Nullable LocalDate filedOn,
    @Nullable LocalDate disclosedOn,
    @Nullable String source,
    boolean demonstration,
    @Nullable String selectionBasis,
    @Nullable Period publicity,
    @Nullable Integer bidders,
    @Nullable Boolean exclusive,
    @Nullable String exclusiveReason,
    @Nullable String fairCompetitionReview,
    @Nullable String decisionRecord,
    @Nullable LocalDate signedOn,
    @Nullable String filingNumber,
    @Nullable LocalDate correctionDueOn,
    @Nullable LocalDate exitNoticeOn,
    @Nullable LocalDate exitsOn,
    @Nullable String endKind,
    @Nullable LocalDate endedOn,
    @Nullable LocalDate newAccessUntil) {

  /** How the scope is drawn. */
  public enum Mode {
    OVERALL,
    BY_FIELD,
    BY_SCENARIO,
    OTHER
  }

  /** Where it stands, in the order of its life. */
  public enum State {
    PLAN_DRAFT,
    PLAN_APPROVED,
    PLAN_FILED,
    SELECTING,
    CANDIDATE_PUBLICITY,
    AGREED,
    ACTIVE,
    SUSPENDED,
    EXITING,
    ENDED
  }
}
