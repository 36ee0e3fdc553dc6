package dev.fairground.pricing;

import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of what an operator charges for one item of a product.
 *
 * @param itemClass the class by which ceilings are set
 * @param currency of all its amounts, ISO 4217
 * @param validTo when it was replaced, or ended for good; null for what still stands
 */
public record Tariff(
    UUID id,
    int version,
    OffsetDateTime validFrom,
    UUID productId,
    String item,
    String itemClass,
    int position,
    String unit,
    @Nullable String unitText,
    String currency,
    @Nullable Money baseFee,
    @Nullable String baseFeePeriod,
    List<String> purposeClasses,
    boolean freeOfCharge,
    @Nullable String freeConditions,
    @Nullable UUID payeeId,
    boolean trial,
    Period term,
    @Nullable String source,
    boolean demonstration,
    UUID operatorId,
    @Nullable OffsetDateTime validTo) {

  Version key() {
    return new Version(id, version);
  }

  Charge charge() {
    return new Charge(productId, itemClass, unit, unitText, currency);
  }

  /** A version of a tariff or of a ceiling. */
  record Version(UUID id, int version) {}

  /** What a ceiling is looked up by. */
  record Charge(
      UUID productId, String itemClass, String unit, @Nullable String unitText, String currency) {}
}
