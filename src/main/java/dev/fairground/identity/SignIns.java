package dev.fairground.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairground.kernel.Viewer;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who was found behind which credential, for some seconds, by the credential's digest. Those who
 * come with the same one at the same time wait for one look-up.
 */
final class SignIns {
  private static final int MOST = 10_000;

  /**
   * @param tokenId null for who signed in by OpenID Connect
   * @param until from then on the credential is not accepted
   */
  record Known(Viewer viewer, @Nullable UUID tokenId, Instant until) {}

  private record Entry(@Nullable UUID tokenId, Future<Known> known) {
    boolean holds(Instant now) {
      return known.succeeded() && known.result().until().isAfter(now);
    }
  }

  private final Cache<String, Entry> entries;

  SignIns(Duration kept) {
    entries =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(kept)
            .executor(Runnable::run)
            .build();
  }

  /** Whom the credential was found to be; null if it has to be looked up. */
  @Nullable Known find(String digest, Instant now) {
    var entry = entries.getIfPresent(digest);
    return entry != null && entry.holds(now) ? entry.known.result() : null;
  }

  /** Looks up, or waits for who is doing so or just did; what fails is not remembered. */
  Future<Known> lookUp(
      String digest, @Nullable UUID tokenId, Instant now, Supplier<Future<Known>> look) {
    var entry =
        Objects.requireNonNull(
            entries
                .asMap()
                .compute(
                    digest,
                    (key, other) ->
                        other != null && (!other.known.isComplete() || other.holds(now))
                            ? other
                            : new Entry(tokenId, look.get())));
    return entry.known.onFailure(failure -> entries.asMap().remove(digest, entry));
  }

  /** The token has ended: whoever comes with it is looked up again. */
  void forget(UUID tokenId) {
    entries.asMap().values().removeIf(entry -> tokenId.equals(entry.tokenId));
  }

  void forgetAll() {
    entries.invalidateAll();
  }
}
