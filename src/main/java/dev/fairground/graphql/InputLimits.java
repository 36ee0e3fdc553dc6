package dev.fairground.graphql;

/**
 * How large values may be that callers send, as literals or in variables.
 *
 * @param listItems items of one list
 * @param idLength characters of an id
 * @param textLength characters of any other text, unless its field says less
 * @param numberExponent magnitude of a number's power of ten
 */
public record InputLimits(int listItems, int idLength, int textLength, int numberExponent) {
  static InputLimits read(Limits.Setting setting) {
    return new InputLimits(
        setting.read("INPUT_LIST_ITEMS", 250),
        setting.read("INPUT_ID_LENGTH", 128),
        setting.read("INPUT_TEXT_LENGTH", 10_000),
        setting.read("INPUT_NUMBER_EXPONENT", 400));
  }
}
