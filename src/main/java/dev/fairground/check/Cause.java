package dev.fairground.check;

/** Why checks were run. */
public enum Cause {
  /** Entries are published, or would be. */
  PUBLISH,
  /** A price, a ceiling or a cap changed, or would. */
  PRICE_CHANGE,
  /** An authorization's scope, term or state changed. */
  SCOPE_CHANGE,
  /** A registration changed. */
  REGISTRATION_CHANGE,
  /** A link between organizations, or a declaration, changed. */
  DECLARATION,
  /** A request for access was decided, or would be. */
  ACCESS_DECISION,
  /** An access grant was given, or changed, or would be. */
  ACCESS_GRANT,
  /** Use was reported. */
  USAGE,
  /** A new rule set came into force. */
  RULE_CHANGE,
  /** A product's access policy began, or another was published. */
  POLICY_CHANGE,
  /** The sweep of the day. */
  SWEEP,
  /** Somebody asked for it. */
  REQUEST
}
