package dev.fairground.fairaccess;

/**
 * What is known of a subject on a day: plain records, in an order that is always the same, so that
 * a digest of them can be compared. An unknown fact is null, and never an empty list.
 */
public sealed interface Facts
    permits ProductFacts, GrantFacts, OperatorFacts, MarketFacts, RequestFacts, AccessGrantFacts {
  /** The subject's global id. */
  String subject();

  /** Whose rules hold. */
  String jurisdictionCode();
}
