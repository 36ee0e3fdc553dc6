package dev.fairground.policy;

import org.jspecify.annotations.Nullable;

/**
 * In what a version of an access policy differs from what held before it.
 *
 * @param code of the condition, the reason or the factor; null for what a policy has only one of
 * @param before as it was, in words; null for what is new
 * @param after as it is; null for what is gone
 */
record PolicyDifference(
    Part part,
    @Nullable String code,
    Direction direction,
    @Nullable String before,
    @Nullable String after) {
  /** What differs. */
  enum Part {
    /** A condition. */
    CONDITION,
    /** A reason for which requests may be refused. */
    REASON,
    /** A reason for which terms may differ. */
    DIFFERENCE_FACTOR,
    /** How many working days a decision may take. */
    DECISION_DAYS,
    /** The least that is given. */
    MINIMUM_QUANTITY,
    /** The deposit. */
    DEPOSIT,
    /** Within how many days is paid. */
    PAYMENT_DAYS,
    /** The standard terms. */
    TERMS
  }

  /** What a difference means for those who apply. */
  enum Direction {
    /** Less is asked of them, or more is given. */
    LOOSER,
    /** Nothing changes for them. */
    NEUTRAL,
    /** Other words for the same, as the operator says. */
    EDITORIAL,
    /** More is asked of them, or it is not certain that it is not. */
    TIGHTER
  }
}
