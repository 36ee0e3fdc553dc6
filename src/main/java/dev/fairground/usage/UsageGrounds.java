package dev.fairground.usage;

import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a report is decided by.
 *
 * @param grants of the operator, with their chains, which are held
 * @param corrected records that rows correct, as they are with the corrections so far
 * @param resources those of the named ones that there are
 * @param scenarios those of the named ones that there are
 * @param used which of the named resources were ever the products'
 */
record UsageGrounds(
    Map<UUID, Grant> grants,
    Map<Place, Standing> corrected,
    Set<UUID> resources,
    Set<UUID> scenarios,
    Set<Use> used) {

  /** A record, by its grant and its number. */
  record Place(UUID grantId, int number) {}

  /** A resource of a product. */
  record Use(UUID productId, UUID resourceId) {}

  /**
   * A grant with the end of its chain.
   *
   * @param active whether it ever was in force
   * @param term from its first day to its last one as known now
   * @param suspended from the day after a suspension to the day before its end
   * @param records how many there are
   * @param previous the digest of the last one; null where there is none
   * @param total quantity of all of them in the grant's unit
   * @param billedIn the currency of what was billed; null where nothing was
   */
  record Grant(
      UUID id,
      UUID productId,
      UUID holderId,
      UUID institutionId,
      String jurisdictionCode,
      @Nullable UUID scenarioId,
      @Nullable String unit,
      @Nullable String unitText,
      @Nullable String currency,
      @Nullable BigDecimal unitPrice,
      @Nullable BigDecimal quantity,
      Period term,
      boolean active,
      List<Period> suspended,
      boolean demonstration,
      int records,
      byte @Nullable [] previous,
      BigDecimal total,
      @Nullable String billedIn) {

    boolean isWithin(LocalDate from, LocalDate to) {
      return term.contains(from) && term.contains(to);
    }

    boolean wasSuspended(LocalDate from, LocalDate to) {
      return suspended.stream().anyMatch(one -> one.contains(from) && one.contains(to));
    }
  }

  /**
   * A record with what its corrections made of it.
   *
   * @param findings those that still stand
   */
  record Standing(
      Place place,
      @Nullable Integer corrects,
      LocalDate startsOn,
      LocalDate endsOn,
      @Nullable UUID resourceId,
      @Nullable UUID scenarioId,
      @Nullable String unit,
      @Nullable String unitText,
      @Nullable String currency,
      Set<UsageFinding> findings,
      Amounts amounts) {}

  /** What adds up. */
  record Amounts(BigDecimal quantity, long calls, BigDecimal billed) {
    static final Amounts NONE = new Amounts(BigDecimal.ZERO, 0, BigDecimal.ZERO);

    static Amounts of(ReportedUse row) {
      return new Amounts(
          row.quantity(),
          row.calls() == null ? 0 : row.calls(),
          row.billed() == null ? BigDecimal.ZERO : row.billed());
    }

    Amounts plus(Amounts more) {
      return new Amounts(quantity.add(more.quantity), calls + more.calls, billed.add(more.billed));
    }

    boolean isNegative() {
      return quantity.signum() < 0 || calls < 0 || billed.signum() < 0;
    }

    boolean isNothing() {
      return quantity.signum() == 0 && calls == 0 && billed.signum() == 0;
    }
  }
}
