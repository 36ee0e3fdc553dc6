package dev.fairground.fairaccess;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access grant: the right that an approval gave, its terms, and what became of it.
 *
 * @param state AWAITING_SIGNATURE, ACTIVE, SUSPENDED or ENDED
 * @param endKind why it ended; null where it has not
 * @param endReason what was said about that
 * @param endToldOn when it was first known that it ends on its last day and no later; null where it
 *     runs to the end of its terms
 * @param endsOn its last day as known now
 * @param requestedPolicyVersion the policy that its request is judged by
 * @param policyVersion the policy that it rests on
 * @param policies those two and all between them, as far as they are kept
 * @param charged whether something is paid, as far as its terms say
 * @param smallOrMicro whether its holder is small; null where nobody said
 * @param unlike in what it differs from the standard terms and from like grants, as package {@code
 *     equal} compares them; null where they were not compared
 * @param peers like grants that were decided shortly before
 * @param held what the holder has, over all of its grants
 */
public record AccessGrantFacts(
    String subject,
    String jurisdictionCode,
    String number,
    String productId,
    String productStatus,
    String purposeClass,
    String state,
    @Nullable String endKind,
    @Nullable String endReason,
    @Nullable LocalDate endToldOn,
    LocalDate startsOn,
    LocalDate endsOn,
    LocalDate agreedUntil,
    LocalDate decidedOn,
    boolean charged,
    Terms terms,
    @Nullable Boolean smallOrMicro,
    int requestedPolicyVersion,
    int policyVersion,
    List<StatedPolicy> policies,
    List<Clause> clauses,
    List<Deviation> deviations,
    @Nullable List<Unlike> unlike,
    List<Peer> peers,
    Authorization authorization,
    RequestFacts.@Nullable Permit permit,
    RequestFacts.Use use,
    @Nullable Held held)
    implements Facts {

  /** Whether it never came to be. */
  boolean notSigned() {
    return "NOT_SIGNED".equals(endKind);
  }

  boolean ended() {
    return state.equals("ENDED");
  }

  /**
   * What was agreed.
   *
   * @param unitPrice what one unit costs; null where no quantity was said
   */
  public record Terms(
      @Nullable BigDecimal unitPrice,
      @Nullable String currency,
      BigDecimal discountPercent,
      @Nullable String delivery,
      @Nullable Integer paymentDays,
      @Nullable BigDecimal deposit,
      @Nullable BigDecimal minimumQuantity) {}

  /** What was agreed beyond the standard terms. */
  public record Clause(int position, String kind, String text, @Nullable String reason) {}

  /** In what it differs, and for which reason of the closed list. */
  public record Deviation(
      String field, String factor, String justification, @Nullable String evidence) {}

  /**
   * In what it differs, beyond tolerance.
   *
   * @param cohort whether from like grants, and not from the standard
   * @param better whether it is better for the holder; null where neither can be said
   * @param factor the reason that holds; null where none does
   * @param lack what stands against the reason that was given; null where one holds
   */
  public record Unlike(
      String field,
      boolean cohort,
      @Nullable Boolean better,
      @Nullable String factor,
      @Nullable String lack) {}

  /** A like grant. */
  public record Peer(String grantId, Terms terms) {}

  /**
   * The authorization that its product rests on.
   *
   * @param endsOnWhenGiven its last day as it was known when the grant was given
   * @param exitingOn since when it runs out and takes no new grants: the day after the last one
   *     that its exit notice names for them; null where it does not run out
   */
  public record Authorization(
      String id,
      String number,
      String state,
      @Nullable LocalDate startsOn,
      @Nullable LocalDate endsOn,
      @Nullable LocalDate endsOnWhenGiven,
      @Nullable LocalDate exitingOn) {}

  /**
   * What a holder has over all of its grants.
   *
   * @param topics topics of resources with sensitive data or personal information
   * @param unknown how many resources there are whose topic or sensitivity nobody said
   */
  public record Held(List<String> topics, int unknown) {}
}
