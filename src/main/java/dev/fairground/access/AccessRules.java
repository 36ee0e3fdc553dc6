package dev.fairground.access;

import dev.fairground.access.AccessRequest.State;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;

/** Pure: which steps a request's state and day allow, and to whom. */
final class AccessRules {
  private AccessRules() {}

  /** Whether the caller may take the step at all, whatever the request's state. */
  static boolean isFor(AccessAction action, Party party) {
    return switch (action) {
      case SUPPLEMENT, WITHDRAW, ASK_REVIEW -> party.applicant();
      case ASK_INFORMATION, EXTEND, DECIDE -> party.operator();
      case DECIDE_REVIEW -> party.reviewer();
    };
  }

  /** Whether the state and the day allow the step. */
  static boolean fits(AccessAction action, AccessRequest of, LocalDate today) {
    var state = of.state();
    return switch (action) {
      case ASK_INFORMATION ->
          state == State.SUBMITTED && !of.noticed() && !of.held() && !of.isOverdue(today);
      case EXTEND ->
          state == State.SUBMITTED && !of.extended() && !of.held() && !of.isOverdue(today);
      case SUPPLEMENT -> state == State.INCOMPLETE;
      case WITHDRAW -> state.isOpen();
      case DECIDE -> state == State.SUBMITTED;
      case ASK_REVIEW ->
          state == State.REFUSED && (of.reviewUntil() == null || !today.isAfter(of.reviewUntil()));
      case DECIDE_REVIEW -> state == State.UNDER_REVIEW;
    };
  }

  /** The steps that it allows the caller on a day. */
  static Set<AccessAction> actions(AccessRequest of, Party party, LocalDate today) {
    var actions = EnumSet.noneOf(AccessAction.class);
    for (var action : AccessAction.values()) {
      if (isFor(action, party) && fits(action, of, today)) {
        actions.add(action);
      }
    }
    return actions;
  }

  /** Why the step is not allowed, and what to do instead. */
  static String refusal(AccessAction action, AccessRequest of, LocalDate today) {
    if (of.state() == State.SUBMITTED) {
      if (of.held()) {
        return "Its clock waits, because the product or its authorization is suspended. Wait until it goes on, or decide.";
      }
      if (of.isOverdue(today)) {
        return "The decision was due on %s, and an overdue decision is neither paused nor extended. Decide."
            .formatted(of.dueOn());
      }
      if (action == AccessAction.ASK_INFORMATION && of.noticed()) {
        return "There was a notice of what is missing already, and there is one only. Decide on what there is.";
      }
      if (action == AccessAction.EXTEND && of.extended()) {
        return "The days for the decision were extended already, and that is done once. Decide.";
      }
    }
    if (action == AccessAction.DECIDE && of.state() == State.INCOMPLETE) {
      return "It waits for what the notice named, until %s. Decide when that came, or on the day after."
          .formatted(of.supplementDueOn());
    }
    if (action == AccessAction.ASK_REVIEW && of.state() == State.REFUSED) {
      return "A review could be asked for until %s. Apply again.".formatted(of.reviewUntil());
    }
    return "A request that is %s does not allow this step. Take one that it allows."
        .formatted(of.state());
  }

  /** The rule that refuses the step; null where it is only the state. */
  static @org.jspecify.annotations.Nullable String rule(AccessAction action, AccessRequest of) {
    return of.state() == State.SUBMITTED
            && (action == AccessAction.ASK_INFORMATION || action == AccessAction.EXTEND)
        ? "FA-12"
        : null;
  }
}
