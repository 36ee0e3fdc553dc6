package dev.fairground.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairground.graphql.PagedQuery.Shape;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 in UTF-8. A text that a spreadsheet would take for a formula gets an apostrophe before
 * it, which {@link #unguarded} takes away again.
 */
public final class CsvWriter implements RowWriter {
  private static final String FORMULAS = "=+-@\t\r\n＝＋－＠";
  private static final char MARK = '\uFEFF';

  private final TableColumns columns;
  private final Writer out;

  /**
   * @param marked whether the file begins with a byte order mark, by which Excel knows UTF-8
   */
  public CsvWriter(Shape shape, OutputStream out, boolean marked) throws IOException {
    this.columns = new TableColumns(shape);
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    if (marked) {
      this.out.write(MARK);
    }
    line(this.out, columns.names());
  }

  @Override
  public void write(JsonNode row) throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      cell(out, columns.cell(row, i));
    }
    out.write("\r\n");
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** One line of cells. */
  public static void line(Writer out, List<? extends @Nullable Object> cells) throws IOException {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      cell(out, cells.get(i));
    }
    out.write("\r\n");
  }

  private static void cell(Writer out, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> {}
      case BigDecimal number -> out.write(number.toPlainString());
      case Number number -> out.write(number.toString());
      case Boolean truth -> out.write(truth.toString());
      case Object text -> text(out, guarded(text.toString()));
    }
  }

  private static void text(Writer out, String text) throws IOException {
    if (text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n')
        && text.equals(text.strip())) {
      out.write(text);
      return;
    }
    out.write('"');
    out.write(text.replace("\"", "\"\""));
    out.write('"');
  }

  /** The text with an apostrophe before it, if a spreadsheet would take it for a formula. */
  static String guarded(String text) {
    return isFormula(text) ? "'" + text : text;
  }

  /** The text that was guarded. */
  static String unguarded(String text) {
    return text.startsWith("'") && isFormula(text) ? text.substring(1) : text;
  }

  /** Whether it begins like a formula, or like one that is guarded already. */
  private static boolean isFormula(String text) {
    var first = 0;
    while (first < text.length() && text.charAt(first) == '\'') {
      first++;
    }
    return first < text.length() && FORMULAS.indexOf(text.charAt(first)) >= 0;
  }
}
