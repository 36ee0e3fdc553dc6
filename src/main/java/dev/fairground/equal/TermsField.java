package dev.fairground.equal;

/** In what the terms of like grants may differ. */
public enum TermsField {
  /** What one unit costs, discounts taken off. */
  UNIT_PRICE,
  /** What was taken off the tariff, in percent. */
  DISCOUNT,
  /** In which way it is delivered. */
  DELIVERY,
  /** Within how many days an invoice is to be paid. */
  PAYMENT_DAYS,
  /** What is deposited. */
  DEPOSIT,
  /** How much is to be taken at least. */
  MINIMUM_QUANTITY,
  /** What was agreed beyond the standard terms. */
  CLAUSE,
  /**
   * Working days until the decision. Nobody can undo time: a difference flags, and never refuses.
   */
  DECISION_DAYS
}
