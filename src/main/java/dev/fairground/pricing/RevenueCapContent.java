package dev.fairground.pricing;

import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Period;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A cap as its price authority gives it. */
record RevenueCapContent(
    Period term,
    String currency,
    BigDecimal amount,
    @Nullable BigDecimal cost,
    @Nullable BigDecimal profitPercent,
    @Nullable BigDecimal treasuryYieldPercent,
    @Nullable BigDecimal tax,
    @Nullable BigDecimal carriedDeduction,
    LegalBasis basis) {
  /** The check whose rule a cap follows from. */
  static final String RULE = "FA-21";

  static final String MOST_YEARS = "revenueCapMaxYears";
  static final String PROFIT_POINTS = "profitMarginPoints";
  private static final BigDecimal HIGHEST_PERCENT = new BigDecimal(999);
  private static final int PERCENT_DECIMALS = 4;

  static RevenueCapContent read(Arguments input, List<UserError> errors) {
    var startsOn = Objects.requireNonNull(input.date("startsOn"));
    var endsOn = Objects.requireNonNull(input.date("endsOn"));
    PriceForm.inOrder(input, "endsOn", startsOn, endsOn, errors);
    var parts = List.of("cost", "profitPercent", "tax");
    if (parts.stream().anyMatch(input::has)) {
      for (var part : parts) {
        if (!input.has(part)) {
          errors.add(
              InputError.at(
                  input,
                  part,
                  UserErrorCode.REQUIRED,
                  "The cap is cost, profit on it, and taxes. Give all three, or none."));
        }
      }
    }
    return new RevenueCapContent(
        new Period(startsOn, endsOn),
        PriceForm.currency(input, errors),
        Objects.requireNonNull(PriceForm.amount(input, "amount", errors)),
        PriceForm.amount(input, "cost", errors),
        percent(input, "profitPercent", false, errors),
        percent(input, "treasuryYieldPercent", true, errors),
        PriceForm.amount(input, "tax", errors),
        PriceForm.amount(input, "carriedDeduction", errors),
        new LegalBasis(
            Objects.requireNonNull(PriceForm.words(input, "document", 500, errors)),
            PriceForm.words(input, "clause", 200, errors),
            PriceForm.link(input, "url", errors)));
  }

  private static @Nullable BigDecimal percent(
      Arguments input, String member, boolean below, List<UserError> errors) {
    var percent = input.decimal(member);
    var least = below ? BigDecimal.TEN.negate() : BigDecimal.ZERO;
    if (percent != null
        && (percent.compareTo(least) < 0
            || percent.compareTo(HIGHEST_PERCENT) > 0
            || percent.stripTrailingZeros().scale() > PERCENT_DECIMALS)) {
      errors.add(
          PriceForm.invalid(
              input,
              member,
              "Must be between %s and %s, with at most %d decimals."
                  .formatted(least, HIGHEST_PERCENT, PERCENT_DECIMALS)));
      return BigDecimal.ZERO;
    }
    return percent;
  }

  /**
   * What stands against it by the rules in force. Pure.
   *
   * @param rules values by name; one that is not there limits nothing
   */
  List<UserError> against(Arguments input, Map<String, String> rules) {
    var errors = new ArrayList<UserError>();
    var years = rules.get(MOST_YEARS);
    if (years != null
        && Objects.requireNonNull(term.endsOn())
            .isAfter(term.startsOn().plusYears(Integer.parseInt(years)).minusDays(1))) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "One cap is for at most %s years. Choose an earlier last day.".formatted(years),
              input.path("endsOn"),
              MOST_YEARS));
    }
    var points = rules.get(PROFIT_POINTS);
    if (points != null
        && profitPercent != null
        && treasuryYieldPercent != null
        && profitPercent.compareTo(treasuryYieldPercent.add(new BigDecimal(points))) > 0) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "Profit is at most %s points above the yield of %s percent. Lower it to %s."
                  .formatted(
                      points,
                      treasuryYieldPercent.toPlainString(),
                      treasuryYieldPercent.add(new BigDecimal(points)).toPlainString()),
              input.path("profitPercent"),
              PROFIT_POINTS));
    }
    if (carriedDeduction != null && carriedDeduction.compareTo(amount) > 0) {
      errors.add(
          PriceForm.invalid(
              input, "carriedDeduction", "More than the cap cannot be taken off it."));
    }
    return errors;
  }
}
