package dev.fairground.format;

import dev.fairground.format.ListColumns.Column;
import dev.fairground.format.ListColumns.Kind;
import dev.fairground.graphql.FieldWords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;

/** Tables to be filled in, made from the schema: their headings are those that imports know. */
public final class ListTemplates {
  private static final String NAME = "product-list";
  private static final int CHECKED_ROWS = 10_000;

  private final ListColumns columns;

  /**
   * @param fields the fields of a type of the schema
   */
  public ListTemplates(Function<String, List<FieldWords>> fields) {
    this.columns = new ListColumns(fields);
  }

  /** A file. */
  public record Template(String name, String mediaType, byte[] bytes) {}

  /** {@code product-list.csv} or {@code product-list.xlsx}; null for another name. */
  public @Nullable Template make(String name, List<String> languages) {
    var chinese =
        languages.isEmpty() || languages.getFirst().toLowerCase(Locale.ROOT).startsWith("zh");
    try {
      return switch (name) {
        case NAME + ".csv" -> new Template(name, FileFormat.CSV.mediaType(), csv(chinese));
        case NAME + ".xlsx" -> new Template(name, FileFormat.XLSX.mediaType(), xlsx(chinese));
        default -> null;
      };
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The headings; texts have two columns, one for each language. */
  private List<String> headings(boolean chinese) {
    var headings = new ArrayList<String>();
    for (var column : columns.all()) {
      var heading = column.heading(chinese) + (column.required() ? "*" : "");
      if (column.kind() == Kind.WORDS) {
        headings.add(heading + (chinese ? "(zh-CN)" : " (zh-CN)"));
        headings.add(column.heading(chinese) + (chinese ? "(en)" : " (en)"));
      } else {
        headings.add(heading);
      }
    }
    return headings;
  }

  private byte[] csv(boolean chinese) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      out.write('\uFEFF');
      CsvWriter.line(out, headings(chinese));
    }
    return bytes.toByteArray();
  }

  private byte[] xlsx(boolean chinese) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var workbook = new Workbook(bytes, "Fairground", "1.0");
    var sheet = workbook.newWorksheet(chinese ? "目录" : "List");
    XlsxWriter.header(sheet, headings(chinese));
    var valuesName = chinese ? "填写说明" : "Values";
    var values = workbook.newWorksheet(valuesName);
    XlsxWriter.header(
        values,
        chinese ? List.of("列", "值", "中文", "说明") : List.of("Column", "Value", "Chinese", "Meaning"));
    var row = 1;
    var place = 0;
    for (var column : columns.all()) {
      line(values, row++, column, "", column.words(), chinese);
      var first = row;
      for (var value : column.values().entrySet()) {
        line(values, row++, column, value.getKey(), value.getValue(), chinese);
      }
      if (column.kind() == Kind.VALUE) {
        sheet
            .range(1, place, CHECKED_ROWS, place)
            .validateWithListByFormula(
                "'%s'!$%s$%d:$%s$%d"
                    .formatted(
                        valuesName, chinese ? "C" : "B", first + 1, chinese ? "C" : "B", row))
            .allowBlank(true);
      }
      place += column.kind() == Kind.WORDS ? 2 : 1;
    }
    workbook.finish();
    return bytes.toByteArray();
  }

  private static void line(
      org.dhatim.fastexcel.Worksheet sheet,
      int row,
      Column column,
      String value,
      String words,
      boolean chinese) {
    sheet.inlineString(row, 0, column.heading(chinese));
    sheet.inlineString(row, 1, value);
    sheet.inlineString(row, 2, ListColumns.chinese(value));
    sheet.inlineString(row, 3, words);
  }
}
