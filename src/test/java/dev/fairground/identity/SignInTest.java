package dev.fairground.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of an {@code Authorization} header. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {
  private static final UUID ONE = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private final Vertx vertx;
  private final Database database;
  private final Asking asking;
  private Instant now = Instant.parse("2026-03-01T00:00:00Z");

  SignInTest(Vertx vertx, Database database, MeterRegistry statements) {
    this.vertx = vertx;
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() {
    SmallMarket.into(asking);
  }

  private Identity identity(Map<String, Integer> set) {
    return new Identity(
        vertx,
        database,
        () -> now,
        IdentityLimits.read((name, standard, least, most) -> set.getOrDefault(name, standard)),
        null);
  }

  private String token(Duration life) {
    return await(new ServerTokens(database, () -> now).make(ONE, Role.OPERATOR, "a test", life));
  }

  private static UUID idOf(String token) {
    return java.util.Objects.requireNonNull(TokenText.read(token)).id();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static Viewer viewer(Identity identity, String token) {
    return await(identity.viewer("Bearer " + token, "1.2.3.4"));
  }

  private static Refusal refusal(Identity identity, String authorization, String address) {
    try {
      var found =
          identity
              .viewer(authorization, address)
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      throw new AssertionError("accepted as " + found);
    } catch (ExecutionException failed) {
      assertThat(failed.getCause()).isInstanceOf(Refusal.class);
      return (Refusal) java.util.Objects.requireNonNull(failed.getCause());
    } catch (InterruptedException | java.util.concurrent.TimeoutException failure) {
      throw new AssertionError(failure);
    }
  }

  private List<String> errorsOf(String token) {
    return await(
        database.list(
            new Reads(),
            "select code || ' ' || coalesce(request_id, '-') || ' ' || coalesce(operation_name, '-') || ' ' || message from api_token_error where token_id = $1 order by occurred_at desc, id desc",
            Tuple.of(idOf(token)),
            row -> row.getString(0)));
  }

  @Test
  void a_token_is_its_role_for_its_organization_alone() {
    var viewer = viewer(identity(Map.of()), token(Duration.ofDays(1)));

    assertThat(viewer.signedIn()).isTrue();
    assertThat(viewer.may(Scope.LIST_PUBLISH, ONE)).isTrue();
    assertThat(viewer.may(Scope.REVIEW_WRITE, ONE)).isFalse();
    assertThat(viewer.may(Scope.LIST_PUBLISH, UUID.randomUUID())).isFalse();
    assertThat(viewer.key()).startsWith("token:tok_");
  }

  @Test
  void a_token_of_a_server_whose_roles_did_less_is_made_anew() {
    var tokens = new ServerTokens(database, () -> now);
    var token = token(Duration.ofDays(2));
    assertThat(await(tokens.isInForce(token, ONE, Role.OPERATOR, Duration.ofDays(1)))).isTrue();

    asking.change("alter table api_token disable trigger api_token_keeps");
    asking.change(
        "update api_token set scopes = array_remove(scopes, 'request:decide') where id = $1",
        idOf(token));
    asking.change("alter table api_token enable trigger api_token_keeps");

    assertThat(await(tokens.isInForce(token, ONE, Role.OPERATOR, Duration.ofDays(1)))).isFalse();
  }

  @Test
  void every_bad_credential_is_answered_alike() {
    var good = token(Duration.ofDays(1));
    var unknown = TokenText.make(UUID.randomUUID()).text();
    var guessed = TokenText.make(idOf(good)).text();
    var expired = token(Duration.ofSeconds(1));
    now = now.plusSeconds(2);

    var texts =
        List.of(
                "Bearer " + unknown,
                "Bearer " + guessed,
                "Bearer " + expired,
                "Bearer " + good.substring(0, 74) + "!",
                "Bearer a.b.c",
                "Bearer ",
                "Bearer",
                "",
                "Basic " + good,
                good)
            .stream()
            .map(header -> refusal(identity(Map.of()), header, "1.1.1.1"))
            .peek(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHENTICATED))
            .map(Refusal::text)
            .distinct();

    assertThat(texts).hasSize(1);
  }

  @Test
  void the_owner_of_a_token_that_ended_is_told_that_somebody_still_comes_with_it() {
    var identity = identity(Map.of());
    var expired = token(Duration.ofSeconds(1));
    var revoked = token(Duration.ofDays(1));
    asking.change("update api_token set revoked_at = now() where id = $1", idOf(revoked));
    now = now.plusSeconds(2);

    refusal(identity, "Bearer " + expired, "1.1.1.1");
    refusal(identity, "Bearer " + revoked, "1.1.1.1");
    refusal(identity, "Bearer " + TokenText.make(idOf(revoked)).text(), "1.1.1.1");
    await(identity.flush());

    assertThat(errorsOf(expired)).singleElement().asString().contains("has expired");
    assertThat(errorsOf(revoked)).singleElement().asString().contains("was ended");
  }

  @Test
  void a_token_that_was_ended_here_is_refused_at_once_and_elsewhere_after_the_time_of_the_cache()
      throws Exception {
    var here = identity(Map.of("FAIRGROUND_TOKEN_CACHE_MILLIS", 60_000));
    var elsewhere = identity(Map.of("FAIRGROUND_TOKEN_CACHE_MILLIS", 300));
    var token = token(Duration.ofDays(1));
    viewer(here, token);
    viewer(elsewhere, token);

    asking.change("update api_token set revoked_at = now() where id = $1", idOf(token));
    assertThat(viewer(here, token).signedIn()).as("known, and not yet told").isTrue();
    here.forget(idOf(token));

    assertThat(refusal(here, "Bearer " + token, "1.1.1.1").code())
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    Thread.sleep(400);
    assertThat(refusal(elsewhere, "Bearer " + token, "1.1.1.1").code())
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void a_token_that_is_known_ends_when_it_expires() {
    var identity = identity(Map.of("FAIRGROUND_TOKEN_CACHE_MILLIS", 60_000));
    var token = token(Duration.ofMinutes(1));
    viewer(identity, token);
    now = now.plusSeconds(60);

    assertThat(refusal(identity, "Bearer " + token, "1.1.1.1").code())
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void many_wrong_tries_from_one_address_are_429_and_hinder_neither_others_nor_who_is_known() {
    var identity = identity(Map.of("FAIRGROUND_SIGN_IN_FAILURES", 3));
    var good = token(Duration.ofDays(1));
    await(identity.viewer("Bearer " + good, "9.9.9.9"));
    for (int i = 0; i < 3; i++) {
      assertThat(refusal(identity, "Bearer nonsense", "9.9.9.9").code())
          .isEqualTo(ErrorCode.UNAUTHENTICATED);
    }

    var limited = refusal(identity, "Bearer nonsense", "9.9.9.9");
    assertThat(limited.code()).isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat((Long) limited.facts().get("retryAfterMillis")).isBetween(1L, 20_000L);
    assertThat(refusal(identity, "Bearer " + token(Duration.ofDays(1)), "9.9.9.9").code())
        .as("one that would have to be looked up")
        .isEqualTo(ErrorCode.RATE_LIMITED);
    assertThat(await(identity.viewer("Bearer " + good, "9.9.9.9")).signedIn()).isTrue();
    assertThat(refusal(identity, "Bearer nonsense", "8.8.8.8").code())
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
    now = now.plusSeconds(21);
    assertThat(refusal(identity, "Bearer nonsense", "9.9.9.9").code())
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void good_tokens_use_up_no_tries() {
    var identity = identity(Map.of("FAIRGROUND_SIGN_IN_FAILURES", 1));

    for (int i = 0; i < 5; i++) {
      assertThat(viewer(identity, token(Duration.ofDays(1))).signedIn()).isTrue();
    }
  }

  @Test
  void those_who_come_at_once_are_looked_up_once() {
    var identity = identity(Map.of());
    var token = token(Duration.ofDays(1));
    var before = asking.sentOf("apiTokenForSignIn");

    var all =
        java.util.stream.IntStream.range(0, 50)
            .mapToObj(i -> identity.viewer("Bearer " + token, "2.2.2.2"))
            .toList();
    await(Future.all(all));

    assertThat(asking.sentOf("apiTokenForSignIn") - before).isEqualTo(1);
  }

  @Test
  void the_last_use_is_written_once_a_minute() {
    var identity = identity(Map.of());
    var token = token(Duration.ofDays(1));
    viewer(identity, token);
    await(identity.flush());
    var first = lastUse(token);
    now = now.plusSeconds(30);
    viewer(identity, token);
    await(identity.flush());
    assertThat(lastUse(token)).isEqualTo(first);
    now = now.plusSeconds(31);
    viewer(identity, token);
    await(identity.flush());

    assertThat(lastUse(token)).isNotEqualTo(first);
  }

  private String lastUse(String token) {
    return await(
            database.list(
                new Reads(),
                "select last_used_at::text from api_token where id = $1",
                Tuple.of(idOf(token)),
                row -> row.getString(0)))
        .getFirst();
  }

  @Test
  void the_errors_of_a_token_are_kept_up_to_a_bound() {
    var identity = identity(Map.of("FAIRGROUND_TOKEN_ERRORS", 5));
    var token = token(Duration.ofDays(1));
    var viewer = viewer(identity, token);
    for (int i = 0; i < 12; i++) {
      now = now.plusMillis(10);
      identity
          .troubles()
          .heard(
              viewer,
              "r" + i,
              "Op",
              new Refusal(ErrorCode.FORBIDDEN, "no\0 " + i + "x".repeat(2_000)).faults());
      if (i % 4 == 3) {
        await(identity.flush());
      }
    }
    identity
        .troubles()
        .heard(
            viewer,
            "r",
            null,
            new Refusal(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "in the course of things").faults());
    identity
        .troubles()
        .heard(Viewer.anonymous("x"), "r", null, new Refusal(ErrorCode.FORBIDDEN, "n").faults());
    await(identity.flush());

    assertThat(errorsOf(token)).hasSize(5);
    assertThat(errorsOf(token).getFirst())
        .startsWith("FORBIDDEN r11 Op no 11xxx")
        .hasSizeLessThan(1_100);
  }
}
