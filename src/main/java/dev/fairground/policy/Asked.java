package dev.fairground.policy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What conditions look at in what is asked for.
 *
 * @param purposeClass PUBLIC_GOVERNANCE, PUBLIC_WELFARE or INDUSTRY
 * @param endsOn the last day
 * @param quantity in all of the term, by the unit of the price
 * @param documents the codes of those that are handed in
 */
public record Asked(
    String purposeClass,
    @Nullable UUID scenarioId,
    LocalDate startsOn,
    LocalDate endsOn,
    @Nullable BigDecimal quantity,
    Set<String> documents) {
  public Asked {
    documents = Set.copyOf(documents);
  }
}
