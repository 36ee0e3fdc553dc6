package dev.fairground.contract;

import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a product that an approval gave, with its terms as they were given and the
 * newest version of its state.
 *
 * @param productVersion the version of the product that was granted
 * @param authorizationId what the operator's own right rests on
 * @param jurisdictionCode whose data authority supervises it
 * @param scenarioClass the class of the scenario, or that of the purpose where it has none
 * @param policyVersion the access policy by which it was decided; 0 for the basic one
 * @param termsNumber the standard terms that it is on; 0 for the basic ones
 * @param currency of the amounts; null where there are none
 * @param unitPrice what one unit costs, discounts taken off; 0 where free, null where no quantity
 *     was said
 * @param discountPercent 0 to 100, by which the tariff's price is lower
 * @param quantity how much in all of the term, by the unit; null for as much as is used
 * @param paymentDays within which an invoice is paid
 * @param startsOn the first day of use
 * @param agreedEndsOn the last day of use by its terms; {@link Stand#endsOn} may be an earlier one
 * @param decisionDays working days from the request to the decision
 * @param affiliate whether the holder was linked with the operator; null where nothing is declared
 * @param stand where it stands
 */
public record AccessGrant(
    UUID operatorId,
    UUID id,
    String number,
    UUID requestId,
    UUID decisionId,
    UUID productId,
    int productVersion,
    UUID authorizationId,
    UUID institutionId,
    String jurisdictionCode,
    UUID holderId,
    @Nullable UUID scenarioId,
    String scenarioClass,
    String purposeClass,
    int policyVersion,
    int termsNumber,
    @Nullable UUID tariffId,
    @Nullable Integer tariffVersion,
    boolean freeOfCharge,
    @Nullable String unit,
    @Nullable String unitText,
    @Nullable String currency,
    @Nullable BigDecimal unitPrice,
    BigDecimal discountPercent,
    @Nullable BigDecimal quantity,
    String volumeBand,
    String termBand,
    @Nullable String delivery,
    @Nullable Integer paymentDays,
    @Nullable BigDecimal deposit,
    @Nullable BigDecimal minimumQuantity,
    LocalDate startsOn,
    LocalDate agreedEndsOn,
    LocalDate decidedOn,
    @Nullable Integer decisionDays,
    @Nullable Boolean affiliate,
    @Nullable Boolean smallOrMicro,
    OffsetDateTime createdAt,
    boolean demonstration,
    Stand stand) {

  /** The prefix of grants' ids. */
  public static final String PREFIX = "acg";

  /** Where a grant stands. */
  public enum State {
    /** Given; one side or both have still to sign. */
    AWAITING_SIGNATURE,
    /** Signed by both sides; use counts from its first day. */
    ACTIVE,
    /** Use has to stop until it is resumed. */
    SUSPENDED,
    /** For good. */
    ENDED
  }

  /** As what somebody deals with a grant; in the order of who may undo whose suspension. */
  public enum Party {
    HOLDER,
    OPERATOR,
    INSTITUTION,
    AUTHORITY,
    SERVER
  }

  /** Why it is suspended. */
  public enum Suspension {
    /** It was misused; there is a day until which that is put right. */
    MISUSE,
    /** Security asks for it at once. */
    SECURITY,
    /** An institution or a data authority ordered it. */
    ORDER,
    /** Its holder wants a pause. */
    PAUSE
  }

  /** Why it ended, or ends. */
  public enum EndKind {
    /** Its term was over. */
    EXPIRED,
    /** Both sides agreed. */
    AGREED,
    /** Misuse was not put right in time. */
    BREACH,
    /** Security asked for it at once. */
    SECURITY,
    /** The product was taken off its list. */
    PRODUCT_EXIT,
    /** The operator's authorization ended, or ends. */
    AUTHORIZATION_EXIT,
    /** Its holder gave notice. */
    BY_HOLDER,
    /** It was not signed in time. */
    NOT_SIGNED
  }

  /** What made a version of it. */
  public enum Step {
    GIVEN,
    SIGNED,
    SUSPENDED,
    RESUMED,
    END_PROPOSED,
    END_DROPPED,
    END_SET,
    ENDED
  }

  /**
   * One version of a grant's state.
   *
   * @param stateReason what was said with the step that made it
   * @param suspendedBy while it is suspended
   * @param correctionDueOn until when misuse is to be put right
   * @param endKind once it has ended
   * @param plannedEnd why {@code endsOn} is earlier than the last day of its terms
   * @param endsOn the last day of use as known now
   * @param endedOn the day on which it ended
   * @param signBy the last day on which it can be signed; null where no rule says it
   * @param endProposedOn the last day that one side proposes to the other
   * @param replacementProductId what its holder is offered instead
   */
  public record Stand(
      int version,
      OffsetDateTime validFrom,
      State state,
      @Nullable String stateReason,
      @Nullable Party suspendedBy,
      @Nullable Suspension suspendedFor,
      @Nullable LocalDate correctionDueOn,
      @Nullable EndKind endKind,
      @Nullable EndKind plannedEnd,
      LocalDate endsOn,
      @Nullable LocalDate endedOn,
      @Nullable LocalDate signBy,
      @Nullable LocalDate signedByOperatorOn,
      @Nullable LocalDate signedByHolderOn,
      @Nullable Party endProposedBy,
      @Nullable LocalDate endProposedOn,
      @Nullable String endProposedReason,
      @Nullable UUID replacementProductId,
      @Nullable Step step,
      @Nullable Party changedBy) {
    /** Whether this side has signed. */
    boolean isSignedBy(Party side) {
      return (side == Party.OPERATOR ? signedByOperatorOn : signedByHolderOn) != null;
    }
  }

  public String globalId() {
    return Ids.write(PREFIX, id);
  }

  public int version() {
    return stand.version();
  }

  public State state() {
    return stand.state();
  }

  /** The last day of use as known now. */
  public LocalDate endsOn() {
    return stand.endsOn();
  }

  /** Its days as known now. */
  public Period term() {
    return new Period(startsOn, stand.endsOn());
  }

  /** Whether use on a day is within it, as far as its own state goes. */
  public boolean isOpenOn(LocalDate day) {
    return stand.state() == State.ACTIVE && term().contains(day);
  }

  @Nullable Money unitPriceMoney() {
    return money(unitPrice);
  }

  @Nullable Money depositMoney() {
    return money(deposit);
  }

  private @Nullable Money money(@Nullable BigDecimal amount) {
    if (amount == null || currency == null && amount.signum() != 0) {
      return null;
    }
    // What is free needs no currency to be understood.
    return new Money(amount, currency == null ? "CNY" : currency);
  }
}
