package dev.fairground.policy;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.fairaccess.RefusalReasonCode;
import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Text;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.policy.PolicyChange.TermsChange;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A policy as an operator gives it.
 *
 * @param title of the terms; null where they stay as they are
 * @param text of the terms; null where they stay as they are
 */
record PolicyContent(
    List<Of> products,
    LocalDate effectiveOn,
    List<PolicyCondition> conditions,
    List<PolicyReason> reasons,
    @Nullable Integer decisionDays,
    List<DifferenceFactor> differenceFactors,
    @Nullable BigDecimal minimumQuantity,
    @Nullable String minimumQuantityReason,
    @Nullable BigDecimal deposit,
    @Nullable String depositCurrency,
    @Nullable String depositReason,
    @Nullable Integer paymentDays,
    @Nullable Text title,
    @Nullable Text text,
    TermsChange termsChange,
    @Nullable String note) {
  private static final int MOST_PRODUCTS = 200;
  private static final int MOST_DAYS = 250;

  /** A product with the version of its policy that the caller read, and its place in the input. */
  record Of(UUID productId, int expectedVersion, Arguments input) {}

  static PolicyContent read(Arguments input, LocalDate today, List<UserError> errors) {
    var effectiveOn = Objects.requireNonNull(input.date("effectiveOn"));
    if (effectiveOn.isBefore(today)) {
      errors.add(
          PolicyForm.invalid(
              input,
              "effectiveOn",
              "Past days keep what they had. Choose today (%s) or later.".formatted(today)));
    }
    var deposit = PolicyForm.number(input, "deposit", 2, errors);
    var terms = input.input("terms");
    var title = terms == null ? null : PolicyForm.needed(terms, "title", 500, null, errors);
    return new PolicyContent(
        products(input, errors),
        effectiveOn,
        ConditionForm.read(input, errors),
        reasons(input, errors),
        PolicyForm.days(input, "decisionDays", 1, MOST_DAYS, errors),
        factors(input, errors),
        PolicyForm.number(input, "minimumQuantity", 6, errors),
        PolicyForm.why(input, "minimumQuantityReason", "minimumQuantity", errors),
        deposit,
        deposit == null ? null : currency(input, errors),
        PolicyForm.why(input, "depositReason", "deposit", errors),
        PolicyForm.days(input, "paymentDays", 0, 3_650, errors),
        title,
        terms == null || title == null
            ? null
            : PolicyForm.needed(
                terms,
                "text",
                100_000,
                title.locale().equals("und") ? null : title.locale(),
                errors),
        Objects.requireNonNullElse(
            input.value("termsChange", TermsChange.class), TermsChange.SUBSTANTIAL),
        PolicyForm.words(input, "note", 10_000, errors));
  }

  private static List<Of> products(Arguments input, List<UserError> errors) {
    var given = input.inputs("products");
    if (given.isEmpty()) {
      errors.add(
          InputError.at(input, "products", UserErrorCode.REQUIRED, "Name one product at least."));
    }
    PolicyForm.atMost(input, "products", given.size(), MOST_PRODUCTS, errors);
    var seen = new HashSet<UUID>();
    var products = new ArrayList<Of>();
    for (var one : given) {
      var id =
          Objects.requireNonNull(
              one.id(
                  "productId", CatalogResolver.DATA_PRODUCT, CatalogResolver.SERVICE_CAPABILITY));
      if (!seen.add(id)) {
        errors.add(PolicyForm.invalid(one, "productId", "It is there twice. Name it once."));
      }
      products.add(new Of(id, Objects.requireNonNull(one.integer("expectedVersion")), one));
    }
    return products;
  }

  /** Those that are given, and behind them those that hold whether a policy names them or not. */
  private static List<PolicyReason> reasons(Arguments input, List<UserError> errors) {
    var left = EnumSet.noneOf(RefusalReasonCode.class);
    left.addAll(BasicPolicy.STANDING);
    var seen = EnumSet.noneOf(RefusalReasonCode.class);
    var reasons = new ArrayList<PolicyReason>();
    for (var one : input.inputs("reasons")) {
      var code = Objects.requireNonNull(one.value("code", RefusalReasonCode.class));
      if (!seen.add(code)) {
        errors.add(PolicyForm.invalid(one, "code", "This reason is there twice. Give it once."));
      }
      left.remove(code);
      reasons.add(new PolicyReason(code, PolicyForm.text(one, "text", 10_000, null, errors)));
    }
    left.forEach(code -> reasons.add(new PolicyReason(code, null)));
    return reasons;
  }

  private static List<DifferenceFactor> factors(Arguments input, List<UserError> errors) {
    var factors = input.values("differenceFactors", DifferenceFactor.class);
    if (factors.stream().distinct().count() != factors.size()) {
      errors.add(
          PolicyForm.invalid(input, "differenceFactors", "One is there twice. Give each once."));
    }
    return factors.stream().distinct().sorted().toList();
  }

  private static String currency(Arguments input, List<UserError> errors) {
    var currency = Objects.requireNonNullElse(input.string("depositCurrency"), "CNY");
    if (!currency.matches("[A-Z]{3}")) {
      errors.add(
          PolicyForm.invalid(
              input, "depositCurrency", "Must be a code of ISO 4217, for example CNY."));
    }
    return currency;
  }
}
