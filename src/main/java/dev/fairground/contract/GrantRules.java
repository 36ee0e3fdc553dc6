package dev.fairground.contract;

import dev.fairground.contract.AccessGrant.EndKind;
import dev.fairground.contract.AccessGrant.Party;
import dev.fairground.contract.AccessGrant.Stand;
import dev.fairground.contract.AccessGrant.State;
import dev.fairground.contract.AccessGrant.Suspension;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pure: which steps a grant's state and the day allow, and to whom. */
final class GrantRules {
  private GrantRules() {}

  /**
   * As what the caller may act with a grant; mostly as one at most.
   *
   * @param supervised whether a data authority of its jurisdiction, or of one above, reviews by
   *     these credentials
   */
  static Set<Party> parties(AccessGrant of, Viewer viewer, boolean supervised) {
    var parties = EnumSet.noneOf(Party.class);
    if (viewer.may(Scope.REQUEST_WRITE, of.holderId())) {
      parties.add(Party.HOLDER);
    }
    if (viewer.may(Scope.REQUEST_DECIDE, of.operatorId())) {
      parties.add(Party.OPERATOR);
    }
    if (viewer.may(Scope.REQUEST_REVIEW, of.institutionId())) {
      parties.add(Party.INSTITUTION);
    }
    if (supervised) {
      parties.add(Party.AUTHORITY);
    }
    return parties;
  }

  /** Whether a party may ever take the step. */
  static boolean isFor(GrantAction action, Party party) {
    return switch (action) {
      case SIGN, PROPOSE_END, ACCEPT_END, DROP_END ->
          party == Party.OPERATOR || party == Party.HOLDER;
      case SUSPEND, RESUME, END -> party != Party.SERVER;
    };
  }

  /** The steps that one of the parties may take on a day. */
  static Set<GrantAction> actions(Stand stand, Collection<Party> parties, LocalDate today) {
    var actions = EnumSet.noneOf(GrantAction.class);
    for (var action : GrantAction.values()) {
      if (party(action, stand, parties, today) != null) {
        actions.add(action);
      }
    }
    return actions;
  }

  /** As what the step is taken, the highest first; null where none of the parties may now. */
  static @Nullable Party party(
      GrantAction action, Stand stand, Collection<Party> parties, LocalDate today) {
    Party found = null;
    for (var party : parties) {
      if (isFor(action, party)
          && fits(action, stand, party, today)
          && (found == null || party.compareTo(found) > 0)) {
        found = party;
      }
    }
    return found;
  }

  /** Whether the state and the day allow a party the step. */
  static boolean fits(GrantAction action, Stand stand, Party party, LocalDate today) {
    if (stand.state() == State.ENDED || today.isAfter(stand.endsOn())) {
      return false;
    }
    return switch (action) {
      case SIGN ->
          stand.state() == State.AWAITING_SIGNATURE
              && !stand.isSignedBy(party)
              && (stand.signBy() == null || !today.isAfter(stand.signBy()));
      case SUSPEND ->
          stand.state() == State.ACTIVE
              || stand.state() == State.SUSPENDED
                  && stand.suspendedBy() != null
                  && party.compareTo(stand.suspendedBy()) > 0;
      case RESUME -> stand.state() == State.SUSPENDED && mayResume(stand.suspendedBy(), party);
      case END -> !ends(stand, party, today).isEmpty();
      case PROPOSE_END ->
          isSigned(stand) && (stand.endProposedBy() == null || stand.endProposedBy() == party);
      case ACCEPT_END -> stand.endProposedBy() != null && stand.endProposedBy() != party;
      case DROP_END -> stand.endProposedBy() != null;
    };
  }

  private static boolean isSigned(Stand stand) {
    return stand.state() == State.ACTIVE || stand.state() == State.SUSPENDED;
  }

  /** Who suspended it, or who stands above; a pause of the holder is the holder's alone. */
  private static boolean mayResume(@Nullable Party suspendedBy, Party party) {
    return switch (suspendedBy) {
      case null -> false;
      case HOLDER -> party == Party.HOLDER;
      case OPERATOR, INSTITUTION, AUTHORITY -> party.compareTo(suspendedBy) >= 0;
      case SERVER -> party != Party.HOLDER;
    };
  }

