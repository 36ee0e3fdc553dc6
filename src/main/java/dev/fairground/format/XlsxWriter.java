package dev.fairground.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairground.graphql.PagedQuery.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * A workbook of one sheet, and of another one whenever a sheet is full. Texts are written as texts,
 * which no program computes; one that is longer than a cell may be is cut.
 */
public final class XlsxWriter implements RowWriter {
  private static final int SHEET_ROWS = 1_048_576;
  private static final int CELL_CHARACTERS = 32_767;
  private static final int FLUSHED_ROWS = 500;

  private final TableColumns columns;
  private final Workbook workbook;
  private final OutputStream out;
  private Worksheet sheet;
  private int sheets;
  private int row;

  public XlsxWriter(Shape shape, OutputStream out) throws IOException {
    this.columns = new TableColumns(shape);
    this.out = out;
    this.workbook = new Workbook(out, "Fairground", "1.0");
    this.sheet = begun();
  }

  private Worksheet begun() {
    sheets++;
    var begun = workbook.newWorksheet("List " + sheets);
    header(begun, columns.names());
    row = 1;
    return begun;
  }

  /** The names of the columns, which stay where they are when the sheet is moved. */
  static void header(Worksheet sheet, List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      sheet.inlineString(0, i, cut(names.get(i)));
      sheet.style(0, i).bold().set();
    }
    sheet.freezePane(0, 1);
  }

  @Override
  public void write(JsonNode values) throws IOException {
    if (row == SHEET_ROWS) {
      sheet.finish();
      sheet = begun();
    }
    for (int i = 0; i < columns.size(); i++) {
      cell(i, columns.cell(values, i));
    }
    row++;
    if (row % FLUSHED_ROWS == 0) {
      sheet.flush();
    }
  }

  private void cell(int column, @Nullable Object value) {
    switch (value) {
      case null -> {}
      case Number number -> sheet.value(row, column, number);
      case Boolean truth -> sheet.value(row, column, truth);
      case Object text -> sheet.inlineString(row, column, cut(text.toString()));
    }
  }

  /** XML has no control characters, and cells have a longest text. */
  static String cut(String text) {
    var plain = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> c >= ' ' || c == '\t' || c == '\n' || c == '\r')
        .filter(c -> !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF)
        .forEach(plain::appendCodePoint);
    if (plain.length() <= CELL_CHARACTERS) {
      return plain.toString();
    }
    var end = CELL_CHARACTERS - 1;
    return plain.substring(0, Character.isHighSurrogate(plain.charAt(end - 1)) ? end - 1 : end)
        + '…';
  }

  @Override
  public void close() throws IOException {
    workbook.finish();
    out.close();
  }
}
