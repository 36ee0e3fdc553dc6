package dev.fairground.harvest;

import com.fasterxml.jackson.core.JsonFactory;
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
  private static final int MOST_TRIES = 20;

  private static final JsonFactory JSON = JsonRecords.parsers();

  @Override
  public String format() {
    return "portal catalogue";
  }

  /** By the columns of the first records: the very first may be broken. */
  @Override
  public boolean recognises(Beginning beginning) {
    if (!beginning.startsWith("[")) {
      return false;
    }
    var columns = PortalColumns.of(Portals.ofFile(beginning.name()));
    var text = beginning.text();
    var at = text.indexOf('{');
    for (int tries = 0; at >= 0 && tries < MOST_TRIES; tries++) {
      var first = FirstObject.of(text.substring(at));
      if (columns.areOfCatalogue(first.names())) {
        return true;
      }
      at = text.indexOf('{', at + first.length());
    }
    return false;
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    var records = new PortalRecords(document.name(), sink);
    JsonRecords.read(document, sink, List.of(), (path, value) -> {}, records::record);
  }

  /**
   * The names of an object's members: as many as the beginning of the file holds.
   *
   * @param length its characters; 1 where it is broken, as then nobody knows
   */
  private record FirstObject(Set<String> names, int length) {
    static FirstObject of(String text) {
      var names = new LinkedHashSet<String>();
      try (var parser = JSON.createParser(text)) {
        parser.nextToken();
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          names.add(name);
          parser.nextToken();
          parser.skipChildren();
        }
        return new FirstObject(names, (int) parser.currentLocation().getCharOffset());
      } catch (IOException broken) {
        return new FirstObject(names, 1);
      }
    }
  }
}
