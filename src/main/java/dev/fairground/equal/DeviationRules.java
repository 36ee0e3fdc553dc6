package dev.fairground.equal;

import dev.fairground.equal.Candidate.Claim;
import dev.fairground.equal.Terms.Side;
import dev.fairground.fairaccess.DifferenceFactor;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * For which reasons terms may differ: one of the closed list that the policy published, in words,
 * with evidence that fits it, and only towards those whom it really parts from the holder. Pure.
 */
final class DeviationRules {
  /** What a reason lacks. */
  enum Fault {
    /** No reason is named. */
    NO_REASON("No reason of the closed list is named."),
    NOT_PUBLISHED("The access policy of the request does not publish the factor."),
    NO_JUSTIFICATION("The justification says nothing."),
    NO_EVIDENCE("The factor needs evidence: a document, a source or a calculation."),
    QUANTITY_NOT_CITED("For SCALE the evidence has to cite the quantity of the grant."),
    NOT_SMALL("The holder did not declare itself a small or micro enterprise."),
    NOT_NEW(
        "The holder is no new user of the operator, or the term is too long for a first offer."),
    NO_SCENARIO("The grant names no scenario."),
    SAME_DELIVERY("It is delivered in the same way."),
    FAVOURS_ONLY("The factor can favour a holder, and never burden one."),
    SAME_POSITION("Others with other terms stand in the same position in this regard.");

    private final String text;

    Fault(String text) {
      this.text = text;
    }

    /** In words. */
    String text() {
      return text;
    }
  }

  private static final Set<DifferenceFactor> FAVOURS =
      EnumSet.of(
          DifferenceFactor.STATUTORY_DISCOUNT,
          DifferenceFactor.KEY_SCENARIO,
          DifferenceFactor.SMALL_FIRM,
          DifferenceFactor.NEW_USER_TRIAL);
  private static final Set<DifferenceFactor> WITH_EVIDENCE =
      EnumSet.of(
          DifferenceFactor.CREDIT,
          DifferenceFactor.DELIVERY_COST,
          DifferenceFactor.SECURITY_LEVEL,
          DifferenceFactor.TRADE_STAGE,
          DifferenceFactor.STATUTORY_DISCOUNT,
          DifferenceFactor.KEY_SCENARIO);
  private static final Pattern NUMBER = Pattern.compile("\\d[\\d,]*(\\.\\d+)?");

  private DeviationRules() {}

  /** Whether a reason given for one field stands for another: a discount is a price. */
  static boolean covers(TermsField claimed, TermsField field) {
    return claimed == field || isPrice(claimed) && isPrice(field);
  }

  private static boolean isPrice(TermsField field) {
    return field == TermsField.UNIT_PRICE || field == TermsField.DISCOUNT;
  }

  /** What a reason lacks by itself, whomever the holder is compared with; null for nothing. */
  static @Nullable Fault fault(Claim claim, Candidate candidate, Ground ground) {
    if (!ground.published().contains(claim.factor())) {
      return Fault.NOT_PUBLISHED;
    }
    if (isBlank(claim.justification())) {
      return Fault.NO_JUSTIFICATION;
    }
    if (WITH_EVIDENCE.contains(claim.factor()) && isBlank(claim.evidence())) {
      return Fault.NO_EVIDENCE;
    }
    return switch (claim.factor()) {
      case SCALE -> cites(claim.evidence(), candidate.quantity()) ? null : Fault.QUANTITY_NOT_CITED;
      case SMALL_FIRM -> Boolean.TRUE.equals(candidate.smallOrMicro()) ? null : Fault.NOT_SMALL;
      case NEW_USER_TRIAL -> Position.of(candidate, ground).trial() ? null : Fault.NOT_NEW;
      case KEY_SCENARIO -> candidate.scenarioId() == null ? Fault.NO_SCENARIO : null;
      case TERM, CREDIT, DELIVERY_COST, SECURITY_LEVEL, TRADE_STAGE, STATUTORY_DISCOUNT -> null;
    };
  }

  /**
   * What is against a reason towards others, who have no reason of their own; null for nothing.
   *
   * @param side how the holder of the reason stands to the others in the field
   */
  static @Nullable Fault between(
      DifferenceFactor factor, Side side, Position holder, Position others) {
    if (side == Side.WORSE && FAVOURS.contains(factor)) {
      return Fault.FAVOURS_ONLY;
    }
    var apart =
        switch (factor) {
          case SCALE -> scale(side, holder, others);
          case TERM -> term(side, holder, others);
          case SMALL_FIRM -> !Boolean.TRUE.equals(others.smallOrMicro());
          case NEW_USER_TRIAL -> !others.trial();
          case DELIVERY_COST,
              CREDIT,
              SECURITY_LEVEL,
              TRADE_STAGE,
              STATUTORY_DISCOUNT,
              KEY_SCENARIO ->
              true;
        };
    if (!apart) {
      return Fault.SAME_POSITION;
    }
    return factor == DifferenceFactor.DELIVERY_COST
            && holder.terms().against(others.terms(), TermsField.DELIVERY, 0) == Side.SAME
        ? Fault.SAME_DELIVERY
        : null;
  }

  /** Better for who takes more than any of the others, worse for who takes less than any. */
  private static boolean scale(Side side, Position holder, Position others) {
    var least = holder.leastQuantity();
    var most = holder.mostQuantity();
    var othersLeast = others.leastQuantity();
    var othersMost = others.mostQuantity();
    if (least == null || most == null || othersLeast == null || othersMost == null) {
      return false;
    }
    boolean more = least.compareTo(othersMost) > 0;
    boolean less = most.compareTo(othersLeast) < 0;
    return side == Side.BETTER ? more : side == Side.WORSE ? less : more || less;
  }

  private static boolean term(Side side, Position holder, Position others) {
    boolean more = holder.leastDays() > others.mostDays();
    boolean less = holder.mostDays() < others.leastDays();
    return side == Side.BETTER ? more : side == Side.WORSE ? less : more || less;
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  /** Whether a text has the number in it, with or without commas between thousands. */
  private static boolean cites(@Nullable String text, @Nullable BigDecimal quantity) {
    return text != null
        && quantity != null
        && NUMBER
            .matcher(text)
            .results()
            .map(found -> found.group().replace(",", ""))
            .anyMatch(number -> new BigDecimal(number).compareTo(quantity) == 0);
  }
}
