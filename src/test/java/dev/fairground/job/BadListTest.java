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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.VisibilityState;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what they should be, and jobs that do not come to their end. */
@ExtendWith(TestDatabase.class)
class BadListTest {
  private static final List<String> HEADINGS =
      List.of("Code", "Title (en)", "Authorization", "Resources", "Form", "Purpose class");

  private static Jobs jobs;
  private static DatabaseAddress address;

  @BeforeAll
  static void begin(Database database, MeterRegistry statements, Vertx vertx, DatabaseAddress own) {
    var asking = new Asking(database, statements);
    SmallMarket.into(asking);
    address = own;
    jobs =
        new Jobs(
            asking,
            vertx,
            database,
            own,
            JobLimits.read(
                (name, standard, least, most) ->
                    switch (name) {
                      case "FAIRGROUND_JOB_POLL_MILLIS" -> 20;
                      case "FAIRGROUND_JOB_LEASE_SECONDS" -> 3;
                      case "FAIRGROUND_IMPORT_LIST_MEGABYTES" -> 5;
                      default -> standard;
                    }));
  }

  @AfterAll
  static void end() throws Exception {
    jobs.close();
  }

  @AfterEach
  void nothing_is_half_done() throws Exception {
    assertThat(found("select count(*) from product_draft", Long.class)).isZero();
  }

  private static <T> T found(String sql, Class<T> type) throws Exception {
    try (var connection = address.connect("test")) {
      return new BlockingTransaction(connection).only(sql, row -> row.getObject(1, type));
    }
  }

  private static byte[] workbook(boolean hidden) throws Exception {
    var bytes = new ByteArrayOutputStream();
    var workbook = new Workbook(bytes, "Test", "1.0");
    if (hidden) {
      var notes = workbook.newWorksheet("Notes");
      notes.value(0, 0, "not a list");
      notes.setVisibilityState(VisibilityState.HIDDEN);
    }
    var sheet = workbook.newWorksheet("List");
    var row = List.of("w-1", "Wind", "grant-1", "res-1", "API", "INDUSTRY");
    for (int i = 0; i < HEADINGS.size(); i++) {
      sheet.value(0, i, HEADINGS.get(i));
      sheet.value(1, i, row.get(i));
    }
    workbook.finish();
    return bytes.toByteArray();
  }

  private static void fails(byte[] file, String format, String code) throws Exception {
    var job = jobs.importing(file, format, false, "REJECT_ROWS");
    assertThat(job.getString("status")).as(job.encodePrettily()).isEqualTo("FAILED");
    assertThat(job.getString("errorCode")).as(format).isEqualTo(code);
    assertThat(job.getString("errorMessage")).isNotBlank();
  }

  @Test
  void files_that_are_not_of_their_format_are_told() throws Exception {
    fails(workbook(false), "CSV", "NOT_CSV");
    fails(Arrays.copyOf(workbook(false), 900), "XLSX", "NOT_XLSX");
    fails("{\"code\":\"a\"".getBytes(UTF_8), "JSONL", "ROWS_FAILED");
    fails("%PDF-1.7 no list".getBytes(UTF_8), "CSV", "HEADER_NOT_UNDERSTOOD");
    fails(": - [".getBytes(UTF_8), "ODPS_YAML", "ROWS_FAILED");
  }

  @Test
  void a_workbook_that_unpacks_to_far_more_is_refused_before_it_is_unpacked(@TempDir Path directory)
      throws Exception {
    var bomb = new ByteArrayOutputStream();
    var file = Files.write(directory.resolve("list.xlsx"), workbook(false));
    try (var in = new ZipFile(file.toFile());
        var out = new ZipOutputStream(bomb)) {
      for (var entry : Collections.list(in.entries())) {
        var text = new String(in.getInputStream(entry).readAllBytes(), UTF_8);
        out.putNextEntry(new ZipEntry(entry.getName()));
        if (entry.getName().endsWith("sheet1.xml")) {
          var cut = text.indexOf("</sheetData>");
          out.write(text.substring(0, cut).getBytes(UTF_8));
          for (int i = 0; i < 100; i++) {
            out.write(" ".repeat(1_000_000).getBytes(UTF_8));
          }
          text = text.substring(cut);
        }
        out.write(text.getBytes(UTF_8));
      }
    }
    assertThat(bomb.size()).isLessThan(1_000_000);
    fails(bomb.toByteArray(), "XLSX", "UNPACKED_TOO_LARGE");
  }

  @Test
  void hidden_sheets_are_told_and_passed_over() throws Exception {
    var job = jobs.importing(workbook(true), "XLSX", true, "REJECT_ALL");

    assertThat(job.getString("status")).as(job.encodePrettily()).isEqualTo("SUCCEEDED");
    assertThat(job.getJsonObject("difference").getInteger("added")).isEqualTo(1);
    var first = job.getJsonObject("errors").getJsonArray("nodes").getJsonObject(0);
    assertThat(first.getString("code")).isEqualTo("HIDDEN_SHEET");
    assertThat(first.getString("severity")).isEqualTo("WARNING");
  }

  @Test
  void a_list_of_a_million_rows_is_refused_where_the_limit_is_passed() throws Exception {
    var upload = jobs.uploading();
    upload.accept("code,title\r\n");
    var rows = new StringBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      rows.append("m-").append(i).append(",t\r\n");
      if (rows.length() > 500_000) {
        upload.accept(rows.toString());
        rows.setLength(0);
      }
    }
    upload.accept(rows.toString());
    var job = jobs.ended(start(upload.end()));

    assertThat(job.getString("errorCode")).isEqualTo("TOO_MANY_ROWS");
    assertThat(job.getInteger("rowsRead")).isEqualTo(200_000);
  }

  @Test
  void an_upload_that_broke_off_cannot_be_imported() throws Exception {
    jobs.uploading().accept("code,title\r\n".repeat(100_000));
    var broken = found("select id from stored_file where digest is null", UUID.class);

    assertThat(
            start(Ids.write("upl", broken))
                .getJsonArray("userErrors")
                .getJsonObject(0)
                .getString("code"))
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void a_job_that_is_cancelled_while_it_runs_leaves_nothing() throws Exception {
    var upload = jobs.uploading();
    upload.accept("code,title,authorization,resources,form,purposeClass\r\n");
    for (int i = 0; i < 100; i++) {
      var rows = new StringBuilder();
      for (int k = 0; k < 1_000; k++) {
        rows.append("c-%d-%d,Title,grant-1,res-1;res-2,API,INDUSTRY\r\n".formatted(i, k));
      }
      upload.accept(rows.toString());
    }
    var id = start(upload.end()).getJsonObject("bulkJob").getString("id");
    while (jobs.job(id).getString("status").equals("QUEUED")) {
      Thread.sleep(20);
    }
    jobs.asking()
        .mutate(
            "mutation ($input: BulkJobCancelInput!) { bulkJobCancel(input: $input) { bulkJob { status } userErrors { code } } }",
            Map.of("id", id));

    var job = jobs.ended(id);
    assertThat(job.getString("status")).isEqualTo("CANCELLED");
    assertThat(job.getValue("difference")).isNull();
    assertThat(job.getValue("errorFile")).isNull();
  }

  private static JsonObject start(String upload) {
    return jobs.start(
        "bulkImportStart",
        Map.of(
            "uploadId",
            upload,
            "format",
            "CSV",
            "operatorId",
            Ids.write("org", Jobs.OPERATOR),
            "errorPolicy",
            "REJECT_ROWS",
            "validateOnly",
            false));
  }
}
