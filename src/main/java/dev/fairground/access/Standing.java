package dev.fairground.access;

import dev.fairground.access.AccessRequest.Level;
import dev.fairground.access.AccessRequest.State;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where a request is to stand: what its next version holds. Immutable; each method gives another
 * one.
 */
record Standing(
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

  static Standing submitted(@Nullable LocalDate dueOn) {
    return new Standing(
        State.SUBMITTED, Level.OPERATOR, due(dueOn), false, false, false, null, null, null, null);
  }

  static Standing of(AccessRequest request) {
    return new Standing(
        request.state(),
        request.level(),
        request.lastDay(),
        request.noticed(),
        request.extended(),
        request.held(),
        request.supplementDueOn(),
        request.escalationDueOn(),
        request.reviewUntil(),
        request.reviewCode());
  }

  private static LocalDate due(@Nullable LocalDate dueOn) {
    return dueOn == null ? AccessRequest.NOTHING_DUE : dueOn;
  }

  /** In another state, with what is due in it; null for nothing. */
  Standing in(State next, @Nullable LocalDate dueOn) {
    return new Standing(
        next,
        level,
        due(dueOn),
        noticed,
        extended,
        held && next == State.SUBMITTED,
        supplementDueOn,
        escalationDueOn,
        reviewUntil,
        reviewCode);
  }

  /** The one notice was given: the decision waits for the applicant. */
  Standing asked(@Nullable LocalDate until) {
    return new Standing(
        State.INCOMPLETE,
        level,
        AccessRequest.WAITING,
        true,
        extended,
        held,
        until,
        escalationDueOn,
        reviewUntil,
        reviewCode);
  }

  Standing extendedTo(@Nullable LocalDate dueOn) {
    return new Standing(
        state,
        level,
        due(dueOn),
        noticed,
        true,
        held,
        supplementDueOn,
        escalationDueOn,
        reviewUntil,
        reviewCode);
  }

  /** Its clock waits, or does so no more. */
  Standing held(boolean now, @Nullable LocalDate dueOn) {
    return new Standing(
        state,
        level,
        now ? AccessRequest.WAITING : due(dueOn),
        noticed,
        extended,
        now,
        supplementDueOn,
        escalationDueOn,
        reviewUntil,
        reviewCode);
  }

  /** Somebody above was told of it. */
  Standing escalated(Level to, @Nullable LocalDate until) {
    return new Standing(
        state,
        to,
        lastDay,
        noticed,
        extended,
        held,
        supplementDueOn,
        until,
        reviewUntil,
        reviewCode);
  }

  Standing refused(@Nullable LocalDate until, @Nullable String reviewedIn) {
    return new Standing(
        State.REFUSED,
        level,
        AccessRequest.NOTHING_DUE,
        noticed,
        extended,
        false,
        supplementDueOn,
        escalationDueOn,
        until,
        reviewedIn);
  }

  /** The applicant asked for the review. */
  Standing reviewed(Level by, @Nullable String reviewedIn, @Nullable LocalDate dueOn) {
    return new Standing(
        State.UNDER_REVIEW,
        by,
        due(dueOn),
        noticed,
        extended,
        false,
        supplementDueOn,
        escalationDueOn,
        reviewUntil,
        reviewedIn);
  }
}
