package dev.fairground.contract;

import dev.fairground.contract.AccessGrant.EndKind;
import dev.fairground.contract.AccessGrant.Party;
import dev.fairground.contract.AccessGrant.Stand;
import dev.fairground.contract.AccessGrant.State;
import dev.fairground.contract.AccessGrant.Step;
import dev.fairground.contract.AccessGrant.Suspension;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The next version of a grant's state: as before, but for what a step changes. */
final class StandCopy {
  private final Stand before;
  private final Step step;
  private final Party by;
  private State state;
  private @Nullable String reason;
  private @Nullable Party suspendedBy;
  private @Nullable Suspension suspendedFor;
  private @Nullable LocalDate correctionDueOn;
  private @Nullable EndKind endKind;
  private @Nullable EndKind plannedEnd;
  private LocalDate endsOn;
  private @Nullable LocalDate endedOn;
  private @Nullable LocalDate signedByOperatorOn;
  private @Nullable LocalDate signedByHolderOn;
  private @Nullable Party endProposedBy;
  private @Nullable LocalDate endProposedOn;
  private @Nullable String endProposedReason;
  private @Nullable UUID replacementProductId;

  StandCopy(Stand before, Step step, Party by, @Nullable String reason) {
    this.before = before;
    this.step = step;
    this.by = by;
    this.reason = reason;
    this.state = before.state();
    this.suspendedBy = before.suspendedBy();
    this.suspendedFor = before.suspendedFor();
    this.correctionDueOn = before.correctionDueOn();
    this.endKind = before.endKind();
    this.plannedEnd = before.plannedEnd();
    this.endsOn = before.endsOn();
    this.endedOn = before.endedOn();
    this.signedByOperatorOn = before.signedByOperatorOn();
    this.signedByHolderOn = before.signedByHolderOn();
    this.endProposedBy = before.endProposedBy();
    this.endProposedOn = before.endProposedOn();
    this.endProposedReason = before.endProposedReason();
    this.replacementProductId = before.replacementProductId();
  }

  /** Signed by one side on a day; in use once both have. */
  StandCopy signed(Party side, LocalDate on) {
    if (side == Party.OPERATOR) {
      signedByOperatorOn = on;
    } else {
      signedByHolderOn = on;
    }
    if (signedByOperatorOn != null && signedByHolderOn != null) {
      state = State.ACTIVE;
    }
    return this;
  }

  StandCopy suspended(Party by, Suspension ground, @Nullable LocalDate correctBy) {
    state = State.SUSPENDED;
    suspendedBy = by;
    suspendedFor = ground;
    correctionDueOn = correctBy;
    return this;
  }

  StandCopy resumed() {
    state = State.ACTIVE;
    suspendedBy = null;
    suspendedFor = null;
    correctionDueOn = null;
    return this;
  }

  StandCopy proposed(Party side, LocalDate lastDay, @Nullable String why) {
    endProposedBy = side;
    endProposedOn = lastDay;
    endProposedReason = why;
    return this;
  }

  StandCopy withoutProposal() {
    endProposedBy = null;
    endProposedOn = null;
    endProposedReason = null;
    return this;
  }

  /** In use until an earlier day than that of its terms. */
  StandCopy until(LocalDate lastDay, EndKind kind) {
    endsOn = lastDay;
    plannedEnd = kind;
    return withoutProposal();
  }

  StandCopy replacedBy(@Nullable UUID product) {
    replacementProductId = product;
    return this;
  }

  /** For good; the last day of use is the day itself, or the one that was planned before it. */
  StandCopy ended(EndKind kind, LocalDate on) {
    state = State.ENDED;
    endKind = kind;
    endedOn = on;
    endsOn = endsOn.isBefore(on) ? endsOn : on;
    suspendedBy = null;
    suspendedFor = null;
    return withoutProposal();
  }

  Stand made() {
    return new Stand(
        before.version() + 1,
        before.validFrom(),
        state,
        reason,
        suspendedBy,
        suspendedFor,
        correctionDueOn,
        endKind,
        plannedEnd,
        endsOn,
        endedOn,
        before.signBy(),
        signedByOperatorOn,
        signedByHolderOn,
        endProposedBy,
        endProposedOn,
        endProposedReason,
        replacementProductId,
        step,
        by);
  }
}
