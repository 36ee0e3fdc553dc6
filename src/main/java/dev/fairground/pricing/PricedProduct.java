package dev.fairground.pricing;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.fairaccess.PriceComparison;
import dev.fairground.fairaccess.PriceComparison.Line;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Period;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A product as far as its prices depend on it.
 *
 * @param status in its operator's list
 * @param institutionId the institution of its authorization
 * @param lastDay the last day on which it or its authorization lasts; null while none is known
 */
record PricedProduct(
    UUID id,
    UUID operatorId,
    String kind,
    String status,
    String purposeClass,
    UUID grantId,
    UUID institutionId,
    String jurisdictionCode,
    @Nullable LocalDate lastDay,
    boolean demonstration,
    List<Scenario> scenarios) {
  private static final String INDUSTRY = "INDUSTRY";

  String globalId() {
    return Ids.write(
        kind.equals("DATA_PRODUCT")
            ? CatalogResolver.DATA_PRODUCT
            : CatalogResolver.SERVICE_CAPABILITY,
        id);
  }

  /** Everything compared from a day on. */
  List<Line> lines(List<Price> prices, List<Ceiling> ceilings, LocalDate from) {
    return lastDay != null && lastDay.isBefore(from)
        ? List.of()
        : PriceComparison.lines(prices, ceilings, scenarios, new Period(from, lastDay));
  }

  /**
   * Why nothing may be charged for it; null where something may. The class of purpose decides, not
   * who applies: use for governance and welfare is free.
   */
  @Nullable String whyFree() {
    if (!purposeClass.equals(INDUSTRY)) {
      return "The product is for %s".formatted(purposeClass);
    }
    var allowed = scenarios.stream().filter(Scenario::allowed).toList();
    return !allowed.isEmpty()
            && allowed.stream().noneMatch(scenario -> scenario.purposeClass().equals(INDUSTRY))
        ? "None of the product's scenarios is for INDUSTRY"
        : null;
  }
}
