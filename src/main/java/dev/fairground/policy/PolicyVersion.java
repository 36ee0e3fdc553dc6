package dev.fairground.policy;

import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.kernel.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version of a product's access policy as it is shown; what belongs to it is read apart.
 *
 * @param ownId null for the basic policy
 * @param differences in what it differs from what held before it on its day
 */
public record PolicyVersion(
    @Nullable UUID ownId,
    UUID operatorId,
    UUID productId,
    int version,
    @Nullable OffsetDateTime publishedAt,
    LocalDate effectiveOn,
    PolicyChange.Kind change,
    @Nullable String changeNote,
    List<PolicyDifference> differences,
    @Nullable Integer decisionDays,
    List<DifferenceFactor> differenceFactors,
    int termsNumber,
    @Nullable BigDecimal minimumQuantity,
    @Nullable String minimumQuantityReason,
    @Nullable Money deposit,
    @Nullable String depositReason,
    @Nullable Integer paymentDays,
    @Nullable String source,
    boolean demonstration) {
  public PolicyVersion {
    differences = List.copyOf(differences);
    differenceFactors = List.copyOf(differenceFactors);
  }

  /** Names it: the basic policy of a product by the product itself. */
  UUID id() {
    return ownId == null ? productId : ownId;
  }

  boolean basic() {
    return version == 0;
  }

  Key key() {
    return new Key(productId, version);
  }

  TermsKey terms() {
    return new TermsKey(productId, termsNumber);
  }

  /** A version of a product's policy; 0 for the basic one. */
  public record Key(UUID productId, int version) {}

  /** Standard terms of a product; 0 for the basic ones. */
  public record TermsKey(UUID productId, int number) {}

  static PolicyVersion basic(UUID operatorId, UUID productId, LocalDate since) {
    return new PolicyVersion(
        null,
        operatorId,
        productId,
        0,
        null,
        since,
        PolicyChange.Kind.FIRST,
        null,
        List.of(),
        null,
        List.of(),
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        false);
  }
}
