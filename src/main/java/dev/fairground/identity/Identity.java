package dev.fairground.identity;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import dev.fairground.graphql.Troubles;
import dev.fairground.identity.SignIns.Known;
import dev.fairground.kernel.Viewer;
import dev.fairground.mutation.Housekeeping.Chore;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseUnavailable;
import dev.fairground.sql.StatementTimeout;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells who calls, from the {@code Authorization} header: by a token, or by an access token of the
 * OpenID Connect issuer that is set. May be used from any thread.
 */
public final class Identity {
  private static final Logger LOG = LoggerFactory.getLogger(Identity.class);
  private static final String NOT_ACCEPTED =
      "The credentials are not accepted. Send Authorization: Bearer with a token that is in force.";
  private static final String SCHEME = "bearer ";
  private static final int FLUSH_MILLIS = 1_000;

  private final Vertx vertx;
  private final InstantSource clock;
  private final SignIns tokens;
  private final SignIns issued = new SignIns(OidcSignIn.KEPT);
  private final SignInFailures failures;
  private final TokenNotes notes;
  private final ApiTokenSignIn byToken;
  private final @Nullable OidcSignIn byIssuer;
  private long flushing = -1;

  /**
   * @param oidc whose tokens are accepted; null for no issuer's
   */
  public Identity(
      Vertx vertx,
      Database database,
      InstantSource clock,
      IdentityLimits limits,
      @Nullable OidcSettings oidc) {
    this.vertx = vertx;
    this.clock = clock;
    tokens = new SignIns(Duration.ofMillis(limits.cacheMillis()));
    failures = new SignInFailures(limits.failures(), clock);
    notes = new TokenNotes(database, clock, limits);
    byToken = new ApiTokenSignIn(database, clock, notes);
    byIssuer =
        oidc == null ? null : new OidcSignIn(vertx, database, clock, oidc, issued::forgetAll);
  }

  /** Begins to write what is noted of tokens, and to fetch the issuer's keys. */
  public void start() {
    flushing = vertx.setPeriodic(FLUSH_MILLIS, now -> notes.flush());
    if (byIssuer != null) {
      byIssuer.start();
    }
  }

  /** Writes what was noted last. */
  public Future<Void> close() {
    if (flushing >= 0) {
      vertx.cancelTimer(flushing);
    }
    if (byIssuer != null) {
      byIssuer.close();
    }
    return notes.flush();
  }

  /** Hears what errors callers with tokens were answered with. */
  public Troubles troubles() {
    return notes;
  }

  /** What is kept of tokens for a time only. */
  public static Chore chore() {
    return TokenNotes.CHORE;
  }

  /** Writes what was noted, for who does not want to wait a second for it. */
  public Future<Void> flush() {
    return notes.flush();
  }

  /** A token has ended here: it is not accepted any more, from now on. */
  public void forget(UUID tokenId) {
    tokens.forget(tokenId);
  }

  /**
   * Who sends this header. Fails with a {@link Refusal}: {@code UNAUTHENTICATED} with one message
   * for all causes, {@code RATE_LIMITED} where too many from that address were wrong, {@code
   * SERVICE_UNAVAILABLE} where it cannot be told at the moment.
   */
  public Future<Viewer> viewer(String authorization, String address) {
    var credential = credential(authorization);
    var token = credential == null ? null : TokenText.read(credential);
    var digest = credential == null ? "" : TokenText.digest(credential);
    if (token != null) {
      return known(tokens, digest, address, token.id(), () -> byToken.lookUp(token));
    }
    if (credential != null && byIssuer != null && OidcSignIn.isOne(credential)) {
      return known(issued, digest, address, null, () -> byIssuer.lookUp(credential));
    }
    return checked(address, () -> Future.failedFuture(new BadCredential("no credential of ours")));
  }

  private static @Nullable String credential(String authorization) {
    if (authorization.length() <= SCHEME.length()
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    return authorization.substring(SCHEME.length()).strip();
  }

  private Future<Viewer> known(
      SignIns signIns,
      String digest,
      String address,
      @Nullable UUID tokenId,
      Supplier<Future<Known>> look) {
    var now = clock.instant();
    var known = signIns.find(digest, now);
    var found =
        known != null
            ? Future.succeededFuture(known)
            : signIns.lookUp(digest, tokenId, now, () -> checked(address, look));
    return found.map(
        caller -> {
          if (caller.tokenId() != null) {
            notes.used(caller.tokenId());
          }
          return caller.viewer();
        });
  }

  /** Looks something up, if this address may still err. */
  private <T> Future<T> checked(String address, Supplier<Future<T>> look) {
    try {
      failures.take(address);
    } catch (Refusal tooMany) {
      return Future.failedFuture(tooMany);
    }
    return look.get()
        .onSuccess(found -> failures.right(address))
        .recover(failure -> Future.failedFuture(told(failure, address)));
  }

  private Throwable told(Throwable failure, String address) {
    switch (failure) {
      case BadCredential bad -> {
        LOG.atDebug()
            .addKeyValue("address", address)
            .log("a credential was not accepted: {}", bad.getMessage());
        return new Refusal(ErrorCode.UNAUTHENTICATED, NOT_ACCEPTED);
      }
      case KeysUnavailable away -> {
        failures.right(address);
        return unavailable("The issuer of these credentials cannot be asked at the moment.");
      }
      case DatabaseUnavailable away -> {
        failures.right(address);
        return unavailable("The credentials cannot be looked up at the moment.");
      }
      case StatementTimeout slow -> {
        failures.right(address);
        return unavailable("The credentials cannot be looked up at the moment.");
      }
      default -> {
        return failure;
      }
    }
  }

  private static Refusal unavailable(String message) {
    return new Refusal(
        ErrorCode.SERVICE_UNAVAILABLE,
        message + " Try again in a few seconds.",
        List.of(),
        Map.of("retryAfterMillis", 2_000L));
  }
}
