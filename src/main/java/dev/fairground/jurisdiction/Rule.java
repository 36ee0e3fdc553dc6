package dev.fairground.jurisdiction;

import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Text;

/**
 * One value that a rule sets.
 *
 * @param wantedFor the jurisdiction whose rules were asked for
 * @param jurisdictionCode the one that set it: the same, or one above
 * @param value to be read by {@code unit}
 */
public record Rule(
    String wantedFor,
    String jurisdictionCode,
    int ruleSetVersion,
    String name,
    String value,
    Unit unit,
    Text description,
    LegalBasis basis,
    Confidence confidence) {

  /** What the value counts. */
  public enum Unit {
    WORKING_DAYS,
    DAYS,
    MONTHS,
    YEARS,
    MONTH_DAY,
    PERCENT,
    COUNT,
    BOOLEAN,
    CHOICE
  }

  /** How well the source is known, best first. */
  public enum Confidence {
    SEED,
    NATIONAL,
    PROVINCIAL,
    REPORTED,
    PRACTICE,
    UNCHECKED,
    PROPOSAL
  }
}
