package dev.fairground.authorizing;

/**
 * What a caller is to a plan or an authorization.
 *
 * @param institution whether it acts for the institution
 * @param authority whether it acts for a data authority of the jurisdiction
 * @param operator whether it acts for the operator
 */
record Party(boolean institution, boolean authority, boolean operator) {
  /** The server itself, which ends what is over. */
  static final Party NOBODY = new Party(false, false, false);
}
