package dev.fairground.sql;

import java.util.List;

/**
 * How the records of a list are found by words: through entries that the database keeps of what is
 * current. See {@code schema/database/016-search.sql}.
 *
 * @param entries the table of the entries, and the beginning of the names of its functions
 * @param id the column of the list that holds a record's id, with its alias
 */
public record Search(String entries, String id) {
  /**
   * What a score is made of, by {@code search_score} in {@code schema/database/016-search.sql}: who
   * changes that function changes this, and publishes a version of the platform's rules before.
   */
  public static final List<String> RANKING_FACTORS =
      List.of(
          "TITLE_IS_TEXT",
          "TITLE_BEGINS_WITH_TEXT",
          "TITLE_HOLDS_TEXT",
          "WORDS_IN_TITLE",
          "WORDS_IN_NAMES_AND_OTHER_TEXTS",
          "SHORTNESS_OF_TITLE");

  /**
   * The most characters of a text.
   *
   * <p>A text of so many words is looked up in time; a longer one finds no more.
   */
  public static final int MOST_CHARACTERS = 200;

  /** The condition that a record holds all words of the text; false for a text without words. */
  public Clause holds(String text) {
    return Clause.of(
        "exists (select 1 from "
            + entries
            + " s where s.id = "
            + id
            + " and s.words @@ search_query(?))",
        text);
  }

  /**
   * What is asked of a list.
   *
   * @param rest the other conditions
   * @param narrowed whether these leave out some that everybody may list
   */
  public record Asked(String text, Clause rest, boolean narrowed) {}
}
