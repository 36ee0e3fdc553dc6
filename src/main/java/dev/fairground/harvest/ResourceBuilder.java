package dev.fairground.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairground.harvest.Defect.Rule;
import dev.fairground.harvest.HarvestedResource.Item;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a resource of the values of one record: each is tidied, what is wrong with it is told to
 * the sink, and what cannot be kept is left out. {@code field} is always the field's name in the
 * words of the source. The first value that says something wins.
 */
public final class ResourceBuilder {
  private static final int MOST_TITLE = 1_000;
  private static final int MOST_SUMMARY = 10_000;
  private static final int MOST_NAME = 500;
  private static final int MOST_WORDS = 100;
  private static final int MOST_ITEMS = 500;

  private final Values values;
  private final Sink sink;
  private final String place;
  private final String locale;
  private final JsonNode sourceRecord;
  private final Map<String, String> titleTranslations = new LinkedHashMap<>();
  private final Map<String, String> summaryTranslations = new LinkedHashMap<>();
  private final Set<String> formats = new LinkedHashSet<>();
  private final Set<String> keywords = new LinkedHashSet<>();
  private final Map<String, Item> items = new LinkedHashMap<>();
  private boolean knownByHolderAndTitle;
  private @Nullable String identifier;
  private @Nullable String title;
  private @Nullable String summary;
  private @Nullable String holder;
  private @Nullable String topic;
  private @Nullable String sectorCode;
  private @Nullable String regionCode;
  private @Nullable String updateFrequency;
  private @Nullable String updateFrequencyText;
  private @Nullable String openness;
  private @Nullable String opennessText;
  private @Nullable String landingPage;
  private @Nullable String licence;
  private @Nullable String volumeText;
  private @Nullable LocalDate coversFrom;
  private @Nullable LocalDate coversUntil;
  private @Nullable LocalDate releasedOn;
  private @Nullable LocalDate updatedOn;

  /**
   * Begins a resource.
   *
   * @param place where the record is, as in {@link Defect#place}
   * @param locale the language of its texts, as a tag of BCP 47
   * @param sourceRecord the record as the source has it
   */
  public ResourceBuilder(Sink sink, String place, String locale, JsonNode sourceRecord) {
    this.sink = sink;
    this.place = place;
    this.locale = locale;
    this.sourceRecord = sourceRecord;
    this.values = new Values(sink, place);
  }

  /** The tidying of this record's values, for what is not simply one of the fields below. */
  public Values values() {
    return values;
  }

  public ResourceBuilder identifier(String field, @Nullable String value) {
    identifier = first(identifier, values.text(field, value, Values.UNBOUNDED));
    return this;
  }

  /** For catalogues that give no identifiers: none is missed. */
  public ResourceBuilder knownByHolderAndTitle() {
    knownByHolderAndTitle = true;
    return this;
  }

  public ResourceBuilder title(String field, @Nullable String value) {
    title = first(title, values.plain(field, value, MOST_TITLE));
    return this;
  }

  /** The title in a further language. */
  public ResourceBuilder title(String field, String language, @Nullable String value) {
    put(titleTranslations, language, values.plain(field, value, MOST_TITLE));
    return this;
  }

  public ResourceBuilder summary(String field, @Nullable String value) {
    summary = first(summary, values.plain(field, value, MOST_SUMMARY));
    return this;
  }

  /** The summary in a further language. */
  public ResourceBuilder summary(String field, String language, @Nullable String value) {
    put(summaryTranslations, language, values.plain(field, value, MOST_SUMMARY));
    return this;
  }

  public ResourceBuilder holder(String field, @Nullable String value) {
    holder = first(holder, values.plain(field, value, MOST_NAME));
    return this;
  }

  public ResourceBuilder topic(String field, @Nullable String value) {
    topic = first(topic, values.plain(field, value, MOST_NAME));
    return this;
  }

  /** The sector as a code of GB/T 4754-2017, or the name of one of its sections or divisions. */
  public ResourceBuilder sector(String field, @Nullable String value) {
    var text = values.text(field, value, MOST_NAME);
    if (sectorCode == null && text != null) {
      sectorCode = Sectors.code(text);
      if (sectorCode == null) {
        values.defect(field, Rule.SECTOR_UNKNOWN, text);
      }
    }
    return this;
  }

  /** The region as a code of GB/T 2260; the reader has looked it up. */
  public ResourceBuilder region(@Nullable String code) {
    regionCode = first(regionCode, code);
    return this;
  }

