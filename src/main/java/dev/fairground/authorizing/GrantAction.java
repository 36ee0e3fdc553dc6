package dev.fairground.authorizing;

/** The steps that can be taken with an authorization. */
enum GrantAction {
  SIGN,
  FILE,
  AMEND,
  SUSPEND,
  RESUME,
  GIVE_EXIT_NOTICE,
  END
}
