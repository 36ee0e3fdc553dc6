package dev.fairground.graphql;

import graphql.language.SourceLocation;
import java.util.List;
import java.util.Map;

/**
 * One pass over a document's text that counts what the parser would spend its time on, before the
 * parser sees it. It knows where words begin and end, and nothing of the grammar: whether the words
 * make sense is the parser's question.
 */
final class SourceScan {
  private final String text;
  private final DocumentLimits limits;
  private int at;
  private int tokens;
  private int ignored;
  private int byteOrderMarks;
  private int nesting;

  private SourceScan(String text, DocumentLimits limits) {
    this.text = text;
    this.limits = limits;
  }

  /** Refuses a text of too many words, or with a word that is too long. */
  static void check(String text, DocumentLimits limits) {
    new SourceScan(text, limits).run();
  }

  /** Refuses a text that is too long, or holds characters that no document may hold. */
  static void checkCharacters(String text, DocumentLimits limits) {
    if (text.length() > limits.characters()) {
      throw new Refusal(
          new Fault(
              ErrorCode.DOCUMENT_LIMIT_EXCEEDED,
              "The document has "
                  + text.length()
                  + " characters; at most "
                  + limits.characters()
                  + " are allowed. Ask for less, or send values as variables.",
              List.of(),
              List.of(),
              Map.of(
                  "limit", "characters",
                  "maximum", limits.characters(),
                  "found", text.length())));
    }
    var fault = Characters.firstFault(text);
    if (fault >= 0) {
      throw new Refusal(
          new Fault(
              ErrorCode.GRAPHQL_PARSE_FAILED,
              "The document holds "
                  + Characters.describe(text.charAt(fault))
                  + ", which is not a character of a GraphQL document. Remove it.",
              List.of(place(text, fault))));
    }
  }

  private void run() {
    while (at < text.length()) {
      var character = text.charAt(at);
      switch (character) {
        case ' ', '\t', '\n', '\r', ',' -> ignore();
        case '\uFEFF' -> byteOrderMark();
        case '#' -> comment();
        case '"' -> string();
        case '{', '(', '[' -> open();
        case '}', ')', ']' -> close();
        case '.' -> dots();
        default -> {
          if (isNameStart(character)) {
            name();
          } else if (isDigit(character) || character == '-') {
            number();
          } else {
            token(1);
          }
        }
      }
    }
  }

  private void ignore() {
    at++;
    if (++ignored > limits.ignoredCharacters()) {
      throw exceeded(
          "ignoredCharacters",
          limits.ignoredCharacters(),
          "spaces, line ends and commas",
          "Send the document without indentation.");
    }
  }

  private void byteOrderMark() {
    at++;
    if (++byteOrderMarks > limits.byteOrderMarks()) {
      throw exceeded("byteOrderMarks", limits.byteOrderMarks(), "byte order marks", "Remove them.");
    }
  }

  private void comment() {
    var end = at;
    while (end < text.length() && !isLineEnd(text.charAt(end))) {
      end++;
    }
    token(end - at);
  }

  private void string() {
    token(text.startsWith("\"\"\"", at) ? blockStringLength() : stringLength());
  }

  private int stringLength() {
    var end = at + 1;
    while (end < text.length() && text.charAt(end) != '"' && !isLineEnd(text.charAt(end))) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length()) - at;
  }

  private int blockStringLength() {
    var end = text.indexOf("\"\"\"", at + 3);
    while (end > 0 && text.charAt(end - 1) == '\\') {
      end = text.indexOf("\"\"\"", end + 3);
    }
    return (end < 0 ? text.length() : end + 3) - at;
  }

  private void open() {
    if (++nesting > limits.nesting()) {
      throw new Refusal(
          ErrorCode.DEPTH_LIMIT_EXCEEDED,
          "The document nests brackets deeper than "
              + limits.nesting()
              + " levels. Split it into several requests.",
          List.of(place(text, at)),
          Map.of("limit", "nesting", "maximum", limits.nesting()));
    }
    token(1);
  }

  private void close() {
    nesting--;
    token(1);
  }

  private void dots() {
    token(text.startsWith("...", at) ? 3 : 1);
  }

  private void name() {
    var end = at + 1;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    if (end - at > limits.nameLength()) {
      throw tooLong("nameLength", "A name", end - at, limits.nameLength(), "Choose a shorter one.");
    }
    token(end - at);
  }

  private void number() {
    var end = at + 1;
    var exponent = -1;
    while (end < text.length() && isNumberPart(text.charAt(end))) {
      if (exponent < 0 && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
        exponent = end;
      }
      end++;
    }
    var cure = "Send long numbers as text, where the field takes text.";
    if (end - at > limits.numberLength()) {
      throw tooLong("numberLength", "A number", end - at, limits.numberLength(), cure);
    }
    if (exponent >= 0 && exponentDigits(exponent, end) > limits.exponentDigits()) {
      throw tooLong(
          "exponentDigits",
          "A number's exponent",
          exponentDigits(exponent, end),
          limits.exponentDigits(),
          "Send a smaller number.");
    }
    token(end - at);
  }

  private int exponentDigits(int exponent, int end) {
    var signed = text.startsWith("+", exponent + 1) || text.startsWith("-", exponent + 1);
    return end - exponent - (signed ? 2 : 1);
  }

  private void token(int length) {
    if (++tokens > limits.tokens()) {
      throw exceeded(
          "tokens", limits.tokens(), "tokens", "Ask for less, or split it into several requests.");
    }
    at += length;
  }

  private Refusal exceeded(String limit, int maximum, String things, String cure) {
    return new Refusal(
        ErrorCode.DOCUMENT_LIMIT_EXCEEDED,
        "The document has more than " + maximum + " " + things + ". " + cure,
        List.of(place(text, Math.min(at, text.length() - 1))),
        Map.of("limit", limit, "maximum", maximum));
  }

  private Refusal tooLong(String limit, String thing, int length, int maximum, String cure) {
    return new Refusal(
        ErrorCode.DOCUMENT_LIMIT_EXCEEDED,
        thing + " has " + length + " characters; at most " + maximum + " are allowed. " + cure,
        List.of(place(text, at)),
        Map.of("limit", limit, "maximum", maximum, "found", length));
  }

  /** The line and column of a character, both counted from 1. */
  private static SourceLocation place(String text, int offset) {
    var line = 1;
    var column = 1;
    for (int i = 0; i < offset; i++) {
      var character = text.charAt(i);
      var ends = character == '\n' || (character == '\r' && !text.startsWith("\n", i + 1));
      line += ends ? 1 : 0;
      column = ends ? 1 : column + 1;
    }
    return new SourceLocation(line, column);
  }

  private static boolean isLineEnd(char character) {
    return character == '\n' || character == '\r';
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static boolean isNameStart(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || character == '_';
  }

  private static boolean isNamePart(char character) {
    return isNameStart(character) || isDigit(character);
  }

  private static boolean isNumberPart(char character) {
    return isDigit(character)
        || character == '.'
        || character == 'e'
        || character == 'E'
        || character == '+'
        || character == '-';
  }
}
