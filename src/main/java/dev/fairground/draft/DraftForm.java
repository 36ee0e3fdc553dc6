package dev.fairground.draft;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of texts that several mutations take. */
final class DraftForm {
  private static final int LONGEST_CODE = 128;

  /** The longest reasons and notes, in characters. */
  static final int LONGEST_REASON = 10_000;

  private DraftForm() {}

  static void code(Arguments input, List<UserError> errors) {
    var code = input.string("code");
    if (code == null
        || code.isBlank()
        || !code.strip().equals(code)
        || code.codePointCount(0, code.length()) > LONGEST_CODE) {
      errors.add(
          InputError.at(
              input,
              "code",
              UserErrorCode.INVALID,
              "Must have 1 to " + LONGEST_CODE + " characters, without blanks around them."));
    }
  }

  /** A reason that may have to be given; null where it is left out. */
  static @Nullable String reason(
      Arguments input, String member, boolean required, List<UserError> errors) {
    var reason = input.string(member);
    if (reason == null || reason.isBlank()) {
      if (required) {
        errors.add(
            InputError.at(
                input,
                member,
                UserErrorCode.REASON_REQUIRED,
                "This step needs a reason. Say why."));
      }
      return null;
    }
    if (reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
      errors.add(
          InputError.at(
              input,
              member,
              UserErrorCode.INVALID,
              "Must have at most " + LONGEST_REASON + " characters."));
    }
    return reason;
  }
}
