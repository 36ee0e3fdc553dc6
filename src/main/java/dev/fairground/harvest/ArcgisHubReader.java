package dev.fairground.harvest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.harvest.Defect.Rule;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of datasets of ArcGIS Hub's search API, version 3. */
public final class ArcgisHubReader implements CatalogueReader {
  @Override
  public String format() {
    return "ArcGIS Hub";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.startsWith("{")
        && beginning.holds("\"data\"")
        && beginning.holds("\"attributes\"")
        && (beginning.holds("\"hubType\"") || beginning.holds("\"itemModified\""));
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    var page = new Page();
    JsonRecords.read(
        document,
        sink,
        List.of("data"),
        (path, value) -> {
          if (path.equals(List.of("meta"))) {
            page.total = value.path("stats").path("totalCount").asLong();
          }
        },
        (place, record) -> {
          page.records++;
          tell(sink, page, place, record);
        });
    boolean complete = page.total <= page.records;
    if (!complete) {
      sink.defect(
          new Defect(
              "",
              "totalCount",
              Rule.INCOMPLETE_CATALOGUE,
              page.records + " of " + page.total + " records"));
    }
    sink.catalogue(new CatalogueFacts(page.organization, complete));
  }

  private static final class Page {
    private long records;
    private long total;
    private @Nullable String organization;
  }

  private static void tell(Sink sink, Page page, String place, ObjectNode record) {
    var culture = Languages.tag(record.path("attributes").path("culture").asText());
    var resource =
        new ResourceBuilder(sink, place, culture == null ? Languages.UNKNOWN : culture, record);
    var fields = new Fields(record, resource.values());
    var attributes = fields.object("attributes");
    if (page.organization == null) {
      page.organization = attributes.text("orgName");
    }
    resource
        .identifier("id", fields.text("id"))
        .title("name", attributes.text("name"))
        .summary("description", attributes.text("description"))
        .summary("snippet", attributes.text("snippet"))
        .holder("source", attributes.text("source"))
        .holder("orgName", attributes.text("orgName"))
        .openness("access", attributes.text("access"))
        .landingPage("url", attributes.text("url"))
        .licence("licenseInfo", attributes.text("licenseInfo"))
        .released("created", attributes.text("created"))
        .updated("modified", attributes.text("modified"));
    for (var category : attributes.texts("categories")) {
      resource.topic("categories", category);
    }
    for (var tag : attributes.texts("tags")) {
      resource.keyword("tags", tag);
    }
    for (var format : attributes.words("supportedQueryFormats")) {
      resource.format("supportedQueryFormats", format.strip());
    }
    for (var column : attributes.objects("fields")) {
      var name = column.text("name");
      var alias = column.text("alias");
      resource.item(
          "fields", name, column.text("type"), alias == null || alias.equals(name) ? null : alias);
    }
    resource.tell();
  }
}
