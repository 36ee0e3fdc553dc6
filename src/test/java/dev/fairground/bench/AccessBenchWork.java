package dev.fairground.bench;

import dev.fairground.Asking;
import dev.fairground.graphql.Limits;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import dev.fairground.usage.UsageBench;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is done with the market of {@code bench/access.sql}: requests on the product of its cohort
 * are decided by the mutation, and use of its grants is reported.
 */
final class AccessBenchWork {
  /** The product of the cohort: {@code product 15}. */
  private static final int PRODUCT = 15;

  private static final String SUBMIT =
      """
      mutation ($input: AccessRequestSubmitInput!) { accessRequestSubmit(input: $input) {
        accessRequest { id } userErrors { code message path rule } } }
      """;
  private static final String DECIDE =
      """
      mutation ($input: AccessRequestDecideInput!) { accessRequestDecide(input: $input) {
        grant { id state } comparison { size } userErrors { code message path rule } } }
      """;

  private final Database database;
  private final Asking asking;
  private final Connection connection;
  private final UUID operator;
  private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refused = new AtomicInteger();

  /**
   * @param connection to the same database, for what is prepared
   */
  AccessBenchWork(Database database, MeterRegistry metrics, Connection connection, int products) {
    this.database = database;
    this.connection = connection;
    this.operator = uuid("operator " + PRODUCT % (products / 100));
    this.asking =
        new Asking(
            database,
            metrics,
            Limits.read(
                (name, standard, least, most) -> name.contains("RATE_") ? most / 10 : standard));
  }

  private static UUID uuid(String text) {
    return Ids.uuid("x_" + Market.md5(text));
  }

  /** How many decisions the server was too busy for, since asked last. */
  int refused() {
    return refused.getAndSet(0);
  }

  /** Makes requests that wait: one by its mutation, the others as it. */
  void prepare(int requests) throws Exception {
    var missing = requests - waiting.size();
    if (missing <= 0) {
      return;
    }
    var request = submitted();
    var sql =
        resource("/bench/access-requests.sql")
            .replace(":of", request.toString())
            .replace(":count", Integer.toString(missing));
    Market.execute(connection, sql);
    for (var id : ids("select id::text from bench_request")) {
      waiting.add(Ids.write("acr", id));
    }
  }

  private UUID submitted() {
    var today = LocalDate.now(dev.fairground.kernel.Moment.ZONE);
    var input = new HashMap<String, Object>();
    input.put("applicantId", "org_" + Market.md5("applicant 0"));
    input.put("productId", "dp_" + Market.md5("product " + PRODUCT));
    input.put("scenarioId", "sce_" + Market.md5("scenario 1"));
    input.put("useStatement", "to be decided by a benchmark");
    input.put("startsOn", today.toString());
    input.put("endsOn", today.plusDays(364).toString());
    input.put("unit", "PER_CALL");
    input.put("quantity", "500");
    input.put("idempotencyKey", UUID.randomUUID().toString());
    var payload = asking.as(Role.DEVELOPER, uuid("applicant 0")).mutate(SUBMIT, input);
    if (!payload.getJsonArray("userErrors").isEmpty()) {
      throw new IllegalStateException(payload.encode());
    }
    return Ids.uuid(payload.getJsonObject("accessRequest").getString("id"));
  }

  /** Decides for so long, each caller again when its last decision is answered. */
  Future<Target.Round> round(int callers, long millis) {
    var begun = System.nanoTime();
    var end = begun + millis * 1_000_000;
    var all = new ArrayList<Future<List<Long>>>();
    for (int caller = 0; caller < callers; caller++) {
      var done = Promise.<List<Long>>promise();
      var latencies = new ArrayList<Long>();
      database.vertx().runOnContext(start -> again(end, latencies, done));
      all.add(done.future());
    }
    return Future.all(all)
        .map(
            done -> {
              var nanos = System.nanoTime() - begun;
              return new Target.Round(
                  all.stream()
                      .flatMap(one -> one.result().stream())
                      .mapToLong(Long::longValue)
                      .sorted()
                      .toArray(),
                  nanos);
            });
  }

  private void again(long end, List<Long> latencies, Promise<List<Long>> done) {
    var begun = System.nanoTime();
    var request = waiting.poll();
    if (request == null) {
      done.fail("all requests are decided: prepare more");
      return;
    }
    decide(request)
        .onComplete(
            answered -> {
              if (answered.failed()) {
                done.fail(answered.cause());
                return;
              }
              var now = System.nanoTime();
              if (answered.result()) {
                latencies.add(now - begun);
              } else {
                refused.incrementAndGet();
              }
              if (now < end) {
                again(end, latencies, done);
              } else {
                done.complete(latencies);
              }
            });
  }

  /** Approves a request by the mutation; false where the server was too busy for it. */
  private Future<Boolean> decide(String request) {
    var input =
        Map.<String, Object>of(
            "id", request, "expectedVersion", 1, "decision", Map.of("approve", Map.of()));
    return asking
        .as(Role.OPERATOR, operator)
        .ask(DECIDE, Map.of("input", input))
        .map(AccessBenchWork::isGranted);
  }

  private static boolean isGranted(JsonObject answer) {
    if (answer.encode().contains("SERVICE_UNAVAILABLE")) {
      return false;
    }
    var data = answer.getJsonObject("data");
    var payload = data == null ? null : data.getJsonObject("accessRequestDecide");
    if (payload == null || payload.getJsonObject("grant") == null) {
      throw new IllegalStateException(answer.encode());
    }
    return true;
  }

  /** Reports use of grants of the cohort in the month before this one. */
  UsageBench.Result use(int grants, int calls, int records) throws Exception {
    var month = YearMonth.now(dev.fairground.kernel.Moment.ZONE).minusMonths(1);
    var held =
        ids(
            """
            select g.id::text from access_grant g
             where g.product_id = md5('product %d')::uuid and g.starts_on < date '%s-01' and g.unit_price = 1
             order by g.id limit %d
            """
                .formatted(PRODUCT, month, grants));
    return UsageBench.run(
        asking.as(Role.OPERATOR, operator),
        database,
        operator,
        held,
        month.toString(),
        "10.00",
        calls,
        records);
  }

  private List<UUID> ids(String sql) throws SQLException {
    var ids = new ArrayList<UUID>();
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      while (found.next()) {
        ids.add(UUID.fromString(found.getString(1)));
      }
    }
    return ids;
  }

  static String resource(String name) throws IOException {
    try (var in = AccessBenchWork.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
