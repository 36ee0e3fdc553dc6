package dev.fairground.policy;

/** How a machine tests a condition; what its values are. */
public enum ConditionRule {
  /** The applicant is of one of these kinds: ORGAN, PUBLIC_INSTITUTION, ENTERPRISE, OTHER. */
  APPLICANT_KIND(Values.WORDS),
  /** The applicant has one of these roles on the day on which it applies. */
  APPLICANT_ROLE(Values.WORDS),
  /** The applicant's region code begins with one of these. */
  APPLICANT_REGION(Values.REGIONS),
  /** The applicant has a unified social credit code, and its check digit is right. */
  APPLICANT_CREDIT_CODE(Values.NONE),
  /** The use is of one of these classes of purpose. */
  PURPOSE_CLASS(Values.WORDS),
  /** The use is within one of these scenarios, by their global ids. */
  SCENARIO(Values.IDS),
  /** The term has at most this many months. */
  TERM_MONTHS_AT_MOST(Values.NUMBER),
  /** At least this quantity is asked for. */
  QUANTITY_AT_LEAST(Values.NUMBER),
  /** At most this quantity is asked for. */
  QUANTITY_AT_MOST(Values.NUMBER),
  /** A document of this code is handed in. What it says is judged by people. */
  DOCUMENT(Values.CODE),
  /** No earlier use of the applicant's was found to be misuse and still waits to be put right. */
  NO_UNCORRECTED_MISUSE(Values.NONE);

  private final Values form;

  ConditionRule(Values form) {
    this.form = form;
  }

  Values form() {
    return form;
  }

  /** Whether any one of several values will do. */
  boolean isChoice() {
    return form == Values.WORDS || form == Values.REGIONS || form == Values.IDS;
  }

  /** What the values of a rule are. */
  enum Values {
    /** It has none. */
    NONE,
    /** Words of the schema. */
    WORDS,
    /** Beginnings of region codes. */
    REGIONS,
    /** Global ids. */
    IDS,
    /** One number above 0. */
    NUMBER,
    /** One code of a document. */
    CODE
  }
}
