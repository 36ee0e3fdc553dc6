package dev.fairground.graphql;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.schema.GraphQLSchema;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The documents that callers send: each is checked once, on a thread of its own, and kept when it
 * passed. The same document sent by many at once is checked once.
 *
 * <p>A document is kept for the kind of caller it was checked for. A signed-in caller's large one
 * is not there for anonymous callers, whose limits it has not passed.
 */
public final class Documents implements AutoCloseable {
  private record Key(String hash, boolean signedIn) {}

  private final DocumentChecks checks;
  private final ThreadPoolExecutor workers;
  private final AsyncCache<Key, Prepared> cache;
  private final Limits limits;

  public Documents(GraphQLSchema schema, Limits limits) {
    this.limits = limits;
    this.checks = new DocumentChecks(schema, limits);
    this.workers =
        new ThreadPoolExecutor(
            limits.workers(),
            limits.workers(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(limits.queue()),
            Thread.ofPlatform().daemon().name("documents-", 0).factory());
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(limits.cacheBytes())
            .weigher((Key key, Prepared prepared) -> prepared.estimatedBytes())
            .executor(Runnable::run)
            .buildAsync();
  }

  /**
   * The document, checked; at once if it was checked before. Otherwise the future completes on the
   * caller's event loop, or fails with a {@link Refusal}.
   */
  public Future<Prepared> prepare(String text, boolean signedIn) {
    try {
      // Also what makes the text and its bytes, and so its hash, mean the same.
      SourceScan.checkCharacters(text, limits.documents(signedIn));
      var key = new Key(hash(text), signedIn);
      var prepared = cache.get(key, (missing, executor) -> submit(text, missing));
      return prepared.isDone() && !prepared.isCompletedExceptionally()
          ? Future.succeededFuture(prepared.join())
          : onThisLoop(prepared);
    } catch (Refusal refused) {
      return Future.failedFuture(refused);
    }
  }

  private CompletableFuture<Prepared> submit(String text, Key key) {
    var prepared = new CompletableFuture<Prepared>();
    try {
      workers.execute(
          () -> {
            try {
              prepared.complete(checks.prepare(text, key.hash(), key.signedIn()));
            } catch (RuntimeException | StackOverflowError failed) {
              prepared.completeExceptionally(failed);
            }
          });
    } catch (RejectedExecutionException full) {
      throw new Refusal(
          ErrorCode.OVERLOADED,
          "Too many new documents are being checked. Try again in a second.",
          List.of(),
          Map.of("retryAfterMillis", 1_000L));
    }
    return prepared;
  }

  private static Future<Prepared> onThisLoop(CompletableFuture<Prepared> prepared) {
    Promise<Prepared> promise = Promise.promise();
    var context = Vertx.currentContext();
    prepared.whenComplete(
        (value, failure) -> {
          if (context == null) {
            settle(promise, value, failure);
          } else {
            context.runOnContext(unused -> settle(promise, value, failure));
          }
        });
    return promise.future();
  }

  private static void settle(
      Promise<Prepared> promise, @Nullable Prepared value, @Nullable Throwable failure) {
    if (failure == null) {
      promise.complete(value);
    } else {
      var cause = failure instanceof CompletionException ? failure.getCause() : failure;
      promise.fail(cause == null ? failure : cause);
    }
  }

  /** SHA-256 of the text in UTF-8, in small hexadecimal digits. */
  static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Lets documents in hand finish; new ones are refused. */
  @Override
  public void close() {
    workers.shutdown();
  }
}
