package dev.fairground.access;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of texts that the mutations of requests take. */
final class Form {
  /** The longest text, in characters. */
  static final int LONGEST = 10_000;

  private Form() {}

  /** A text; null where it is left out. */
  static @Nullable String text(
      Arguments input, String member, int longest, List<UserError> errors) {
    var text = input.string(member);
    if (text != null && (text.isBlank() || text.codePointCount(0, text.length()) > longest)) {
      errors.add(
          InputError.at(
              input,
              member,
              UserErrorCode.INVALID,
              "Must have 1 to %d characters and not only blanks.".formatted(longest)));
    }
    return text;
  }

  /** A text that has to be given. */
  static String needed(Arguments input, String member, int longest, List<UserError> errors) {
    var text = text(input, member, longest, errors);
    return text == null ? "" : text;
  }

  /** A reason that has to be given. */
  static String reason(Arguments input, String member, List<UserError> errors) {
    var reason = input.string(member);
    if (reason == null || reason.isBlank()) {
      errors.add(
          InputError.at(
              input, member, UserErrorCode.REASON_REQUIRED, "This step needs a reason. Say why."));
      return "";
    }
    return needed(input, member, LONGEST, errors);
  }
}
