package dev.fairground.format;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The rows of one sheet, as a stream. */
final class SheetRows {
  private static final int MOST_COLUMNS = 1_000;

  private final XMLStreamReader reader;
  private final SharedTexts texts;
  private final Set<Integer> dates;
  private final ListSink sink;
  private final Set<Integer> merged;

  SheetRows(
      XMLStreamReader reader,
      SharedTexts texts,
      Set<Integer> dates,
      ListSink sink,
      Set<Integer> merged) {
    this.reader = reader;
    this.texts = texts;
    this.dates = dates;
    this.sink = sink;
    this.merged = merged;
  }

  void read(ListTable table) throws XMLStreamException, IOException {
    var number = 0;
    var cells = new ArrayList<@Nullable Object>();
    while (reader.hasNext()) {
      var event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (reader.getLocalName().equals("row")) {
          var told = reader.getAttributeValue(null, "r");
          number = told == null ? number + 1 : Integer.parseInt(told);
          cells.clear();
        } else if (reader.getLocalName().equals("c")) {
          cell(number, cells);
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("row")) {
        if (!merged.contains(number)) {
          table.row(number, cells);
        }
      }
    }
  }

  private void cell(int row, List<@Nullable Object> cells) throws XMLStreamException, IOException {
    var place = reader.getAttributeValue(null, "r");
    var column = place == null ? cells.size() : columnOf(place);
    var type = reader.getAttributeValue(null, "t");
    var style = reader.getAttributeValue(null, "s");
    var formula = false;
    @Nullable Object value = null;
    while (reader.hasNext()) {
      var event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (reader.getLocalName()) {
          case "f" -> formula = true;
          case "v" -> value = value(type, style, reader.getElementText());
          case "is" -> value = Workbook.text(reader, "is");
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("c")) {
        break;
      }
    }
    if (column < 0 || column >= MOST_COLUMNS) {
      if (value != null) {
        sink.fault(
            ListFault.of(
                row,
                null,
                "CELL_WITHOUT_COLUMN",
                "There are cells beyond column %d.".formatted(MOST_COLUMNS)));
      }
      return;
    }
    while (cells.size() < column) {
      cells.add(null);
    }
    cells.add(formula ? new ListTable.Computed(value) : value);
  }

  private @Nullable Object value(@Nullable String type, @Nullable String style, String text) {
    if (text.isEmpty()) {
      return null;
    }
    return switch (type) {
      case "s" -> texts.get(Integer.parseInt(text));
      case "b" -> text.equals("1");
      case "str", "inlineStr", "d" -> text;
      // The words of an error, such as #REF!, are what its column will refuse.
      case "e" -> text;
      case null, default -> number(style, text);
    };
  }

  private Object number(@Nullable String style, String text) {
    try {
      // As a person reads it: what binary fractions add behind 15 digits is not meant.
      var number = new BigDecimal(text).round(new java.math.MathContext(15)).stripTrailingZeros();
      if (style != null
          && dates.contains(Integer.parseInt(style))
          && number.precision() - number.scale() <= 6) {
        return number.setScale(0, java.math.RoundingMode.FLOOR);
      }
      return number;
    } catch (NumberFormatException none) {
      return text;
    }
  }

  /** The row of a cell's name, from 1; 0 where it has none. */
  static int rowOf(String place) {
    var digits = place.replaceAll("[^0-9]", "");
    return digits.isEmpty() || digits.length() > 7 ? 0 : Integer.parseInt(digits);
  }

  /** The column of a cell's name, from 0. */
  private static int columnOf(String place) {
    var column = 0;
    for (int i = 0; i < place.length() && i < 4; i++) {
      var c = place.charAt(i);
      if (c < 'A' || c > 'Z') {
        break;
      }
      column = column * 26 + (c - 'A' + 1);
    }
    return column - 1;
  }
}
