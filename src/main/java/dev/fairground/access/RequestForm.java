package dev.fairground.access;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.catalog.CatalogResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Ids;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.party.PartyResolver;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is handed in.
 *
 * @param purposeClass null where the scenario says it
 * @param errors what is wrong with its form
 */
record RequestForm(
    UUID applicantId,
    UUID productId,
    @Nullable UUID scenarioId,
    @Nullable String purposeClass,
    String useStatement,
    LocalDate startsOn,
    LocalDate endsOn,
    @Nullable String unit,
    @Nullable String unitText,
    @Nullable BigDecimal quantity,
    @Nullable UUID renewsGrantId,
    List<DocumentForm> documents,
    List<UserError> errors) {
  /** The prefix of access grants' ids. */
  private static final String GRANT = "acg";

  /** Whole digits and digits behind the point of quantities. */
  private static final int WHOLE = 14;

  private static final int BEHIND = 6;

  RequestForm {
    documents = List.copyOf(documents);
    errors = List.copyOf(errors);
  }

  static RequestForm read(Arguments input) {
    var errors = new ArrayList<UserError>();
    var scenario = input.id("scenarioId", AuthorizationResolver.SCENARIO);
    var purpose = input.string("purposeClass");
    if (scenario == null && purpose == null) {
      errors.add(
          InputError.at(
              input,
              "scenarioId",
              UserErrorCode.REQUIRED,
              "Name the scenario of use, or at least its class of purpose."));
    }
    var startsOn = Objects.requireNonNull(input.date("startsOn"));
    var endsOn = Objects.requireNonNull(input.date("endsOn"));
    if (endsOn.isBefore(startsOn)) {
      errors.add(
          InputError.at(
              input,
              "endsOn",
              UserErrorCode.INVALID,
              "The term ends before it begins. Give its last day."));
    }
    var quantity = input.decimal("quantity");
    quantity(input, quantity, errors);
    if (quantity != null && !input.has("unit")) {
      errors.add(
          InputError.at(
              input, "unit", UserErrorCode.REQUIRED, "Say in which unit the quantity is counted."));
    }
    return new RequestForm(
        Objects.requireNonNull(input.id("applicantId", PartyResolver.PREFIX)),
        Objects.requireNonNull(
            input.id(
                "productId", CatalogResolver.DATA_PRODUCT, CatalogResolver.SERVICE_CAPABILITY)),
        scenario,
        purpose,
        Form.needed(input, "useStatement", Form.LONGEST, errors),
        startsOn,
        endsOn,
        input.string("unit"),
        Form.text(input, "unitText", 200, errors),
        quantity,
        input.id("renewsGrantId", GRANT),
        DocumentForm.read(input, errors),
        errors);
  }

  private static void quantity(
      Arguments input, @Nullable BigDecimal quantity, List<UserError> errors) {
    if (quantity == null) {
      return;
    }
    var plain = quantity.stripTrailingZeros();
    if (plain.signum() <= 0
        || plain.scale() > BEHIND
        || plain.precision() - plain.scale() > WHOLE) {
      errors.add(
          InputError.at(
              input,
              "quantity",
              UserErrorCode.INVALID,
              "Must be above 0, with at most %d digits before and %d behind the point."
                  .formatted(WHOLE, BEHIND)));
    }
  }

  /** A number for people, which needs no counter: the chance that two are alike is negligible. */
  static String number(UUID id, int year) {
    return "AR-%d-%s"
        .formatted(year, Ids.write("x", id).substring(2, 12).toUpperCase(java.util.Locale.ROOT));
  }
}
