package dev.fairground.harvest;

import java.io.IOException;

/**
 * Reads lists of data resources that public bodies publish as CSV: any table whose header is of the
 * columns that portals use, as {@link PortalCatalogueReader} knows them.
 */
public final class PortalTableReader implements CatalogueReader {
  @Override
  public String format() {
    return "portal list (CSV)";
  }

  @Override
  public boolean recognises(Beginning beginning) {
    return CsvRows.haveHeader(beginning, columns(beginning.name())::areOfCatalogue);
  }

  @Override
  public void read(Document document, Sink sink) throws IOException {
    var records = new PortalRecords(document.name(), sink);
    CsvRows.read(
        document,
        sink,
        columns(document.name())::areOfCatalogue,
        (number, place, row) -> records.record(place, row));
  }

  private static PortalColumns columns(String fileName) {
    return PortalColumns.of(Portals.ofFile(fileName));
  }
}
