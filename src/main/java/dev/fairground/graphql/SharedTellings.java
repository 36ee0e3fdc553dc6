package dev.fairground.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was told to one subscriber, for others who asked the same and may read the same: a thousand
 * subscribers of one portal cost one execution for each event.
 */
final class SharedTellings {
  private static final long MOST_BYTES = 16_000_000;
  private static final int OVERHEAD = 500;
  private static final Duration KEPT = Duration.ofSeconds(10);

  private final Cache<Key, Future<Buffer>> known =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher(
              (Key key, Future<Buffer> body) ->
                  OVERHEAD + (body.succeeded() ? body.result().length() : 0))
          .expireAfterWrite(KEPT)
          .executor(Runnable::run)
          .build();

  /**
   * What makes two answers the same.
   *
   * @param reader whoever may read the same
   * @param variables those that are used below the root field
   * @param happening the feed's key of what is told
   */
  record Key(
      Object reader,
      String document,
      @Nullable String operation,
      Map<String, Object> variables,
      List<String> languages,
      Object happening) {}

  @Nullable Future<Buffer> find(Key key) {
    return known.getIfPresent(key);
  }

  /** The answer that is known or being made, else the one that {@code making} makes. */
  Future<Buffer> get(Key key, Supplier<Future<Buffer>> making) {
    Promise<Buffer> made = Promise.promise();
    var first = known.asMap().putIfAbsent(key, made.future());
    if (first != null) {
      return first;
    }
    making
        .get()
        .onComplete(
            body -> {
              made.complete(body);
              // Put again, with the weight that it has now.
              known.put(key, made.future());
            },
            failure -> {
              known.invalidate(key);
              made.fail(failure);
            });
    return made.future();
  }
}
