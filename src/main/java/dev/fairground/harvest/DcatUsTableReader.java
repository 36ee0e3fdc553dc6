package dev.fairground.harvest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The table form of Project Open Data's {@code data.json}: a row for each dataset, its first
 * distribution beside it, lists in one cell with commas between. A row is the record that {@code
 * data.json} would have.
 */
public final class DcatUsTableReader implements CatalogueReader {
  private static final Set<String> COLUMNS =
      Set.of("title", "identifier", "accessLevel", "publisher");
  private static final Set<String> LISTS =
      Set.of("keyword", "theme", "bureauCode", "programCode", "references");
  private static final Set<String> OF_DISTRIBUTION =
      Set.of("downloadURL", "accessURL", "format", "mediaType");
  private static final Set<String> OF_CONTACT = Set.of("fn", "hasEmail");

  @Override
  public String format() {
    return "DCAT-US (CSV)";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return CsvRows.haveHeader(beginning, DcatUsTableReader::isHeader);
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    CsvRows.read(
        document,
        sink,
        DcatUsTableReader::isHeader,
        (number, place, row) -> DcatUsReader.tell(sink, place, record(row)));
    sink.catalogue(new CatalogueFacts(null, true));
  }

  private static boolean isHeader(List<String> columns) {
    return columns.containsAll(COLUMNS);
  }

  private static ObjectNode record(ObjectNode row) {
    var record = JsonNodeFactory.instance.objectNode();
    var distribution = JsonNodeFactory.instance.objectNode();
    var contact = JsonNodeFactory.instance.objectNode();
    for (var cell : row.properties()) {
      var text = cell.getValue().asText().strip();
      var column = cell.getKey();
      if (text.isEmpty()) {
        continue;
      }
      if (OF_DISTRIBUTION.contains(column)) {
        distribution.put(column, text);
      } else if (OF_CONTACT.contains(column)) {
        contact.put(column, text);
      } else if (column.equals("publisher")) {
        // The body itself comes first, then those that it belongs to.
        record.putObject(column).put("name", text.split(",", 2)[0]);
      } else if (column.equals("language") || LISTS.contains(column)) {
        var list = record.putArray(column);
        for (var part : text.split(",", -1)) {
          list.add(part.strip());
        }
      } else {
        record.put(column, text);
      }
    }
    if (!distribution.isEmpty()) {
      record.putArray("distribution").add(distribution);
    }
    if (!contact.isEmpty()) {
      record.set("contactPoint", contact);
    }
    return record;
  }
}
