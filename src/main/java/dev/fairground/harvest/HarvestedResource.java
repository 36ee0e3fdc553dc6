package dev.fairground.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One dataset of a catalogue, in the terms of a public data resource. What the source does not say
 * is null or empty. Made by a {@link ResourceBuilder}.
 *
 * @param place where it is in the file, as in {@link Defect#place}
 * @param identifier what it is known by in its catalogue, the same in every edition of the file
 * @param locale the language of its texts, as a tag of BCP 47
 * @param titleTranslations the title in further languages
 * @param holder the body that holds it, in the words of the source
 * @param topic in the words of the source
 * @param sectorCode of GB/T 4754-2017
 * @param regionCode of GB/T 2260
 * @param updateFrequency a value of the schema's {@code UpdateFrequency}
 * @param openness a value of the schema's {@code Openness}
 * @param coversFrom the first day that its data tell of
 * @param coversUntil the last; null where it is not over
 * @param releasedOn the day it was first released
 * @param updatedOn the day of its newest data
 * @param sourceRecord the record as the source has it
 */
public record HarvestedResource(
    String place,
    String identifier,
    String locale,
    String title,
    Map<String, String> titleTranslations,
    @Nullable String summary,
    Map<String, String> summaryTranslations,
    @Nullable String holder,
    @Nullable String topic,
    @Nullable String sectorCode,
    @Nullable String regionCode,
    @Nullable String updateFrequency,
    @Nullable String updateFrequencyText,
    @Nullable String openness,
    @Nullable String opennessText,
    List<String> formats,
    List<String> keywords,
    @Nullable String landingPage,
    @Nullable String licence,
    @Nullable String volumeText,
    @Nullable LocalDate coversFrom,
    @Nullable LocalDate coversUntil,
    @Nullable LocalDate releasedOn,
    @Nullable LocalDate updatedOn,
    List<Item> items,
    JsonNode sourceRecord) {

  /**
   * One column of the dataset.
   *
   * @param type in the words of the source
   */
  public record Item(String name, @Nullable String type, @Nullable String description) {}
}
