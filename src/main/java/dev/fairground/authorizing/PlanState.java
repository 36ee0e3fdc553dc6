package dev.fairground.authorizing;

/** Where a plan stands, in the order of its life. */
enum PlanState {
  PLAN_DRAFT,
  PLAN_APPROVED,
  PLAN_FILED,
  SELECTING,
  CONCLUDED,
  WITHDRAWN
}
