package dev.fairground.draft;

/** The steps that can be taken with a published product. */
enum ProductAction {
  /** Make a draft of it. */
  DRAFT,
  SUSPEND,
  RESUME,
  DELIST
}
