package dev.fairground.contract;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an approval gives; all of {@link AccessGrant} that does not follow from its being given.
 *
 * @param endsOn the last day of use
 * @param volumeBand as {@code equal.Bands} labels it
 * @param deviations in what it differs from the standard terms, in their order; at most 50
 * @param clauses what was agreed beyond them, in their order; at most 50
 */
public record NewGrant(
    UUID operatorId,
    UUID requestId,
    UUID decisionId,
    UUID productId,
    int productVersion,
    UUID authorizationId,
    UUID institutionId,
    String jurisdictionCode,
    UUID holderId,
    @Nullable UUID scenarioId,
    String scenarioClass,
    String purposeClass,
    int policyVersion,
    int termsNumber,
    @Nullable UUID tariffId,
    @Nullable Integer tariffVersion,
    boolean freeOfCharge,
    @Nullable String unit,
    @Nullable String unitText,
    @Nullable String currency,
    @Nullable BigDecimal unitPrice,
    BigDecimal discountPercent,
    @Nullable BigDecimal quantity,
    String volumeBand,
    String termBand,
    @Nullable String delivery,
    @Nullable Integer paymentDays,
    @Nullable BigDecimal deposit,
    @Nullable BigDecimal minimumQuantity,
    LocalDate startsOn,
    LocalDate endsOn,
    LocalDate decidedOn,
    @Nullable Integer decisionDays,
    @Nullable Boolean affiliate,
    @Nullable Boolean smallOrMicro,
    boolean demonstration,
    List<Deviation> deviations,
    List<Clause> clauses) {
  public NewGrant {
    deviations = List.copyOf(deviations);
    clauses = List.copyOf(clauses);
  }

  /**
   * A term that is other than the standard one.
   *
   * @param field the kind of term, as the column says it
   * @param factor the reason, of {@code fairaccess.DifferenceFactor}
   */
  public record Deviation(
      String field,
      String standard,
      String granted,
      String factor,
      String justification,
      @Nullable String evidence) {}

  /**
   * What was agreed beyond the standard terms.
   *
   * @param kind as the column says it; none that excludes others
   * @param reason why it is needed; required where an additional purchase is agreed
   */
  public record Clause(String kind, String text, @Nullable String reason) {}
}