  public ResourceBuilder frequency(String field, @Nullable String value) {
    var text = values.text(field, value, MOST_NAME);
    if (updateFrequencyText == null && text != null) {
      updateFrequencyText = text;
      updateFrequency = Frequencies.of(text);
      if (updateFrequency == null) {
        values.defect(field, Rule.FREQUENCY_UNKNOWN, text);
      }
    }
    return this;
  }

  public ResourceBuilder openness(String field, @Nullable String value) {
    var text = values.text(field, value, MOST_NAME);
    if (opennessText == null && text != null) {
      opennessText = text;
      openness = OpennessWords.of(text);
      if (openness == null) {
        values.defect(field, Rule.OPENNESS_UNKNOWN, text);
      }
    }
    return this;
  }

  /** One of the formats that it is held in. */
  public ResourceBuilder format(String field, @Nullable String value) {
    add(formats, values.text(field, value, MOST_WORDS));
    return this;
  }

  /** One of the words that it is found by. */
  public ResourceBuilder keyword(String field, @Nullable String value) {
    add(keywords, values.plain(field, value, MOST_WORDS));
    return this;
  }

  public ResourceBuilder landingPage(String field, @Nullable String value) {
    landingPage = first(landingPage, values.url(field, value));
    return this;
  }

  public ResourceBuilder licence(String field, @Nullable String value) {
    licence = first(licence, values.plain(field, value, MOST_TITLE));
    return this;
  }

  public ResourceBuilder volume(String field, @Nullable String value) {
    volumeText = first(volumeText, values.text(field, value, MOST_WORDS));
    return this;
  }

  /** The days its data tell of; {@code until} null where it is not over. */
  public ResourceBuilder coverage(@Nullable LocalDate from, @Nullable LocalDate until) {
    if (from != null && coversFrom == null && (until == null || !until.isBefore(from))) {
      coversFrom = from;
      coversUntil = until;
    }
    return this;
  }

  public ResourceBuilder released(String field, @Nullable String value) {
    releasedOn = first(releasedOn, values.date(field, value));
    return this;
  }

  public ResourceBuilder updated(String field, @Nullable String value) {
    updatedOn = first(updatedOn, values.date(field, value));
    return this;
  }

  /** One of its columns; a second one of the same name, and those beyond 500, are left out. */
  public ResourceBuilder item(
      String field, @Nullable String name, @Nullable String type, @Nullable String description) {
    var tidy = values.plain(field, name, MOST_NAME);
    if (tidy != null && items.size() < MOST_ITEMS) {
      items.putIfAbsent(
          tidy,
          new Item(
              tidy,
              values.text(field, type, MOST_NAME),
              values.plain(field, description, MOST_SUMMARY)));
    }
    return this;
  }

  public @Nullable String title() {
    return title;
  }

  public @Nullable String holder() {
    return holder;
  }

  /**
   * Tells the sink of the resource, or of a record without a title. A record without an identifier
   * is known by its holder and title.
   */
  public void tell() {
    if (title == null) {
      sink.defect(Defect.of(place, Rule.TITLE_MISSING));
      return;
    }
    if (identifier == null) {
      if (!knownByHolderAndTitle) {
        sink.defect(Defect.of(place, Rule.IDENTIFIER_MISSING));
      }
      identifier = holder == null ? title : holder + "/" + title;
    }
    if (releasedOn != null && updatedOn != null && updatedOn.isBefore(releasedOn)) {
      sink.defect(Defect.of(place, Rule.DATES_REVERSED));
    }
    sink.resource(
        new HarvestedResource(
            place,
            identifier,
            locale,
            title,
            Map.copyOf(titleTranslations),
            summary,
            Map.copyOf(summaryTranslations),
            holder,
            topic,
            sectorCode,
            regionCode,
            updateFrequency,
            updateFrequencyText,
            openness,
            opennessText,
            List.copyOf(formats),
            List.copyOf(keywords),
            landingPage,
            licence,
            volumeText,
            coversFrom,
            coversUntil,
            releasedOn,
            updatedOn,
            new ArrayList<>(items.values()),
            sourceRecord));
  }

  private static <T> @Nullable T first(@Nullable T known, @Nullable T found) {
    return known == null ? found : known;
  }

  private static void add(Set<String> words, @Nullable String word) {
    if (word != null && words.size() < MOST_WORDS) {
      words.add(word);
    }
  }

  private void put(Map<String, String> translations, String language, @Nullable String text) {
    if (text != null && !language.equals(locale)) {
      translations.putIfAbsent(language, text);
    }
  }
}
