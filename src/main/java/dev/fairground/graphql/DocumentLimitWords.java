package dev.fairground.graphql;

/** What a caller reads when a document is over a limit: the limit, what was found, and the cure. */
final class DocumentLimitWords {
  private DocumentLimitWords() {}

  static String say(String limit, int maximum, long found) {
    return switch (limit) {
      case "definitions" ->
          has(found, "operations and fragments", maximum) + "Send only those that are used.";
      case "fragments" -> has(found, "fragments", maximum) + "Write small ones out.";
      case "variables" -> has(found, "variables", maximum) + "Gather them in an input object.";
      case "aliases" ->
          has(found, "aliases", maximum)
              + "Ask for many objects by a list, for example nodes(ids:).";
      case "directives" -> has(found, "directives", maximum) + "Drop those that change nothing.";
      case "directivesPerPlace" ->
          "One place has "
              + found
              + " directives; at most "
              + maximum
              + " are allowed. Drop those that change nothing.";
      case "rootFields" ->
          "The operation has "
              + found
              + " fields at its root; at most "
              + maximum
              + " are allowed. Split it into several requests.";
      case "depth" ->
          "The operation is "
              + found
              + " fields deep; at most "
              + maximum
              + " are allowed. Start a second request from the id of an inner object.";
      case "fields" ->
          "The operation selects "
              + found
              + " fields when its fragments are written out; at most "
              + maximum
              + " are allowed. Split it into several requests.";
      case "introspectionDepth" ->
          "The introspection is "
              + found
              + " fields deep; at most "
              + maximum
              + " are allowed. Use the introspection query of your tool as it is.";
      default ->
          "The operation asks for "
              + limit
              + " "
              + found
              + " times; once is allowed. Use the introspection query of your tool as it is.";
    };
  }

  private static String has(long found, String things, int maximum) {
    return "The document has " + found + " " + things + "; at most " + maximum + " are allowed. ";
  }
}
