package dev.fairground.identity;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an issuer signs with, fetched from where its discovery document says. Fetched anew
 * every few minutes, and when a token names a key that is not among them, but then not more often
 * than once in a while. Keys that the issuer no longer publishes are dropped; while it is away
 * those that are known stay.
 */
final class OidcKeys {
  private static final Logger LOG = LoggerFactory.getLogger(OidcKeys.class);

  /** How often they are fetched anew. */
  private static final Duration BETWEEN_REFRESHES = Duration.ofMinutes(5);

  private static final Duration BETWEEN_RETRIES = Duration.ofSeconds(5);
  private static final int LEAST_RSA_BITS = 2_048;

  private final Vertx vertx;
  private final OidcSettings settings;
  private final JsonFetch fetch;
  private final Duration betweenMisses;
  private final Runnable changed;
  private volatile @Nullable List<JWK> keys;
  private volatile boolean away = true;
  private volatile boolean closed;
  private @Nullable Future<List<JWK>> running;
  private long missedAt;
  private long timer = -1;
  private boolean toldAway;

  /**
   * @param betweenMisses least time between two fetches for keys that are not known
   * @param changed runs when keys were dropped: what they signed may not be good any more
   */
  OidcKeys(Vertx vertx, OidcSettings settings, Duration betweenMisses, Runnable changed) {
    this.vertx = vertx;
    this.settings = settings;
    this.fetch = new JsonFetch(vertx);
    this.betweenMisses = betweenMisses;
    this.changed = changed;
    this.missedAt = System.nanoTime() - betweenMisses.toNanos();
  }

  void start() {
    if (!settings.isSecure()) {
      LOG.warn(
          "keys of {} are fetched over http: whoever can change what is on its way can forge tokens",
          settings.issuer());
    }
    refresh();
  }

  void close() {
    closed = true;
    vertx.cancelTimer(timer);
    fetch.close();
  }

  /**
   * Those that may have signed a token that names {@code id}; all for a token that names none.
   * Fails with {@link KeysUnavailable} if that cannot be told at the moment.
   */
  Future<List<JWK>> find(@Nullable String id) {
    var known = keys;
    if (known != null) {
      var named = named(known, id);
      if (!named.isEmpty()) {
        return Future.succeededFuture(named);
      }
    }
    if (!mayFetchForAMiss(known == null)) {
      return away
          ? Future.failedFuture(new KeysUnavailable("the issuer could not be asked"))
          : Future.succeededFuture(List.of());
    }
    return refresh().map(fetched -> named(fetched, id));
  }

  private static List<JWK> named(List<JWK> known, @Nullable String id) {
    return id == null ? known : known.stream().filter(key -> id.equals(key.getKeyID())).toList();
  }

  private synchronized boolean mayFetchForAMiss(boolean none) {
    if (running != null) {
      return true;
    }
    if (none && !toldAway) {
      return true;
    }
    var now = System.nanoTime();
    if (none || now - missedAt < betweenMisses.toNanos()) {
      return false;
    }
    missedAt = now;
    return true;
  }

  /** Fetches them; whoever asks meanwhile waits for the same answer. */
  synchronized Future<List<JWK>> refresh() {
    var other = running;
    if (other != null) {
      return other;
    }
    vertx.cancelTimer(timer);
    var fetching =
        fetch
            .get(settings.discovery())
            .compose(
                document -> {
                  if (!settings.issuer().equals(document.getString("issuer"))) {
                    throw new KeysUnavailable(
                        "its discovery document names another issuer: "
                            + document.getString("issuer"));
                  }
                  return fetch.get(
                      Objects.requireNonNull(
                          document.getString("jwks_uri"), "it names no jwks_uri"));
                })
            .map(set -> usable(set.encode()))
            .onComplete(this::arrived)
            .recover(
                failure ->
                    Future.failedFuture(new KeysUnavailable(String.valueOf(failure.getMessage()))));
    if (!fetching.isComplete()) {
      running = fetching;
    }
    return fetching;
  }

  private synchronized void arrived(io.vertx.core.AsyncResult<List<JWK>> answer) {
    running = null;
    if (closed) {
      return;
    }
    away = answer.failed();
    if (answer.failed()) {
      // Told once, and not every few seconds.
      if (!toldAway) {
        LOG.warn(
            "the keys of {} cannot be fetched, which is tried again: {}. {}",
            settings.issuer(),
            answer.cause().getMessage(),
            keys == null
                ? "Until then its tokens are answered with SERVICE_UNAVAILABLE."
                : "Those that are known go on to be used.");
      }
      toldAway = true;
      again(BETWEEN_RETRIES);
      return;
    }
    if (toldAway || keys == null) {
      LOG.info("{} keys of {} are known", answer.result().size(), settings.issuer());
    }
    toldAway = false;
    var before = keys;
    keys = answer.result();
    if (before != null && !answer.result().containsAll(before)) {
      changed.run();
    }
    again(BETWEEN_REFRESHES);
  }

  /** After a while of random length, so that many servers do not come at the same moment. */
  private void again(Duration after) {
    var millis = after.toMillis();
    timer =
        vertx.setTimer(
            ThreadLocalRandom.current().nextLong(millis / 2, millis + 1), now -> refresh());
  }

  /** Public keys for signatures, of kinds and lengths that are safe; a shared secret is no key. */
  private static List<JWK> usable(String set) {
    try {
      return JWKSet.parse(set).getKeys().stream()
          .filter(key -> key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
          .filter(
              key ->
                  key instanceof ECKey || key instanceof RSAKey rsa && rsa.size() >= LEAST_RSA_BITS)
          .map(JWK::toPublicJWK)
          .toList();
    } catch (ParseException broken) {
      throw new KeysUnavailable("what is at its jwks_uri is no set of keys");
    }
  }
}
