package dev.fairground.pricing;

import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Tier;
import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.party.PartyResolver;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An item of a plan as its operator gives it.
 *
 * @param input where it was read, for what stands against it
 * @param position from 1
 */
record TariffItem(
    Arguments input,
    int position,
    String item,
    String itemClass,
    String unit,
    @Nullable String unitText,
    String currency,
    @Nullable BigDecimal baseFee,
    @Nullable String baseFeePeriod,
    List<Tier> tiers,
    List<String> purposeClasses,
    @Nullable String freeConditions,
    @Nullable UUID payeeId,
    boolean trial,
    @Nullable LocalDate endsOn) {
  /** Items of one product, as many as are read on a day. */
  private static final int MOST = 50;

  static List<TariffItem> read(Arguments plan, LocalDate effectiveOn, List<UserError> errors) {
    var inputs = plan.inputs("items");
    if (inputs.isEmpty()) {
      errors.add(
          InputError.at(
              plan,
              "items",
              UserErrorCode.REQUIRED,
              "A plan has at least one item. To charge nothing any more, end the tariffs."));
    }
    if (inputs.size() > MOST) {
      errors.add(InputError.at(plan, "items", UserErrorCode.QUOTA, "A plan has at most 50 items."));
      return List.of();
    }
    var currency = PriceForm.currency(plan, errors);
    var items = new ArrayList<TariffItem>();
    var seen = new HashSet<String>();
    for (var input : inputs) {
      var item = item(input, items.size() + 1, currency, errors);
      PriceForm.inOrder(input, "endsOn", effectiveOn, item.endsOn, errors);
      for (var purpose : item.purposeClasses) {
        if (!seen.add(purpose + ' ' + item.item)) {
          errors.add(
              InputError.at(
                  input,
                  "item",
                  UserErrorCode.ALREADY_EXISTS,
                  "Two items of this name are for %s. Give each its own name, or one its own purpose."
                      .formatted(purpose)));
        }
      }
      items.add(item);
    }
    return items;
  }

  private static TariffItem item(
      Arguments input, int position, String currency, List<UserError> errors) {
    PriceForm.feeWithPeriod(input, errors);
    var item =
        new TariffItem(
            input,
            position,
            Objects.requireNonNull(PriceForm.words(input, "item", 200, errors)),
            Objects.requireNonNull(PriceForm.words(input, "itemClass", 64, errors)),
            Objects.requireNonNull(input.string("unit")),
            PriceForm.words(input, "unitText", 200, errors),
            currency,
            PriceForm.amount(input, "baseFee", errors),
            input.string("baseFeePeriod"),
            PriceSteps.read(input, "tiers", errors),
            input.strings("purposeClasses").stream().distinct().toList(),
            PriceForm.words(input, "freeConditions", 10_000, errors),
            input.id("payee", PartyResolver.PREFIX),
            Boolean.TRUE.equals(input.bool("trial")),
            input.date("endsOn"));
    if (item.purposeClasses.isEmpty()) {
      errors.add(
          InputError.at(
              input,
              "purposeClasses",
              UserErrorCode.REQUIRED,
              "Say for which purpose classes it is; what is charged is for INDUSTRY."));
    }
    if (item.tiers.isEmpty() && item.baseFee == null) {
      errors.add(
          InputError.at(
              input,
              "tiers",
              UserErrorCode.REQUIRED,
              "An item has steps, a base fee, or both; one step from 0 at 0 is free of charge."));
    }
    if (item.freeConditions != null && !item.isFree()) {
      errors.add(
          PriceForm.invalid(
              input, "freeConditions", "Something is charged for it. Leave the conditions out."));
    }
    return item;
  }

  /** Whether nothing is charged. */
  boolean isFree() {
    return (baseFee == null || baseFee.signum() == 0)
        && tiers.stream().allMatch(tier -> tier.unitPrice().signum() == 0);
  }

  /** As checks read it, under an id that it does not keep. */
  Price price(UUID id, Instant setAt, LocalDate effectiveOn) {
    return new Price(
        Ids.write(PricingResolver.TARIFF, id),
        setAt,
        item,
        itemClass,
        unit,
        unitText,
        currency,
        baseFee,
        baseFeePeriod,
        purposeClasses,
        isFree(),
        trial,
        effectiveOn,
        endsOn,
        tiers);
  }
}