  /** Why a party may end it on a day, by itself; days of notice are another matter. */
  static Set<EndKind> ends(Stand stand, Party party, LocalDate today) {
    var ends = EnumSet.noneOf(EndKind.class);
    if (stand.state() == State.ENDED || today.isAfter(stand.endsOn())) {
      return ends;
    }
    switch (party) {
      case HOLDER -> ends.add(EndKind.BY_HOLDER);
      case OPERATOR -> {
        ends.add(EndKind.SECURITY);
        if (isSigned(stand)) {
          ends.add(EndKind.PRODUCT_EXIT);
          ends.add(EndKind.AUTHORIZATION_EXIT);
        }
      }
      case INSTITUTION, AUTHORITY -> ends.add(EndKind.SECURITY);
      case SERVER -> {}
    }
    if (party != Party.HOLDER && party != Party.SERVER && isUncorrected(stand, today)) {
      ends.add(EndKind.BREACH);
    }
    return ends;
  }

  /** Whether misuse was not put right until the day that was named when it was suspended. */
  static boolean isUncorrected(Stand stand, LocalDate today) {
    return stand.state() == State.SUSPENDED
        && stand.suspendedFor() == Suspension.MISUSE
        && stand.correctionDueOn() != null
        && today.isAfter(stand.correctionDueOn());
  }

  /** For what a party may suspend it. */
  static Set<Suspension> suspensions(Party party) {
    return switch (party) {
      case HOLDER -> EnumSet.of(Suspension.PAUSE);
      case OPERATOR -> EnumSet.of(Suspension.MISUSE, Suspension.SECURITY);
      case INSTITUTION, AUTHORITY ->
          EnumSet.of(Suspension.MISUSE, Suspension.SECURITY, Suspension.ORDER);
      case SERVER -> EnumSet.noneOf(Suspension.class);
    };
  }

  /** Why the step is not allowed, and what to do instead. */
  static String refusal(
      GrantAction action, Stand stand, Collection<Party> parties, LocalDate today) {
    if (stand.state() == State.ENDED) {
      return "The grant has ended, for good. New access needs a new request.";
    }
    if (today.isAfter(stand.endsOn())) {
      return "Its last day was %s. New access needs a new request.".formatted(stand.endsOn());
    }
    return switch (action) {
      case SIGN -> {
        if (stand.state() != State.AWAITING_SIGNATURE) {
          yield "Both sides have signed it already. There is nothing left to sign.";
        }
        if (parties.stream().anyMatch(stand::isSignedBy)) {
          yield "Your side has signed it already. It waits for the other one.";
        }
        yield "It could be signed until %s. New access needs a new request."
            .formatted(stand.signBy());
      }
      case SUSPEND ->
          stand.state() == State.SUSPENDED
              ? "It is suspended already, by its %s.".formatted(word(stand.suspendedBy()))
              : "It is not in use before both sides have signed it. End it, or wait.";
      case RESUME ->
          stand.state() == State.SUSPENDED
              ? "It was suspended by its %s, who resumes it, or who stands above."
                  .formatted(word(stand.suspendedBy()))
              : "It is not suspended.";
      case END -> "A grant that is %s does not allow this step to you.".formatted(stand.state());
      case PROPOSE_END ->
          stand.endProposedBy() == null
              ? "It is not in use yet. Its holder may give it up, or both let it lapse."
              : "The other side has proposed %s. Accept it or turn it down first."
                  .formatted(stand.endProposedOn());
      case ACCEPT_END, DROP_END ->
          stand.endProposedBy() == null
              ? "Nobody has proposed an end. Propose one."
              : "Your own side has proposed it. The other one accepts it.";
    };
  }

  private static String word(@Nullable Party party) {
    return switch (party) {
      case HOLDER -> "holder";
      case OPERATOR -> "operator";
      case INSTITUTION -> "institution";
      case AUTHORITY -> "data authority";
      case SERVER -> "server";
      case null -> "server";
    };
  }
}
