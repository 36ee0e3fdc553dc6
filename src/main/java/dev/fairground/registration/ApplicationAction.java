package dev.fairground.registration;

/** The steps that can be taken with an application. */
enum ApplicationAction {
  UPDATE,
  SUBMIT,
  WITHDRAW,
  REQUEST_SUPPLEMENT,
  ACCEPT,
  REFUSE_ACCEPTANCE,
  PASS_REVIEW,
  FAIL_REVIEW,
  EXPLAIN_DELAY,
  DECIDE_OBJECTION,
  CODE
}
