package dev.fairground.pricing;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Conversion;
import dev.fairground.fairaccess.ProductFacts.Tier;
import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Period;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A ceiling as its institution gives it. */
record CeilingContent(
    String itemClass,
    @Nullable UUID scenarioId,
    String unit,
    @Nullable String unitText,
    String currency,
    List<Tier> tiers,
    @Nullable BigDecimal baseFee,
    @Nullable String baseFeePeriod,
    List<Conversion> conversions,
    boolean trial,
    Period term,
    LegalBasis basis,
    @Nullable LocalDate reportedOn) {
  private static final int MOST_CONVERSIONS = 20;

  static CeilingContent read(Arguments input, LocalDate today, List<UserError> errors) {
    var from = PriceForm.effectiveOn(input, today, errors);
    PriceForm.inOrder(input, "endsOn", from, input.date("endsOn"), errors);
    PriceForm.feeWithPeriod(input, errors);
    if (!input.has("unit")) {
      errors.add(
          PriceForm.ruled(
              input,
              "unit",
              UserErrorCode.REQUIRED,
              "A ceiling without a unit can be compared with no price. Say what it is for one of."));
    }
    if (input.inputs("tiers").isEmpty() && !input.has("baseFee")) {
      errors.add(
          PriceForm.ruled(
              input,
              "tiers",
              UserErrorCode.REQUIRED,
              "A ceiling has steps, a base fee, or both. One step from 0 holds for all quantities."));
    }
    var trial = Boolean.TRUE.equals(input.bool("trial"));
    if (trial && !input.has("endsOn")) {
      errors.add(
          PriceForm.ruled(
              input,
              "endsOn",
              UserErrorCode.REQUIRED,
              "A ceiling on trial has an end. Say its last day."));
    }
    if (input.has("reportedOn")
        && Objects.requireNonNull(input.date("reportedOn")).isAfter(today)) {
      errors.add(
          PriceForm.invalid(input, "reportedOn", "It lies ahead. Say it when it was reported."));
    }
    return new CeilingContent(
        Objects.requireNonNull(PriceForm.words(input, "itemClass", 64, errors)),
        input.id("scenario", AuthorizationResolver.SCENARIO),
        Objects.requireNonNullElse(input.string("unit"), "PER_PRODUCT"),
        PriceForm.words(input, "unitText", 200, errors),
        PriceForm.currency(input, errors),
        PriceSteps.read(input, "tiers", errors),
        PriceForm.amount(input, "baseFee", errors),
        input.string("baseFeePeriod"),
        conversions(input, errors),
        trial,
        new Period(from, input.date("endsOn")),
        new LegalBasis(
            Objects.requireNonNull(PriceForm.words(input, "document", 500, errors)),
            PriceForm.words(input, "clause", 200, errors),
            PriceForm.link(input, "url", errors)),
        input.date("reportedOn"));
  }

  private static List<Conversion> conversions(Arguments input, List<UserError> errors) {
    if (input.inputs("conversions").size() > MOST_CONVERSIONS) {
      errors.add(
          InputError.at(
              input,
              "conversions",
              UserErrorCode.QUOTA,
              "A ceiling compares with at most 20 other units."));
    }
    var conversions = new ArrayList<Conversion>();
    var seen = new HashSet<String>();
    for (var given : input.inputs("conversions")) {
      var unit = Objects.requireNonNull(given.string("unit"));
      var words = PriceForm.words(given, "unitText", 200, errors);
      var factor = Objects.requireNonNull(PriceForm.amount(given, "factor", errors));
      if (factor.signum() == 0) {
        errors.add(PriceForm.invalid(given, "factor", "Must be above 0."));
      }
      if (!seen.add(unit + ' ' + words)
          || unit.equals(input.string("unit")) && Objects.equals(words, input.string("unitText"))) {
        errors.add(
            PriceForm.invalid(
                given,
                "unit",
                "This unit has a factor already, or is the ceiling's own. Leave it out."));
      }
      conversions.add(new Conversion(unit, words, factor));
    }
    return conversions;
  }

  /** Whether another ceiling is for the same: class, scenario, and unit with its words. */
  boolean isForTheSame(Ceiling other) {
    return itemClass.equals(other.itemClass())
        && Objects.equals(
            scenarioId == null ? null : Ids.write(AuthorizationResolver.SCENARIO, scenarioId),
            other.scenarioId())
        && unit.equals(other.unit())
        && Objects.equals(unitText, other.unitText());
  }

  /** Whether another one holds on some of its days. */
  boolean overlaps(Ceiling other) {
    return (term.endsOn() == null || !other.effectiveOn().isAfter(term.endsOn()))
        && (other.endsOn() == null || !other.endsOn().isBefore(term.startsOn()));
  }
}
