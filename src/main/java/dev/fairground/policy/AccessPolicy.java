package dev.fairground.policy;

import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.fairaccess.RefusalReasonCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a product is given: one version of its access policy, with all that belongs to it.
 *
 * @param version from 1; 0 for the basic policy of the marketplace, which holds for products whose
 *     operators published none
 * @param id null for the basic policy
 * @param publishedAt null for the basic policy
 * @param effectiveOn requests handed in from this day on are judged by it
 * @param decisionDays working days within which is decided, never more than the rules allow; null
 *     for those of the rules
 * @param reasons for which requests may be refused; those that stand in law by themselves are
 *     always among them
 * @param differenceFactors for which reasons grants may differ from the standard terms
 * @param minimumQuantity the least that is given, by the unit of the price
 * @param deposit an amount in {@code depositCurrency}
 * @param paymentDays within which an invoice is to be paid; null where the policy says nothing
 */
public record AccessPolicy(
    UUID operatorId,
    UUID productId,
    int version,
    @Nullable UUID id,
    @Nullable OffsetDateTime publishedAt,
    LocalDate effectiveOn,
    @Nullable Integer decisionDays,
    List<PolicyCondition> conditions,
    List<PolicyReason> reasons,
    List<DifferenceFactor> differenceFactors,
    StandardTerms terms,
    @Nullable BigDecimal minimumQuantity,
    @Nullable String minimumQuantityReason,
    @Nullable BigDecimal deposit,
    @Nullable String depositCurrency,
    @Nullable String depositReason,
    @Nullable Integer paymentDays) {
  public AccessPolicy {
    conditions = List.copyOf(conditions);
    reasons = List.copyOf(reasons);
    differenceFactors = List.copyOf(differenceFactors);
  }

  /** Whether it is the basic policy of the marketplace. */
  public boolean isBasic() {
    return version == 0;
  }

  /** Whether a request may be refused for the reason. */
  public boolean admits(RefusalReasonCode reason) {
    return reasons.stream().anyMatch(admitted -> admitted.code() == reason);
  }

  /** Whether terms may differ for the reason. */
  public boolean admits(DifferenceFactor factor) {
    return differenceFactors.contains(factor);
  }

  /** The codes of the documents that it asks for, in the order of its conditions. */
  public List<String> documents() {
    return conditions.stream()
        .map(PolicyCondition::document)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }
}
