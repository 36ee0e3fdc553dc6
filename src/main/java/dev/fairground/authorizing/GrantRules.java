package dev.fairground.authorizing;

import dev.fairground.authorization.AuthorizationGrant.State;
import java.util.EnumSet;
import java.util.Set;

/**
 * The life of an authorization from its candidate on (Specification, 12 to 14; exits after local
 * rules). Pure.
 */
final class GrantRules {
  private GrantRules() {}

  /**
   * What the steps depend on.
   *
   * @param byAuthority whether a data authority suspended it, which then lifts it, too
   */
  record Standing(State state, boolean byAuthority) {}

  /** Whether the caller may take the step at all, wherever the authorization stands. */
  static boolean isFor(GrantAction action, Party party) {
    return switch (action) {
      case SIGN, AMEND -> party.institution();
      case FILE -> party.authority();
      case SUSPEND, RESUME, END -> party.institution() || party.authority();
      case GIVE_EXIT_NOTICE -> party.institution() || party.operator();
    };
  }

  /** Whether it stands so that this caller's step can be taken. */
  static boolean fits(GrantAction action, Standing standing, Party party) {
    var state = standing.state();
    return switch (action) {
      case SIGN -> state == State.CANDIDATE_PUBLICITY;
      case FILE -> state == State.AGREED;
      case AMEND -> state == State.ACTIVE || state == State.SUSPENDED;
      case SUSPEND -> state == State.ACTIVE || state == State.EXITING;
      case RESUME -> state == State.SUSPENDED && (!standing.byAuthority() || party.authority());
      case GIVE_EXIT_NOTICE -> state == State.ACTIVE;
      // A data authority revokes what was in use; what never was is the institution's to end.
      case END ->
          (state == State.CANDIDATE_PUBLICITY || state == State.AGREED) && party.institution()
              || state == State.ACTIVE
              || state == State.SUSPENDED
              || state == State.EXITING;
    };
  }

  /** The steps that it allows the caller. */
  static Set<GrantAction> actions(Standing standing, Party party) {
    var actions = EnumSet.noneOf(GrantAction.class);
    for (var action : GrantAction.values()) {
      if (isFor(action, party) && fits(action, standing, party)) {
        actions.add(action);
      }
    }
    return actions;
  }
}
