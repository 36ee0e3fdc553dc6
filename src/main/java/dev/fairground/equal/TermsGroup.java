package dev.fairground.equal;

import dev.fairground.fairaccess.DifferenceFactor;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Grants of one cohort that have the same terms for the same reasons.
 *
 * @param onTariff whether the price follows from the tariff and the discount, and from nothing else
 * @param clauses their kinds and the digests of their texts, in order; empty for none
 * @param smallOrMicro whether their holders are small or micro enterprises
 * @param factors the reasons that were recorded, by field
 * @param leastQuantity the smallest of theirs; null where none was said
 * @param leastDays the shortest of their terms, in days
 * @param grants how many there are
 */
public record TermsGroup(
    @Nullable BigDecimal unitPrice,
    boolean onTariff,
    BigDecimal discountPercent,
    @Nullable String delivery,
    @Nullable Integer paymentDays,
    @Nullable BigDecimal deposit,
    @Nullable BigDecimal minimumQuantity,
    String clauses,
    @Nullable Boolean smallOrMicro,
    Map<TermsField, Set<DifferenceFactor>> factors,
    @Nullable BigDecimal leastQuantity,
    @Nullable BigDecimal mostQuantity,
    int leastDays,
    int mostDays,
    int grants) {
  public TermsGroup {
    factors = Map.copyOf(factors);
  }
}
