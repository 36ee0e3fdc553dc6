package dev.fairground.equal;

import dev.fairground.fairaccess.DifferenceFactor;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Terms that are about to be given, or were given: all in which they are compared with those of
 * like grants. Fields as the columns of {@code access_grant}.
 *
 * @param jurisdictionCode whose rules say window and tolerances
 * @param policyVersion of the policy that publishes the factors; 0 for the basic policy, which
 *     publishes none
 * @param unitPrice what one unit costs for the quantity in all, discounts taken off; null where no
 *     quantity was said
 * @param standardUnitPrice the same by the tariff; null where it is not to be compared with it
 * @param standardDelivery how the product is delivered by its entry; null where any way is standard
 * @param decisionDays working days until the decision; null where they are not known
 * @param smallOrMicro whether the holder declared itself a small or micro enterprise
 * @param clauses what is agreed beyond the standard terms
 * @param deviations for which reasons the terms differ
 */
public record Candidate(
    UUID operatorId,
    UUID productId,
    int productVersion,
    String jurisdictionCode,
    UUID holderId,
    @Nullable UUID scenarioId,
    String scenarioClass,
    String purposeClass,
    int policyVersion,
    @Nullable String unit,
    @Nullable String unitText,
    @Nullable String currency,
    @Nullable BigDecimal unitPrice,
    @Nullable BigDecimal standardUnitPrice,
    BigDecimal discountPercent,
    @Nullable BigDecimal quantity,
    @Nullable String delivery,
    @Nullable String standardDelivery,
    @Nullable Integer paymentDays,
    @Nullable BigDecimal deposit,
    @Nullable BigDecimal minimumQuantity,
    LocalDate startsOn,
    LocalDate endsOn,
    LocalDate decidedOn,
    @Nullable Integer decisionDays,
    @Nullable Boolean smallOrMicro,
    List<Clause> clauses,
    List<Claim> deviations) {
  private static final BigDecimal ROUNDING = new BigDecimal("0.000001");

  public Candidate {
    clauses = List.copyOf(clauses);
    deviations = List.copyOf(deviations);
  }

  /**
   * Something that is agreed beyond the standard terms; the kinds of {@code access_grant_clause}.
   */
  public record Clause(String kind, String text) {}

  /**
   * For which reason a field differs.
   *
   * @param justification in words
   * @param evidence what shows it: a document, a source, a quantity; null where none is named
   */
  public record Claim(
      TermsField field,
      DifferenceFactor factor,
      @Nullable String justification,
      @Nullable String evidence) {}

  /**
   * Whether the price follows from the tariff and the discount, and from nothing else; up to the
   * last of six places, in which totals are rounded.
   */
  public boolean onTariff() {
    if (unitPrice == null || standardUnitPrice == null) {
      return false;
    }
    var kept = BigDecimal.ONE.subtract(discountPercent.movePointLeft(2));
    return unitPrice.subtract(standardUnitPrice.multiply(kept)).abs().compareTo(ROUNDING) <= 0;
  }

  /**
   * Whether it may turn out to be what others have without a reason: it claims none itself, and no
   * price was thought up for it.
   */
  boolean mayBeUsual() {
    return deviations.isEmpty() && (unitPrice == null || onTariff());
  }

  /** Which grants it is compared with, the window apart. */
  public CohortKey cohort() {
    return new CohortKey(
        operatorId,
        productId,
        productVersion,
        purposeClass,
        scenarioClass,
        unit,
        unitText,
        currency,
        Bands.volume(quantity),
        Bands.term(startsOn, endsOn));
  }
}
