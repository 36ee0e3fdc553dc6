package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.job.JobLimits;
import dev.fairground.job.JobWorkers;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A job that is followed over a WebSocket. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobStreamTest {
  private static final UUID OPERATOR = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-000000000002");

  private final Asking asking;
  private final DatabaseAddress address;
  private final EventServer server;
  private int keys;

  JobStreamTest(Database database, MeterRegistry statements, DatabaseAddress address) {
    asking = new Asking(database, statements);
    SmallMarket.into(asking);
    this.address = address;
    server =
        new EventServer(address, Map.of("FAIRGROUND_RATE_BURST", 1_000_000))
            .known("owner", Role.OPERATOR, OPERATOR)
            .known("other", Role.OPERATOR, OTHER);
    server.tokens.put(
        "Bearer runner",
        new Viewer(
            "runner",
            new Viewer.Actor("runner", "runner", null),
            Rights.of(
                List.of(new Rights.Membership(OPERATOR, Role.OPERATOR)), Set.of(Scope.JOB_RUN))));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private JobWorkers workers() {
    return new JobWorkers(
            server.vertx,
            server.database,
            address,
            server.engine,
            InstantSource.system(),
            JobLimits.read(
                (name, standard, least, most) ->
                    name.equals("FAIRGROUND_JOB_POLL_MILLIS") ? 20 : standard))
        .start();
  }

  private String export() {
    return asking
        .as(Role.OPERATOR, OPERATOR)
        .mutate(
            "mutation ($input: BulkExportStartInput!) { bulkExportStart(input: $input) { bulkJob { id } } }",
            Map.of(
                "query", "{ products { nodes { id } } }",
                "format", "CSV",
                "idempotencyKey", "stream-" + ++keys))
        .getJsonObject("bulkJob")
        .getString("id");
  }

  private static String following(String id) {
    return "subscription { bulkJob(id: \"%s\") { id status progress rowsRead result { byteSize } errors(first: 1) { totalCount } } }"
        .formatted(id);
  }

  private static List<JsonObject> untilCompleted(TestSocket socket) {
    var told = new ArrayList<JsonObject>();
    for (var message = socket.next();
        !message.getString("type").equals("complete");
        message = socket.next()) {
      assertThat(message.getString("type")).as(message.encode()).isEqualTo("next");
      assertThat(message.getJsonObject("payload").containsKey("errors"))
          .as(message.encode())
          .isFalse();
      told.add(message.getJsonObject("payload").getJsonObject("data").getJsonObject("bulkJob"));
    }
    return told;
  }

  @Test
  void a_job_is_told_as_it_stands_and_then_until_it_has_ended() throws Exception {
    var id = export();
    var owner = TestSocket.ready(server, "Bearer owner").subscribe("1", following(id));
    // A token that runs jobs and reads no events hears of its jobs all the same.
    var runner = TestSocket.ready(server, "Bearer runner").subscribe("1", following(id));
    for (var follower : List.of(owner, runner)) {
      var first = follower.next().getJsonObject("payload").getJsonObject("data");
      assertThat(first.getJsonObject("bulkJob").getString("status")).isEqualTo("QUEUED");
    }

    try (var working = workers()) {
      assertThat(working.running()).isBetween(0, 1);
      var told = untilCompleted(owner);
      assertThat(told.getLast().getString("status")).isEqualTo("SUCCEEDED");
      assertThat(told.getLast().getInteger("rowsRead")).isEqualTo(6);
      assertThat(told.getLast().getJsonObject("result").getInteger("byteSize")).isPositive();
      assertThat(told).doesNotHaveDuplicates();
      var heard = untilCompleted(runner);
      assertThat(heard.getLast()).isEqualTo(told.getLast());
    }
    assertThat(untilCompleted(owner.subscribe("2", following(id))))
        .singleElement()
        .extracting(job -> job.getString("status"))
        .isEqualTo("SUCCEEDED");
  }

  @Test
  void progress_is_told_while_a_job_is_worked_on() {
    var id = export();
    var owner = TestSocket.ready(server, "Bearer owner").subscribe("1", following(id));
    owner.next();
    progress(
        id,
        "status = 'RUNNING', worker = gen_random_uuid(), leased_until = now() + interval '1 hour'");
    progress(id, "rows_read = 500");
    progress(id, "rows_read = 1000");
    progress(id, "status = 'CANCELLED', finished_at = now()");

    var told = untilCompleted(owner);

    assertThat(told).doesNotHaveDuplicates();
    assertThat(told.getLast().getString("status")).isEqualTo("CANCELLED");
    assertThat(told.getLast().getInteger("rowsRead")).isEqualTo(1_000);
  }

  /** As a worker writes it. */
  private void progress(String id, String set) {
    asking.change("update bulk_job set %s where id = '%s'".formatted(set, Ids.uuid(id)));
    asking.change(
        """
        insert into event_outbox
               (id, occurred_at, type, subject, organization_id, open, changed_fields, actor, actor_name, request_id)
        values (gen_random_uuid(), now(), 'JOB_CHANGED', '%s', '%s', false, '{}', 'a', 'a', 'r')
        """
            .formatted(id, OPERATOR));
  }

  @Test
  void a_hidden_job_is_refused_like_one_that_is_not_there() {
    var other = TestSocket.ready(server, "Bearer other");
    var hidden = other.subscribe("1", following(export())).next();
    var missing = other.subscribe("2", following(Ids.write("job", UUID.randomUUID()))).next();

    assertThat(hidden.getString("type")).isEqualTo("error");
    assertThat(text(hidden)).isEqualTo(text(missing));
    assertThat(hidden.encode()).contains("NOT_FOUND");
    assertThat(TestSocket.ready(server).subscribe("1", following(export())).next().encode())
        .contains("UNAUTHENTICATED");
  }

  private static String text(JsonObject refused) {
    return refused.getJsonArray("payload").getJsonObject(0).getString("message");
  }
}
