package dev.fairground.authorizing;

import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Period;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long an authorization may be: at most the years of {@code authTermMaxYears} in principle
 * (Specification, 14), so that a longer term needs a reason; and not at all longer where {@code
 * authTermStrict} says so, as in Henan. Pure.
 */
final class TermRules {
  private TermRules() {}

  /** What the rules of the day say; null where they say nothing. */
  record Limit(@Nullable Integer years, boolean strict) {}

  static boolean isTooLong(Period term, Limit limit) {
    return limit.years() != null
        && !Objects.requireNonNull(term.endsOn())
            .isBefore(term.startsOn().plusYears(limit.years()));
  }

  /** Everything that stands against a term, at the members of {@code input}. */
  static List<UserError> against(
      Arguments input, LocalDate startsOn, LocalDate endsOn, @Nullable String reason, Limit limit) {
    var errors = new ArrayList<UserError>();
    if (endsOn.isBefore(startsOn)) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "The last day is before the first, which is %s. Name that day or a later one."
                  .formatted(startsOn),
              input.path("endsOn"),
              "termInOrder"));
      return errors;
    }
    if (!isTooLong(new Period(startsOn, endsOn), limit)) {
      return errors;
    }
    if (limit.strict()) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "A term must not be longer than %d years here. End it on %s at the latest."
                  .formatted(
                      limit.years(),
                      startsOn.plusYears(Objects.requireNonNull(limit.years())).minusDays(1)),
              input.path("endsOn"),
              "authTermMaxYears"));
    } else if (reason == null || reason.isBlank()) {
      errors.add(
          new InputError(
              UserErrorCode.REASON_REQUIRED,
              "A term is not longer than %d years in principle. Say why this one is, or end it on %s."
                  .formatted(
                      limit.years(),
                      startsOn.plusYears(Objects.requireNonNull(limit.years())).minusDays(1)),
              input.path("termReason"),
              "authTermMaxYears"));
    }
    return errors;
  }
}
