package dev.fairground.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** A list of 100,000 entries; run it with a small heap and {@code -Dlarge=100000}. */
@org.junit.jupiter.api.Timeout(1_200)
@EnabledIfSystemProperty(named = "large", matches = "\\d+")
@ExtendWith(TestDatabase.class)
class LargeListTest {
  @Test
  void a_large_list_is_exported_and_imported_in_a_small_heap(
      Database database, MeterRegistry statements, Vertx vertx, DatabaseAddress address)
      throws Exception {
    var count = Integer.parseInt(System.getProperty("large"));
    var asking = new Asking(database, statements);
    SmallMarket.into(asking);
    try (var jobs = new Jobs(asking, vertx, database, address)) {
      var header = "code,title,authorization,resources,form,purposeClass,summary\r\n";
      var upload = jobs.uploading();
      upload.accept(header);
      var summary = "一个关于公共数据的产品，供企业与公众使用。".repeat(8);
      for (int i = 0; i < count; i++) {
        upload.accept(
            "big-%d,产品 %d,grant-1,res-1;res-2,API,INDUSTRY,%s %d\r\n".formatted(i, i, summary, i));
      }
      var begun = System.nanoTime();
      var job =
          jobs.ended(
              jobs.start(
                  "bulkImportStart",
                  Map.of(
                      "uploadId", upload.end(),
                      "format", "CSV",
                      "operatorId", "org_00000000000040008000000000000001",
                      "errorPolicy", "REJECT_ALL",
                      "validateOnly", false)));
      System.out.printf("imported %d in %.1f s%n", count, (System.nanoTime() - begun) / 1e9);
      assertThat(job.getString("status")).as(job.encodePrettily()).isEqualTo("SUCCEEDED");
      assertThat(job.getJsonObject("difference").getInteger("added")).isEqualTo(count);
      publish(address);
      for (var format :
          new String[] {"JSONL", "CSV", "XLSX", "DCAT_TURTLE", "DCAT_JSONLD", "ODPS_YAML"}) {
        begun = System.nanoTime();
        var export =
            jobs.export(
                "{ products { nodes { id code title { value } summary { value } operator { code } } } }",
                format);
        System.out.printf(
            "%s: %d rows, %d bytes in %.1f s%n",
            format,
            export.getInteger("rowsRead"),
            export.getJsonObject("result").getInteger("byteSize"),
            (System.nanoTime() - begun) / 1e9);
        assertThat(export.getInteger("rowsRead")).isEqualTo(count + 6);
      }
    }
  }

  /** Published rows straight from the drafts, because publishing is not what is measured. */
  private static void publish(DatabaseAddress address) throws Exception {
    try (var connection = address.connect("test");
        var statement = connection.createStatement()) {
      statement.execute("alter table product disable trigger user");
      statement.execute(
          "insert into product (operator_id, id, kind, code, created_at) select operator_id, product_id, kind, code, now() from product_draft");
      statement.execute("alter table product_version disable trigger user");
      statement.execute(
          """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale, summary,
               authorization_grant_id, form, tier, purpose_class, published_at, demonstration)
        select operator_id, product_id, 1, now(), kind, code, 'PUBLISHED', title, 'zh-CN', content #>> '{summary,0,value}',
               authorization_grant_id, 'API', 'BASE', 'INDUSTRY', now(), true
          from product_draft
        """);
      statement.execute("analyze product_version");
    }
  }
}
