package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.identity.Provider;
import dev.fairground.sql.DatabaseAddress;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who calls, over sockets, with the whole program. */
@ExtendWith(TestDatabase.class)
class IdentityServerTest {
  private static final String WHO =
      "{ viewer { name memberships { role organization { code } } } }";
  private static final String CREATE =
      "mutation($input: ApiTokenCreateInput!) { apiTokenCreate(input: $input) { apiToken { id } secretOnce userErrors { message } } }";
  private static final String REVOKE =
      "mutation Ending($id: ID!) { apiTokenRevoke(input: {id: $id}) { apiToken { revokedAt } userErrors { message } } }";

  private final HttpClient client = HttpClient.newHttpClient();
  private final DatabaseAddress database;
  @TempDir private Path home;

  IdentityServerTest(DatabaseAddress database) {
    this.database = database;
  }

  private Application start(Map<String, String> settings) throws Exception {
    var all =
        new HashMap<>(
            Map.of(
                "FAIRGROUND_HTTP_PORT",
                "0",
                "FAIRGROUND_MANAGEMENT_PORT",
                "0",
                "FAIRGROUND_DATA_DIR",
                home.resolve("data").toString(),
                "FAIRGROUND_DATABASE_URL",
                "postgresql://%s:%s@%s:%d/%s"
                    .formatted(
                        database.user(),
                        database.password(),
                        database.host(),
                        database.port(),
                        database.name())));
    all.putAll(settings);
    return Application.start(Config.read(all, home));
  }

