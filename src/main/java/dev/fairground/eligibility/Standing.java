package dev.fairground.eligibility;

/** What the checks of an ask come to. */
public enum Standing {
  /** Every check that concerns it passes. */
  ELIGIBLE,
  /** A check stands against it: a rule or a published condition is not kept, by certain facts. */
  NOT_ELIGIBLE,
  /** Nothing stands against it, but a fact is missing or people have to look. */
  DEPENDS
}
