package dev.fairground.check;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of texts that people give. */
final class Texts {
  private static final int LONGEST = 10_000;

  private Texts() {}

  static String required(Arguments input, String member, List<UserError> errors) {
    var text = optional(input, member, errors);
    if (text == null) {
      errors.add(
          InputError.at(
              input, member, UserErrorCode.REQUIRED, "Must not be empty. Say what it is."));
      return "";
    }
    return text;
  }

  /** Null for blanks. */
  static @Nullable String optional(Arguments input, String member, List<UserError> errors) {
    var text = input.string(member);
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.codePointCount(0, text.length()) > LONGEST) {
      errors.add(
          InputError.at(
              input,
              member,
              UserErrorCode.INVALID,
              "Must have at most " + LONGEST + " characters."));
    }
    return text;
  }
}
