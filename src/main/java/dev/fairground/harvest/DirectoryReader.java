package dev.fairground.harvest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** One entry of the directory FirstData: a body that publishes data, in Chinese and English. */
public final class DirectoryReader implements CatalogueReader {
  @Override
  public String format() {
    return "FirstData";
  }

  @Override
  public boolean oneRecord() {
    return true;
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.startsWith("{")
        && beginning.holds("\"authority_level\"")
        && beginning.holds("\"data_content\"");
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    JsonRecords.one(document, sink, (place, record) -> tell(sink, document, place, record));
    sink.catalogue(new CatalogueFacts("FirstData", true));
  }

  private static void tell(Sink sink, Document document, String place, ObjectNode record) {
    boolean chinese = record.path("name").path("zh").isTextual();
    var language = chinese ? "zh" : "en";
    var resource = new ResourceBuilder(sink, place, language, record);
    var fields = new Fields(record, resource.values());
    var name = fields.object("name");
    var description = fields.object("description");
    resource
        .identifier("id", fields.text("id"))
        .identifier("id", document.name().replaceFirst("\\.json$", ""))
        .title("name", name.text(language))
        .summary("description", description.text(language))
        .topic("domains", fields.text("domains"))
        .frequency("update_frequency", fields.text("update_frequency"))
        .landingPage("data_url", fields.text("data_url"))
        .landingPage("website", fields.text("website"));
    if (chinese) {
      resource
          .title("name", "en", name.text("en"))
          .summary("description", "en", description.text("en"));
    }
    for (var field : List.of("tags", "domains")) {
      for (var word : fields.texts(field)) {
        resource.keyword(field, word);
      }
    }
    if (fields.text("api_url") != null) {
      resource.format("api_url", "API");
    }
    resource.tell();
  }
}
