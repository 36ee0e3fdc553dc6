package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.graphql.Engine;
import dev.fairground.graphql.Limits;
import dev.fairground.graphql.Schema;
import dev.fairground.http.CallerAddresses;
import dev.fairground.http.Credentials;
import dev.fairground.http.GraphqlBackend;
import dev.fairground.http.GraphqlServer;
import dev.fairground.http.HttpLimits;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import dev.fairground.sql.Reads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The transport, the engine and the features together, over sockets and on PostgreSQL. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeServerTest {
  private static final String SLOW = "{ products { totalCount } }";

  private final Database database;
  private final DatabaseAddress address;
  private final Asking asking;
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Vertx> running = new ArrayList<>();
  private int port;

  WholeServerTest(Database database, DatabaseAddress address, MeterRegistry statements) {
    this.database = database;
    this.address = address;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void serve() {
    SmallMarket.into(asking);
    port = start(Map.of());
  }

  @AfterAll
  void stop() {
    client.close();
    running.forEach(vertx -> await(vertx.close()));
  }

  /** A server of its own, with other settings; tells its port. */
  private int start(Map<String, Integer> set) {
    var vertx = Vertx.vertx();
    running.add(vertx);
    var behind =
        Database.connect(
            vertx,
            address,
            DatabaseLimits.read((name, standard, least, most) -> set.getOrDefault(name, standard)),
            new SimpleMeterRegistry());
    var engine =
        new Engine(
            Schema.of(Asking.features(behind)),
            Limits.read((name, standard, least, most) -> set.getOrDefault(name, standard)),
            InstantSource.system(),
            new SimpleMeterRegistry());
    var content = await(behind.listen());
    return await(
        new GraphqlServer(
                vertx,
                HttpLimits.read((name, standard, least, most) -> set.getOrDefault(name, standard)),
                CallerAddresses.behind(""),
                false,
                new GraphqlBackend(
                    engine::execute, Credentials.NONE, engine::left, content::version))
            .start("127.0.0.1", 0));
  }

  /** A statement that waits for a lock is ended by us or not at all. */
  private static Map<String, Integer> patient(int handlingMillis) {
    return Map.of(
        "FAIRGROUND_DATABASE_LOCK_MILLIS", 60_000,
        "FAIRGROUND_DATABASE_STATEMENT_MILLIS", 60_000,
        "FAIRGROUND_DATABASE_DEADLINE_MILLIS", 60_000,
        "FAIRGROUND_HTTP_HANDLING_MILLIS", handlingMillis);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException failure) {
      throw new AssertionError(failure);
    }
  }

  private static URI at(int port, String query) {
    return URI.create(
        "http://127.0.0.1:"
            + port
            + "/graphql?query="
            + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  private HttpResponse<String> get(int port, String query, String... headers) {
    var request = HttpRequest.newBuilder(at(port, query));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<String> post(String body) {
    return send(
        HttpRequest.newBuilder(at(port, ""))
            .header("Content-Type", "application/json")
            .header("Accept", "application/graphql-response+json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void an_answer_known_to_its_caller_is_304_until_a_row_changes() {
    var query = "{ organizations(filter: {code: {eq: \"etag\"}}) { nodes { name { value } } } }";
    var empty = get(port, query);
    var tag = empty.headers().firstValue("etag").orElseThrow();
    assertThat(get(port, query, "If-None-Match", tag).statusCode()).isEqualTo(304);

    asking.change(
        "insert into organization (id, code, created_at) values ('00000000-0000-4000-8000-0000000000e7', 'etag', '2024-01-01Z')");
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, valid_to, code, name, locale, kind, source, demonstration)
        values ('00000000-0000-4000-8000-0000000000e7', 1, '2024-01-01Z', 'infinity', 'etag', 'First', 'en', 'OTHER', 'a test', true)
        """);
    var first = get(port, query, "If-None-Match", tag);
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).contains("First");
    var second = first.headers().firstValue("etag").orElseThrow();
    assertThat(second).isNotEqualTo(tag);
    assertThat(get(port, query, "If-None-Match", second).statusCode()).isEqualTo(304);
  }

  @Test
  void a_caller_without_points_is_429_and_told_when_to_come_back() {
    var poor =
        start(
            Map.of(
                "FAIRGROUND_DOCUMENT_COST", 20,
                "FAIRGROUND_RATE_BURST", 20,
                "FAIRGROUND_RATE_RESTORE_PER_SECOND", 1,
                "FAIRGROUND_ANSWER_CACHE_MILLIS", 0));
    HttpResponse<String> answer = get(poor, "{ jurisdictions(first: 5) { nodes { code } } }");
    for (int i = 0; i < 30 && answer.statusCode() == 200; i++) {
      answer = get(poor, "{ organizations(first: 15) { nodes { code } } }");
    }

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
    assertThat(answer.body()).contains("\"code\":\"RATE_LIMITED\"", "\"retryAfterMillis\"");
    assertThat(answer.headers().firstValue("retry-after").orElseThrow()).matches("[1-9][0-9]*");
    assertThat(answer.headers().firstValue("ratelimit").orElseThrow()).startsWith("\"cost\";r=");
    assertThat(answer.headers().firstValue("ratelimit-policy")).hasValue("\"cost\";q=20;w=20");
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
  }

  @Test
  void the_cost_that_was_set_is_the_most_that_is_run() {
    var narrow = start(Map.of("FAIRGROUND_DOCUMENT_COST", 20));

    assertThat(get(narrow, "{ products(first: 18) { nodes { id } } }").body())
        .contains("\"requested\":19");
    assertThat(get(narrow, "{ products { nodes { id } } }").body())
        .contains("\"code\":\"COST_LIMIT_EXCEEDED\"", "\"dearest\":\"products.nodes\"");
  }

  /** Holds a table that every product is read from, while {@code meanwhile} runs. */
  private void withProductsHeld(Runnable meanwhile) {
    Promise<Void> enough = Promise.promise();
    Promise<Void> held = Promise.promise();
    var holding =
        database.inTransaction(
            transaction ->
                database
                    .rows(
                        transaction,
                        "-- hold\nlock table product_version in access exclusive mode",
                        Tuple.tuple())
                    .compose(
                        locked -> {
                          held.tryComplete();
                          return enough.future();
                        }));
    await(held.future());
    try {
      meanwhile.run();
    } finally {
      enough.complete();
      await(holding);
    }
  }

  private int waitingStatements() {
    return await(
            database.list(
                new Reads(),
                "-- waiting\nselect count(*)::int from pg_stat_activity where query like '-- products%' and wait_event_type = 'Lock'",
                Tuple.tuple(),
                row -> row.getInteger(0)))
        .getFirst();
  }

  private boolean becomes(int wanted) {
    for (int i = 0; i < 100; i++) {
      if (waitingStatements() == wanted) {
        return true;
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
    return false;
  }

  @Test
  void a_statement_ends_in_postgresql_when_its_caller_leaves() {
    var slow = start(patient(20_000));

    withProductsHeld(
        () -> {
          try (var socket = new Socket("127.0.0.1", slow)) {
            var path = at(slow, SLOW).getRawPath() + '?' + at(slow, SLOW).getRawQuery();
            socket
                .getOutputStream()
                .write(
                    ("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
            assertThat(becomes(1)).isTrue();
          } catch (IOException failure) {
            throw new AssertionError(failure);
          }
          assertThat(becomes(0)).isTrue();
        });
  }

  @Test
  void a_statement_ends_in_postgresql_when_the_time_for_an_answer_is_over() {
    var brief = start(patient(1_000));

    withProductsHeld(
        () -> {
          var asked = CompletableFuture.supplyAsync(() -> get(brief, SLOW));
          assertThat(becomes(1)).isTrue();
          var answer = asked.join();
          assertThat(answer.statusCode()).isEqualTo(504);
          assertThat(answer.body()).contains("\"code\":\"TIMEOUT\"");
          assertThat(becomes(0)).isTrue();
        });
  }

  @Test
  void a_table_that_is_held_too_long_is_503_and_no_defect() {
    withProductsHeld(
        () -> {
          var answer = get(port, SLOW, "Accept", "application/graphql-response+json");
          assertThat(answer.statusCode()).isEqualTo(503);
          assertThat(answer.body()).contains("\"code\":\"SERVICE_UNAVAILABLE\"");
          assertThat(answer.headers().firstValue("retry-after")).hasValue("2");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"query\":\"{ product(id: \\\"org_00000000000000000000000000000000\\\") { id } }\"}",
        "{\"query\":\"{ products(after: \\\"x\\\") { totalCount } }\"}",
        "{\"query\":\"{ products(first: 101) { totalCount } }\"}",
        "{\"query\":\"{ products(nothing: 1) { totalCount } }\"}",
        "{\"query\":\"{ nothing }\"}",
        "{\"query\":\"{ products(filter: {title: {eq: \\\"\\\\u0000\\\"}}) { totalCount } }\"}",
        "{\"query\":\"{ products(filter: {title: {eq: \\\"\\\\ud800\\\"}}) { totalCount } }\"}",
        "{\"query\":\"query($t: String) { products(filter: {text: $t}) { totalCount } }\",\"variables\":{\"t\":\"\\ud800\"}}",
        "{\"query\":\"query($n: Int) { products(first: $n) { totalCount } }\",\"variables\":{\"n\":1e400}}",
        "{\"query\":\"query($n: Int) { products(first: $n) { totalCount } }\",\"variables\":{\"n\":1e99999999999}}",
        "{\"query\":\"query($i: ID!) { node(id: $i) { id } }\",\"variables\":{\"i\":{\"a\":1}}}",
        "{\"query\":\"\\\"what it is for\\\" query Q { nothing }\"}",
        "{\"query\":\"subscription { nothing }\"}",
        "{\"query\":\"type Query { a: Int }\"}",
        "{\"query\":\"query A { __typename } query B { __typename }\"}",
        "{\"query\":\"query A { __typename }\",\"operationName\":\"C\"}",
        "{\"query\":\"\"}",
        "{",
      })
  void a_fault_of_the_caller_has_a_code_and_a_request_id_and_shows_nothing_of_us(String body) {
    var answer = post(body);

    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 400);
    assertThat(answer.body())
        .contains("\"code\":\"", "\"requestId\":\"")
        .doesNotContain(
            "INTERNAL_SERVER_ERROR", "Exception", "dev.fairground", "java", "graphql.", "select ");
    assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(get(port, "{ __typename }").statusCode()).isEqualTo(200);
  }

  @Test
  void the_root_is_ours_whatever_a_request_calls_it() {
    var answer =
        post(
            "{\"query\":\"{ serviceInfo { timeZone } }\",\"initialValue\":{\"serviceInfo\":{\"timeZone\":\"evil\"}},"
                + "\"root\":{\"serviceInfo\":{\"timeZone\":\"evil\"}}}");

    assertThat(new JsonObject(answer.body()).getJsonObject("data").encode())
        .isEqualTo("{\"serviceInfo\":{\"timeZone\":\"Asia/Shanghai\"}}");
  }
}
