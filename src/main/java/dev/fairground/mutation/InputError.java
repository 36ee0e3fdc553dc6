package dev.fairground.mutation;

import dev.fairground.graphql.Arguments;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of the input that cannot be accepted. */
public record InputError(
    UserErrorCode code, String message, List<String> path, @Nullable String rule)
    implements UserError {

  /** One whose place is a member of {@code input}. */
  public static InputError at(Arguments input, String member, UserErrorCode code, String message) {
    return new InputError(code, message, input.path(member), null);
  }

  /** There is nothing of that id that the caller may see. */
  public static InputError notFound(Arguments input, String member) {
    return at(
        input,
        member,
        UserErrorCode.NOT_FOUND,
        "There is no such object, or none that these credentials may see.");
  }
}
