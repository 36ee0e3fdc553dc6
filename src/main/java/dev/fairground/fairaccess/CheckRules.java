package dev.fairground.fairaccess;

import java.util.List;

/**
 * All rules by what they are about. Pure: the same ground and facts, the same results, in the order
 * of the checks' numbers.
 */
public final class CheckRules {
  private CheckRules() {}

  public static List<Result> of(Ground ground, Facts facts) {
    return switch (facts) {
      case ProductFacts product ->
          List.of(
              FA01WithinScope.of(ground, product),
              FA02WithinTerm.of(ground, product),
              FA03ScenarioMatch.of(ground, product),
              FA04Registered.of(ground, product),
              FA05Classified.of(ground, product),
              FA06WithinCeiling.of(ground, product),
              FA07FreeForPublicUse.of(ground, product),
              FA09NoExclusiveDealing.of(ground, product),
              FA11NoLaterConditions.of(ground, product),
              FA16NoRedevelopment.of(ground, product),
              FA17NoTying.of(ground, product),
              FA20AggregationRisk.of(ground, product),
              FA26SmallUsers.of(ground, product));
      case GrantFacts grant ->
          List.of(FA19SupervisionApart.of(ground, grant), FA24CompetitiveGrant.of(ground, grant));
      case OperatorFacts operator ->
          List.of(FA13ListUpToDate.of(ground, operator), FA21WithinCap.of(ground, operator));
      case MarketFacts market -> List.of(FA18NoSelfPreferencing.of(ground, market));
      case RequestFacts request ->
          List.of(
              FA03OfAccess.of(ground, request),
              FA10RefusalForPublishedReasons.of(ground, request),
              FA11NoLaterConditions.of(ground, request),
              FA12DecidedInTime.of(ground, request),
              FA15UseReported.of(ground, request));
      case AccessGrantFacts access ->
          List.of(
              FA02OfGrants.of(ground, access),
              FA03OfAccess.of(ground, access),
              FA07OfGrants.of(ground, access),
              FA08EqualTerms.of(ground, access),
              FA09NoExclusiveDealing.of(ground, access),
              FA11NoLaterConditions.of(ground, access),
              FA15UseReported.of(ground, access),
              FA17OfClauses.of(ground, access),
              FA20OfHolders.of(ground, access),
              FA25ContinuityOnExit.of(ground, access),
              FA26SmallUsers.of(ground, access));
    };
  }
}
