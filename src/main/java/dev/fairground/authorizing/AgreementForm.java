package dev.fairground.authorizing;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.UserError;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of an agreement beside scope and term (Specification, 14). Pure. */
final class AgreementForm {
  static final String OTHER = "other";
  static final List<String> ITEMS =
      List.of(
          "technicalStandards",
          "securityReview",
          "businessNormReview",
          "platform",
          "ownership",
          "disclosureDuty",
          "noRedevelopment",
          "accounting",
          "security",
          "evaluationAndExit",
          "breach",
          "disputes",
          "changes");

  private AgreementForm() {}

  /** Null where none was given; else all items, of which only the last may be missing. */
  static @Nullable JsonObject read(Arguments input, List<UserError> errors) {
    var agreement =
        new Form(input, errors)
            .nested("agreement", ITEMS, form -> name -> form.needed(name, Form.LONG));
    if (agreement == null) {
      return null;
    }
    var other =
        new Form(java.util.Objects.requireNonNull(input.input("agreement")), errors)
            .text(OTHER, Form.LONG);
    return other == null ? agreement : agreement.put(OTHER, other);
  }
}
