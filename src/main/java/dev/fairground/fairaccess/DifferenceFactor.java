package dev.fairground.fairaccess;

/**
 * For which reasons like applicants may be given different terms: the closed list, after the
 * provisions on abuse of dominance, article 19. Each has to be in the access policy before it is
 * used.
 */
public enum DifferenceFactor {
  /** How much is taken. */
  SCALE,
  /** For how long it is taken. */
  TERM,
  /** How safe the dealing is, by a record of credit with its source. */
  CREDIT,
  /** What delivery costs. */
  DELIVERY_COST,
  /** What the security of the data asks for. */
  SECURITY_LEVEL,
  /** At which stage of trade the holder stands. */
  TRADE_STAGE,
  /** A discount that a law or a public body grants. */
  STATUTORY_DISCOUNT,
  /** A scenario that a public body named as one to be furthered. */
  KEY_SCENARIO,
  /** A public policy for small and micro enterprises. */
  SMALL_FIRM,
  /** A first offer for a new user within a fair time. */
  NEW_USER_TRIAL
}
