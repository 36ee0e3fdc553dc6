package dev.fairground.bench;

import io.vertx.core.json.JsonObject;
import java.util.Random;
import java.util.function.BiFunction;

/** What searchers ask for: a line of the table each. */
enum SearchLine {
  RARE(
      "word of two characters, in 1 of 600",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.RARE, random)),
  RARER(
      "word of two characters, in 1 of 20,000",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.RAREST, random)),
  MIDDLING(
      "word of two characters, in 1 of 5 to 8",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.MIDDLING, random)),
  EVERYWHERE(
      "word of two characters, in every product",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.EVERYWHERE, random)),
  ALL_EVERYWHERE(
      "three words, each in every product",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) -> MarketWords.several(MarketWords.EVERYWHERE, 3, random)),
  FREQUENT_AND_EVERYWHERE(
      "word in 1 of 5 to 8 and one in every product",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) ->
          MarketWords.any(MarketWords.MIDDLING, random)
              + ' '
              + MarketWords.any(MarketWords.EVERYWHERE, random)),
  NONE_TOGETHER(
      "two words, in 1 of 7 each, in no product together",
      Documents.PRODUCTS,
      Hits.NONE,
      (words, random) -> MarketWords.several(MarketWords.CITIES, 2, random)),
  TITLE(
      "whole title",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) -> MarketWords.any(words.titles(), random)),
  PHRASE(
      "title without its number, in 1 of 280",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) -> MarketWords.any(words.titles(), random).replaceAll("\\d", "")),
  MIXED(
      "Chinese and English words",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) ->
          MarketWords.any(MarketWords.CITIES, random)
              + ' '
              + MarketWords.any(MarketWords.ENGLISH, random)
              + ' '
              + MarketWords.any(MarketWords.THEMES, random)),
  MIXED_NUMBER(
      "Chinese and English words and the beginning of a number",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) ->
          MarketWords.any(MarketWords.ENGLISH, random)
              + ' '
              + MarketWords.any(words.titles(), random).replaceAll("(\\d\\d)\\d*$", " $1")),
  BEGINNING(
      "beginning of an English word, in every product",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) -> {
        var word = MarketWords.any(MarketWords.ENGLISH, random);
        return word.substring(0, 2 + random.nextInt(word.length() - 2));
      }),
  BEGINNING_OF_NUMBER(
      "two digits, beginnings of numbers",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) -> Integer.toString(10 + random.nextInt(90))),
  SINGLE(
      "one character",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) -> {
        var word =
            MarketWords.any(random.nextBoolean() ? MarketWords.MIDDLING : MarketWords.RARE, random);
        return word.substring(0, 1);
      }),
  LONG(
      "whole title and five sentences, some 190 characters",
      Documents.PRODUCTS,
      Hits.SOME,
      (words, random) ->
          MarketWords.any(words.titles(), random) + ' ' + MarketWords.SUMMARY.repeat(5)),
  LONG_NOWHERE(
      "200 characters, in no product",
      Documents.PRODUCTS,
      Hits.NONE,
      (words, random) -> {
        var text = new StringBuilder();
        while (text.length() < 200) {
          text.append(MarketWords.any(words.titles(), random));
        }
        return text.substring(0, 200);
      }),
  NOWHERE(
      "word in no product",
      Documents.PRODUCTS,
      Hits.NONE,
      (words, random) -> MarketWords.unheard(random)),
  COUNTED(
      "word in 1 of 5 to 8, with totalCount",
      Documents.COUNTED,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.MIDDLING, random)),
  COUNTED_EVERYWHERE(
      "word in every product, with totalCount",
      Documents.COUNTED,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.EVERYWHERE, random)),
  FILTERED(
      "word in 1 of 5 to 8, with a filter that 1 of 12 meets",
      Documents.FILTERED,
      Hits.ANY,
      (words, random) -> MarketWords.any(MarketWords.MIDDLING, random)),
  FILTERED_EVERYWHERE(
      "word in every product, with a filter that 1 of 12 meets",
      Documents.FILTERED,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.EVERYWHERE, random)),
  OF_OPERATOR(
      "word in 1 of 5 to 8, of one operator's hundred",
      Documents.OF_OPERATOR,
      Hits.ANY,
      (words, random) -> MarketWords.any(MarketWords.MIDDLING, random)),
  BY_TITLE_RARE(
      "word in 1 of 600, by title",
      Documents.BY_TITLE,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.RARE, random)),
  BY_TITLE(
      "word in 1 of 5 to 8, by title",
      Documents.BY_TITLE,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.MIDDLING, random)),
  BY_TITLE_TWO(
      "two words, together in 1 of 56, by title",
      Documents.BY_TITLE,
      Hits.SOME,
      (words, random) ->
          MarketWords.any(MarketWords.CITIES, random)
              + ' '
              + MarketWords.any(MarketWords.THEMES, random)),
  BY_TITLE_EVERYWHERE(
      "word in every product, by title",
      Documents.BY_TITLE,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.EVERYWHERE, random)),
  NEWEST(
      "word in 1 of 5 to 8, the newest first",
      Documents.NEWEST,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.MIDDLING, random)),
  NEWEST_NONE_TOGETHER(
      "two words in no product together, the newest first",
      Documents.NEWEST,
      Hits.NONE,
      (words, random) -> MarketWords.several(MarketWords.CITIES, 2, random)),
  RESOURCES(
      "resources: word in 1 of 6 to 8",
      Documents.RESOURCES,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.RESOURCES, random)),
  RESOURCES_TITLE(
      "resources: whole title",
      Documents.RESOURCES,
      Hits.SOME,
      (words, random) -> MarketWords.any(words.resources(), random)),
  ORGANIZATIONS(
      "organizations: word in nearly all",
      Documents.ORGANIZATIONS,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.ORGANIZATIONS, random)),
  SUGGEST(
      "suggest: beginning of a title",
      Documents.SUGGEST,
      Hits.SOME,
      (words, random) -> {
        var title = MarketWords.any(words.titles(), random);
        return title.substring(0, 1 + random.nextInt(title.length() - 1));
      }),
  SUGGEST_INITIALS(
      "suggest: initials of a beginning",
      Documents.SUGGEST,
      Hits.SOME,
      (words, random) ->
          MarketWords.any(words.initials(), random).substring(0, 2 + random.nextInt(5))),
  SUGGEST_INSIDE(
      "suggest: initials from inside",
      Documents.SUGGEST,
      Hits.SOME,
      (words, random) ->
          MarketWords.any(words.initials(), random).substring(2, 5 + random.nextInt(3))),
  SUGGEST_WORD(
      "suggest: word inside a title",
      Documents.SUGGEST,
      Hits.SOME,
      (words, random) -> MarketWords.any(MarketWords.THEMES, random)),
  SUGGEST_ENGLISH(
      "suggest: beginning of an English word",
      Documents.SUGGEST,
      Hits.SOME,
      (words, random) -> {
        var word = MarketWords.any(MarketWords.ENGLISH, random);
        return word.substring(0, 2 + random.nextInt(word.length() - 2));
      }),
  SUGGEST_NOWHERE(
      "suggest: nothing begins so",
      Documents.SUGGEST,
      Hits.NONE,
      (words, random) -> MarketWords.unheard(random));

  /** Whether something is found. */
  enum Hits {
    SOME,
    NONE,
    ANY
  }

  /** What is asked of the server; lists as a page of results shows them. */
  private static final class Documents {
    static final String PRODUCTS = products("filter: {text: $text}", "");
    static final String COUNTED = products("filter: {text: $text}", "totalCount totalCountIsExact");
    static final String FILTERED =
        products("filter: {text: $text, purposeClass: INDUSTRY, form: [API]}", "");
    static final String OF_OPERATOR =
        products("filter: {text: $text, operator: {eq: $operator}}", "")
            .replace("$text: String!", "$text: String!, $operator: ID!");
    static final String BY_TITLE =
        products("filter: {text: $text}, orderBy: {field: TITLE, direction: ASC}", "");
    static final String NEWEST =
        products("filter: {text: $text}, orderBy: {field: PUBLISHED_AT, direction: DESC}", "");
    static final String RESOURCES =
        list("resources", "filter: {text: $text}", "title { value }", "");
    static final String ORGANIZATIONS =
        list("organizations", "filter: {text: $text}", "name { value }", "");
    static final String SUGGEST =
        """
        query Search($text: String!) { found: suggest(text: $text) {
          kind text ranges { from to } id } }
        """;

    private Documents() {}

    private static String products(String arguments, String more) {
      return list("products", arguments, "title { value } operator { name { value } }", more);
    }

    private static String list(String field, String arguments, String shown, String more) {
      return """
          query Search($text: String!) { found: %s(first: 20, %s) {
            edges { score highlights { field text ranges { from to } } node { id %s } }
            pageInfo { hasNextPage } %s } }
          """
          .formatted(field, arguments, shown, more);
    }
  }

  final String title;
  final Hits hits;
  private final String document;
  private final BiFunction<MarketWords, Random, String> text;

  SearchLine(
      String title, String document, Hits hits, BiFunction<MarketWords, Random, String> text) {
    this.title = title;
    this.document = document.strip();
    this.hits = hits;
    this.text = text;
  }

  JsonObject ask(Market market, MarketWords words, Random random) {
    var variables = new JsonObject().put("text", text.apply(words, random));
    if (this == OF_OPERATOR) {
      variables.put("operator", market.operator(random.nextInt(market.operators())));
    }
    return new JsonObject().put("query", document).put("variables", variables);
  }
}
