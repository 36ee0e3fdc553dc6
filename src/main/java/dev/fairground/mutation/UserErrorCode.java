package dev.fairground.mutation;

/** The kinds of what stands against a change; new values may come. */
public enum UserErrorCode {
  /** A value has not the form it must have. */
  INVALID,
  /** A value is missing. */
  REQUIRED,
  /** There is no such object, or none that the caller may see. */
  NOT_FOUND,
  /** The object may be seen, but not changed, by this caller. */
  FORBIDDEN,
  /** There is one already. */
  ALREADY_EXISTS,
  /** The object was changed since it was read. */
  VERSION_CONFLICT,
  /** The idempotency key was used for another input. */
  IDEMPOTENCY_MISMATCH,
  /** The object's state does not allow this step. */
  STATE_TRANSITION,
  /** The public data or the use is not within the authorization. */
  OUTSIDE_SCOPE,
  /** What it rests on is not in force. */
  NOT_IN_FORCE,
  /** A reason is missing. */
  REASON_REQUIRED,
  /** There would be more than is allowed. */
  QUOTA,
  /** A fair-access check stands against it. */
  CHECK_FAILED,
  /** Terms differ from the standard ones, or from those of like holders, without a reason. */
  UNEQUAL_TERMS,
  /** The file cannot be read as what it is said to be. */
  UNREADABLE_FILE
}
