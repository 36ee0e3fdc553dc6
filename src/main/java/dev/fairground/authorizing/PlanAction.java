package dev.fairground.authorizing;

/** The steps that can be taken with a plan. */
enum PlanAction {
  UPDATE,
  DECIDE,
  FILE,
  OPEN_SELECTION,
  ANNOUNCE_CANDIDATE,
  WITHDRAW
}
