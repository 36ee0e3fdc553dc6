package dev.fairground.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairground.graphql.Answer;
import dev.fairground.graphql.RateLimit;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers that every anonymous caller may share, for a moment and only while the catalogue is as it
 * was: an entry is given out if the catalogue's version is still the one read before the answer was
 * made, the entry is younger than the time to live, and the answer's own end has not come.
 */
final class AnswerCache {
  private final long timeToLiveNanos;
  private final LongSupplier catalogueVersion;
  private final Cache<Key, Entry> entries;

  AnswerCache(long bytes, long timeToLiveMillis, LongSupplier catalogueVersion) {
    this.timeToLiveNanos = timeToLiveMillis * 1_000_000;
    this.catalogueVersion = catalogueVersion;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(timeToLiveMillis == 0 ? 0 : bytes)
            .weigher((Key key, Entry entry) -> 500 + entry.bytes)
            .expireAfterWrite(Duration.ofMillis(Math.max(1, timeToLiveMillis)))
            .executor(Runnable::run)
            .build();
  }

  /** All that an answer depends on. */
  record Key(
      String query,
      @Nullable String operationName,
      Map<String, Object> variables,
      List<String> languages) {}

  /** An answer that is shared; {@code bytes} is about what it and its key take. */
  record Entry(
      Buffer body,
      String tag,
      int requestedCost,
      long version,
      long madeAt,
      long endMillis,
      int bytes) {}

  /** To be read before the work begins, so that a change during the work spoils its answer. */
  long version() {
    return catalogueVersion.getAsLong();
  }

  @Nullable Entry find(Key key) {
    if (timeToLiveNanos == 0) {
      return null;
    }
    Entry entry = entries.getIfPresent(key);
    return entry != null
            && entry.version == version()
            && System.nanoTime() - entry.madeAt < timeToLiveNanos
            && System.currentTimeMillis() < entry.endMillis
        ? entry
        : null;
  }

  /** Keeps an answer to a request of {@code requestBytes} bytes. */
  void keep(Key key, int requestBytes, Answer answer, String tag, long versionBefore) {
    if (timeToLiveNanos == 0 || versionBefore < 0) {
      return;
    }
    RateLimit limits = answer.limits();
    entries.put(
        key,
        new Entry(
            answer.body(),
            tag,
            limits == null ? 0 : limits.requestedCost(),
            versionBefore,
            System.nanoTime(),
            answer.shareUntilMillis(),
            answer.body().length() + 10 * requestBytes));
  }
}
