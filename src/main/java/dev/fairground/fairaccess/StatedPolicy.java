package dev.fairground.fairaccess;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of an access policy, as checks look at it.
 *
 * @param id its global id; that of its product for the basic policy
 * @param version 0 for the basic policy, which every product has
 * @param change FIRST, LOOSER, NEUTRAL or TIGHTER, against the version before
 * @param reasons codes for which requests may be refused
 * @param factors for which reasons terms may differ
 * @param passages what its conditions and its terms say that could exclude others
 */
public record StatedPolicy(
    String id,
    int version,
    LocalDate shownOn,
    LocalDate effectiveOn,
    String change,
    List<String> reasons,
    List<String> factors,
    @Nullable Integer paymentDays,
    @Nullable BigDecimal minimumQuantity,
    @Nullable String minimumReason,
    @Nullable BigDecimal deposit,
    @Nullable String depositReason,
    List<Passage> passages) {

  /** The reasons that stand in law by themselves, for products without a policy of their own. */
  public static final List<String> BASIC_REASONS =
      List.of(
          RefusalReasonCode.SCENARIO_NOT_ALLOWED.name(),
          RefusalReasonCode.OUTSIDE_AUTHORIZED_SCOPE.name(),
          RefusalReasonCode.CLASSIFICATION.name(),
          RefusalReasonCode.FORBIDDEN_BY_LAW.name(),
          RefusalReasonCode.INCOMPLETE_AFTER_NOTICE.name());

  /** The policy of a product that has none of its own. */
  public static StatedPolicy basic(String product) {
    return new StatedPolicy(
        product,
        0,
        LocalDate.EPOCH,
        LocalDate.EPOCH,
        "FIRST",
        BASIC_REASONS,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        List.of());
  }

  /** A sentence, and the global id of what it stands in. */
  public record Passage(String id, String text) {}
}
