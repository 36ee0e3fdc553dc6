package dev.fairground.graphql;

/**
 * How large values may be that callers send, as literals or in variables.
 *
 * @param listItems items of one list
 * @param idLength characters of an id
 * @param textLength characters of any other text, unless its field says less
 * @param numberExponent magnitude of a number's power of ten
 * @param values in all arguments of one field that is a list: each is a part of its statement,
 *     which the database reads again for each facet
 */
public record InputLimits(
    int listItems, int idLength, int textLength, int numberExponent, int values) {
  static InputLimits read(Limits.Settings from) {
    return new InputLimits(
        from.number("FAIRGROUND_INPUT_LIST_ITEMS", 250, 1, 10_000),
        from.number("FAIRGROUND_INPUT_ID_LENGTH", 128, 36, 10_000),
        from.number("FAIRGROUND_INPUT_TEXT_LENGTH", 10_000, 1, 1_000_000),
        from.number("FAIRGROUND_INPUT_NUMBER_EXPONENT", 400, 1, 10_000),
        from.number("FAIRGROUND_INPUT_VALUES", 1_000, 10, 5_000));
  }
}
