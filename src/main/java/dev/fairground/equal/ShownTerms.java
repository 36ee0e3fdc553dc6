package dev.fairground.equal;

import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The terms on which a product is given for a class of purpose, as the caller may see them.
 *
 * @param since the first day of the window
 * @param until its last day
 * @param minimumCohort holders under which a cohort is not shown by itself
 * @param whole whether all of it is shown, as to the data authority and to auditors
 * @param unlisted whether there are grants that are not shown
 */
record ShownTerms(
    UUID productId,
    String purposeClass,
    LocalDate since,
    LocalDate until,
    int minimumCohort,
    boolean whole,
    boolean unlisted,
    List<Cohort> cohorts,
    List<Cohort> pools) {

  /**
   * Like grants, or those of cohorts that are too small to be shown by themselves.
   *
   * @param productVersion null for a pool, as the classes and bands
   * @param size how many grants are counted
   */
  record Cohort(
      @Nullable Integer productVersion,
      @Nullable String scenarioClass,
      @Nullable String unit,
      @Nullable String unitText,
      @Nullable String volumeBand,
      @Nullable String termBand,
      int size,
      @Nullable Money lowestPrice,
      @Nullable Money highestPrice,
      List<Price> prices,
      @Nullable DecisionTimes decisionDays,
      List<Deviation> deviations,
      List<Unexplained> unjustified) {}

  /**
   * A price and how many have it.
   *
   * @param unitPrice null where it is not known, as no quantity was said
   */
  record Price(@Nullable Money unitPrice, int grants) {}

  /**
   * In what grants differ from the standard terms, and for which reason.
   *
   * @param standard null where it is in words, which only the parties read
   */
  record Deviation(
      TermsField field,
      @Nullable String standard,
      @Nullable String granted,
      DifferenceFactor factor,
      int grants) {}

  /**
   * In what grants differ from others without a reason on either side.
   *
   * @param grants those that have not what most have
   */
  record Unexplained(TermsField field, int grants) {}

  /** What nothing costs in. */
  private static final String RENMINBI = "CNY";

  /** A price as money; what is free needs no currency to be understood. */
  static @Nullable Money money(@Nullable BigDecimal price, @Nullable String currency) {
    if (price == null) {
      return null;
    }
    if (currency == null || currency.isEmpty()) {
      return price.signum() == 0 ? new Money(price, RENMINBI) : null;
    }
    return new Money(price, currency);
  }
}
