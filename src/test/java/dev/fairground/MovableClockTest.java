package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.clock.Clocks;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.MovableClock;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseLimits;
import dev.fairground.sql.EmbeddedDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose clock is moved, to see what days bring. */
class MovableClockTest {
  private static final String SUBJECT = "app_moved";

  private final HttpClient client = HttpClient.newHttpClient();

  private static Config config(Path home, Map<String, String> more) {
    var settings =
        new HashMap<>(
            Map.of(
                "FAIRGROUND_HTTP_PORT", "0",
                "FAIRGROUND_MANAGEMENT_PORT", "0",
                "FAIRGROUND_DATA_DIR", home.resolve("data").toString()));
    settings.putAll(more);
    return Config.read(settings, home);
  }

  private HttpResponse<String> send(int port, String path, @Nullable String body, String... headers)
      throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (body != null) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  @Timeout(180)
  void a_server_that_is_moved_by_thirty_days_sees_clocks_overdue(@TempDir Path home)
      throws Exception {
    var movable = Map.of("FAIRGROUND_MOVABLE_CLOCK", "true");
    Instant moved;
    try (var application = Application.start(config(home, movable))) {
      var management = application.managementPort();
      var before = new JsonObject(send(management, "/clock", null).body());
      assertThat(before.getString("ahead")).isEqualTo("PT0S");

      var day = Moment.present(Instant.parse(before.getString("now"))).day();
      var operator = operator(home);
      var token = operator.getString("token");
      start(
          home,
          operator.getJsonObject("organization").getString("id"),
          Instant.parse(before.getString("now")));
      assertThat(standing(application, token)).containsAnyOf("\"RUNNING\"", "\"DUE_SOON\"");

      assertThat(send(management, "/clock", "{\"by\": \"-P1D\"}").statusCode()).isEqualTo(400);
      assertThat(send(management, "/clock", "{\"by\": \"soon\"}").statusCode()).isEqualTo(400);
      assertThat(send(management, "/clock", "[]").body()).contains("send {");
      assertThat(send(management, "/clock", "{\"to\": \"9999-01-01T00:00:00Z\"}").body())
          .contains("2199");
      var answer = send(management, "/clock", "{\"by\": \"P30D\"}");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(new JsonObject(answer.body()).getString("day"))
          .isEqualTo(day.plusDays(30).toString());
      assertThat(new JsonObject(answer.body()).getString("ahead")).isEqualTo("PT720H");
      moved = Instant.parse(new JsonObject(answer.body()).getString("now"));

      assertThat(standing(application, token)).contains("\"OVERDUE\"");
      assertThat(events(application, token)).contains("CLOCK_OVERDUE");
    }

    // What was written by the moved clock is not read by another one.
    assertThatThrownBy(() -> Application.start(config(home, Map.of())))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("was moved ahead");
    try (var application = Application.start(config(home, movable))) {
      var now = new JsonObject(send(application.managementPort(), "/clock", null).body());
      assertThat(Instant.parse(now.getString("now"))).isAfter(moved);
    }
  }

  /** The demonstration's operator, with its token. */
  private static JsonObject operator(Path home) throws Exception {
    return new JsonObject(Files.readString(home.resolve("data/demo-tokens.json")))
        .getJsonArray("tokens").stream()
            .map(JsonObject.class::cast)
            .filter(entry -> entry.getString("role").equals("OPERATOR"))
            .findFirst()
            .orElseThrow();
  }

  /** Starts a clock of an organization beside the server, on its database. */
  private static void start(Path home, String organization, Instant now) throws Exception {
    var vertx = Vertx.vertx();
    var address = EmbeddedDatabase.runningIn(home.resolve("data")).orElseThrow();
    var database =
        Database.connect(vertx, address, DatabaseLimits.DEFAULTS, new SimpleMeterRegistry());
    var write = Write.ofServer(Moment.present(now), "test");
    database
        .inTransaction(
            transaction ->
                new Clocks(database)
                    .start(
                        transaction,
                        write,
                        new Clocks.Start(
                            SUBJECT,
                            "acceptWd",
                            "110000",
                            Ids.uuid(organization),
                            null,
                            write.moment().day())))
        .await(20, TimeUnit.SECONDS);
    database.close().await(20, TimeUnit.SECONDS);
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private String standing(Application application, String token) throws Exception {
    return send(
            application.httpPort(),
            "/graphql",
            new JsonObject()
                .put(
                    "query",
                    "{ clocks(filter: {subject: \"%s\"}) { nodes { standing } } }"
                        .formatted(SUBJECT))
                .encode(),
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer " + token)
        .body();
  }

  private String events(Application application, String token) throws Exception {
    for (int i = 0; i < 50; i++) {
      var told =
          send(
                  application.httpPort(),
                  "/graphql",
                  new JsonObject()
                      .put(
                          "query",
                          "{ eventLog(last: 10, filter: {types: [CLOCK_OVERDUE]}) { nodes { type } } }")
                      .encode(),
                  "Content-Type",
                  "application/json",
                  "Authorization",
                  "Bearer " + token)
              .body();
      if (told.contains("CLOCK_OVERDUE")) {
        return told;
      }
      Thread.sleep(100);
    }
    return "nothing was told";
  }

  @Test
  void a_clock_is_only_moved_forwards() {
    var clock = new MovableClock(InstantSource.fixed(Instant.EPOCH), Duration.ZERO);
    clock.moveBy(Duration.ofSeconds(5));
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plusSeconds(5));
    assertThatThrownBy(() -> clock.moveBy(Duration.ofSeconds(-1)))
        .hasMessageContaining("only moved forwards");
  }

  @Test
  void with_a_database_of_others_it_is_refused(@TempDir Path home) {
    assertThatThrownBy(
            () ->
                ServerClock.of(
                    config(
                        home,
                        Map.of(
                            "FAIRGROUND_MOVABLE_CLOCK", "true",
                            "FAIRGROUND_DATABASE_URL", "postgresql://u:p@localhost:1/n"))))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("FAIRGROUND_MOVABLE_CLOCK");
  }
}
