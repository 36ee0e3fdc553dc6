package dev.fairground.eligibility;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import dev.fairground.fairaccess.ProductFacts.ScopedScenario;
import dev.fairground.kernel.Ids;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A product as far as access to it depends on it.
 *
 * @param status in its operator's list
 * @param startsOn the first day on which it is offered; null for that of the authorization
 * @param scenarios that it is for, and those ruled out
 * @param policyChangesOn the first day of the next version of its access policy that is published
 *     already; null while there is none
 */
record AskedProduct(
    UUID id,
    int version,
    UUID operatorId,
    String kind,
    String status,
    @Nullable String statusReason,
    String purposeClass,
    @Nullable LocalDate startsOn,
    @Nullable LocalDate endsOn,
    Grant grant,
    List<Scenario> scenarios,
    @Nullable LocalDate policyChangesOn,
    boolean linksDeclared) {

  /**
   * The authorization that it rests on.
   *
   * @param exitsOn the day on which the operator leaves; null while nobody said that it does
   * @param newAccessUntil the last day on which new access may be given; null for the last day
   */
  record Grant(
      UUID id,
      String number,
      String state,
      String mode,
      @Nullable LocalDate startsOn,
      @Nullable LocalDate endsOn,
      @Nullable LocalDate exitsOn,
      @Nullable LocalDate newAccessUntil,
      UUID institutionId,
      String jurisdictionCode,
      List<ScopedScenario> scenarios) {
    String globalId() {
      return Ids.write("ag", id);
    }
  }

  String globalId() {
    return Ids.write(
        kind.equals("DATA_PRODUCT")
            ? CatalogResolver.DATA_PRODUCT
            : CatalogResolver.SERVICE_CAPABILITY,
        id);
  }

  /** The first day on which it may be used; null where no record says one. */
  @Nullable LocalDate firstDay() {
    return Stream.of(startsOn, grant.startsOn())
        .filter(day -> day != null)
        .max(LocalDate::compareTo)
        .orElse(null);
  }

  /** The last day on which it may be used; null where no record says one. */
  @Nullable LocalDate lastDay() {
    return Stream.of(endsOn, grant.endsOn(), grant.exitsOn())
        .filter(day -> day != null)
        .min(LocalDate::compareTo)
        .orElse(null);
  }
}
