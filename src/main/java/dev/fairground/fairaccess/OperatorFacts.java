package dev.fairground.fairaccess;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator and its list.
 *
 * @param activeGrants how many authorizations it may use on the day
 * @param activeSince since when it has had one; null where it has none
 * @param edition the number of its newest edition; null before the first
 * @param notListed products that are published but not in that edition, with the day they changed
 * @param notPublished products in that edition that are not published any more
 * @param withoutPrice products whose list does not say a price
 * @param products how many are published
 * @param charging whether any of them costs something on the day
 * @param caps those in force on the day, and earlier ones that ended at most a year before
 */
public record OperatorFacts(
    String subject,
    String jurisdictionCode,
    int activeGrants,
    @Nullable LocalDate activeSince,
    @Nullable Integer edition,
    @Nullable LocalDate editionOn,
    List<Changed> notListed,
    List<String> notPublished,
    List<String> withoutPrice,
    int products,
    boolean charging,
    List<Cap> caps)
    implements Facts {

  /** A product that changed after the edition. */
  public record Changed(String productId, LocalDate on) {}

  /**
   * The highest income in a span of days, and what came in.
   *
   * @param income reported up to now; null where nothing was reported
   * @param reportedTo the last day that reports cover
   * @param deduction what is taken off in the next span because of this one; null where none is
   *     recorded
   */
  public record Cap(
      String id,
      LocalDate startsOn,
      LocalDate endsOn,
      String currency,
      BigDecimal amount,
      @Nullable BigDecimal income,
      @Nullable LocalDate reportedTo,
      @Nullable BigDecimal deduction) {}
}
