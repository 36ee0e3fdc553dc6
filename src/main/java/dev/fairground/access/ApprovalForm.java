package dev.fairground.access;

import dev.fairground.check.CheckFailedError;
import dev.fairground.equal.TermsField;
import dev.fairground.fairaccess.DifferenceFactor;
import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The terms of an approval as they are given.
 *
 * @param at where it stands in the arguments
 * @param errors what is wrong with its form, and clauses that nobody may agree on
 */
record ApprovalForm(
    @Nullable String text,
    @Nullable LocalDate endsOn,
    @Nullable String delivery,
    List<Deviation> deviations,
    List<Clause> clauses,
    List<String> at,
    List<UserError> errors) {
  private static final int MOST_DEVIATIONS = 20;
  private static final int MOST_CLAUSES = 50;

  ApprovalForm {
    deviations = List.copyOf(deviations);
    clauses = List.copyOf(clauses);
    at = List.copyOf(at);
    errors = List.copyOf(errors);
  }

  /**
   * A term that differs.
   *
   * @param granted what is given instead, as the field writes it
   * @param at where that stands in the arguments
   */
  record Deviation(
      TermsField field,
      String granted,
      DifferenceFactor factor,
      String justification,
      @Nullable String evidence,
      List<String> at) {}

  /** Something that is agreed beyond the standard terms. */
  record Clause(String kind, String text, @Nullable String reason) {}

  static ApprovalForm read(Arguments input, List<String> at) {
    var errors = new ArrayList<UserError>();
    return new ApprovalForm(
        Form.text(input, "text", Form.LONGEST, errors),
        input.date("endsOn"),
        input.string("delivery"),
        deviations(input, errors),
        clauses(input, errors),
        at,
        errors);
  }

  private static List<Deviation> deviations(Arguments input, List<UserError> errors) {
    var deviations = new ArrayList<Deviation>();
    var seen = EnumSet.noneOf(TermsField.class);
    for (var one : few(input, "deviations", MOST_DEVIATIONS, errors)) {
      var field = Objects.requireNonNull(one.value("field", TermsField.class));
      var price = field == TermsField.UNIT_PRICE || field == TermsField.DISCOUNT;
      var twice = !seen.add(field);
      if (twice
          || price && seen.containsAll(EnumSet.of(TermsField.UNIT_PRICE, TermsField.DISCOUNT))) {
        errors.add(
            InputError.at(
                one,
                "field",
                UserErrorCode.INVALID,
                "Each term differs once; a discount is a price, so that one of both is named."));
      }
      deviations.add(
          new Deviation(
              field,
              Form.needed(one, "granted", 200, errors),
              Objects.requireNonNull(one.value("factor", DifferenceFactor.class)),
              Form.reason(one, "justification", errors),
              Form.text(one, "evidence", Form.LONGEST, errors),
              one.path("granted")));
    }
    return deviations;
  }

  private static List<Clause> clauses(Arguments input, List<UserError> errors) {
    var clauses = new ArrayList<Clause>();
    for (var one : few(input, "clauses", MOST_CLAUSES, errors)) {
      var kind = Objects.requireNonNull(one.string("kind"));
      if (kind.equals("EXCLUSIVE_DEALING") || kind.equals("SOLE_SUPPLY")) {
        errors.add(
            new CheckFailedError(
                kind.equals("SOLE_SUPPLY")
                    ? "No exclusive dealing: an operator gives what is public to everybody on like terms, and does not bind itself to one. Leave the clause out; what has to be kept from others is agreed as SECURITY."
                    : "No exclusive dealing: who uses public data may deal with others, too. Leave the clause out.",
                one.path("kind"),
                "FA-09",
                List.of()));
      }
      clauses.add(
          new Clause(
              kind,
              Form.needed(one, "text", Form.LONGEST, errors),
              Form.text(one, "reason", Form.LONGEST, errors)));
    }
    return clauses;
  }

  private static List<Arguments> few(
      Arguments input, String member, int most, List<UserError> errors) {
    var given = input.inputs(member);
    if (given.size() > most) {
      errors.add(
          InputError.at(input, member, UserErrorCode.INVALID, "At most %d.".formatted(most)));
      return List.of();
    }
    return given;
  }
}
