package dev.fairground.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A workbook of Office Open XML, whose first visible sheet is read row by row. Ours, because
 * libraries keep all shared texts in memory, or pass over merged cells. What it unpacks to is
 * bounded; nothing outside the file is ever fetched.
 */
final class Workbook implements AutoCloseable {
  private static final XMLInputFactory XML = factory();
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  private final ZipFile zip;
  private long left;

  Workbook(Path file, long mostUnpackedBytes) throws IOException {
    var beginning = ListReader.Beginning.of(file);
    if (beginning.isCompound()) {
      throw new UnreadableList(
          "ENCRYPTED_OR_OLD_WORKBOOK",
          "The workbook is encrypted, or of Excel before 2007. Save it as .xlsx without a password.");
    }
    if (!beginning.isZip()) {
      throw new UnreadableList("NOT_XLSX", "This is no workbook of Excel (.xlsx).");
    }
    this.left = mostUnpackedBytes;
    try {
      this.zip = new ZipFile(file.toFile());
    } catch (ZipException broken) {
      throw new UnreadableList(
          "NOT_XLSX", "The workbook is damaged: its directory cannot be read.");
    }
  }

  private static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /** Reads the first visible sheet. */
  void read(ListSink sink, ListTable table) throws IOException {
    try {
      var sheet = sheet(sink);
      var dates = new HashSet<Integer>();
      styles(dates);
      try (var texts = new SharedTexts()) {
        shared(texts);
        var merged = merged(sheet, sink);
        part(sheet, reader -> new SheetRows(reader, texts, dates, sink, merged).read(table));
      }
    } catch (XMLStreamException | ZipException | IllegalArgumentException broken) {
      throw new UnreadableList("NOT_XLSX", "The workbook is damaged: a part of it cannot be read.");
    }
  }

  @FunctionalInterface
  private interface Reading {
    void read(XMLStreamReader reader) throws XMLStreamException, IOException;
  }

  /** Reads a part of the workbook; nothing where it has none of that name. */
  private void part(String name, Reading reading) throws IOException, XMLStreamException {
    var entry = zip.getEntry(name);
    if (entry == null) {
      return;
    }
    try (var in = new Bounded(zip.getInputStream(entry))) {
      var reader = XML.createXMLStreamReader(in, "UTF-8");
      reading.read(reader);
      reader.close();
    } catch (XMLStreamException failure) {
      if (failure.getNestedException() instanceof UnreadableList tooLarge) {
        throw tooLarge;
      }
      if (failure.getCause() instanceof UnreadableList tooLarge) {
        throw tooLarge;
      }
      throw failure;
    }
  }

  /** The path of the first visible sheet; others with something in them are noted. */
  private String sheet(ListSink sink) throws IOException, XMLStreamException {
    var targets = new HashMap<String, String>();
    part(
        "xl/_rels/workbook.xml.rels",
        reader ->
            each(
                reader,
                Map.of(
                    "Relationship",
                    () -> targets.put(attribute(reader, "Id"), attribute(reader, "Target")))));
    var visible = new ArrayList<String>();
    var hidden = new ArrayList<String>();
    part(
        "xl/workbook.xml",
        reader ->
            each(
                reader,
                Map.of(
                    "sheet",
                    () -> {
                      var id = reader.getAttributeValue(RELATIONS, "id");
                      var state = reader.getAttributeValue(null, "state");
                      var name = attribute(reader, "name");
                      if (state == null || state.equals("visible")) {
                        visible.add(id == null ? "" : targets.getOrDefault(id, ""));
                      } else {
                        hidden.add(name);
                      }
                    })));
    if (!hidden.isEmpty()) {
      sink.fault(
          new ListFault(
              0,
              null,
              "HIDDEN_SHEET",
              "The workbook has hidden sheets, which are not read: "
                  + ListCells.shown(String.join(", ", hidden)),
              true));
    }
    if (visible.isEmpty() || visible.getFirst().isEmpty()) {
      throw new UnreadableList("NO_SHEET", "The workbook has no visible sheet.");
    }
    var target = visible.getFirst();
    return target.startsWith("/") ? target.substring(1) : "xl/" + target;
  }

