package dev.fairground.draft;

/** The steps that can be taken with a draft. */
enum DraftAction {
  UPDATE,
  DISCARD,
  SUBMIT,
  WITHDRAW,
  REVIEW,
  CONFIRM,
  PUBLISH
}
