package dev.fairground.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.fairground.identity.SignIns.Known;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Rights.Membership;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** Tells who comes with an access token of the issuer. */
final class OidcSignIn {
  /** So long a token that was verified is not verified again, unless its key is dropped. */
  static final Duration KEPT = Duration.ofSeconds(60);

  private static final Duration BETWEEN_MISSES = Duration.ofMinutes(1);
  private static final int LONGEST_NAME = 200;

  private final Vertx vertx;
  private final InstantSource clock;
  private final OidcSettings settings;
  private final OidcKeys keys;
  private final OidcRoles roles;

  OidcSignIn(
      Vertx vertx,
      Database database,
      InstantSource clock,
      OidcSettings settings,
      Runnable keysDropped) {
    this.vertx = vertx;
    this.clock = clock;
    this.settings = settings;
    this.keys = new OidcKeys(vertx, settings, BETWEEN_MISSES, keysDropped);
    this.roles = new OidcRoles(database, settings.rolesClaim());
  }

  /** Whether it has the form of one: three parts, parted by points. */
  static boolean isOne(String credential) {
    return credential.chars().filter(c -> c == '.').count() == 2;
  }

  void start() {
    keys.start();
  }

  void close() {
    keys.close();
  }

  /**
   * Fails with {@link BadCredential} for a token that is not accepted, with {@link KeysUnavailable}
   * while that cannot be told.
   */
  Future<Known> lookUp(String credential) {
    OidcToken token;
    try {
      token = OidcToken.read(credential);
    } catch (BadCredential bad) {
      return Future.failedFuture(bad);
    }
    return keys.find(token.keyId())
        .compose(
            found ->
                vertx.executeBlocking(() -> token.verify(found, settings, clock.instant()), false))
        .compose(claims -> roles.find(claims).map(memberships -> known(claims, memberships)));
  }

  private Known known(JWTClaimsSet claims, List<Membership> memberships) {
    var subject = "oidc:" + settings.issuer() + '#' + claims.getSubject();
    return new Known(
        new Viewer(
            subject, new Viewer.Actor(subject, name(claims), null), Rights.of(memberships, null)),
        null,
        claims.getExpirationTime().toInstant().plus(OidcToken.SKEW));
  }

  /** The first of what issuers use to name people and services. */
  private static String name(JWTClaimsSet claims) {
    var name =
        Stream.of("name", "preferred_username", "client_id", "azp")
            .map(claims::getClaim)
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .filter(value -> !value.isBlank())
            .findFirst()
            .orElse(claims.getSubject())
            .replace("\0", "");
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
  }
}
