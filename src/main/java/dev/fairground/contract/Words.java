package dev.fairground.contract;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads words of inputs, and adds what has not the form it must have. Pure. */
final class Words {
  /** The longest reasons, in characters. */
  static final int LONG = 10_000;

  private Words() {}

  /** A text that may be left out. */
  static @Nullable String text(
      Arguments input, String member, int longest, List<UserError> errors) {
    var text = input.string(member);
    if (text != null && (text.isBlank() || text.codePointCount(0, text.length()) > longest)) {
      errors.add(
          invalid(
              input,
              member,
              "Must have 1 to %,d characters and not only blanks.".formatted(longest)));
    }
    return text;
  }

  /** A reason that has to be there. */
  static String reason(Arguments input, List<UserError> errors) {
    var reason = input.string("reason");
    if (reason == null || reason.isBlank()) {
      errors.add(
          InputError.at(
              input,
              "reason",
              UserErrorCode.REASON_REQUIRED,
              "This step needs a reason, which the other side reads. Say why."));
      return "";
    }
    text(input, "reason", LONG, errors);
    return reason;
  }

  static InputError invalid(Arguments input, String member, String message) {
    return InputError.at(input, member, UserErrorCode.INVALID, message);
  }

  /** One that names the rule that was not kept. */
  static InputError against(Arguments input, String member, String rule, String message) {
    return new InputError(UserErrorCode.INVALID, message, input.path(member), rule);
  }
}