  private static String attribute(XMLStreamReader reader, String name) {
    var value = reader.getAttributeValue(null, name);
    return value == null ? "" : value;
  }

  static void each(XMLStreamReader reader, Map<String, Runnable> elements)
      throws XMLStreamException {
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT) {
        var action = elements.get(reader.getLocalName());
        if (action != null) {
          action.run();
        }
      }
    }
  }

  /** Which styles of cells show numbers as days. */
  private void styles(Set<Integer> dates) throws IOException, XMLStreamException {
    var formats = new HashSet<Integer>();
    var place = new int[] {0};
    var within = new boolean[] {false};
    part(
        "xl/styles.xml",
        reader ->
            each(
                reader,
                Map.of(
                    "numFmt",
                    () -> {
                      var code =
                          attribute(reader, "formatCode")
                              .replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.", "");
                      if (code.matches("(?i).*[yd年日].*")) {
                        formats.add(Integer.parseInt(attribute(reader, "numFmtId")));
                      }
                    },
                    "cellXfs",
                    () -> within[0] = true,
                    "cellStyles",
                    () -> within[0] = false,
                    "xf",
                    () -> {
                      if (within[0]) {
                        var id = Integer.parseInt("0" + attribute(reader, "numFmtId"));
                        // 14 to 22, 27 to 36 and 50 to 58 are days and times of Excel's own.
                        if (formats.contains(id)
                            || id >= 14 && id <= 22
                            || id >= 27 && id <= 36
                            || id >= 50 && id <= 58) {
                          dates.add(place[0]);
                        }
                        place[0]++;
                      }
                    })));
  }

  private void shared(SharedTexts texts) throws IOException, XMLStreamException {
    part(
        "xl/sharedStrings.xml",
        reader -> {
          while (reader.hasNext()) {
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                && reader.getLocalName().equals("si")) {
              texts.add(text(reader, "si"));
            }
          }
        });
  }

  /** The text of all {@code t} up to the end of an element, without readings of characters. */
  static String text(XMLStreamReader reader, String until) throws XMLStreamException {
    var text = new StringBuilder();
    var readings = 0;
    while (reader.hasNext()) {
      var event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (reader.getLocalName()) {
          case "rPh" -> readings++;
          case "t" -> {
            var part = reader.getElementText();
            if (readings == 0) {
              text.append(part);
            }
          }
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        if (reader.getLocalName().equals("rPh")) {
          readings--;
        } else if (reader.getLocalName().equals(until)) {
          break;
        }
      }
    }
    return text.toString();
  }

  /** Rows in which cells are merged, which stand behind the rows in the file; each is told. */
  private Set<Integer> merged(String sheet, ListSink sink) throws IOException, XMLStreamException {
    var rows = new HashSet<Integer>();
    var places = new ArrayList<String>();
    part(
        sheet,
        reader ->
            each(
                reader,
                Map.of(
                    "mergeCell",
                    () -> {
                      var range = attribute(reader, "ref");
                      if (places.size() < 100) {
                        places.add(range);
                      }
                      var corners = range.split(":", -1);
                      var first = SheetRows.rowOf(corners[0]);
                      var last = SheetRows.rowOf(corners[corners.length - 1]);
                      for (int row = first; row <= last && rows.size() < 100_000; row++) {
                        rows.add(row);
                      }
                    })));
    for (var place : places) {
      sink.fault(
          ListFault.of(
              Math.max(1, SheetRows.rowOf(place.split(":", -1)[0])),
              null,
              "MERGED_CELLS",
              "The cells %s are merged. Part them, and give each row its own values."
                  .formatted(place)));
    }
    return rows;
  }

  /** Gives up where the workbook unpacks to more than is allowed. */
  private final class Bounded extends FilterInputStream {
    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      return count(super.read(), 1);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      var read = super.read(bytes, offset, length);
      return count(read, read);
    }

    private int count(int read, int bytes) throws IOException {
      if (read >= 0) {
        left -= bytes;
      }
      if (left < 0) {
        throw new UnreadableList(
            "UNPACKED_TOO_LARGE", "The workbook unpacks to more than is read. Part the list.");
      }
      return read;
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
