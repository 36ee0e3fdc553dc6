package dev.fairground.eligibility;

import dev.fairground.fairaccess.Outcome;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an ask comes to, on one day.
 *
 * @param ask as it was put; what it left open is below
 * @param productGlobalId the same, as it is written
 * @param productVersion the version of the product that was looked at
 * @param day the day of the answer
 * @param applicantId whose facts were used; null where none are known
 * @param purposeClass by which it was judged
 * @param scenarioClass the class of the scenario; that of purpose where none is named
 * @param startsOn the first day of the term
 * @param endsOn the last day of the term
 * @param checks in the order in which they were made
 * @param quote null where no price fits; the check QUOTE says why
 * @param decisionDueOn when a decision would be due if it were handed in on the day; null where no
 *     rule says one
 * @param decisionDays working days to decide; null where no rule says any
 * @param unknownYears years that were counted as Monday to Friday because their calendars are not
 *     known
 * @param policyVersion of the access policy in force; 0 for the basic one of the marketplace
 * @param termsNumber of its standard terms
 * @param validUntil the last day on which the answer holds, as far as changes are known; null while
 *     none is
 */
public record EligibilityReport(
    Ask ask,
    UUID productId,
    String productGlobalId,
    int productVersion,
    UUID operatorId,
    UUID authorizationGrantId,
    UUID institutionId,
    String jurisdictionCode,
    LocalDate day,
    @Nullable UUID applicantId,
    String purposeClass,
    String scenarioClass,
    LocalDate startsOn,
    LocalDate endsOn,
    List<EligibilityCheck> checks,
    @Nullable Quote quote,
    @Nullable LocalDate decisionDueOn,
    @Nullable Integer decisionDays,
    Set<Integer> unknownYears,
    List<RequiredDocument> requiredDocuments,
    int policyVersion,
    @Nullable UUID policyId,
    int termsNumber,
    @Nullable LocalDate validUntil) {
  public EligibilityReport {
    checks = List.copyOf(checks);
    unknownYears = Set.copyOf(unknownYears);
    requiredDocuments = List.copyOf(requiredDocuments);
  }

  /** Whether nothing stands against it; a fact may be missing still. */
  public boolean eligible() {
    return blocks().isEmpty();
  }

  /** The checks that stand against it. */
  public List<EligibilityCheck> blocks() {
    return checks.stream().filter(check -> check.outcome() == Outcome.BLOCK).toList();
  }

  public Standing standing() {
    if (!eligible()) {
      return Standing.NOT_ELIGIBLE;
    }
    return checks.stream()
            .anyMatch(
                check -> check.outcome() == Outcome.UNKNOWN || check.outcome() == Outcome.FLAG)
        ? Standing.DEPENDS
        : Standing.ELIGIBLE;
  }

  /** What one unit costs, as a grant keeps it: 0 where it is free, null where nobody knows. */
  public @Nullable BigDecimal unitPrice() {
    return quote == null ? null : quote.unitPrice();
  }
}
