package dev.fairground.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Lists of entries as an operator would send them, of any length and written row by row. */
enum ListFile {
  CSV {
    @Override
    void write(Path file, String key, int rows) throws IOException {
      try (var out = Files.newBufferedWriter(file)) {
        line(out, HEADINGS);
        for (int i = 0; i < rows; i++) {
          line(out, entry(key, i));
        }
      }
    }

    private static void line(Writer out, List<String> cells) throws IOException {
      out.write(String.join(",", cells));
      out.write("\r\n");
    }
  },

  XLSX {
    @Override
    void write(Path file, String key, int rows) throws IOException {
      try (var zip = new ZipOutputStream(Files.newOutputStream(file));
          var out = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8))) {
        part(
            zip,
            out,
            "[Content_Types].xml",
            """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
            </Types>""");
        part(
            zip,
            out,
            "_rels/.rels",
            """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>
            </Relationships>""");
        part(
            zip,
            out,
            "xl/workbook.xml",
            """
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
            <sheets><sheet name="list" sheetId="1" r:id="rId1"/></sheets></workbook>""");
        part(
            zip,
            out,
            "xl/_rels/workbook.xml.rels",
            """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>
            </Relationships>""");
        zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
        out.write(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        row(out, 1, HEADINGS);
        for (int i = 0; i < rows; i++) {
          row(out, i + 2, entry(key, i));
        }
        out.write("</sheetData></worksheet>");
        out.flush();
        zip.closeEntry();
      }
    }

    private static void part(ZipOutputStream zip, Writer out, String name, String content)
        throws IOException {
      zip.putNextEntry(new ZipEntry(name));
      out.write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
      out.write(content);
      out.flush();
      zip.closeEntry();
    }

    private static void row(Writer out, int number, List<String> cells) throws IOException {
      out.write("<row r=\"" + number + "\">");
      for (int i = 0; i < cells.size(); i++) {
        out.write("<c r=\"" + (char) ('A' + i) + number + "\" t=\"inlineStr\"><is><t>");
        out.write(cells.get(i));
        out.write("</t></is></c>");
      }
      out.write("</row>");
    }
  };

  // No cell needs quotes in CSV or escapes in XML.
  private static final List<String> HEADINGS =
      List.of(
          "产品编码",
          "类别",
          "名称(zh-CN)",
          "简介(zh-CN)",
          "授权编号",
          "数据资源",
          "适用场景",
          "产品形态",
          "用途类别",
          "更新频率",
          "数据更新日期",
          "是否含个人信息");

  abstract void write(Path file, String key, int rows) throws IOException;

  /** The entry of a row, which rests on the authorization of the operator {@code key}. */
  private static List<String> entry(String key, int row) {
    return List.of(
        key + "-" + row,
        "数据产品",
        "企业信用查询服务" + row,
        "面向企业和公众的公共数据产品，由授权运营机构依据授权协议加工并提供。",
        "G-" + key,
        "R-%d; R-%d".formatted(row % 100, (row * 7 + 13) % 100),
        "S-1",
        "接口",
        "产业发展",
        "每日",
        "2026-01-31",
        "否");
  }
}
