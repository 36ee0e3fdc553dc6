package dev.fairground.pricing;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The form of amounts, words and days in what three bodies set; reports all that is amiss. */
final class PriceForm {
  /** The check whose rule units, steps and ceilings follow from. */
  static final String CEILING_RULE = "FA-06";

  private static final int DECIMALS = 6;
  private static final BigDecimal TOO_MUCH = BigDecimal.TEN.pow(14);

  private PriceForm() {}

  /** An amount of money or a quantity: exact, not negative, with at most six decimals. */
  static @Nullable BigDecimal amount(Arguments input, String member, List<UserError> errors) {
    var amount = input.decimal(member);
    if (amount == null) {
      return null;
    }
    if (amount.signum() < 0
        || amount.stripTrailingZeros().scale() > DECIMALS
        || amount.compareTo(TOO_MUCH) >= 0) {
      errors.add(
          invalid(
              input,
              member,
              "Must be 0 or more and below 10^14, with at most %d decimals.".formatted(DECIMALS)));
      return BigDecimal.ZERO;
    }
    return amount;
  }

  static @Nullable String words(
      Arguments input, String member, int longest, List<UserError> errors) {
    var words = input.string(member);
    if (words == null) {
      return null;
    }
    if (words.isBlank()
        || !words.strip().equals(words)
        || words.codePointCount(0, words.length()) > longest) {
      errors.add(
          invalid(
              input,
              member,
              "Must have 1 to %d characters, without blanks around them.".formatted(longest)));
    }
    return words;
  }

  /** Three capital letters, as ISO 4217 has them; yuan where none is said. */
  static String currency(Arguments input, List<UserError> errors) {
    var currency = Objects.requireNonNullElse(input.string("currency"), "CNY");
    if (!currency.matches("[A-Z]{3}")) {
      errors.add(invalid(input, "currency", "Must be a code of ISO 4217, for example CNY."));
    }
    return currency;
  }

  /** A span of days whose end may be open. */
  static void inOrder(
      Arguments input,
      String last,
      @Nullable LocalDate startsOn,
      @Nullable LocalDate endsOn,
      List<UserError> errors) {
    if (startsOn != null && endsOn != null && endsOn.isBefore(startsOn)) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "The days are reversed: it would end before it begins.",
              input.path(last),
              "termInOrder"));
    }
  }

  /** The first day of what is set: past days keep what they had. */
  static LocalDate effectiveOn(Arguments input, LocalDate today, List<UserError> errors) {
    var day = Objects.requireNonNull(input.date("effectiveOn"));
    if (day.isBefore(today)) {
      errors.add(
          invalid(
              input,
              "effectiveOn",
              "Past days keep what they had. Choose today (%s) or later.".formatted(today)));
    }
    return day;
  }

  static void feeWithPeriod(Arguments input, List<UserError> errors) {
    if (input.has("baseFee") != input.has("baseFeePeriod")) {
      var missing = input.has("baseFee") ? "baseFeePeriod" : "baseFee";
      errors.add(
          InputError.at(
              input,
              missing,
              UserErrorCode.REQUIRED,
              "A base fee needs its period, and a period its fee. Give both or none."));
    }
  }

  static InputError invalid(Arguments input, String member, String message) {
    return InputError.at(input, member, UserErrorCode.INVALID, message);
  }

  static InputError ruled(Arguments input, String member, UserErrorCode code, String message) {
    return new InputError(code, message, input.path(member), CEILING_RULE);
  }
}
