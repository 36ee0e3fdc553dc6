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
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class LostWorkerTest {
  private static JobLimits limits(int workers) {
    return JobLimits.read(
        (name, standard, least, most) ->
            switch (name) {
              case "FAIRGROUND_JOB_POLL_MILLIS" -> 20;
              case "FAIRGROUND_JOB_LEASE_SECONDS" -> 1;
              case "FAIRGROUND_JOB_WORKERS" -> workers;
              default -> standard;
            });
  }

  @Test
  void a_job_of_a_server_that_is_lost_is_begun_anew_by_another(
      Database database, MeterRegistry statements, Vertx vertx, DatabaseAddress address)
      throws Exception {
    var asking = new Asking(database, statements);
    SmallMarket.into(asking);
    String id;
    try (var idle = new Jobs(asking, vertx, database, address, limits(0))) {
      id =
          idle.start(
                  "bulkExportStart",
                  Map.of("query", "{ products { nodes { id } } }", "format", "CSV"))
              .getJsonObject("bulkJob")
              .getString("id");
      // As a server leaves it that was killed while it worked.
      asking.change(
          "update bulk_job set status = 'RUNNING', worker = gen_random_uuid(), attempt = 1, rows_read = 3,"
              + " started_at = now(), leased_until = now() + interval '1 second'");
      Thread.sleep(200);
      assertThat(idle.job(id).getString("status")).isEqualTo("RUNNING");
    }
    try (var other = new Jobs(asking, vertx, database, address, limits(1))) {
      var job = other.ended(id);
      assertThat(job.getString("status")).isEqualTo("SUCCEEDED");
      assertThat(job.getInteger("rowsRead")).isEqualTo(6);
    }
  }

  @Test
  void a_job_that_ended_its_workers_three_times_is_given_up(
      Database database, MeterRegistry statements, Vertx vertx, DatabaseAddress address)
      throws Exception {
    var asking = new Asking(database, statements);
    try (var idle = new Jobs(asking, vertx, database, address, limits(0));
        var other = new Jobs(asking, vertx, database, address, limits(0))) {
      var id =
          idle.start(
                  "bulkExportStart",
                  Map.of(
                      "query",
                      "{ products { nodes { code } } }",
                      "format",
                      "CSV",
                      "idempotencyKey",
                      "poison"))
              .getJsonObject("bulkJob")
              .getString("id");
      asking.change("update bulk_job set attempt = 3 where finished_at is null");
      try (var working = new Jobs(asking, vertx, database, address, limits(1))) {
        assertThat(working.ended(id).getString("errorCode")).isEqualTo("ATTEMPTS_EXHAUSTED");
      }
      assertThat(other.job(id).getString("status")).isEqualTo("FAILED");
    }
  }

  @Test
  void a_job_that_waits_is_cancelled_at_once(
      Database database, MeterRegistry statements, Vertx vertx, DatabaseAddress address)
      throws Exception {
    var asking = new Asking(database, statements);
    try (var idle = new Jobs(asking, vertx, database, address, limits(0))) {
      var id =
          idle.start(
                  "bulkExportStart",
                  Map.of(
                      "query",
                      "{ products { nodes { code } } }",
                      "format",
                      "CSV",
                      "idempotencyKey",
                      "cancel"))
              .getJsonObject("bulkJob")
              .getString("id");
      var cancel =
          "mutation ($input: BulkJobCancelInput!) { bulkJobCancel(input: $input) { bulkJob { status } userErrors { code } } }";
      assertThat(
              idle.asking()
                  .mutate(cancel, Map.of("id", id))
                  .getJsonObject("bulkJob")
                  .getString("status"))
          .isEqualTo("CANCELLED");
      assertThat(
              idle.asking()
                  .mutate(cancel, Map.of("id", id))
                  .getJsonArray("userErrors")
                  .getJsonObject(0)
                  .getString("code"))
          .isEqualTo("STATE_TRANSITION");
    }
  }
}
