package dev.fairground.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.fairground.Asking;
import dev.fairground.SmallMarket;
import dev.fairground.TestDatabase;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Access tokens of a real OpenID provider, and those that only look like some. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OidcTest {
  private static final UUID ONE = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final UUID TWO = UUID.fromString("00000000-0000-4000-8000-000000000002");

  private final Vertx vertx;
  private final Database database;
  private final Asking asking;
  private final List<AutoCloseable> started = new ArrayList<>();
  private @Nullable Provider shared;

  OidcTest(Vertx vertx, Database database, MeterRegistry statements) {
    this.vertx = vertx;
    this.database = database;
    this.asking = new Asking(database, statements);
  }

  @BeforeAll
  void market() throws Exception {
    SmallMarket.into(asking);
    shared = provider();
  }

  @AfterAll
  void stop() throws Exception {
    for (var open : started) {
      open.close();
    }
  }

  private Provider provider() throws Exception {
    var provider =
        Provider.start(
            "operator@org-1 data-authority@%s king@org-1 operator@nowhere operator"
                .formatted(Ids.write("org", TWO)));
    started.add(provider);
    return provider;
  }

  private Identity identity(String issuer, InstantSource clock) {
    var identity =
        new Identity(
            vertx,
            database,
            clock,
            IdentityLimits.read(
                (name, standard, least, most) ->
                    name.equals("FAIRGROUND_SIGN_IN_FAILURES") ? most : standard),
            new OidcSettings(issuer, Provider.AUDIENCE, OidcSettings.ROLES_CLAIM));
    identity.start();
    started.add(() -> identity.close().await(10, TimeUnit.SECONDS));
    return identity;
  }

  private static Viewer accepted(Identity identity, String token) throws Exception {
    return identity
        .viewer("Bearer " + token, "1.1.1.1")
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  private static ErrorCode refused(Identity identity, String token) throws Exception {
    try {
      throw new AssertionError("accepted as " + accepted(identity, token));
    } catch (ExecutionException failed) {
      assertThat(failed.getCause()).isInstanceOf(Refusal.class);
      return ((Refusal) Objects.requireNonNull(failed.getCause())).code();
    }
  }

  @Test
  void a_service_signs_in_and_is_what_its_claim_says() throws Exception {
    var provider = Objects.requireNonNull(shared);
    var identity = identity(provider.issuer(), InstantSource.system());

    var viewer = accepted(identity, provider.token("portal", Provider.AUDIENCE));

    var actor = Objects.requireNonNull(viewer.actor());
    assertThat(actor.name()).isEqualTo("A portal");
    assertThat(actor.subject()).isEqualTo("oidc:" + provider.issuer() + "#portal");
    assertThat(viewer.may(Scope.LIST_PUBLISH, ONE)).isTrue();
    assertThat(viewer.may(Scope.LIST_PUBLISH, TWO)).isFalse();
    assertThat(viewer.may(Scope.REVIEW_WRITE, TWO)).isTrue();
    assertThat(viewer.rights().memberships()).hasSize(2);
    assertThat(
            asking
                .as(viewer)
                .data("{ viewer { memberships { role organization { code } } } }")
                .encode())
        .contains("OPERATOR", "org-1", "DATA_AUTHORITY", "org-2");

    var nobody = accepted(identity, provider.token("nobody", Provider.AUDIENCE));
    assertThat(nobody.signedIn()).isTrue();
    assertThat(nobody.rights().held()).isEmpty();
  }

  @Test
  void keys_are_fetched_anew_for_a_new_one_but_not_for_each_that_is_made_up() throws Exception {
    var provider = provider();
    var identity = identity(provider.issuer(), InstantSource.system());
    var old = provider.token("portal", Provider.AUDIENCE);
    accepted(identity, old);
    assertThat(provider.fetches()).isEqualTo(1);

    provider.rotate("ES256", false);
    accepted(identity, provider.token("portal", Provider.AUDIENCE));
    accepted(identity, old);
    assertThat(provider.fetches()).isEqualTo(2);

    var ours = new RSAKeyGenerator(2048).keyID("made-up").generate();
    for (int i = 0; i < 20; i++) {
      var forged = signed(claims(provider).claim("n", i).build(), "made-up-" + i, ours);
      assertThat(refused(identity, forged)).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
    assertThat(provider.fetches()).as("at most once a minute").isEqualTo(2);
  }

  @Test
  void what_a_dropped_key_signed_is_refused_though_it_was_known() throws Exception {
    var provider = provider();
    var dropped = new boolean[1];
    var keys =
        new OidcKeys(
            vertx,
            new OidcSettings(provider.issuer(), Provider.AUDIENCE, OidcSettings.ROLES_CLAIM),
            java.time.Duration.ofMinutes(1),
            () -> dropped[0] = true);
    started.add(keys::close);
    var old = JWKSet.parse(provider.keys()).getKeys().getFirst().getKeyID();
    assertThat(keys.find(old).await(10, TimeUnit.SECONDS)).hasSize(1);

    provider.rotate("PS256", true);
    keys.refresh().await(10, TimeUnit.SECONDS);

    assertThat(dropped[0]).isTrue();
    assertThat(keys.find(old).await(10, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void a_token_ends_a_minute_after_it_expires_and_not_later() throws Exception {
    var provider = Objects.requireNonNull(shared);
    var ahead = new long[1];
    var identity = identity(provider.issuer(), () -> Instant.now().plusSeconds(ahead[0]));
    var brief = provider.token("brief", Provider.AUDIENCE);

    ahead[0] = 50;
    assertThat(accepted(identity, brief).signedIn()).as("clocks differ").isTrue();
    ahead[0] = 62;
    assertThat(refused(identity, brief)).isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void a_token_for_another_audience_is_refused() throws Exception {
    var provider = Objects.requireNonNull(shared);

    assertThat(
            refused(
                identity(provider.issuer(), InstantSource.system()),
                provider.token("portal", "https://other.test")))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  @Test
  void a_token_of_another_issuer_is_refused() throws Exception {
    var ours = Objects.requireNonNull(shared);
    var other = provider();

    assertThat(
            refused(
                identity(ours.issuer(), InstantSource.system()),
                other.token("portal", Provider.AUDIENCE)))
        .isEqualTo(ErrorCode.UNAUTHENTICATED);
  }

  private static JWTClaimsSet.Builder claims(Provider provider) {
    return new JWTClaimsSet.Builder()
        .issuer(provider.issuer())
        .audience(Provider.AUDIENCE)
        .subject("portal")
        .claim("fairground_roles", List.of("operator@org-1"))
        .expirationTime(Date.from(Instant.now().plusSeconds(600)));
  }

  private static String signed(JWTClaimsSet claims, String keyId, RSAKey key) throws JOSEException {
    return signed(
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(),
        claims,
        new RSASSASigner(key));
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws JOSEException {
    var token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }

  @Test
  void forged_tokens_are_refused_however_they_are_signed() throws Exception {
    var provider = Objects.requireNonNull(shared);
    var identity = identity(provider.issuer(), InstantSource.system());
    var real = (RSAKey) JWKSet.parse(provider.keys()).getKeys().getFirst();
    var ours = new RSAKeyGenerator(2048).keyID(real.getKeyID()).generate();
    var claims = claims(provider).build();
    var good = provider.token("portal", Provider.AUDIENCE);
    var parts = good.split("\\.", -1);
    accepted(identity, good);

    var forged =
        List.of(
            signed(claims, real.getKeyID(), ours),
            // The key comes along in the header.
            signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .keyID(real.getKeyID())
                    .jwk(ours.toPublicJWK())
                    .jwkURL(java.net.URI.create("https://evil.test/keys"))
                    .build(),
                claims,
                new RSASSASigner(ours)),
            // The public key as a shared secret.
            signed(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(real.getKeyID()).build(),
                claims,
                new MACSigner(real.toRSAPublicKey().getEncoded())),
            new PlainJWT(claims).serialize(),
            new PlainJWT(claims).serialize() + parts[2],
            // Another's claims under a good signature.
            parts[0] + '.' + new PlainJWT(claims).serialize().split("\\.", -1)[1] + '.' + parts[2],
            parts[0] + '.' + parts[1] + '.',
            "a.b.c",
            "..");

    for (var token : forged) {
      assertThat(refused(identity, token)).as(token).isEqualTo(ErrorCode.UNAUTHENTICATED);
    }
  }

  @Test
  void a_claim_that_is_needed_and_missing_is_refused() throws Exception {
    var key = new RSAKeyGenerator(2048).keyID("k").generate();
    var settings = new OidcSettings("https://i.test", "us", OidcSettings.ROLES_CLAIM);
    var now = Instant.now();
    var whole =
        new JWTClaimsSet.Builder()
            .issuer("https://i.test")
            .audience("us")
            .subject("s")
            .expirationTime(Date.from(now.plusSeconds(60)))
            .build();
    assertThat(verifies(whole, key, settings, now)).isTrue();

    assertThat(
            verifies(
                new JWTClaimsSet.Builder(whole).expirationTime(null).build(), key, settings, now))
        .isFalse();
    assertThat(verifies(new JWTClaimsSet.Builder(whole).issuer(null).build(), key, settings, now))
        .isFalse();
    assertThat(
            verifies(
                new JWTClaimsSet.Builder(whole).audience((String) null).build(),
                key,
                settings,
                now))
        .isFalse();
    assertThat(verifies(new JWTClaimsSet.Builder(whole).subject(null).build(), key, settings, now))
        .isFalse();
    assertThat(
            verifies(
                new JWTClaimsSet.Builder(whole)
                    .notBeforeTime(Date.from(now.plusSeconds(62)))
                    .build(),
                key,
                settings,
                now))
        .isFalse();
  }

  private static boolean verifies(
      JWTClaimsSet claims, RSAKey key, OidcSettings settings, Instant now) throws JOSEException {
    try {
      OidcToken.read(signed(claims, "k", key)).verify(List.of(key.toPublicJWK()), settings, now);
      return true;
    } catch (BadCredential bad) {
      return false;
    }
  }

  @Test
  void while_the_issuer_is_away_its_tokens_are_503_and_then_they_are_accepted() throws Exception {
    var provider = provider();
    var token = provider.token("portal", Provider.AUDIENCE);
    var away = identity("http://127.0.0.1:1", InstantSource.system());

    assertThat(refused(away, token)).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(refused(away, token)).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
    assertThat(refused(away, "nonsense")).isEqualTo(ErrorCode.UNAUTHENTICATED);

    var identity = identity(provider.issuer(), InstantSource.system());
    accepted(identity, token);
    provider.close();
    assertThat(accepted(identity, token).signedIn()).as("its keys are known").isTrue();
  }
}
