package dev.fairground.pricing;

import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import dev.fairground.kernel.Text;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of an offer in which an operator sells several products together.
 *
 * @param price what all of it costs, for one of the unit
 */
public record ProductBundle(
    UUID id,
    int version,
    OffsetDateTime validFrom,
    UUID operatorId,
    Text title,
    Money price,
    String unit,
    @Nullable String unitText,
    Period term,
    @Nullable String source,
    boolean demonstration) {

  Tariff.Version key() {
    return new Tariff.Version(id, version);
  }

  /** A product of a bundle. */
  record Member(Tariff.Version of, UUID productId) {}

  /**
   * Something else that has to be bought or done.
   *
   * @param technicalNeed why it is technically needed; null where nobody said so
   */
  record Condition(Tariff.Version of, String text, @Nullable String technicalNeed) {}
}
