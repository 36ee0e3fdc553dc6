package dev.fairground.harvest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the list of the resources behind Beijing's first products and services: a CSV file with the
 * columns domain, resource_class, resource_item, region, source in any order. An item is known by
 * its class and name, because two classes may have items of one name.
 */
public final class ResourceListReader implements CatalogueReader {
  private static final String CLASS = "resource_class";
  private static final String ITEM = "resource_item";

  @Override
  public String format() {
    return "resource list (CSV)";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return CsvRows.haveHeader(beginning, ResourceListReader::isHeader);
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    CsvRows.read(document, sink, ResourceListReader::isHeader, new Rows(sink));
  }

  private static boolean isHeader(List<String> columns) {
    return columns.containsAll(List.of(CLASS, ITEM));
  }

  private static final class Rows implements CsvRows.RowHandler {
    private final Sink sink;
    private boolean begun;

    Rows(Sink sink) {
      this.sink = sink;
    }

    @Override
    public void row(int number, String place, ObjectNode row) {
      if (!begun) {
        sink.catalogue(ListCells.facts(row));
        begun = true;
      }
      var resource = new ResourceBuilder(sink, place, PortalRecords.LOCALE, row);
      var values = resource.values();
      var domain = values.text("domain", ListCells.cell(row, "domain"), Values.UNBOUNDED);
      var itemClass = values.text(CLASS, ListCells.cell(row, CLASS), Values.UNBOUNDED);
      resource
          .title(ITEM, ListCells.cell(row, ITEM))
          .topic(CLASS, joined(" / ", domain, itemClass))
          .region(ListCells.regionCode(row, values));
      resource.identifier(ITEM, joined("/", itemClass, resource.title())).tell();
    }
  }

  private static @Nullable String joined(
      String separator, @Nullable String first, @Nullable String second) {
    return first == null || second == null
        ? (first == null ? second : first)
        : first + separator + second;
  }
}
