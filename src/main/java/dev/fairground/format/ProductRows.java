package dev.fairground.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the formats of products ask of each product, whatever the caller's query selects. They hold
 * two languages of each text: Chinese and English.
 */
public final class ProductRows {
  /** Tags of the languages that are asked for, by the keys they have in the answer. */
  static final Map<String, String> LANGUAGES = Map.of("zh", "zh-CN", "en", "en");

  private static final String FRAGMENT =
      """
      fragment Entry on Product {
        __typename id version code status publishedAt validFrom dataUpdatedOn
        zh: title(locale: "zh-CN") { value locale isFallback }
        en: title(locale: "en") { value locale isFallback }
        zhSummary: summary(locale: "zh-CN") { value locale isFallback }
        enSummary: summary(locale: "en") { value locale isFallback }
        operator { id code website creditCode zh: name(locale: "zh-CN") { value locale } }
        authorization { id number institution { id zh: name(locale: "zh-CN") { value locale } } }
        sector { code zh: name(locale: "zh-CN") { value locale } }
        region { code zh: name(locale: "zh-CN") { value locale } }
        sectorCode regionCode field form tier purposeClass deliveries updateFrequency grade
        personalInformation accessTerms tradingVenue term { startsOn endsOn }
        resources { nodes { resource { id code title(locale: "zh-CN") { value locale } } dataItems } }
        scenarios { nodes { allowed scenario { id code title(locale: "zh-CN") { value locale } } } }
        ... on DataProduct { tariffs { ...Price } }
        ... on ServiceCapability { capabilityKind capacity leadTimeWorkingDays tariffs { ...Price } }
      }
      fragment Price on Tariff {
        item unit unitText freeOfCharge purposeClasses baseFee { amount currency } baseFeePeriod
        tiers { fromQuantity unitPrice { amount currency } }
      }
      """;

  /** What is asked of a row, by the type of the rows; other types hold no products. */
  public static final Map<String, String> BY_TYPE =
      Map.of(
          "Product", "{ ...Entry } " + FRAGMENT,
          "ProductListing", "{ product { ...Entry } } " + FRAGMENT);

  private ProductRows() {}

  /** The product of a row. */
  static JsonNode product(JsonNode row) {
    return row.has("product") ? row.path("product") : row;
  }

  /** A text with its language. */
  record Said(String value, String locale) {}

  /** A text in the languages that it is there in, that it was written in first. */
  static List<Said> texts(JsonNode product, String suffix) {
    var texts = new ArrayList<Said>();
    for (var key : List.of("zh", "en")) {
      var text = product.path(key + suffix);
      var said = new Said(text.path("value").asText(), text.path("locale").asText());
      if (text.isObject() && texts.stream().noneMatch(had -> had.locale.equals(said.locale))) {
        texts.add(said);
      }
    }
    return texts;
  }
}
