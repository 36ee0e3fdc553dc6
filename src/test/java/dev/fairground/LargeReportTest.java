package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.usage.UsageGround;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reports of as many records as one call may have, over a socket. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeReportTest {
  private static final String REPORT =
      "mutation ($input: UsageReportInput!) { usageReport(input: $input) { usageBatch { recordCount grantCount }"
          + " userErrors { message path } } }";

  private final UsageGround ground;
  private final EventServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  LargeReportTest(DatabaseAddress address, Database database, MeterRegistry statements) {
    ground = new UsageGround(database, new Asking(database, statements));
    server =
        // A machine that has other things to do has its time.
        new EventServer(
                address,
                Map.of(
                    "FAIRGROUND_HTTP_HANDLING_MILLIS", 60_000,
                    "FAIRGROUND_DATABASE_STATEMENT_MILLIS", 50_000,
                    "FAIRGROUND_DATABASE_DEADLINE_MILLIS", 55_000))
            .known("operator", Role.OPERATOR, UsageGround.OPERATOR);
  }

  @BeforeAll
  void market() {
    ground.into();
  }

  @AfterAll
  void close() {
    server.close();
  }

  private String body(int records) {
    var grants = List.of(ground.grant(), ground.grant(), ground.grant());
    var rows = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < records; i++) {
      rows.add(
          UsageGround.use(
              grants.get(i % 3),
              "2026-0" + (2 + i % 4),
              "purposeStatement",
              "贷前核验 " + i,
              "reference",
              "call-" + i));
    }
    return new JsonObject()
        .put("query", REPORT)
        .put("variables", Map.of("input", UsageGround.input(rows)))
        .encode();
  }

  private HttpResponse<String> send(String body, String token) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + "/graphql"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void ten_thousand_records_are_reported_in_one_call() throws Exception {
    var body = body(10_000);
    assertThat(body.length()).isGreaterThan(1_500_000);

    var began = System.nanoTime();
    var answer = send(body, "operator");
    System.out.println("10,000 records took " + (System.nanoTime() - began) / 1_000_000 + " ms");

    assertThat(answer.body())
        .contains(
            "{\"data\":{\"usageReport\":{\"usageBatch\":{\"recordCount\":10000,\"grantCount\":3},\"userErrors\":[]}}");
    ground.sequence(1_000);
  }

  @Test
  void one_record_more_is_refused_as_a_whole() throws Exception {
    assertThat(send(body(10_001), "operator").body()).contains("BAD_USER_INPUT").contains("10000");
  }

  @Test
  void who_is_not_known_sends_no_long_body_and_nobody_one_longer_than_that() throws Exception {
    var body = body(2_500);

    assertThat(send(body, "").statusCode()).isEqualTo(413);
    assertThat(send(body, "stranger").statusCode()).isEqualTo(401);
    assertThat(send(" ".repeat(4_194_305), "operator").statusCode()).isEqualTo(413);
  }

  @Test
  void places_of_those_who_go_away_are_free_again() throws Exception {
    for (int i = 0; i < 9; i++) {
      try (var socket = new Socket("127.0.0.1", server.port)) {
        socket
            .getOutputStream()
            .write(
                "POST /graphql HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer operator\r\nContent-Type: application/json\r\nContent-Length: 400000\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
        Thread.sleep(30);
      } catch (IOException gone) {
        // So was meant.
      }
    }
    Thread.sleep(200);

    assertThat(send(body(2_500), "operator").body()).contains("\"recordCount\":2500");
  }

  @Test
  void more_than_a_few_at_once_wait() throws Exception {
    var sockets = new ArrayList<Socket>();
    try {
      for (int i = 0; i < 4; i++) {
        var socket = new Socket("127.0.0.1", server.port);
        sockets.add(socket);
        socket
            .getOutputStream()
            .write(
                "POST /graphql HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer operator\r\nContent-Type: application/json\r\nContent-Length: 400000\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
      }
      Thread.sleep(200);

      var answer = send(body(2_500), "operator");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    } finally {
      for (var socket : sockets) {
        socket.close();
      }
    }
    Thread.sleep(200);
  }
}
