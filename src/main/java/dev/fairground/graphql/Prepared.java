package dev.fairground.graphql;

import graphql.language.Document;
import graphql.language.SourceLocation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document that passed every check that does not depend on variables.
 *
 * @param hash SHA-256 of the text in UTF-8, in small hexadecimal digits
 * @param characters of the text
 * @param signedIn whether it passed the wider limits only, those of signed-in callers
 */
public record Prepared(
    Document document,
    String hash,
    boolean signedIn,
    int characters,
    List<PreparedOperation> operations) {
  // Measured on documents of many short words, which are the heaviest for their length.
  private static final int BYTES_PER_CHARACTER = 128;
  private static final int BYTES_PER_TERM = 256;

  public Prepared {
    operations = List.copyOf(operations);
  }

  /** About how much memory it takes, rather too much than too little. */
  int estimatedBytes() {
    var terms = operations.stream().mapToInt(operation -> operation.cost().terms()).sum();
    return 1_024 + BYTES_PER_CHARACTER * characters + BYTES_PER_TERM * terms;
  }

  /** The operation to run: the named one, or the only one when no name is given. */
  public PreparedOperation operation(@Nullable String name) {
    if (name == null) {
      if (operations.size() == 1) {
        return operations.getFirst();
      }
      throw new Refusal(
          ErrorCode.OPERATION_RESOLUTION_FAILURE,
          operations.isEmpty()
              ? "The document has no operation. Add a query."
              : "The document has "
                  + operations.size()
                  + " operations. Say which one to run by operationName.");
    }
    for (var operation : operations) {
      if (name.equals(operation.name())) {
        return operation;
      }
    }
    throw new Refusal(
        ErrorCode.OPERATION_RESOLUTION_FAILURE,
        "The document has no operation of the name that operationName gives."
            + Suggestion.of(name, names()),
        places(),
        Map.of());
  }

  private List<String> names() {
    return operations.stream().map(PreparedOperation::name).filter(Objects::nonNull).toList();
  }

  private List<SourceLocation> places() {
    return operations.stream()
        .map(operation -> operation.definition().getSourceLocation())
        .filter(Objects::nonNull)
        .toList();
  }
}
