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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of an imported list afterwards: submitted, reviewed, published. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportedListTest {
  private static final String HEADER = "code,title,authorization,resources,form,purposeClass\r\n";

  private final Asking asking;
  private final Jobs jobs;
  private final DatabaseAddress address;

  ImportedListTest(
      Database database, MeterRegistry statements, Vertx vertx, DatabaseAddress address) {
    asking = new Asking(database, statements);
    this.address = address;
    SmallMarket.into(asking);
    asking.change(
        "insert into data_resource (id, code, created_at) values ('00000000-0000-4000-9000-000000000003', 'res-3', '2024-01-01Z')");
    asking.change(
        """
        insert into authorization_grant (id, number, institution_id, operator_id, created_at)
        values ('00000000-0000-4000-a000-000000000003', 'grant-3', '00000000-0000-4000-8000-000000000000',
                '00000000-0000-4000-8000-000000000001', '2020-01-01Z')
        """);
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select id, 1, created_at, number, institution_id, operator_id, '000000', '授权', 'zh', 'OVERALL', 'ACTIVE',
               '2020-01-01', '2020-12-31', true
          from authorization_grant where number = 'grant-3'
        """);
    jobs = new Jobs(asking, vertx, database, address);
  }

  @AfterAll
  void stop() throws Exception {
    jobs.close();
  }

  @BeforeEach
  void noDrafts() {
    asking.change("delete from product_draft");
  }

  private String found(String sql) throws Exception {
    try (var connection = address.connect("test")) {
      return new BlockingTransaction(connection).only(sql, row -> row.getString(1));
    }
  }

  @Test
  void what_would_stand_against_submitting_is_told_before() throws Exception {
    var job =
        jobs.importing(
            (HEADER
                    + "a,A,grant-1,res-1;res-3,API,INDUSTRY\r\n"
                    + "b,B,grant-3,res-1,API,INDUSTRY\r\n"
                    + "c,C,grant-1,res-1,,INDUSTRY\r\n"
                    + "d,D,grant-1,res-1;res-2,API,INDUSTRY\r\n")
                .getBytes(UTF_8),
            "CSV",
            false,
            "REJECT_ALL");

    assertThat(job.getString("status")).as(job.encodePrettily()).isEqualTo("SUCCEEDED");
    assertThat(job.getInteger("rowsFailed")).isZero();
    var errors = job.getJsonObject("errors").getJsonArray("nodes");
    assertThat(errors)
        .extracting(error -> told((JsonObject) error))
        .containsExactly(
            "2 resources WARNING OUTSIDE_SCOPE withinAuthorization",
            "3 authorization WARNING NOT_IN_FORCE authorizationInForce",
            "4 form WARNING REQUIRED completeEntry");
    assertThat(errors.getJsonObject(0).getString("message")).endsWith("It is \"res-3\".");
    assertThat(new String(jobs.file(job, "errorFile"), UTF_8))
        .contains("3,authorization,WARNING,NOT_IN_FORCE,authorizationInForce,");
    assertThat(found("select count(*)::text from product_draft")).isEqualTo("4");
  }

  private static String told(JsonObject error) {
    return error.getInteger("row")
        + " "
        + error.getString("column")
        + " "
        + error.getString("severity")
        + " "
        + error.getString("code")
        + " "
        + error.getString("rule");
  }

  @Test
  void what_cannot_be_a_draft_is_an_error() throws Exception {
    var job =
        jobs.importing(
            "code,title,grade,startsOn,endsOn,regionCode\r\na,A,CORE,,,\r\nb,B,,2026-02-01,2026-01-01,\r\nc,C,,,,nowhere\r\n"
                .getBytes(UTF_8),
            "CSV",
            false,
            "REJECT_ROWS");

    assertThat(job.getInteger("rowsFailed")).as(job.encodePrettily()).isEqualTo(3);
    assertThat(job.encode()).contains("Core data is never offered", "It ends before it starts");
    assertThat(found("select count(*)::text from product_draft")).isEqualTo("0");
  }

  @Test
  void a_returned_draft_that_is_imported_again_keeps_the_reasons_as_one_that_is_updated()
      throws Exception {
    var row = "a,%s,grant-1,res-1,API,INDUSTRY\r\n";
    jobs.importing((HEADER + row.formatted("A")).getBytes(UTF_8), "CSV", false, "REJECT_ALL");
    asking.change(
        "update product_draft set status = 'RETURNED', security_passed = false, security_reasons = 'why', security_at = now(), security_by = 'who'");
    jobs.importing((HEADER + row.formatted("B")).getBytes(UTF_8), "CSV", false, "REJECT_ALL");

    assertThat(
            found(
                "select concat_ws(' ', title, status, security_reasons, version) from product_draft"))
        .isEqualTo("B RETURNED why 2");
  }

  /** {@code -Dpublish=3000} for more than a few. */
  @Test
  void an_imported_list_is_published_in_parts() throws Exception {
    var count = Integer.getInteger("publish", 60);
    var list = new StringBuilder(HEADER);
    for (int i = 0; i < count; i++) {
      list.append("p-%d,Title %d,grant-1,res-1;res-2,API,INDUSTRY\r\n".formatted(i, i));
    }
    var begun = System.nanoTime();
    var job = jobs.importing(list.toString().getBytes(UTF_8), "CSV", false, "REJECT_ALL");
    assertThat(job.getString("status")).as(job.encodePrettily()).isEqualTo("SUCCEEDED");
    System.out.printf("imported in %.1f s%n", (System.nanoTime() - begun) / 1e9);
    // As both reviews leave them.
    asking.change(
        "update product_draft set status = 'REVIEWED', security_passed = true, security_at = now(), norm_passed = true, norm_at = now()");
    for (int call = 1; !found("select count(*)::text from product_draft").equals("0"); call++) {
      begun = System.nanoTime();
      var payload =
          jobs.asking()
              .mutate(
                  "mutation ($input: ProductListPublishInput!) { productListPublish(input: $input) { productList { number } userErrors { code message } } }",
                  Map.of(
                      "operatorId",
                      Ids.write("org", Jobs.OPERATOR),
                      "idempotencyKey",
                      "publish-" + call));
      System.out.printf("call %d in %.1f s%n", call, (System.nanoTime() - begun) / 1e9);
      assertThat(payload.getJsonArray("userErrors")).isEmpty();
    }
    assertThat(found("select count(*)::text from product where code like 'p-%'"))
        .isEqualTo(String.valueOf(count));
  }
}
