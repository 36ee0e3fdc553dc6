package dev.fairground.harvest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The documents of Socrata's Discovery API, one on each line. */
public final class SocrataReader implements CatalogueReader {
  /**
   * Assets that show data and are none. The others are kept: tables, maps, files, links, and views
   * of a table, be they filtered or laid out as a calendar, because each answers with rows.
   */
  private static final Set<String> SHOWN =
      Set.of("chart", "datalens", "visualization", "story", "form", "measure");

  /** What is longer is no name, and would take the pattern long. */
  private static final int MOST_KEY = 300;

  private static final Pattern DOCUMENT = Pattern.compile("\"resource\"\\s*:\\s*\\{");

  /** Portals name their own fields; the group stands before the underscore. */
  private static final Pattern FREQUENCY =
      Pattern.compile(
          ".*_(?:(?:.*(?:update|publishing|posting|refresh)[- ])?frequency)-?",
          Pattern.CASE_INSENSITIVE);

  @Override
  public String format() {
    return "Socrata";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.startsWith("{")
        && DOCUMENT.matcher(beginning.text()).find()
        && beginning.holds("\"permalink\"")
        && beginning.holds("\"classification\"");
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    var domains = new TreeSet<String>();
    JsonRecords.lines(
        document,
        sink,
        (place, record) -> {
          var domain = record.path("metadata").path("domain").asText();
          if (!domain.isEmpty() && domains.size() < 2) {
            domains.add(domain);
          }
          tell(sink, place, record);
        });
    sink.catalogue(new CatalogueFacts(domains.size() == 1 ? domains.first() : null, true));
  }

  private static void tell(Sink sink, String place, ObjectNode record) {
    var resource = new ResourceBuilder(sink, place, Languages.UNKNOWN, record);
    var fields = new Fields(record, resource.values());
    var asset = fields.object("resource");
    var type = asset.text("type");
    if (type != null && SHOWN.contains(type)) {
      sink.defect(new Defect(place, "type", Rule.NOT_A_DATASET, type));
      return;
    }
    var classification = fields.object("classification");
    resource
        .identifier("id", asset.text("id"))
        .title("name", asset.text("name"))
        .summary("description", asset.text("description"))
        .holder("attribution", asset.text("attribution"))
        .topic("domain_category", classification.text("domain_category"))
        .landingPage("permalink", fields.text("permalink"))
        .licence("license", fields.object("metadata").text("license"))
        .released("createdAt", asset.text("createdAt"))
        .updated("data_updated_at", asset.text("data_updated_at"))
        .updated("updatedAt", asset.text("updatedAt"));
    for (var field : List.of("domain_tags", "tags")) {
      for (var tag : classification.texts(field)) {
        resource.keyword(field, tag);
      }
    }
    var file = asset.text("blob_mime_type");
    if (file != null) {
      resource.format("blob_mime_type", MediaTypes.shortened(file));
    }
    for (var own : classification.objects("domain_metadata")) {
      var key = own.text("key");
      if (key != null && key.length() <= MOST_KEY && FREQUENCY.matcher(key).matches()) {
        resource.frequency(key, own.text("value"));
      }
    }
    columns(resource, record);
    resource.tell();
  }

  /** The columns stand in lists of equal length. */
  private static void columns(ResourceBuilder resource, ObjectNode record) {
    var asset = record.path("resource");
    var names = new ArrayList<String>();
    asset.path("columns_name").forEach(name -> names.add(name.asText()));
    for (int i = 0; i < names.size(); i++) {
      resource.item(
          "columns",
          names.get(i),
          asset.path("columns_datatype").path(i).asText(null),
          asset.path("columns_description").path(i).asText(null));
    }
  }
}
