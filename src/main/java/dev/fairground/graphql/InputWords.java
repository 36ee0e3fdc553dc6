package dev.fairground.graphql;

import graphql.GraphqlErrorException;
import java.util.List;
import java.util.regex.Pattern;

/** What a caller reads when a value of theirs cannot be used. */
final class InputWords {
  private static final int SHOWN = 100;
  private static final Pattern JAVA =
      Pattern.compile("java\\.|graphql\\.|(String|Map|List|Integer|Long|Boolean|Decimal)'");

  private InputWords() {}

  static String tooLong(String subject, int maximum) {
    return subject + " is longer than " + maximum + " characters. Send a shorter text.";
  }

  static String tooMany(String subject, int found, int maximum) {
    return subject
        + " has "
        + found
        + " items; at most "
        + maximum
        + " are allowed. Send several requests.";
  }

  static String holds(String subject, String text, int index) {
    return subject
        + " holds "
        + Characters.describe(text.charAt(index))
        + " at index "
        + index
        + ". Remove it.";
  }

  static String wrongKind(String subject, String wanted, Object value) {
    return subject + " must be " + wanted + ", not " + kind(value) + ".";
  }

  /** A scalar's own reason is told, unless it names a class of Java. */
  static String notA(String subject, String type, GraphqlErrorException refused) {
    var reason = String.valueOf(refused.getMessage());
    var telling = refused.getMessage() != null && !JAVA.matcher(reason).find();
    return subject + " is not a valid '" + type + "'" + (telling ? ": " + shortened(reason) : ".");
  }

  static String shortened(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static String kind(Object value) {
    return switch (value) {
      case String text -> "text";
      case Boolean truth -> "a boolean";
      case Number number -> "a number";
      case List<?> list -> "a list";
      default -> "an object";
    };
  }
}
