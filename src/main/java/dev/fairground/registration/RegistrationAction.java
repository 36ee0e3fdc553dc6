package dev.fairground.registration;

/** The steps that can be taken with a registration. */
enum RegistrationAction {
  /** Apply for a renewal. */
  RENEW,
  /** Apply for a change. */
  CHANGE,
  /** Apply for a correction. */
  CORRECT,
  /** Apply for a cancellation. */
  CANCEL,
  REVOKE,
  MARK_DISPUTE,
  CLEAR_DISPUTE
}
