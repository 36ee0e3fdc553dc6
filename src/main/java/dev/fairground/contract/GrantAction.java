package dev.fairground.contract;

/** The steps that can be taken with an access grant. */
enum GrantAction {
  SIGN,
  SUSPEND,
  RESUME,
  END,
  PROPOSE_END,
  ACCEPT_END,
  DROP_END
}
