package dev.fairground.access;

import dev.fairground.access.ApprovalForm.Deviation;
import dev.fairground.eligibility.Quote;
import dev.fairground.equal.TermsField;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.policy.AccessPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The terms that an approval gives: those of the tariff and the policy, with what differs put over
 * them. Pure.
 *
 * @param unitPrice 0 where it is free, null where no quantity was said
 * @param standardUnitPrice the tariff's
 * @param standardDelivery null where the product is delivered in several ways
 */
record GrantTerms(
    @Nullable BigDecimal unitPrice,
    @Nullable BigDecimal standardUnitPrice,
    BigDecimal discountPercent,
    @Nullable String delivery,
    @Nullable String standardDelivery,
    @Nullable Integer paymentDays,
    @Nullable BigDecimal deposit,
    @Nullable BigDecimal minimumQuantity) {
  private static final int PRICE_DECIMALS = 6;
  private static final int PERCENT_DECIMALS = 4;
  private static final int AMOUNT_DECIMALS = 2;
  private static final int MOST_PAYMENT_DAYS = 3_650;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
  private static final BigDecimal LARGEST = BigDecimal.TEN.pow(14);

  /**
   * @param ways in which the product is delivered
   * @param errors what cannot be read, or cannot be given
   */
  static GrantTerms of(
      AccessRequest of,
      ApprovalForm form,
      Quote quote,
      AccessPolicy policy,
      List<String> ways,
      List<UserError> errors) {
    var free = !of.purposeClass().equals("INDUSTRY");
    var terms = new Values(quote.unitPrice());
    terms.delivery = delivery(form, ways, errors);
    terms.paymentDays = policy.paymentDays();
    terms.deposit = free ? null : policy.deposit();
    terms.minimumQuantity = policy.minimumQuantity();
    for (var deviation : form.deviations()) {
      terms.put(deviation, ways, errors);
    }
    if (free && (above(terms.unitPrice) || above(terms.deposit))) {
      errors.add(
          new InputError(
              UserErrorCode.CHECK_FAILED,
              "Use for public governance and welfare is free of charge, and of deposits. Leave the deviation out.",
              form.at(),
              "FA-07"));
    }
    minimum(of, form, terms, errors);
    ceiling(form, quote, terms, errors);
    return new GrantTerms(
        terms.unitPrice,
        quote.unitPrice(),
        terms.discount,
        terms.delivery,
        ways.size() == 1 ? ways.getFirst() : null,
        terms.paymentDays,
        terms.deposit,
        terms.minimumQuantity);
  }

  /** Nobody has to take more than it asked for. */
  private static void minimum(
      AccessRequest of, ApprovalForm form, Values terms, List<UserError> errors) {
    for (var deviation : form.deviations()) {
      if (deviation.field() == TermsField.MINIMUM_QUANTITY
          && of.quantity() != null
          && terms.minimumQuantity != null
          && terms.minimumQuantity.compareTo(of.quantity()) > 0) {
        errors.add(
            new InputError(
                UserErrorCode.INVALID,
                "No more than the quantity that was asked for, %s, can be a minimum."
                    .formatted(of.quantity().stripTrailingZeros().toPlainString()),
                deviation.at(),
                "FA-26"));
      }
    }
  }

  private static boolean above(@Nullable BigDecimal amount) {
    return amount != null && amount.signum() > 0;
  }

  private static @Nullable String delivery(
      ApprovalForm form, List<String> ways, List<UserError> errors) {
    var wanted = form.delivery();
    if (wanted == null) {
      return ways.size() == 1 ? ways.getFirst() : null;
    }
    if (!ways.isEmpty() && !ways.contains(wanted)) {
      errors.add(
          new InputError(
              UserErrorCode.INVALID,
              "The product is delivered by %s. Name one of these, or a deviation.".formatted(ways),
              path(form.at(), "delivery"),
              null));
    }
    return wanted;
  }

  private static List<String> path(List<String> at, String member) {
    var path = new ArrayList<>(at);
    path.add(member);
    return path;
  }

  private static void ceiling(
      ApprovalForm form, Quote quote, Values terms, List<UserError> errors) {
    var ceiling = quote.ceilingTotal();
    var quantity = quote.quantity();
    if (ceiling != null
        && quantity != null
        && terms.unitPrice != null
        && quote.unitPrice() != null
        && terms.unitPrice.compareTo(quote.unitPrice()) > 0
        && terms.unitPrice.multiply(quantity).compareTo(ceiling) > 0) {
      errors.add(
          new InputError(
              UserErrorCode.CHECK_FAILED,
              "The price of %s for %s is above the ceiling of %s %s in all. Lower it."
                  .formatted(
                      terms.unitPrice.stripTrailingZeros().toPlainString(),
                      quantity.stripTrailingZeros().toPlainString(),
                      ceiling.stripTrailingZeros().toPlainString(),
                      quote.currency()),
              form.at(),
              "FA-06"));
    }
  }

  /** What is collected. */
  private static final class Values {
    private final @Nullable BigDecimal standardPrice;
    private @Nullable BigDecimal unitPrice;
    private BigDecimal discount = BigDecimal.ZERO;
    private @Nullable String delivery;
    private @Nullable Integer paymentDays;
    private @Nullable BigDecimal deposit;
    private @Nullable BigDecimal minimumQuantity;

    Values(@Nullable BigDecimal standardPrice) {
      this.standardPrice = standardPrice;
      this.unitPrice = standardPrice;
    }

    void put(Deviation deviation, List<String> ways, List<UserError> errors) {
      switch (deviation.field()) {
        case UNIT_PRICE -> unitPrice = price(deviation, errors);
        case DISCOUNT -> discount(deviation, errors);
        case DELIVERY -> {
          if (!deviation.granted().matches("[A-Z_]{1,32}")) {
            errors.add(fault(deviation, "a way of delivery, as products write it"));
          }
          delivery = deviation.granted();
        }
        case PAYMENT_DAYS -> paymentDays = days(deviation, errors);
        case DEPOSIT -> deposit = orNull(number(deviation, AMOUNT_DECIMALS, errors));
        case MINIMUM_QUANTITY ->
            minimumQuantity = orNull(number(deviation, PRICE_DECIMALS, errors));
        case CLAUSE, DECISION_DAYS -> {
          // What is agreed is in the clauses, and how long it took is counted.
        }
      }
    }

    private @Nullable BigDecimal price(Deviation deviation, List<UserError> errors) {
      if (standardPrice == null) {
        errors.add(noPrice(deviation));
        return null;
      }
      return number(deviation, PRICE_DECIMALS, errors);
    }

    private void discount(Deviation deviation, List<UserError> errors) {
      var percent = number(deviation, PERCENT_DECIMALS, errors);
      if (percent == null) {
        return;
      }
      if (percent.compareTo(HUNDRED) > 0) {
        errors.add(fault(deviation, "a percentage of 0 to 100"));
        return;
      }
      if (standardPrice == null) {
        errors.add(noPrice(deviation));
        return;
      }
      discount = percent;
      unitPrice =
          standardPrice
              .multiply(HUNDRED.subtract(percent))
              .divide(HUNDRED, PRICE_DECIMALS, RoundingMode.HALF_UP);
    }

    private static InputError noPrice(Deviation deviation) {
      return new InputError(
          UserErrorCode.INVALID,
          "No price of one unit follows from the tariff, because the request names no quantity: nothing can differ from it.",
          deviation.at(),
          null);
    }

    private static @Nullable Integer days(Deviation deviation, List<UserError> errors) {
      var days = number(deviation, 0, errors);
      if (days != null && days.compareTo(BigDecimal.valueOf(MOST_PAYMENT_DAYS)) > 0) {
        errors.add(fault(deviation, "a number of days up to " + MOST_PAYMENT_DAYS));
        return null;
      }
      return days == null ? null : days.intValue();
    }

    private static @Nullable BigDecimal orNull(@Nullable BigDecimal amount) {
      return amount == null || amount.signum() == 0 ? null : amount;
    }

    private static @Nullable BigDecimal number(
        Deviation deviation, int decimals, List<UserError> errors) {
      if (deviation.granted().matches("\\d{1,14}(\\.\\d{1,20})?")) {
        var number = new BigDecimal(deviation.granted());
        if (number.stripTrailingZeros().scale() <= decimals && number.compareTo(LARGEST) < 0) {
          return number;
        }
      }
      errors.add(
          fault(
              deviation,
              decimals == 0
                  ? "a whole number"
                  : "a number of at least 0 with at most %d digits behind the point"
                      .formatted(decimals)));
      return null;
    }

    private static InputError fault(Deviation deviation, String form) {
      return new InputError(
          UserErrorCode.INVALID,
          "%s is %s.".formatted(deviation.field(), form),
          deviation.at(),
          null);
    }
  }
}
