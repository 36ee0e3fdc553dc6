package dev.fairground.pricing;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Text;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A bundle as its operator gives it. */
record BundleContent(
    Text title,
    List<UUID> members,
    BigDecimal price,
    String currency,
    String unit,
    @Nullable String unitText,
    List<Condition> conditions,
    @Nullable LocalDate effectiveOn,
    @Nullable LocalDate endsOn) {
  private static final int MOST_MEMBERS = 50;
  private static final int MOST_CONDITIONS = 20;

  /** Something else that has to be bought or done. */
  record Condition(String text, @Nullable String technicalNeed) {}

  static BundleContent read(Arguments input, LocalDate today, List<UserError> errors) {
    if (input.has("effectiveOn")) {
      PriceForm.effectiveOn(input, today, errors);
    }
    var members =
        input.ids("members", CatalogResolver.DATA_PRODUCT, CatalogResolver.SERVICE_CAPABILITY);
    if (members.stream().distinct().count() != members.size() || members.size() < 2) {
      errors.add(
          PriceForm.invalid(
              input, "members", "A bundle has two or more products, each of them once."));
    }
    if (members.size() > MOST_MEMBERS) {
      errors.add(
          InputError.at(
              input, "members", UserErrorCode.QUOTA, "A bundle has at most 50 products."));
    }
    return new BundleContent(
        title(input, errors),
        members,
        Objects.requireNonNull(PriceForm.amount(input, "price", errors)),
        PriceForm.currency(input, errors),
        Objects.requireNonNull(input.string("unit")),
        PriceForm.words(input, "unitText", 200, errors),
        conditions(input, errors),
        input.date("effectiveOn"),
        input.date("endsOn"));
  }

  private static List<Condition> conditions(Arguments input, List<UserError> errors) {
    var given = input.inputs("conditions");
    if (given.size() > MOST_CONDITIONS) {
      errors.add(
          InputError.at(
              input, "conditions", UserErrorCode.QUOTA, "A bundle has at most 20 conditions."));
    }
    return given.stream()
        .map(
            condition ->
                new Condition(
                    Objects.requireNonNull(PriceForm.words(condition, "text", 2_000, errors)),
                    PriceForm.words(condition, "technicalNeed", 2_000, errors)))
        .toList();
  }

  private static Text title(Arguments input, List<UserError> errors) {
    var texts = new LinkedHashMap<String, String>();
    for (var text : input.inputs("title")) {
      var locale = Objects.requireNonNull(text.string("locale"));
      var value = Objects.requireNonNull(PriceForm.words(text, "value", 500, errors));
      if (texts.put(locale, value) != null) {
        errors.add(PriceForm.invalid(text, "locale", "This language is there twice. Give one."));
      }
    }
    if (texts.isEmpty()) {
      errors.add(
          InputError.at(
              input, "title", UserErrorCode.REQUIRED, "Say in one language what it is called."));
      return Text.of("-", "und");
    }
    var locales = new ArrayList<>(texts.keySet());
    var first = locales.getFirst();
    var original = Objects.requireNonNull(texts.remove(first));
    return new Text(original, first, texts);
  }
}
