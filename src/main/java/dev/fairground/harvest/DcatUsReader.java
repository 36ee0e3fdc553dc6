package dev.fairground.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The {@code data.json} of the Project Open Data Metadata Schema 1.1 (DCAT-US), of DCAT-US 3.0, and
 * of national profiles made after it, such as Argentina's.
 */
public final class DcatUsReader implements CatalogueReader {
  private static final Pattern RECORDS =
      Pattern.compile("\"(?:dataset|datasetSeries|service)\"\\s*:\\s*\\[");
  private static final Set<String> ARRAYS = Set.of("dataset", "datasetSeries", "service");

  /** An interval that repeats, of ISO 8601: R/P1D is daily. */
  private static final Pattern REPEATING = Pattern.compile("R\\d*/P.*");

  @Override
  public String format() {
    return "DCAT-US";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.startsWith("{")
        && RECORDS.matcher(beginning.text()).find()
        && !beginning.holds("\"@graph\"");
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    var catalogue = new HashMap<String, JsonNode>();
    JsonRecords.readAny(
        document,
        sink,
        ARRAYS,
        (path, value) -> catalogue.put(path.getFirst(), value),
        (place, record) -> tell(sink, place, catalogue, record));
    var source =
        Stream.of("title", "homepage", "@id", "license")
            .map(catalogue::get)
            .filter(value -> value != null && value.isTextual())
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    sink.catalogue(new CatalogueFacts(source.isEmpty() ? null : source, true));
  }

  /** Tells one dataset of a catalogue that says nothing of itself. */
  static void tell(Sink sink, String place, ObjectNode record) {
    tell(sink, place, Map.of(), record);
  }

  private static void tell(
      Sink sink, String place, Map<String, JsonNode> catalogue, ObjectNode record) {
    if (record.path("@type").asText().endsWith("DatasetSeries")) {
      // A series is a list of datasets; what is said of itself is said of each of them too.
      for (var member : record.path("seriesMember")) {
        if (member instanceof ObjectNode dataset) {
          tell(sink, place, catalogue, dataset);
        }
      }
      return;
    }
    var values = new Values(sink, place);
    var fields = new Fields(record, values);
    var resource =
        new ResourceBuilder(sink, place, locale(fields, values, catalogue, record), record);
    tell(resource, fields);
    resource.tell();
  }

  private static void tell(ResourceBuilder resource, Fields fields) {
    if (fields.isObject("identifier")) {
      resource
          .identifier("identifier", fields.object("identifier").text("@id"))
          .identifier("identifier", fields.object("identifier").text("notation"));
    } else {
      resource.identifier("identifier", fields.text("identifier"));
    }
    resource
        .title("title", fields.text("title"))
        .summary("description", fields.text("description"))
        .topic("theme", fields.text("theme"))
        .frequency("accrualPeriodicity", fields.text("accrualPeriodicity"))
        .openness("accessLevel", fields.text("accessLevel"))
        .landingPage("landingPage", fields.text("landingPage"))
        .licence("license", fields.text("license"))
        .released("issued", fields.text("issued"));
    for (var publisher : fields.objects("publisher")) {
      resource.holder("publisher", publisher.text("name"));
    }
    for (var keyword : fields.words("keyword")) {
      resource.keyword("keyword", keyword);
    }
    var modified = fields.text("modified");
    if (modified != null && REPEATING.matcher(modified).matches()) {
      // The schema allows it for data that changes all the time: it says how often, not when.
      resource.frequency("modified", modified);
    } else {
      resource.updated("modified", modified);
    }
    if (fields.isObject("temporal")) {
      var period = fields.object("temporal");
      Periods.tell(resource, "temporal", period.text("startDate"), period.text("endDate"));
    } else {
      Periods.tell(resource, "temporal", fields.text("temporal"));
    }
    for (var distribution : fields.objects("distribution")) {
      tellDistribution(resource, distribution);
    }
  }

  private static void tellDistribution(ResourceBuilder resource, Fields distribution) {
    var format = distribution.text("format");
    var type = format == null || format.isBlank() ? distribution.text("mediaType") : format;
    if (type != null) {
      resource.format("distribution.format", MediaTypes.shortened(type));
    }
    for (var field : distribution.objects("field")) {
      resource.item(
          "distribution.field", field.text("title"), field.text("type"), field.text("description"));
    }
  }

  /**
   * The language that the record names, else the catalogue. A catalogue of the United States'
   * schema that names none is in English, the language of that schema's own words; another one may
   * be in any.
   */
  private static String locale(
      Fields fields, Values values, Map<String, JsonNode> catalogue, ObjectNode record) {
    var stated = fields.texts("language");
    for (var language : stated) {
      var tag = Languages.tag(language);
      if (tag != null) {
        return tag;
      }
      values.defect("language", Rule.VALUE_WRONG_TYPE, language);
    }
    var ofCatalogue = catalogue.get("language");
    if (ofCatalogue != null) {
      var first = ofCatalogue.isArray() ? ofCatalogue.path(0) : ofCatalogue;
      var tag = Languages.tag(first.asText());
      if (tag != null) {
        return tag;
      }
    }
    boolean american =
        record.has("bureauCode")
            || Stream.of("conformsTo", "@context")
                .map(catalogue::get)
                .anyMatch(value -> value != null && isAmerican(value.toString()));
    return american ? "en" : Languages.UNKNOWN;
  }

  private static boolean isAmerican(String schema) {
    return List.of("project-open-data", "resources.data.gov", "DCAT-US").stream()
        .anyMatch(schema::contains);
  }
}
