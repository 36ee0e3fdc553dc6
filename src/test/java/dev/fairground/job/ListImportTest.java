package dev.fairground.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.BlockingTransaction;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class ListImportTest {
  private static final String HEADER = "产品编码,名称(zh-CN),授权编号,数据资源,产品形态,用途类别,更新频率,数据更新日期,是否含个人信息\r\n";

  private static Asking asking;
  private static Jobs jobs;
  private static DatabaseAddress address;

  @BeforeAll
  static void begin(Database database, MeterRegistry statements, Vertx vertx, DatabaseAddress own) {
    asking = new Asking(database, statements);
    SmallMarket.into(asking);
    address = own;
    jobs = new Jobs(asking, vertx, database, own);
  }

  @AfterAll
  static void end() throws Exception {
    jobs.close();
  }

  @BeforeEach
  void noDrafts() {
    asking.change("delete from product_draft");
  }

  private static JsonObject csv(String rows, boolean validateOnly, String policy) throws Exception {
    return jobs.importing((HEADER + rows).getBytes(UTF_8), "CSV", validateOnly, policy);
  }

  private static <T> T found(String sql, Class<T> type) throws Exception {
    try (var connection = address.connect("test")) {
      return new BlockingTransaction(connection).only(sql, row -> row.getObject(1, type));
    }
  }

  private static List<String> codes(JsonObject job) {
    return job.getJsonObject("errors").getJsonArray("nodes").stream()
        .map(error -> (JsonObject) error)
        .filter(
            error ->
                error.getString("severity").equals("ERROR")
                    || !"completeEntry".equals(error.getString("rule")))
        .map(error -> error.getString("code"))
        .toList();
  }

  @Test
  void validating_tells_the_difference_and_changes_nothing() throws Exception {
    var job =
        csv("new-1,气象指数,grant-1,res-1#a|b; res-2,接口,产业发展,每日,2026-01-31,否\r\n", true, "REJECT_ALL");

    assertThat(job.getString("status")).isEqualTo("SUCCEEDED");
    assertThat(job.getJsonObject("difference"))
        .isEqualTo(new JsonObject("{\"added\":1,\"changed\":0,\"unchanged\":0,\"missing\":3}"));
    assertThat(jobs.text(job).lines().map(JsonObject::new))
        .extracting(line -> line.getString("change"))
        .containsExactly("ADDED", "MISSING", "MISSING", "MISSING");
    assertThat(found("select count(*) from product_draft", Long.class)).isZero();
  }

  @Test
  void an_import_makes_drafts_whose_references_are_looked_up() throws Exception {
    var job =
        csv("new-1,气象指数,grant-1,res-1#a|b; res-2,接口,产业发展,每日,2026/1/31,否\r\n", false, "REJECT_ALL");

    assertThat(job.getString("status")).isEqualTo("SUCCEEDED");
    var content =
        new JsonObject(
            found("select content::text from product_draft where code = 'new-1'", String.class));
    assertThat(content.getString("authorization"))
        .isEqualTo("ag_000000000000400 0a000000000000001".replace(" ", ""));
    assertThat(content.getJsonArray("resources").getJsonObject(0).getJsonArray("dataItems"))
        .containsExactly("a", "b");
    assertThat(content.getString("dataUpdatedOn")).isEqualTo("2026-01-31");
    assertThat(content.getBoolean("personalInformation")).isFalse();
    assertThat(content.getString("form")).isEqualTo("API");
    assertThat(content.containsKey("code")).isFalse();
    assertThat(found("select count(*) from event_outbox where type = 'DRAFT_CHANGED'", Long.class))
        .isPositive();

    var again =
        csv("new-1,气象指数,grant-1,res-1#a|b; res-2,接口,产业发展,每日,2026/1/31,否\r\n", false, "REJECT_ALL");
    assertThat(again.getJsonObject("difference").getInteger("unchanged")).isEqualTo(1);
    var changed =
        csv("new-1,新名称,grant-1,res-1#a|b; res-2,接口,产业发展,每周,2026/1/31,否\r\n", false, "REJECT_ALL");
    assertThat(
            jobs.text(changed)
                .lines()
                .map(JsonObject::new)
                .filter(line -> line.getString("change").equals("CHANGED"))
                .findFirst()
                .orElseThrow()
                .getJsonArray("fields"))
        .containsExactly("title", "updateFrequency");
    assertThat(found("select version from product_draft where code = 'new-1'", Integer.class))
        .isEqualTo(2);
  }

  @Test
  void a_published_product_that_the_file_has_as_it_is_is_unchanged() throws Exception {
    var job =
        jobs.importing(
            """
            {"code":"prod-1","title":[{"locale":"zh","value":"prod-1"}],"authorization":"grant-1","form":"API","tier":"BASE","purposeClass":"INDUSTRY","resources":[{"resource":"res-1"},{"resource":"res-2"}]}
            {"code":"prod-2","title":[{"locale":"zh","value":"other"}],"authorization":"grant-1","form":"API","tier":"BASE","purposeClass":"INDUSTRY","resources":[{"resource":"res-1"},{"resource":"res-2"}]}
            """
                .getBytes(UTF_8),
            "JSONL",
            true,
            "REJECT_ALL");

    assertThat(job.getJsonObject("difference"))
        .isEqualTo(new JsonObject("{\"added\":0,\"changed\":1,\"unchanged\":1,\"missing\":1}"));
  }

  @Test
  void all_that_is_wrong_is_told_with_its_row_and_column() throws Exception {
    var job =
        csv(
            """
            a,好,grant-1,res-1,未知,产业发展,每日,2026-02-30,也许\r
            b,,grant-2,res-9,接口,产业发展,每日,,\r
            c,好,grant-1,res-1,接口,产业发展,每日,,\r
            c,好,grant-1,res-1,接口,产业发展,每日,,\r
            """,
            false,
            "REJECT_ALL");

    assertThat(job.getString("status")).isEqualTo("FAILED");
    assertThat(job.getString("errorCode")).isEqualTo("ROWS_FAILED");
    assertThat(job.getInteger("rowsFailed")).isEqualTo(3);
    assertThat(codes(job))
        .containsExactly(
            "INVALID_VALUE", "INVALID_VALUE", "INVALID_VALUE", "REQUIRED", "DUPLICATE_CODE");
    var first = job.getJsonObject("errors").getJsonArray("nodes").getJsonObject(0);
    assertThat(first.getInteger("row")).isEqualTo(2);
    assertThat(new String(jobs.file(job, "errorFile"), UTF_8))
        .startsWith("\uFEFFrow,column,severity,code,rule,message\r\n2,");
    assertThat(found("select count(*) from product_draft", Long.class)).isZero();
  }

  @Test
  void rows_that_are_wrong_can_be_left_out() throws Exception {
    var job =
        csv(
            "a,好,grant-2,res-1,接口,产业发展,每日,,\r\nb,好,grant-1,res-1,接口,产业发展,每日,,\r\n",
            false,
            "REJECT_ROWS");

    assertThat(job.getString("status")).isEqualTo("PARTIAL");
    assertThat(codes(job)).containsExactly("NOT_FOUND");
    assertThat(found("select string_agg(code, ',') from product_draft", String.class))
        .isEqualTo("b");
  }

  @Test
  void headings_that_are_not_known_or_missing_stop_the_import() throws Exception {
    var job = jobs.importing("产品编码,无此列\r\na,b\r\n".getBytes(UTF_8), "CSV", false, "REJECT_ROWS");

    assertThat(job.getString("status")).isEqualTo("FAILED");
    assertThat(job.getString("errorCode")).isEqualTo("HEADER_NOT_UNDERSTOOD");
    assertThat(codes(job)).containsExactlyInAnyOrder("UNKNOWN_COLUMN", "MISSING_COLUMN");
  }

  @Test
  void a_file_of_chinese_excel_is_read() throws Exception {
    var job =
        jobs.importing(
            (HEADER + "new-gb,气象,grant-1,res-1,接口,产业发展,每日,,\r\n")
                .getBytes(Charset.forName("GB18030")),
            "CSV",
            true,
            "REJECT_ALL");

    assertThat(job.getJsonObject("difference").getInteger("added")).isEqualTo(1);
  }

  private static byte[] workbook(Consumer<Worksheet> filled) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var workbook = new Workbook(bytes, "Test", "1.0");
    var sheet = workbook.newWorksheet("List");
    var column = 0;
    for (var heading :
        List.of(
            "Code",
            "Title (en)",
            "Authorization",
            "Resources",
            "Form",
            "Purpose class",
            "Data updated on",
            "Lead time in working days",
            "Capability kind")) {
      sheet.value(0, column++, heading);
    }
    filled.accept(sheet);
    workbook.finish();
    return bytes.toByteArray();
  }

  private static void row(Worksheet sheet, int row, Object code) {
    if (code instanceof Number number) {
      sheet.value(row, 0, number);
    } else {
      sheet.value(row, 0, code.toString());
    }
    sheet.value(row, 1, "Weather index");
    sheet.value(row, 2, "grant-1");
    sheet.value(row, 3, "res-1");
    sheet.value(row, 4, "API");
    sheet.value(row, 5, "INDUSTRY");
  }

  @Test
  void a_workbook_gives_days_numbers_and_computed_values() throws Exception {
    var job =
        jobs.importing(
            workbook(
                sheet -> {
                  row(sheet, 1, 1001);
                  sheet.value(1, 8, "ADVISORY");
                  sheet.value(1, 6, LocalDate.of(2026, 1, 31));
                  sheet.style(1, 6).format("yyyy-MM-dd").set();
                  sheet.value(1, 7, "12");
                  row(sheet, 2, "x-2");
                  sheet.value(2, 8, "ADVISORY");
                  sheet.formula(2, 7, "3+4");
                }),
            "XLSX",
            false,
            "REJECT_ALL");

    assertThat(job.getString("status")).as(job.encodePrettily()).isEqualTo("SUCCEEDED");
    var content =
        new JsonObject(
            found("select content::text from product_draft where code = '1001'", String.class));
    assertThat(content.getString("dataUpdatedOn")).isEqualTo("2026-01-31");
    assertThat(content.getInteger("leadTimeWorkingDays")).isEqualTo(12);
    assertThat(codes(job)).containsExactly("FORMULA");
  }

  @Test
  void merged_cells_are_told_and_their_rows_left_out() throws Exception {
    var job =
        jobs.importing(
            workbook(
                sheet -> {
                  row(sheet, 1, "m-1");
                  row(sheet, 2, "m-2");
                  row(sheet, 3, "m-3");
                  sheet.range(1, 2, 2, 2).merge();
                }),
            "XLSX",
            false,
            "REJECT_ROWS");

    assertThat(codes(job)).containsExactly("MERGED_CELLS");
    assertThat(found("select string_agg(code, ',') from product_draft", String.class))
        .isEqualTo("m-3");
  }

  @Test
  void files_that_are_something_else_fail_with_a_code() throws Exception {
    var ole = new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0, 0, 0};
    for (var wrong :
        Map.of("ENCRYPTED_OR_OLD_WORKBOOK", ole, "NOT_XLSX", "code,title".getBytes(UTF_8))
            .entrySet()) {
      var job = jobs.importing(wrong.getValue(), "XLSX", false, "REJECT_ALL");
      assertThat(job.getString("errorCode")).isEqualTo(wrong.getKey());
      assertThat(job.getString("status")).isEqualTo("FAILED");
    }
    assertThat(jobs.importing(ole, "CSV", false, "REJECT_ALL").getString("errorCode"))
        .isEqualTo("NOT_CSV");
    assertThat(
            jobs.importing("\n\n".getBytes(UTF_8), "CSV", false, "REJECT_ALL")
                .getString("errorCode"))
        .isEqualTo("EMPTY_FILE");
  }

  @Test
  void what_is_exported_as_odps_is_imported_as_it_was() throws Exception {
    var exported =
        jobs.export(
            "{ products(filter: {operator: {eq: \"%s\"}}) { nodes { id } } }"
                .formatted(Ids.write("org", Jobs.OPERATOR)),
            "ODPS_YAML");
    var job = jobs.importing(jobs.file(exported, "result"), "ODPS_YAML", true, "REJECT_ALL");

    assertThat(job.getJsonObject("difference").getInteger("missing"))
        .as(job.encodePrettily())
        .isZero();
    assertThat(job.getJsonObject("difference").getInteger("added")).isZero();
    assertThat(job.getJsonObject("difference").getInteger("changed")).as(jobs.text(job)).isZero();
    assertThat(job.getInteger("rowsFailed")).isZero();
  }

  @Test
  void what_is_exported_as_a_table_is_imported_as_it_was() throws Exception {
    for (var format : List.of("CSV", "XLSX")) {
      var exported =
          jobs.export(
              "{ products(filter: {operator: {eq: \"%s\"}}) { nodes { code title { value } summary { value } authorization { number } resources { nodes { resource { code } } } form tier purposeClass ... on ServiceCapability { capabilityKind } } } }"
                  .formatted(Ids.write("org", Jobs.OPERATOR)),
              format);
      assertThat(exported.getString("status")).as(exported.encodePrettily()).isEqualTo("SUCCEEDED");
      var job = jobs.importing(jobs.file(exported, "result"), format, true, "REJECT_ALL");

      assertThat(job.getJsonObject("difference"))
          .as(format + job.encodePrettily())
          .isEqualTo(new JsonObject("{\"added\":0,\"changed\":0,\"unchanged\":3,\"missing\":0}"));
    }
  }

  @Test
  void a_list_of_another_operator_cannot_be_imported() throws Exception {
    var payload =
        jobs.start(
            "bulkImportStart",
            Map.of(
                "uploadId", jobs.upload("x".getBytes(UTF_8)),
                "format", "CSV",
                "operatorId", "org_00000000000040008000000000000002",
                "errorPolicy", "REJECT_ALL"));

    assertThat(payload.getJsonArray("userErrors").getJsonObject(0).getString("code"))
        .isEqualTo("NOT_FOUND");
  }
}
