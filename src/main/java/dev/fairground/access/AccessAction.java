package dev.fairground.access;

/** The steps that can be taken with a request for access. */
enum AccessAction {
  ASK_INFORMATION,
  SUPPLEMENT,
  WITHDRAW,
  EXTEND,
  DECIDE,
  ASK_REVIEW,
  DECIDE_REVIEW
}
