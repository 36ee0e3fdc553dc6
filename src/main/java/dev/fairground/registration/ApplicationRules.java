package dev.fairground.registration;

import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.registration.RegistrationApplication.State;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** Pure: which steps an application's state and day allow, and to whom. */
final class ApplicationRules {
  private ApplicationRules() {}

  /** Whether the caller may take the step at all, whatever the application's state. */
  static boolean isFor(ApplicationAction action, RegistrationApplication of, Viewer viewer) {
    return switch (action) {
      case UPDATE, SUBMIT, WITHDRAW -> viewer.may(Scope.REGISTRATION_WRITE, of.applicantId());
      default -> viewer.may(Scope.REGISTRATION_DECIDE, of.registrarId());
    };
  }

  /** The steps that the application's state and the caller's rights allow on a day. */
  static Set<ApplicationAction> actions(
      RegistrationApplication of, Viewer viewer, LocalDate today) {
    var actions = EnumSet.noneOf(ApplicationAction.class);
    for (var action : ApplicationAction.values()) {
      if (isFor(action, of, viewer) && fits(action, of, today)) {
        actions.add(action);
      }
    }
    return actions;
  }

  /** Whether the state and the day allow the step. */
  static boolean fits(ApplicationAction action, RegistrationApplication of, LocalDate today) {
    var state = of.state();
    return switch (action) {
      case UPDATE, SUBMIT -> state == State.DRAFT || state == State.SUPPLEMENT_REQUIRED;
      case WITHDRAW ->
          state == State.DRAFT
              || state == State.SUBMITTED
              || state == State.SUPPLEMENT_REQUIRED
              || state == State.ACCEPTED
              || state == State.IN_PUBLICITY;
      case REQUEST_SUPPLEMENT -> state == State.SUBMITTED && of.supplement() == null;
      case ACCEPT, REFUSE_ACCEPTANCE -> state == State.SUBMITTED;
      case PASS_REVIEW, FAIL_REVIEW ->
          state == State.ACCEPTED && (!of.isOverdue(today) || of.delayReason() != null);
      case EXPLAIN_DELAY ->
          state == State.ACCEPTED && of.isOverdue(today) && of.delayReason() == null;
      case DECIDE_OBJECTION -> state == State.OBJECTED;
      case CODE ->
          state == State.IN_PUBLICITY
              && today.isAfter(Objects.requireNonNull(of.publicityEndsOn()));
    };
  }

  /** Why the step is not allowed, and what to do instead. */
  static String refusal(ApplicationAction action, RegistrationApplication of, LocalDate today) {
    var state = of.state();
    if (action == ApplicationAction.REQUEST_SUPPLEMENT && state == State.SUBMITTED) {
      return "There was a notice of what is missing already, and there is one only. Accept the application, or refuse it with reasons.";
    }
    if (state == State.ACCEPTED && of.isOverdue(today)) {
      return "The review was due on %s. Tell the reason for the delay first.".formatted(of.dueOn());
    }
    if (action == ApplicationAction.CODE && state == State.IN_PUBLICITY) {
      return "Its publicity lasts until the end of %s. Give the code from the next day on."
          .formatted(of.publicityEndsOn());
    }
    return "An application that is %s does not allow this step. Take one that it allows first."
        .formatted(state);
  }
}
