package dev.fairground.harvest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads catalogues of Chinese provincial and city platforms as crawlers keep them: a JSON array of
 * records with each portal's own column names. The platform is known by the file's name, {@code
 * guangxi_baise.json}; without one the region is not said.
 */
public final class PortalCatalogueReader implements CatalogueReader {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public String format() {
    return "portal catalogue";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return beginning.startsWith("[")
        && PortalColumns.of(Portals.ofFile(beginning.name()))
            .areOfCatalogue(namesOfFirstObject(beginning.text()));
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    var records = new PortalRecords(document.name(), sink);
    JsonRecords.read(document, sink, List.of(), (path, value) -> {}, records::record);
  }

  /** As many as the beginning of the file holds. */
  private static Set<String> namesOfFirstObject(String text) {
    var names = new LinkedHashSet<String>();
    try (var parser = JSON.createParser(text)) {
      parser.nextToken();
      var token = parser.nextToken();
      while (token != null && token.isScalarValue()) {
        token = parser.nextToken();
      }
      if (token == JsonToken.START_OBJECT) {
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          names.add(name);
          parser.nextToken();
          parser.skipChildren();
        }
      }
    } catch (IOException brokenOff) {
      // The beginning ends within the object.
    }
    return names;
  }
}
