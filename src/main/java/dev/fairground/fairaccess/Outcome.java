package dev.fairground.fairaccess;

/**
 * What a check says; from what hinders least to what hinders most, beside those that say nothing.
 */
public enum Outcome {
  /** It does not concern this subject. */
  NOT_APPLICABLE,
  /** The rule is kept. */
  PASS,
  /** The rule asks that this is made public; nothing else follows. */
  DISCLOSE,
  /** A fact that the rule needs is missing. Never as good as PASS. */
  UNKNOWN,
  /** Something has to be looked at by people: operator and authority see it, and a clock runs. */
  FLAG,
  /** The rule is broken, by certain facts: what would bring it about is refused. */
  BLOCK
}
