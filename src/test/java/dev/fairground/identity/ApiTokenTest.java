package dev.fairground.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.Hidden;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Rights.Membership;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tokens as their organization's people make, see and end them. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiTokenTest {
  private static final UUID ONE = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID TWO = UUID.fromString("00000000-0000-4000-8000-000000000002");
  private static final String CREATE =
      """
      mutation($input: ApiTokenCreateInput!) { apiTokenCreate(input: $input) {
        apiToken { id name prefix scopes role version organization { code } createdBy expiresAt lastUsedAt revokedAt }
        secretOnce userErrors { code path message } } }
      """;
  private static final String REVOKE =
      """
      mutation($input: ApiTokenRevokeInput!) { apiTokenRevoke(input: $input) {
        apiToken { id version revokedAt } userErrors { code path ... on VersionConflictError { currentVersion } } } }
      """;

  private final Database database;
  private final Asking asking;
  private final Asking operator;
  private final Asking other;

  ApiTokenTest(Database database, MeterRegistry statements) {
    this.database = database;
    asking = new Asking(database, statements);
    operator = asking.as(Role.OPERATOR, ONE);
    other = asking.as(Role.OPERATOR, TWO);
  }

  @BeforeAll
  void market() {
    SmallMarket.into(asking);
  }

  private static Map<String, Object> input(UUID organization, String... scopes) {
    var input = new HashMap<String, Object>();
    input.put("organizationId", Ids.write("org", organization));
    input.put("name", "nightly import");
    input.put("scopes", List.of(scopes));
    input.put("expiresAt", Instant.now().plus(Duration.ofDays(30)).toString());
    input.put("idempotencyKey", UUID.randomUUID().toString());
    return input;
  }

  private static Map<String, Object> with(Map<String, Object> input, String name, Object value) {
    input.put(name, value);
    return input;
  }

  private String made(Asking by, UUID organization) {
    var payload = by.mutate(CREATE, input(organization, "list:read"));
    return payload.getJsonObject("apiToken").getString("id");
  }

  private static String errors(JsonObject payload) {
    return payload.getJsonArray("userErrors").stream()
        .map(JsonObject.class::cast)
        .map(error -> error.getString("code") + error.getJsonArray("path").encode())
        .sorted()
        .toList()
        .toString();
  }

  private List<String> rows(String sql, Object... arguments) {
    try {
      return database
          .list(new Reads(), sql, Tuple.from(List.of(arguments)), row -> row.getString(0))
          .await(10, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void a_token_is_told_once_and_only_its_digest_is_kept() {
    var input = input(ONE, "list:write", "list:read");
    var first = operator.mutate(CREATE, input);
    var again = operator.mutate(CREATE, input);

    var secret = first.getString("secretOnce");
    var token = first.getJsonObject("apiToken");
    assertThat(first.getJsonArray("userErrors")).isEmpty();
    assertThat(secret).startsWith(token.getString("prefix")).hasSize(75);
    assertThat(token.getJsonArray("scopes")).isEqualTo(JsonArray.of("list:read", "list:write"));
    assertThat(token.getString("role")).isEqualTo("OPERATOR");
    assertThat(again.getString("secretOnce")).isNull();
    assertThat(again.getJsonObject("apiToken")).isEqualTo(token);
    assertThat(
            rows(
                "select t::text from api_token t where t.id = $1", Ids.uuid(token.getString("id"))))
        .singleElement()
        .asString()
        .contains(TokenText.digest(secret))
        .doesNotContain(secret.substring(30, 60));
    assertThat(
            rows(
                "select type || ' ' || open || ' ' || organization_id || coalesce(' ' || changed_fields[1], '') from event_outbox where subject = $1"
                    + " union all select type || ' ' || open || ' ' || organization_id || coalesce(' ' || changed_fields[1], '') from event where subject = $1",
                token.getString("id")))
        .containsExactly("TOKEN_CHANGED false " + ONE);
  }

  @Test
  void a_trial_makes_nothing_and_tells_no_secret() {
    var payload = operator.mutate(CREATE, with(input(ONE, "list:read"), "validateOnly", true));

    assertThat(payload.getJsonArray("userErrors")).isEmpty();
    assertThat(payload.getString("secretOnce")).isNull();
    assertThat(
            rows(
                "select id::text from api_token where id = $1",
                Ids.uuid(payload.getJsonObject("apiToken").getString("id"))))
        .isEmpty();
  }

  @Test
  void everything_that_stands_against_a_token_is_told_at_once() {
    var input = input(ONE, "list:read", "nothing:do", "review:write");
    input.put("name", "   ");
    input.put("expiresAt", Instant.now().plus(Duration.ofDays(367)).toString());

    assertThat(errors(operator.mutate(CREATE, input)))
        .isEqualTo(
            "[FORBIDDEN[\"input\",\"scopes\",\"2\"], INVALID[\"input\",\"expiresAt\"],"
                + " INVALID[\"input\",\"name\"], INVALID[\"input\",\"scopes\",\"1\"]]");
    assertThat(errors(operator.mutate(CREATE, input(ONE)))).contains("REQUIRED");
    assertThat(
            errors(
                operator.mutate(
                    CREATE, with(input(ONE, "list:read"), "expiresAt", "2020-01-01T00:00:00Z"))))
        .contains("INVALID");
  }

  @Test
  void nobody_gives_more_than_they_hold() {
    var narrow =
        asking.as(
            new Viewer(
                "narrow",
                new Viewer.Actor("narrow", "narrow", null),
                Rights.of(
                    List.of(new Membership(ONE, Role.OPERATOR)),
                    Set.of(Scope.LIST_READ, Scope.TOKEN_MANAGE))));
    var auditor = asking.as(Role.AUDITOR, TWO);

    assertThat(errors(narrow.mutate(CREATE, input(ONE, "list:publish")))).contains("FORBIDDEN");
    assertThat(errors(operator.mutate(CREATE, with(input(ONE, "list:read"), "role", "AUDITOR"))))
        .isEqualTo("[FORBIDDEN[\"input\",\"role\"]]");
    // The auditor may read the operator's drafts, and yet has no role there that it could pass on.
    assertThat(errors(auditor.mutate(CREATE, input(ONE, "list:read"))))
        .isEqualTo("[FORBIDDEN[\"input\",\"organizationId\"]]");
    assertThat(errors(operator.mutate(CREATE, input(TWO, "list:read"))))
        .isEqualTo(errors(operator.mutate(CREATE, input(UUID.randomUUID(), "list:read"))));
  }

  @Test
  void who_has_two_roles_names_one() {
    var both =
        asking.as(
            new Viewer(
                "both",
                new Viewer.Actor("both", "both", null),
                Rights.of(
                    List.of(
                        new Membership(ONE, Role.OPERATOR), new Membership(ONE, Role.DEVELOPER)),
                    null)));

    assertThat(errors(both.mutate(CREATE, input(ONE, "event:read"))))
        .isEqualTo("[REQUIRED[\"input\",\"role\"]]");
    assertThat(errors(both.mutate(CREATE, with(input(ONE, "event:read"), "role", "DEVELOPER"))))
        .isEqualTo("[]");
    assertThat(errors(both.mutate(CREATE, with(input(ONE, "list:read"), "role", "DEVELOPER"))))
        .contains("FORBIDDEN");
  }

  @Test
  void a_token_ends_once_and_a_stale_version_is_told() {
    var id = made(operator, ONE);

    assertThat(
            operator
                .mutate(REVOKE, Map.of("id", id, "expectedVersion", 7))
                .getJsonArray("userErrors")
                .encode())
        .contains("VERSION_CONFLICT", "\"currentVersion\":1");
    var ended = operator.mutate(REVOKE, Map.of("id", id, "expectedVersion", 1));
    assertThat(ended.getJsonObject("apiToken").getInteger("version")).isEqualTo(2);
    assertThat(ended.getJsonObject("apiToken").getString("revokedAt")).isNotNull();
    assertThat(operator.mutate(REVOKE, Map.of("id", id)).getJsonObject("apiToken"))
        .isEqualTo(ended.getJsonObject("apiToken"));
  }

  @Test
  void the_database_lets_nobody_change_or_revive_a_token() {
    var id = Ids.uuid(made(operator, ONE));

    for (var change :
        List.of("scopes = '{list:publish}'", "expires_at = '2099-01-01Z'", "role = 'AUDITOR'")) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> asking.change("update api_token set " + change + " where id = $1", id))
          .hasStackTraceContaining("a token is never changed");
    }
    asking.change("update api_token set revoked_at = now() where id = $1", id);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> asking.change("update api_token set revoked_at = null where id = $1", id))
        .hasStackTraceContaining("a token is never changed");
  }

  @Test
  void a_token_of_others_answers_as_one_that_is_not_there() {
    var id = made(operator, ONE);
    asking.change(
        "insert into api_token_error (token_id, occurred_at, id, code, message) values ($1, now(), gen_random_uuid(), 'FORBIDDEN', 'm')",
        Ids.uuid(id));
    var organization = Ids.write("org", ONE);
    var paths =
        new String[] {
          "query($id: ID!) { node(id: $id) { ... on ApiToken { name recentErrors { message } } } }"
        };

    for (var stranger :
        List.of(asking, other, asking.as(Role.AUDITOR, TWO), asking.as(Role.DEVELOPER, TWO))) {
      var hidden = new Hidden(id, stranger);
      hidden.answersAsMissing(paths);
      hidden.isInNone(
          "{ viewer { tokens { totalCount nodes { id } } } }",
          "{ viewer { tokens(filter: {organization: {eq: \"%s\"}}) { totalCount edges { node { id } } } } }"
              .formatted(organization));
    }
    new Hidden(id, other)
        .answersAsMissing(
            "mutation($id: ID!) { apiTokenRevoke(input: {id: $id}) { apiToken { id } userErrors { code path message } } }");
    assertThat(
            other
                .data(
                    "{ viewer { tokens(filter: {organization: {eq: \"%s\"}}) { totalCount nodes { id } } } }"
                        .formatted(organization))
                .encode())
        .contains("\"totalCount\":0", "\"nodes\":[]");
  }

  @Test
  void its_organization_finds_it_by_every_path() {
    var id = made(operator, ONE);
    asking.change(
        "insert into api_token_error (token_id, occurred_at, id, code, message, operation_name) select $1, now() - n * interval '1 second', gen_random_uuid(), 'FORBIDDEN', 'm' || n, 'Op' from generate_series(1, 3) as n",
        Ids.uuid(id));

    assertThat(
            operator
                .answer(
                    "query($id: ID!) { node(id: $id) { ... on ApiToken { name recentErrors(first: 2) { code message operationName requestId } } } }",
                    Map.of("id", id))
                .encode())
        .contains("nightly import", "\"m1\"", "\"m2\"", "\"Op\"")
        .doesNotContain("\"m3\"");
    assertThat(
            operator
                .data(
                    "{ viewer { name subject scopes token { id } memberships { role organization { code } } tokens(filter: {active: true}) { totalCount nodes { id organization { code } } } } }")
                .encode())
        .contains(id, "\"token\":null", "\"role\":\"OPERATOR\"", "org-1");
  }

  @Test
  void a_token_sees_itself_though_it_manages_none() {
    var id = made(operator, ONE);
    var token =
        asking.as(
            new Viewer(
                "t",
                new Viewer.Actor("token:" + id, "nightly import", Ids.uuid(id)),
                Rights.of(List.of(new Membership(ONE, Role.OPERATOR)), Set.of(Scope.LIST_READ))));

    assertThat(
            token
                .data("{ viewer { scopes token { id } tokens { totalCount nodes { id } } } }")
                .encode())
        .isEqualTo(
            "{\"viewer\":{\"scopes\":[\"list:read\"],\"token\":{\"id\":\"%1$s\"},\"tokens\":{\"totalCount\":1,\"nodes\":[{\"id\":\"%1$s\"}]}}}"
                .formatted(id));
    assertThat(token.answer(REVOKE, Map.of("input", Map.of("id", id))).encode())
        .contains("FORBIDDEN", "token:manage");
  }

  @Test
  void the_public_is_nobody_and_may_change_nothing() {
    assertThat(asking.data("{ viewer { name } }").encode()).isEqualTo("{\"viewer\":null}");
    assertThat(asking.answer(CREATE, Map.of("input", input(ONE, "list:read"))).encode())
        .contains("UNAUTHENTICATED", "\"requiredScopes\":[\"token:manage\"]");
  }

  @Test
  void a_page_of_tokens_with_their_errors_costs_the_statements_of_one() {
    for (int i = 0; i < 5; i++) {
      made(other, TWO);
    }
    var query =
        "{ viewer { tokens(first: %d) { nodes { name organization { code } recentErrors { code } } } } }";

    assertThat(other.statements(query.formatted(5)))
        .isEqualTo(other.statements(query.formatted(1)));
  }
}
