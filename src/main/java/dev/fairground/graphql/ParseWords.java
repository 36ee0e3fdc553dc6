package dev.fairground.graphql;

import graphql.parser.InvalidSyntaxException;

/** What a caller reads when the parser stops: the word where it stopped, and nothing of its own. */
final class ParseWords {
  private static final int SHOWN = 60;

  private ParseWords() {}

  static String say(InvalidSyntaxException wrong) {
    var word = wrong.getOffendingToken();
    if ("<EOF>".equals(word)) {
      return "The document ends too early. Close what is open, or add an operation.";
    }
    var location = wrong.getLocation();
    var where =
        location == null
            ? ""
            : " at line %d, column %d".formatted(location.getLine(), location.getColumn());
    return word == null
        ? "The document cannot be read%s: the word there is not one of GraphQL.".formatted(where)
        : "The document cannot be read%s: '%s' is not expected there."
            .formatted(where, shortened(word));
  }

  private static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
