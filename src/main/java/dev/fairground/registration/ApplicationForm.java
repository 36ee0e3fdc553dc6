package dev.fairground.registration;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of texts that the mutations of registrations take. */
final class ApplicationForm {
  /** The longest reasons, in characters. */
  static final int LONGEST_REASON = 10_000;

  private ApplicationForm() {}

  static boolean fits(String text, int longest) {
    return !text.isBlank() && text.codePointCount(0, text.length()) <= longest;
  }

  static InputError length(Arguments input, String member, int longest) {
    return InputError.at(
        input,
        member,
        UserErrorCode.INVALID,
        "Must have 1 to %d characters and not only blanks.".formatted(longest));
  }

  /** A text; null where it is left out. */
  static @Nullable String text(
      Arguments input, String member, int longest, List<UserError> errors) {
    var text = input.string(member);
    if (text != null && !fits(text, longest)) {
      errors.add(length(input, member, longest));
    }
    return text;
  }

  /** Reasons that have to be given. */
  static String reason(Arguments input, String member, List<UserError> errors) {
    var reason = input.string(member);
    if (reason == null || reason.isBlank()) {
      errors.add(
          InputError.at(
              input, member, UserErrorCode.REASON_REQUIRED, "This step needs a reason. Say why."));
      return "";
    }
    if (!fits(reason, LONGEST_REASON)) {
      errors.add(length(input, member, LONGEST_REASON));
    }
    return reason;
  }
}
