package dev.fairground.graphql;

/**
 * How large a document may be for one kind of caller. Each limit is cheaper to check than the work
 * it bounds, and they are checked in this order.
 *
 * @param characters UTF-16 code units of the text
 * @param tokens words, numbers, strings, marks and comments
 * @param ignoredCharacters spaces, line ends and commas
 * @param byteOrderMarks the parser needs quadratic time for them, and nobody needs many
 * @param nesting brackets of all kinds, open at once
 * @param ruleDepth rules of the grammar inside each other, counted by the parser
 * @param numberLength characters of a numeric literal; parsing needs quadratic time
 * @param exponentDigits digits of a literal's exponent; a huge one makes a huge number of digits
 * @param nameLength characters of a name or an alias
 * @param definitions operations and fragments
 * @param fragments validation needs more than quadratic time for a chain of them
 * @param variables defined in the whole document
 * @param aliases written in the whole document
 * @param rootFields of one operation, fragments expanded
 * @param directives written in the whole document
 * @param directivesPerPlace on one field, fragment or operation
 * @param depth of fields, fragments expanded
 * @param introspectionDepth of fields below {@code __schema} and {@code __type}
 * @param fields of one operation, fragments expanded
 * @param cost points of one operation, with its variables
 */
public record DocumentLimits(
    int characters,
    int tokens,
    int ignoredCharacters,
    int byteOrderMarks,
    int nesting,
    int ruleDepth,
    int numberLength,
    int exponentDigits,
    int nameLength,
    int definitions,
    int fragments,
    int variables,
    int aliases,
    int rootFields,
    int directives,
    int directivesPerPlace,
    int depth,
    int introspectionDepth,
    int fields,
    int cost) {

  static DocumentLimits read(Limits.Settings from) {
    return new DocumentLimits(
        from.number("FAIRGROUND_DOCUMENT_CHARACTERS", 32_000, 1, 1_000_000),
        from.number("FAIRGROUND_DOCUMENT_TOKENS", 2_000, 1, 1_000_000),
        from.number("FAIRGROUND_DOCUMENT_IGNORED_CHARACTERS", 20_000, 0, 1_000_000),
        from.number("FAIRGROUND_DOCUMENT_BYTE_ORDER_MARKS", 8, 0, 1_000),
        from.number("FAIRGROUND_DOCUMENT_NESTING", 60, 1, 1_000),
        from.number("FAIRGROUND_DOCUMENT_RULE_DEPTH", 200, 1, 10_000),
        from.number("FAIRGROUND_DOCUMENT_NUMBER_LENGTH", 64, 1, 10_000),
        from.number("FAIRGROUND_DOCUMENT_EXPONENT_DIGITS", 3, 0, 9),
        from.number("FAIRGROUND_DOCUMENT_NAME_LENGTH", 128, 1, 10_000),
        from.number("FAIRGROUND_DOCUMENT_DEFINITIONS", 50, 1, 1_000),
        from.number("FAIRGROUND_DOCUMENT_FRAGMENTS", 40, 0, 1_000),
        from.number("FAIRGROUND_DOCUMENT_VARIABLES", 100, 0, 10_000),
        from.number("FAIRGROUND_DOCUMENT_ALIASES", 30, 0, 10_000),
        from.number("FAIRGROUND_DOCUMENT_ROOT_FIELDS", 20, 1, 10_000),
        from.number("FAIRGROUND_DOCUMENT_DIRECTIVES", 50, 0, 10_000),
        from.number("FAIRGROUND_DOCUMENT_DIRECTIVES_PER_PLACE", 5, 0, 1_000),
        from.number("FAIRGROUND_DOCUMENT_DEPTH", 12, 1, 1_000),
        from.number("FAIRGROUND_DOCUMENT_INTROSPECTION_DEPTH", 20, 0, 1_000),
        from.number("FAIRGROUND_DOCUMENT_FIELDS", 500, 1, 100_000),
        from.number("FAIRGROUND_DOCUMENT_COST", 5_000, 1, 100_000_000));
  }

  /**
   * The limits of signed-in callers: twice as much work. What bounds a single word (a number, a
   * name, its nesting for the parser's stack) stays as it is.
   */
  DocumentLimits twice() {
    return new DocumentLimits(
        2 * characters,
        2 * tokens,
        2 * ignoredCharacters,
        byteOrderMarks,
        nesting,
        ruleDepth,
        numberLength,
        exponentDigits,
        nameLength,
        2 * definitions,
        2 * fragments,
        2 * variables,
        2 * aliases,
        2 * rootFields,
        2 * directives,
        2 * directivesPerPlace,
        2 * depth,
        2 * introspectionDepth,
        2 * fields,
        2 * cost);
  }
}
