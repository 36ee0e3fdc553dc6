package dev.fairground.fairaccess;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for access, with what was decided on it.
 *
 * @param state of the request: SUBMITTED, INCOMPLETE, GRANTED, REFUSED and so on
 * @param dueOn the last day of the decision; null where no day is known
 * @param waiting whether that day does not count now: the applicant supplements, or it is held
 * @param policyVersion the one that it is judged by, 0 for the basic one
 * @param policies that one and those that were published later, as far as they are kept
 * @param permit what the authorization says of its scenario
 * @param renewed the use of the grant that it renews; null where it renews none
 */
public record RequestFacts(
    String subject,
    String jurisdictionCode,
    String number,
    String productId,
    String state,
    LocalDate submittedOn,
    @Nullable LocalDate dueOn,
    boolean waiting,
    int extensions,
    List<Notice> notices,
    int policyVersion,
    List<StatedPolicy> policies,
    @Nullable Permit permit,
    List<Decision> decisions,
    @Nullable Use renewed)
    implements Facts {

  /**
   * That something is missing.
   *
   * @param supplementedOn when the applicant handed it in; null where it has not
   * @param dueOn until when it has time; null where nobody said
   */
  public record Notice(
      LocalDate givenOn, @Nullable LocalDate supplementedOn, @Nullable LocalDate dueOn) {}

  /**
   * What an authorization says of a scenario.
   *
   * @param scenarioId null where only a class of use was named
   * @param allowed whether it is in the authorization's list, or ruled out by it; null where the
   *     list has it in neither way
   * @param listsScenarios whether the authorization says which scenarios it allows
   */
  public record Permit(
      String authorizationId,
      String number,
      String mode,
      @Nullable String scenarioId,
      @Nullable Boolean allowed,
      boolean listsScenarios) {}

  /**
   * A decision.
   *
   * @param outcome APPROVED, REFUSED, UPHELD or OVERTURNED
   * @param onTime null where no day was due
   */
  public record Decision(
      String id, String outcome, LocalDate on, @Nullable Boolean onTime, List<Given> reasons) {}

  /** A reason of a refusal. */
  public record Given(
      String code,
      @Nullable String document,
      @Nullable String clause,
      @Nullable String explanation,
      @Nullable String curableBy) {}

  /**
   * The use that was reported of a grant.
   *
   * @param active when it could be used: from day to day, both included
   */
  public record Use(String grantId, List<Span> active, List<Month> months) {}

  /**
   * Days on which a grant was active.
   *
   * @param to null where it is so still
   */
  public record Span(LocalDate from, @Nullable LocalDate to) {}

  /**
   * What was reported of a month; its records outside of what was given are counted.
   *
   * @param on its first day
   */
  public record Month(
      LocalDate on,
      boolean used,
      boolean billed,
      int outsideTerm,
      int whileSuspended,
      int outsideScenario,
      int overVolume,
      int otherResource,
      int billedOtherwise) {}
}
