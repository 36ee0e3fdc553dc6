package dev.fairground.contract;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.time.LocalDate;
import java.util.List;

/**
 * A grant would end sooner than its other side was told it could.
 *
 * @param rule the check, or the rule that says how much notice there is
 * @param earliestEndsOn the first day that may be the last one
 */
record NoticeTooShortError(
    UserErrorCode code, String message, List<String> path, String rule, LocalDate earliestEndsOn)
    implements UserError {

  /** An operator leaves with too little notice: continuity on exit. */
  static NoticeTooShortError ofExit(Arguments input, LocalDate earliest) {
    return new NoticeTooShortError(
        UserErrorCode.CHECK_FAILED,
        "Users keep what they have until they had notice: name %s or a later day, or let it run off. At once it ends for security or breach only."
            .formatted(earliest),
        input.path("endsOn"),
        "FA-25",
        earliest);
  }

  static NoticeTooShortError ofHolder(Arguments input, LocalDate earliest) {
    return new NoticeTooShortError(
        UserErrorCode.INVALID,
        "A holder gives notice: name %s or a later day, or propose an earlier one to the operator."
            .formatted(earliest),
        input.path("endsOn"),
        GrantNotice.OF_HOLDER,
        earliest);
  }
}
