package dev.fairground.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class ExportTest {
  private static Asking asking;
  private static Jobs jobs;

  @BeforeAll
  static void begin(
      Database database, MeterRegistry statements, Vertx vertx, DatabaseAddress address) {
    asking = new Asking(database, statements);
    SmallMarket.into(asking);
    jobs = new Jobs(asking, vertx, database, address);
  }

  @AfterAll
  static void end() throws Exception {
    jobs.close();
  }

  @Test
  void a_list_is_written_as_a_json_object_on_each_line() throws Exception {
    var job = jobs.export("{ products { nodes { id code operator { code } } } }", "JSONL");

    assertThat(job.getString("status")).isEqualTo("SUCCEEDED");
    assertThat(job.getInteger("rowsRead")).isBetween(6, 7);
    var lines = jobs.text(job).lines().map(JsonObject::new).toList();
    assertThat(lines).hasSize(job.getInteger("rowsRead"));
    assertThat(lines)
        .extracting(line -> line.getString("code"))
        .contains("prod-1", "prod-2", "prod-3");
    assertThat(lines.getFirst().getJsonObject("operator").getString("code")).startsWith("org-");
  }

  @Test
  void the_file_tells_its_size_and_its_digest() throws Exception {
    var job = jobs.export("{ products { edges { node { code } } } }", "CSV");

    var file = jobs.file(job, "result");
    var told = job.getJsonObject("result");
    assertThat(told.getInteger("byteSize")).isEqualTo(file.length);
    assertThat(told.getString("digest"))
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
    assertThat(told.getString("name")).startsWith("products-").endsWith(".csv");
    assertThat(jobs.text(job)).startsWith("code\r\n");
  }

  @Test
  void rows_of_a_nested_list_follow_the_row_they_belong_to() throws Exception {
    var job =
        jobs.export(
            "{ products(filter: {code: {startsWith: \"prod\"}}) { nodes { id resources { nodes { resource { code } } } } } }",
            "JSONL");

    var lines = jobs.text(job).lines().map(JsonObject::new).toList();
    assertThat(lines).hasSizeBetween(18, 19);
    assertThat(lines.get(1).getString("__parentId")).isEqualTo(lines.get(0).getString("id"));
    assertThat(lines.get(1).getString("__field")).isEqualTo("resources");
    assertThat(lines.get(1).getJsonObject("resource").getString("code")).startsWith("res-");
  }

  @Test
  void in_a_table_a_nested_list_is_one_cell() throws Exception {
    var job =
        jobs.export(
            "{ products(filter: {code: {startsWith: \"prod\"}}) { nodes { code resources { nodes { resource { code } } } } } }",
            "CSV");

    assertThat(jobs.text(job).lines().skip(1))
        .allMatch(line -> line.matches("prod-.,res-.\\|res-."));
  }

  @Test
  void all_pages_are_of_the_moment_asked_for() throws Exception {
    asking.change(
        "insert into product (operator_id, id, kind, code, created_at) values"
            + " ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-b000-00000000ffff', 'DATA_PRODUCT', 'late', now())");
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select operator_id, id, 1, '2026-01-01Z', kind, code, 'PUBLISHED', code, 'zh', '00000000-0000-4000-a000-000000000001',
               'API', 'BASE', 'INDUSTRY', '2026-01-01Z', true
          from product where code = 'late'
        """);
    var job =
        jobs.ended(
            jobs.start(
                "bulkExportStart",
                Map.of(
                    "query", "{ products { nodes { code } } }",
                    "format", "JSONL",
                    "asOf", "2025-06-01T00:00:00Z")));
    assertThat(jobs.text(job)).doesNotContain("late");
    assertThat(jobs.text(jobs.export("{ products { nodes { code } } }", "JSONL"))).contains("late");
  }

  @Test
  void queries_that_are_no_single_list_are_refused_with_the_reason() {
    for (var wrong :
        List.of(
            "{ product(id: \"dp_00000000000040008000000000000001\") { id } }",
            "{ products { nodes { id } } organizations { nodes { id } } }",
            "{ products { totalCount } }",
            "{ catalogueImports { nodes { number } } }",
            "{ products { nodes { resources { nodes { resource { products { nodes { id } } } } } } } }",
            "{ products { nodes { nothing } } }",
            "mutation { bulkJobCancel(input: {id: \"x\"}) { userErrors { code } } }")) {
      var payload = jobs.start("bulkExportStart", Map.of("query", wrong, "format", "JSONL"));
      assertThat(payload.getJsonObject("bulkJob")).as(wrong).isNull();
      var error = payload.getJsonArray("userErrors").getJsonObject(0);
      assertThat(error.getString("code")).isEqualTo("INVALID");
      assertThat(error.getJsonArray("path")).containsExactly("input", "query");
    }
  }

  @Test
  void formats_of_products_take_no_other_list() {
    var payload =
        jobs.start(
            "bulkExportStart",
            Map.of("query", "{ organizations { nodes { id } } }", "format", "ODPS_YAML"));

    assertThat(payload.getJsonArray("userErrors").getJsonObject(0).getString("message"))
        .contains("holds products");
  }

  @Test
  void odps_and_dcat_choose_their_fields_themselves() throws Exception {
    var odps = jobs.text(jobs.export("{ products { nodes { id } } }", "ODPS_YAML"));
    assertThat(odps).contains("productID: prod-1", "version: \"4.1\"", "authorization: grant-1");

    var turtle = jobs.text(jobs.export("{ products { nodes { id } } }", "DCAT_TURTLE"));
    assertThat(turtle).contains("dcat:Dataset", "dcat:DataService", "dct:title");

    var entries = jobs.text(jobs.export("{ products { nodes { id } } }", "DCAT_JSONLD"));
    assertThat(new JsonObject(entries).getJsonArray("@graph").size()).isGreaterThan(6);
  }

  @Test
  void a_workbook_holds_the_rows() throws Exception {
    var job = jobs.export("{ products { nodes { code title { value } } } }", "XLSX");

    var file = jobs.file(job, "result");
    assertThat(new String(file, 0, 2, java.nio.charset.StandardCharsets.US_ASCII)).isEqualTo("PK");
  }

  @Test
  void the_same_key_gives_the_same_job() {
    var input =
        Map.<String, Object>of(
            "query", "{ products { nodes { id } } }", "format", "CSV", "idempotencyKey", "again");

    var first = jobs.start("bulkExportStart", input).getJsonObject("bulkJob").getString("id");
    var second = jobs.start("bulkExportStart", input).getJsonObject("bulkJob").getString("id");

    assertThat(second).isEqualTo(first);
  }

  @Test
  void jobs_of_others_are_not_there() {
    var id =
        jobs.start(
                "bulkExportStart",
                Map.of("query", "{ products { nodes { id } } }", "format", "CSV"))
            .getJsonObject("bulkJob")
            .getString("id");
    var other = asking.as(Role.OPERATOR, UUID.fromString("00000000-0000-4000-8000-000000000002"));

    assertThat(other.data("{ bulkJob(id: \"%s\") { id } }".formatted(id)).getValue("bulkJob"))
        .isNull();
    assertThat(other.data("{ node(id: \"%s\") { id } }".formatted(id)).getValue("node")).isNull();
    assertThat(
            other
                .data("{ bulkJobs { totalCount nodes { id } } }")
                .getJsonObject("bulkJobs")
                .getInteger("totalCount"))
        .isZero();
    var cancelled =
        other.mutate(
            "mutation ($input: BulkJobCancelInput!) { bulkJobCancel(input: $input) { bulkJob { id } userErrors { code } } }",
            Map.of("id", id));
    assertThat(cancelled.getJsonArray("userErrors").getJsonObject(0).getString("code"))
        .isEqualTo("NOT_FOUND");
    assertThat(
            asking
                .errors("{ bulkJobs { nodes { id } } }")
                .getJsonObject(0)
                .getJsonObject("extensions")
                .getString("code"))
        .isEqualTo("UNAUTHENTICATED");
  }

  @Test
  void a_job_leaves_its_way_in_the_log() throws Exception {
    var job = jobs.export("{ products { nodes { id } } }", "CSV");
    asking.change(
        "select 1 / (count(*) filter (where type = 'JOB_CHANGED' and not open) / 3)::int from event_outbox where subject = $1",
        job.getString("id"));
  }
}
