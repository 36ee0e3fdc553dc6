package dev.fairground.harvest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An answer of CKAN's action API with packages in it: {@code package_search}, or {@code
 * current_package_list_with_resources}, whose result is the list itself.
 */
public final class CkanReader implements CatalogueReader {
  /** Packages of extensions that are about datasets, without being one. */
  private static final Set<String> OTHER_TYPES =
      Set.of("harvest", "showcase", "organization", "group", "page");

  @Override
  public String format() {
    return "CKAN";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.startsWith("{")
        && beginning.holds("\"success\"")
        && (beginning.holds("\"result\"") || beginning.holds("\"error\""));
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    var answer = new HashMap<String, JsonNode>();
    var records = new Count();
    try {
      JsonRecords.read(
          document,
          sink,
          List.of("result", "results"),
          (path, value) -> answer.put(String.join(".", path), value),
          (place, record) -> {
            records.number++;
            tell(sink, place, record);
          });
    } catch (UnreadableFile unreadable) {
      if (answer.get("success") instanceof JsonNode success && !success.asBoolean(true)) {
        var message =
            answer.get("error") instanceof JsonNode error ? error.path("message") : success;
        throw new UnreadableFile(
            unreadable.rule(), "CKAN answered with an error: " + message.asText());
      }
      throw unreadable;
    }
    var count = answer.get("result.count");
    long total = count == null ? records.number : count.asLong();
    if (total > records.number) {
      sink.defect(
          new Defect(
              "",
              "count",
              Rule.INCOMPLETE_CATALOGUE,
              records.number + " of " + total + " records"));
    }
    sink.catalogue(new CatalogueFacts(portal(answer), total <= records.number));
  }

  private static final class Count {
    private long number;
  }

  /** The address of the portal, as far as its link to the help names it. */
  private static @Nullable String portal(Map<String, JsonNode> answer) {
    var help = answer.get("help");
    int api = help == null ? -1 : help.asText().indexOf("/api/");
    return help == null || api < 0 ? null : help.asText().substring(0, api);
  }

  private static void tell(Sink sink, String place, ObjectNode record) {
    var resource = new ResourceBuilder(sink, place, locale(record), record);
    var fields = new Fields(record, resource.values());
    var type = fields.text("type");
    var state = fields.text("state");
    if (type != null && OTHER_TYPES.contains(type)) {
      sink.defect(new Defect(place, "type", Rule.NOT_A_DATASET, type));
      return;
    }
    if (state != null && !state.equals("active") || record.path("private").asBoolean()) {
      var value = state == null || state.equals("active") ? "private" : state;
      sink.defect(new Defect(place, "state", Rule.NOT_A_DATASET, value));
      return;
    }
    resource
        .identifier("id", fields.text("id"))
        .identifier("name", fields.text("name"))
        .title("title", fields.text("title"))
        .title("name", fields.text("name"))
        .summary("notes", fields.text("notes"))
        .holder("organization", fields.object("organization").text("title"))
        .landingPage("url", fields.text("url"))
        .licence("license_title", fields.text("license_title"))
        .licence("license_url", fields.text("license_url"))
        .licence("license_id", fields.text("license_id"))
        .released("metadata_created", fields.text("metadata_created"))
        .updated("metadata_modified", fields.text("metadata_modified"));
    for (var group : fields.objects("groups")) {
      resource.topic("groups", group.text("title"));
    }
    for (var tag : fields.objects("tags")) {
      var shown = tag.text("display_name");
      resource.keyword("tags", shown == null ? tag.text("name") : shown);
    }
    for (var file : fields.objects("resources")) {
      var format = file.text("format");
      resource.format("resources.format", format == null ? null : MediaTypes.shortened(format));
    }
    frequency(resource, record, fields);
    resource.tell();
  }

  /** CKAN itself has no such field; portals add one, of their own or among the extras. */
  private static void frequency(ResourceBuilder resource, ObjectNode record, Fields fields) {
    for (var name : List.of("update_frequency", "frequency", "accrual_periodicity")) {
      if (record.path(name).isTextual()) {
        resource.frequency(name, fields.text(name));
      }
      for (var extra : record.path("extras")) {
        if (extra.path("key").asText().equals(name)) {
          resource.frequency(name, extra.path("value").asText(null));
        }
      }
    }
  }

  private static String locale(ObjectNode record) {
    var tag = Languages.tag(record.path("language").asText());
    return tag == null ? Languages.UNKNOWN : tag;
  }
}
