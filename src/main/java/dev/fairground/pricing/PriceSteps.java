package dev.fairground.pricing;

import dev.fairground.fairaccess.ProductFacts.Tier;
import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.pricing.PriceStepsError.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads steps: from 0 on, each behind the one before it, and no quantity between them. Pure. */
final class PriceSteps {
  private static final int MOST = 100;

  private PriceSteps() {}

  static List<Tier> read(Arguments input, String member, List<UserError> errors) {
    var steps = input.inputs(member);
    if (steps.size() > MOST) {
      errors.add(InputError.at(input, member, UserErrorCode.QUOTA, "There are at most 100 steps."));
      return List.of();
    }
    var tiers = new ArrayList<Tier>();
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      var from = zeroOr(PriceForm.amount(step, "fromQuantity", errors));
      var price = zeroOr(PriceForm.amount(step, "unitPrice", errors));
      var before = tiers.isEmpty() ? null : tiers.getLast().fromQuantity();
      if (before == null && from.signum() != 0) {
        errors.add(
            error(
                step,
                "fromQuantity",
                Fault.NOT_FROM_ZERO,
                1,
                "The first step begins at 0. Quantities below %s have no price."
                    .formatted(from.toPlainString())));
      } else if (before != null && from.compareTo(before) <= 0) {
        errors.add(
            error(
                step,
                "fromQuantity",
                Fault.NOT_RISING,
                i + 1,
                "Step %d begins at %s, not behind %s where step %d begins."
                    .formatted(i + 1, from.toPlainString(), before.toPlainString(), i)));
      }
      end(step, i + 1, i + 1 < steps.size() ? steps.get(i + 1) : null, errors);
      tiers.add(new Tier(from, price));
    }
    return tiers;
  }

  /** Where a step says its end, it is the beginning of the next one. */
  private static void end(
      Arguments step, int number, @Nullable Arguments next, List<UserError> errors) {
    var end = step.decimal("toQuantity");
    var begin = next == null ? null : next.decimal("fromQuantity");
    if (end == null || begin != null && end.compareTo(begin) == 0) {
      return;
    }
    if (begin == null) {
      errors.add(
          error(
              step,
              "toQuantity",
              Fault.ENDS,
              number,
              "Step %d is the last one and holds for all larger quantities. Leave its end out."
                  .formatted(number)));
    } else if (end.compareTo(begin) < 0) {
      errors.add(
          error(
              step,
              "toQuantity",
              Fault.GAP,
              number,
              "Step %d ends at %s and step %d begins at %s: quantities between have no price."
                  .formatted(number, end.toPlainString(), number + 1, begin.toPlainString())));
    } else {
      errors.add(
          error(
              step,
              "toQuantity",
              Fault.OVERLAP,
              number,
              "Step %d ends at %s and step %d begins at %s: quantities between have two prices."
                  .formatted(number, end.toPlainString(), number + 1, begin.toPlainString())));
    }
  }

  private static BigDecimal zeroOr(@Nullable BigDecimal amount) {
    return amount == null ? BigDecimal.ZERO : amount;
  }

  private static PriceStepsError error(
      Arguments step, String member, Fault fault, int number, String message) {
    return new PriceStepsError(message, step.path(member), fault, number);
  }
}
