package dev.fairground.registration;

import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pure: which steps a registration allows, and to whom. */
final class RegistrationRules {
  private RegistrationRules() {}

  /**
   * What steps ask of a registration.
   *
   * @param registrantId who applied for it, operates the product or holds the resource; null where
   *     nobody is known
   * @param windowDays how long before the end it may be renewed; null where no rule says it
   */
  record Standing(
      UUID id,
      UUID registrarId,
      @Nullable UUID registrantId,
      Registration.State state,
      boolean disputed,
      LocalDate validUntil,
      @Nullable Integer windowDays) {}

  /** Whether the caller may take the step at all, whatever the state. */
  static boolean isFor(RegistrationAction action, Standing of, Viewer viewer) {
    return switch (action) {
      case REVOKE, MARK_DISPUTE, CLEAR_DISPUTE ->
          viewer.may(Scope.REGISTRATION_DECIDE, of.registrarId());
      case CORRECT -> viewer.rights().hold(Scope.REGISTRATION_WRITE);
      case RENEW, CHANGE, CANCEL ->
          of.registrantId() == null
              ? viewer.rights().hold(Scope.REGISTRATION_WRITE)
              : viewer.may(Scope.REGISTRATION_WRITE, of.registrantId());
    };
  }

  /** The steps that the state, the day and the caller's rights allow. */
  static Set<RegistrationAction> actions(Standing of, Viewer viewer, LocalDate today) {
    var actions = EnumSet.noneOf(RegistrationAction.class);
    for (var action : RegistrationAction.values()) {
      if (isFor(action, of, viewer) && fits(action, of, today)) {
        actions.add(action);
      }
    }
    return actions;
  }

  private static boolean fits(RegistrationAction action, Standing of, LocalDate today) {
    if (of.state() != Registration.State.VALID) {
      return false;
    }
    var valid = !today.isAfter(of.validUntil());
    return switch (action) {
      case REVOKE -> true;
      case MARK_DISPUTE -> !of.disputed();
      case CLEAR_DISPUTE -> of.disputed();
      case CHANGE, CORRECT, CANCEL -> valid;
      case RENEW ->
          valid
              && (of.windowDays() == null
                  || Validity.mayRenew(of.validUntil(), of.windowDays(), today));
    };
  }
}
