package dev.fairground.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.harvest.Defect.Rule;
import dev.fairground.harvest.PortalColumns.Column;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one portal's catalogue, whatever file they are in. They are known by holder
 * and title: few portals give identifiers, and their addresses are none, being missing in one
 * harvest and one and the same for all records in another.
 */
final class PortalRecords {
  /** The language of these portals. */
  static final String LOCALE = "zh";

  private static final int MOST_UNKNOWN_COLUMNS = 1_000;

  private final Sink sink;
  private final Portals.@Nullable Portal portal;
  private final PortalColumns columns;
  private final Set<String> unknownColumns = new HashSet<>();
  private boolean begun;
  private @Nullable String firstAddress;
  private @Nullable String firstTitle;
  private boolean addressShared;

  PortalRecords(String fileName, Sink sink) {
    this.sink = sink;
    this.portal = Portals.ofFile(fileName);
    this.columns = PortalColumns.of(portal);
  }

  void record(String place, ObjectNode record) {
    var resource = new ResourceBuilder(sink, place, LOCALE, record);
    String address = null;
    var addressName = "";
    for (var field : record.properties()) {
      var name = field.getKey();
      var column = columns.column(name);
      if (column == null) {
        unknown(place, name);
      } else if (field.getValue().isObject()) {
        resource.values().defect(name, Rule.VALUE_WRONG_TYPE, null);
      } else if (column.meaning() == PortalColumns.Meaning.ADDRESS) {
        if (address == null) {
          address = text(field.getValue());
          addressName = name;
        }
      } else {
        put(resource, name, column, field.getValue());
      }
    }
    if (!begun) {
      sink.catalogue(new CatalogueFacts(portal == null ? host(address) : portal.source(), true));
      begun = true;
      firstAddress = address;
      firstTitle = resource.title();
    }
    if (isOfFirst(address) && !Objects.equals(resource.title(), firstTitle)) {
      tellShared(place, address);
    } else {
      resource.landingPage(addressName, address);
    }
    resource.region(portal == null ? null : portal.regionCode()).knownByHolderAndTitle().tell();
  }

  private static void put(ResourceBuilder resource, String name, Column column, JsonNode value) {
    switch (column.meaning()) {
      case TITLE -> resource.title(name, text(value));
      case HOLDER -> resource.holder(name, text(value));
      case TOPIC -> {
        var topics = text(value);
        resource.topic(name, topics == null ? null : PortalWords.topics(topics));
      }
      case SECTOR -> resource.sector(name, text(value));
      case SUMMARY -> resource.summary(name, withLineBreaks(text(value)));
      case KEYWORDS ->
          texts(value)
              .forEach(
                  text -> PortalWords.keywords(text).forEach(word -> resource.keyword(name, word)));
      case FORMATS ->
          texts(value)
              .forEach(
                  text -> PortalWords.formats(text).forEach(word -> resource.format(name, word)));
      case FREQUENCY -> resource.frequency(name, text(value));
      case OPENNESS -> resource.openness(name, text(value));
      case VOLUME -> resource.volume(name, withUnit(text(value), column.unit()));
      case RELEASED -> resource.released(name, text(value));
      case UPDATED -> resource.updated(name, text(value));
      case ADDRESS, CONTACT, OTHER -> {}
    }
  }

  /** A column that no mapping knows is told where it is first met. */
  private void unknown(String place, String name) {
    if (unknownColumns.size() < MOST_UNKNOWN_COLUMNS && unknownColumns.add(name)) {
      sink.defect(new Defect(place, name, Rule.FIELD_UNKNOWN, null));
    }
  }

  private boolean isOfFirst(@Nullable String address) {
    return address != null && address.equals(firstAddress);
  }

  /** Portals give all their records the address of the first; it is told once, and kept there. */
  private void tellShared(String place, @Nullable String address) {
    if (!addressShared) {
      addressShared = true;
      sink.defect(new Defect(place, null, Rule.URL_SHARED, address));
    }
  }

  private static List<String> texts(JsonNode value) {
    if (value.isArray()) {
      return StreamSupport.stream(value.spliterator(), false)
          .filter(element -> element.isValueNode() && !element.isNull())
          .map(JsonNode::asText)
          .toList();
    }
    return value.isNull() ? List.of() : List.of(value.asText());
  }

  private static @Nullable String text(JsonNode value) {
    var texts = texts(value);
    return texts.isEmpty() ? null : String.join("、", texts);
  }

  /** Wuhu writes its line breaks as a backslash and an n. */
  private static @Nullable String withLineBreaks(@Nullable String text) {
    return text == null ? null : text.replace("\\n", "\n");
  }

  private static @Nullable String withUnit(@Nullable String text, String unit) {
    return text != null && !unit.isEmpty() && !text.isEmpty() && isNumber(text)
        ? text + " " + unit
        : text;
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c == ',' || (c >= '0' && c <= '9'));
  }

  /** The part of an address that names its server. */
  private static @Nullable String host(@Nullable String address) {
    if (address == null) {
      return null;
    }
    var start = address.indexOf("://");
    var end = start < 0 ? -1 : address.indexOf('/', start + 3);
    return start < 0 ? null : end < 0 ? address : address.substring(0, end);
  }
}
