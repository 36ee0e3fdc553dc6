package dev.fairground.access;

import dev.fairground.graphql.Arguments;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A document as it is handed in. */
record DocumentForm(
    String code,
    String name,
    @Nullable String location,
    @Nullable String digest,
    @Nullable String text) {
  /** Of one step. */
  private static final int MOST = 50;

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  static List<DocumentForm> read(Arguments input, List<UserError> errors) {
    var documents = new ArrayList<DocumentForm>();
    var given = input.inputs("documents");
    if (given.size() > MOST) {
      errors.add(
          InputError.at(
              input, "documents", UserErrorCode.INVALID, "At most %d at once.".formatted(MOST)));
      return List.of();
    }
    for (var one : given) {
      var digest = one.string("digest");
      if (digest != null && !DIGEST.matcher(digest).matches()) {
        errors.add(
            InputError.at(
                one,
                "digest",
                UserErrorCode.INVALID,
                "Must be the SHA-256 of the document, as 64 digits of 0 to 9 and a to f."));
      }
      documents.add(
          new DocumentForm(
              Form.needed(one, "code", 64, errors),
              Form.needed(one, "name", 500, errors),
              Form.text(one, "location", 2_000, errors),
              digest,
              Form.text(one, "text", Form.LONGEST, errors)));
    }
    return documents;
  }
}
