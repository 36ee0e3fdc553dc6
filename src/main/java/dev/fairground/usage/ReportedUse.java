package dev.fairground.usage;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of a report, as it is given.
 *
 * @param given where errors are told
 * @param corrects the number of the record that it corrects; null for use of its own
 */
record ReportedUse(
    Arguments given,
    UUID grantId,
    LocalDate startsOn,
    LocalDate endsOn,
    @Nullable UUID resourceId,
    @Nullable UUID scenarioId,
    @Nullable String unit,
    @Nullable String unitText,
    BigDecimal quantity,
    @Nullable Long calls,
    @Nullable BigDecimal billed,
    @Nullable String currency,
    @Nullable String outcome,
    @Nullable String purposeStatement,
    @Nullable String reference,
    @Nullable Integer corrects,
    @Nullable String correctionReason) {
  static final String GRANT = "acg";

  private static final BigDecimal TOO_MUCH = BigDecimal.TEN.pow(14);
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  /** Reads a row; adds all that is amiss with its form. */
  static ReportedUse read(Arguments given, LocalDate today, List<UserError> errors) {
    var startsOn = Objects.requireNonNull(given.date("startsOn"));
    var endsOn = Objects.requireNonNull(given.date("endsOn"));
    if (endsOn.isBefore(startsOn)) {
      errors.add(invalid(given, "endsOn", "The days are reversed: it would end before it begins."));
    } else if (startsOn.getYear() != endsOn.getYear() || startsOn.getMonth() != endsOn.getMonth()) {
      errors.add(
          invalid(
              given,
              "endsOn",
              "The days of a record are of one month. Report those of other months in records of"
                  + " their own."));
    } else if (endsOn.isAfter(today)) {
      errors.add(
          invalid(given, "endsOn", "Use is reported when it was made. These days lie ahead."));
    }
    var corrects = given.integer("corrects");
    var negative = corrects != null;
    var currency = given.string("currency");
    if (currency != null && !CURRENCY.matcher(currency).matches()) {
      errors.add(invalid(given, "currency", "Must be a code of ISO 4217, for example CNY."));
    }
    var reason = words(given, "correctionReason", 2_000, errors);
    if (negative && reason == null) {
      errors.add(
          InputError.at(
              given,
              "correctionReason",
              UserErrorCode.REASON_REQUIRED,
              "A correction needs a reason. Say why."));
    } else if (!negative && reason != null) {
      errors.add(
          invalid(
              given,
              "correctionReason",
              "It corrects nothing. Name the record in corrects, or leave the reason out."));
    }
    return new ReportedUse(
        given,
        Objects.requireNonNull(given.id("grantId", GRANT)),
        startsOn,
        endsOn,
        given.id("resourceId", "res"),
        given.id("scenarioId", "sce"),
        given.string("unit"),
        words(given, "unitText", 100, errors),
        Objects.requireNonNullElse(amount(given, "quantity", 6, negative, errors), BigDecimal.ZERO),
        whole(amount(given, "calls", 0, negative, errors)),
        amount(given, "billed", 2, negative, errors),
        currency,
        words(given, "outcome", 1_000, errors),
        words(given, "purposeStatement", 2_000, errors),
        words(given, "reference", 200, errors),
        corrects,
        reason);
  }

  private static @Nullable Long whole(@Nullable BigDecimal number) {
    return number == null ? null : number.longValueExact();
  }

  private static @Nullable BigDecimal amount(
      Arguments given, String member, int decimals, boolean negative, List<UserError> errors) {
    var amount = given.decimal(member);
    if (amount == null) {
      return null;
    }
    if (amount.signum() < 0 && !negative) {
      errors.add(
          invalid(
              given,
              member,
              "Must be 0 or more. Only a correction, which names a record in corrects, takes"
                  + " something back."));
      return BigDecimal.ZERO;
    }
    if (amount.signum() != 0 && amount.stripTrailingZeros().scale() > decimals
        || amount.abs().compareTo(TOO_MUCH) >= 0) {
      errors.add(
          invalid(
              given, member, "Must be below 10^14, with at most %d decimals.".formatted(decimals)));
      return BigDecimal.ZERO;
    }
    return amount;
  }

  private static @Nullable String words(
      Arguments given, String member, int longest, List<UserError> errors) {
    var words = given.string(member);
    if (words != null
        && (words.isBlank()
            || !words.strip().equals(words)
            || words.codePointCount(0, words.length()) > longest)) {
      errors.add(
          invalid(
              given,
              member,
              "Must have 1 to %d characters, without blanks around them.".formatted(longest)));
    }
    return words;
  }

  static InputError invalid(Arguments given, String member, String message) {
    return InputError.at(given, member, UserErrorCode.INVALID, message);
  }

  LocalDate month() {
    return startsOn.withDayOfMonth(1);
  }

  /** Whether it says that nothing was used. */
  boolean isNothing() {
    return quantity.signum() == 0
        && (calls == null || calls == 0)
        && (billed == null || billed.signum() == 0);
  }
}
