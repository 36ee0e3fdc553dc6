package dev.fairground.contract;

import dev.fairground.contract.AccessGrant.EndKind;
import dev.fairground.contract.AccessGrant.Party;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where a grant stands in the words of the Dataspace Protocol; docs/access-grants.md has the table.
 *
 * @param transfer null before both sides have signed
 */
record Dataspace(Negotiation negotiation, @Nullable Transfer transfer) {
  /** States of a contract negotiation. */
  enum Negotiation {
    AGREED,
    VERIFIED,
    FINALIZED,
    TERMINATED
  }

  /** States of a transfer process. */
  enum Transfer {
    REQUESTED,
    STARTED,
    SUSPENDED,
    COMPLETED,
    TERMINATED
  }

  /** Pure. */
  static Dataspace of(AccessGrant grant, LocalDate today) {
    var stand = grant.stand();
    var signed = stand.isSignedBy(Party.HOLDER) && stand.isSignedBy(Party.OPERATOR);
    return switch (stand.state()) {
      case AWAITING_SIGNATURE ->
          new Dataspace(
              stand.isSignedBy(Party.HOLDER) ? Negotiation.VERIFIED : Negotiation.AGREED, null);
      case ACTIVE ->
          new Dataspace(
              Negotiation.FINALIZED,
              today.isBefore(grant.startsOn()) ? Transfer.REQUESTED : Transfer.STARTED);
      case SUSPENDED -> new Dataspace(Negotiation.FINALIZED, Transfer.SUSPENDED);
      case ENDED ->
          signed
              ? new Dataspace(
                  Negotiation.FINALIZED,
                  stand.endKind() == EndKind.BREACH || stand.endKind() == EndKind.SECURITY
                      ? Transfer.TERMINATED
                      : Transfer.COMPLETED)
              : new Dataspace(Negotiation.TERMINATED, null);
    };
  }
}
