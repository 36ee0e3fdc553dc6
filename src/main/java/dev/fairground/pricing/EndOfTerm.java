package dev.fairground.pricing;

import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Period;
import dev.fairground.mutation.UserError;
import java.time.LocalDate;
import java.util.List;

/** Whether a price, a ceiling or a bundle may end on a day. Pure. */
final class EndOfTerm {
  private EndOfTerm() {}

  /** Whether it then never begins. */
  static boolean isWithdrawal(Period term, LocalDate last) {
    return last.isBefore(term.startsOn());
  }

  /** What stands against {@code endsOn} of the input. */
  static List<UserError> against(Arguments input, Period term, LocalDate last, LocalDate today) {
    if (term.endsOn() != null && !last.isBefore(term.endsOn())) {
      return List.of(
          PriceForm.invalid(
              input,
              "endsOn",
              "It ends on %s already. Choose an earlier day.".formatted(term.endsOn())));
    }
    if (last.isBefore(today) && !term.startsOn().isAfter(today)) {
      return List.of(
          PriceForm.invalid(
              input,
              "endsOn",
              "It holds today, and past days keep what they had. Choose today (%s) or later."
                  .formatted(today)));
    }
    return List.of();
  }
}
