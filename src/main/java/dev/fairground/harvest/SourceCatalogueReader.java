package dev.fairground.harvest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** The catalogue of public data sources that {@code public-data-catalog} keeps for Japan. */
public final class SourceCatalogueReader implements CatalogueReader {
  @Override
  public String format() {
    return "public-data-catalog";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.startsWith("{")
        && beginning.holds("\"catalog_version\"")
        && beginning.holds("\"entries\"");
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    JsonRecords.read(
        document,
        sink,
        List.of("entries"),
        (path, value) -> {},
        (place, record) -> tell(sink, place, record));
    sink.catalogue(new CatalogueFacts(format(), true));
  }

  private static void tell(Sink sink, String place, ObjectNode record) {
    // The languages that an entry names are those of the source; the entries are in English.
    var resource = new ResourceBuilder(sink, place, "en", record);
    var fields = new Fields(record, resource.values());
    var access = fields.object("access");
    resource
        .identifier("id", fields.text("id"))
        .title("title", fields.text("title"))
        .summary("ai_summary", fields.text("ai_summary"))
        .holder("publisher", fields.text("publisher"))
        .topic("domains", fields.text("domains"))
        .landingPage("docs_url", access.text("docs_url"))
        .landingPage("base_url", access.text("base_url"))
        .licence("license", fields.object("license").text("name"));
    for (var domain : fields.texts("domains")) {
      resource.keyword("domains", domain);
    }
    for (var format : access.texts("formats")) {
      resource.format("formats", format);
    }
    resource.tell();
  }
}