  private HttpResponse<String> ask(
      Application server, @Nullable String token, String query, Map<String, Object> variables)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + "/graphql"))
            .header("Content-Type", "application/json")
            .header("Accept", "application/graphql-response+json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    new JsonObject()
                        .put("query", query)
                        .put("variables", new JsonObject(variables))
                        .encode()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonArray demoTokens() throws Exception {
    return new JsonObject(Files.readString(home.resolve("data").resolve("demo-tokens.json")))
        .getJsonArray("tokens");
  }

  private String demoToken(String role) throws Exception {
    return demoTokens().stream()
        .map(JsonObject.class::cast)
        .filter(entry -> entry.getString("role").equals(role))
        .map(entry -> entry.getString("token"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_token_lives_from_its_making_to_its_end_and_its_errors_are_told() throws Exception {
    var demo = Map.of("FAIRGROUND_DEMO", "true", "FAIRGROUND_DEMO_TOKENS", "true");
    String organization;
    try (var server = start(demo)) {
      var file = home.resolve("data").resolve("demo-tokens.json");
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(demoTokens()).hasSize(9);
      for (var entry : demoTokens()) {
        var told = (JsonObject) entry;
        var answer = ask(server, told.getString("token"), WHO, Map.of());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
            .contains(
                "\"role\":\"" + told.getString("role") + "\"",
                told.getJsonObject("organization").getString("code"));
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
      }

      var operator = demoTokens().getJsonObject(0);
      organization = operator.getJsonObject("organization").getString("id");
      var made =
          new JsonObject(
                  ask(
                          server,
                          operator.getString("token"),
                          CREATE,
                          Map.of(
                              "input",
                              Map.of(
                                  "organizationId",
                                  organization,
                                  "name",
                                  "a program",
                                  "scopes",
                                  List.of("list:read"),
                                  "expiresAt",
                                  Instant.now().plus(Duration.ofDays(1)).toString(),
                                  "idempotencyKey",
                                  "k")))
                      .body())
              .getJsonObject("data")
              .getJsonObject("apiTokenCreate");
      var secret = made.getString("secretOnce");
      var id = made.getJsonObject("apiToken").getString("id");

      var forbidden = ask(server, secret, REVOKE, Map.of("id", id));
      assertThat(forbidden.statusCode()).isEqualTo(403);
      assertThat(ask(server, secret, "query Wrong { nothing }", Map.of()).statusCode())
          .isEqualTo(400);
      assertThat(ask(server, secret, "{ product(id: \"x\") { id } }", Map.of()).body())
          .contains("BAD_USER_INPUT");
      assertThat(ask(server, operator.getString("token"), REVOKE, Map.of("id", id)).body())
          .contains("revokedAt\":\"20");
      var ended = ask(server, secret, WHO, Map.of());
      assertThat(ended.statusCode()).isEqualTo(401);
      assertThat(ended.headers().firstValue("www-authenticate")).hasValue("Bearer");
      assertThat(ended.body()).contains("UNAUTHENTICATED").doesNotContain("revoked", "ended");
      Thread.sleep(1_500);
      var errors =
          ask(
                  server,
                  operator.getString("token"),
                  "query($id: ID!) { node(id: $id) { ... on ApiToken { lastUsedAt recentErrors { code operationName requestId message } } } }",
                  Map.of("id", id))
              .body();
      assertThat(errors)
          .contains(
              "FORBIDDEN",
              "\"operationName\":\"Ending\"",
              "GRAPHQL_VALIDATION_FAILED",
              "BAD_USER_INPUT",
              "UNAUTHENTICATED",
              "somebody still comes with it")
          .doesNotContain("\"lastUsedAt\":null");
    }
    var before = Files.readString(home.resolve("data").resolve("demo-tokens.json"));
    try (var server = start(demo)) {
      assertThat(ask(server, demoToken("AUDITOR"), WHO, Map.of()).statusCode()).isEqualTo(200);
    }
    assertThat(Files.readString(home.resolve("data").resolve("demo-tokens.json")))
        .isEqualTo(before);
  }

  @Test
  void an_external_database_gets_no_demonstration_tokens_unasked() throws Exception {
    try (var server = start(Map.of())) {
      assertThat(home.resolve("data").resolve("demo-tokens.json")).doesNotExist();
      var anonymous = ask(server, null, "{ viewer { name } serviceInfo { timeZone } }", Map.of());
      assertThat(anonymous.statusCode()).isEqualTo(200);
      assertThat(anonymous.body()).contains("\"viewer\":null");
      var change = ask(server, null, REVOKE, Map.of("id", "tok_" + "0".repeat(32)));
      assertThat(change.statusCode()).isEqualTo(401);
      assertThat(change.headers().firstValue("www-authenticate")).hasValue("Bearer");
      // A bad credential is told on public queries too.
      assertThat(ask(server, "nonsense", "{ serviceInfo { timeZone } }", Map.of()).statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void many_wrong_credentials_are_429_with_the_time_to_wait() throws Exception {
    try (var server = start(Map.of("FAIRGROUND_SIGN_IN_FAILURES", "2"))) {
      ask(server, "a", WHO, Map.of());
      ask(server, "b", WHO, Map.of());
      var limited = ask(server, "c", WHO, Map.of());

      assertThat(limited.statusCode()).isEqualTo(429);
      assertThat(Integer.parseInt(limited.headers().firstValue("retry-after").orElseThrow()))
          .isBetween(5, 30);
      assertThat(ask(server, null, "{ __typename }", Map.of()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_service_signs_in_by_openid_connect() throws Exception {
    try (var provider = Provider.start("operator@DEMO-OPERATOR-BEIJING");
        var server =
            start(
                Map.of(
                    "FAIRGROUND_DEMO",
                    "true",
                    "FAIRGROUND_OIDC_ISSUER",
                    provider.issuer(),
                    "FAIRGROUND_OIDC_AUDIENCE",
                    Provider.AUDIENCE))) {
      assertThat(ask(server, provider.token("portal", Provider.AUDIENCE), WHO, Map.of()).body())
          .contains("\"name\":\"A portal\"", "DEMO-OPERATOR-BEIJING");
      assertThat(
              ask(server, provider.token("portal", "https://other.test"), WHO, Map.of())
                  .statusCode())
          .isEqualTo(401);
    }
    try (var server =
        start(
            Map.of(
                "FAIRGROUND_OIDC_ISSUER",
                "http://127.0.0.1:1",
                "FAIRGROUND_OIDC_AUDIENCE",
                Provider.AUDIENCE))) {
      var answer = ask(server, "e30.e30.e30", WHO, Map.of());
      assertThat(answer.statusCode()).as("no signed token at all").isEqualTo(401);
    }
  }
}
