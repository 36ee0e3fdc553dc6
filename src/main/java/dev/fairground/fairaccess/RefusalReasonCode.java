package dev.fairground.fairaccess;

/**
 * For which reasons a request for access may be refused, if they were published before it. That
 * another holds the product already, or that the applicant competes with the operator, is none.
 */
public enum RefusalReasonCode {
  /** Its scenario is prohibited, or not among those that the product is for. */
  SCENARIO_NOT_ALLOWED,
  /** It lies outside what the operator is authorized to. */
  OUTSIDE_AUTHORIZED_SCOPE,
  /** The grade of the data, or the law on personal information, is against it. */
  CLASSIFICATION,
  /** That the applicant can keep the data secure was not proved. */
  SECURITY_NOT_PROVED,
  /** A record of bad credit; its source is named. */
  BAD_CREDIT,
  /** Earlier misuse that was not put right. */
  UNCORRECTED_MISUSE,
  /** A law forbids it; the law is named. */
  FORBIDDEN_BY_LAW,
  /** There is no capacity; the place in the queue and a day are named. */
  CAPACITY_EXHAUSTED,
  /** It is incomplete still after the one notice of what is missing. */
  INCOMPLETE_AFTER_NOTICE
}
