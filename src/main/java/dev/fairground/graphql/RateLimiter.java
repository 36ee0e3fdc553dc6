package dev.fairground.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairground.kernel.Viewer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of cost points for each caller. A request takes its estimated points before it runs, and
 * gets back what it did not use.
 *
 * <p>A caller unknown here has a full bucket, so buckets are forgotten when they would be full
 * again, and the number kept is bounded. May be used from any thread.
 */
public final class RateLimiter {
  private record Key(String caller, boolean signedIn) {}

  private final Limits limits;
  private final LongSupplier nanoTime;
  private final Cache<Key, Bucket> buckets;

  /**
   * @param nanoTime a clock that only moves forward
   */
  public RateLimiter(Limits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(limits.callers())
            .expireAfterAccess(longestRefill(limits))
            .ticker(nanoTime::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /** Takes the points of one request, or refuses and says when they will be there. */
  public RateLimit charge(Viewer viewer, int points) {
    var bucket = bucket(viewer);
    var missing = bucket.take(points, nanoTime.getAsLong());
    var state = state(viewer, bucket, points);
    if (missing > 0) {
      throw refused(state, missing);
    }
    return state;
  }

  /**
   * Gives back what a request did not use.
   *
   * @param requested the points that were taken
   * @param actual the points that it used; more than were taken count as those
   */
  public RateLimit refund(Viewer viewer, int requested, int actual) {
    var bucket = bucket(viewer);
    bucket.give(Math.max(0, requested - Math.max(0, actual)), nanoTime.getAsLong());
    return state(viewer, bucket, requested);
  }

  private Bucket bucket(Viewer viewer) {
    return buckets.get(
        new Key(viewer.key(), viewer.signedIn()),
        key -> new Bucket(limits.rate(key.signedIn()), nanoTime.getAsLong()));
  }

  private RateLimit state(Viewer viewer, Bucket bucket, int requested) {
    var rate = limits.rate(viewer.signedIn());
    return new RateLimit(
        rate.burst(),
        bucket.left(nanoTime.getAsLong()),
        rate.restorePerSecond(),
        requested,
        limits.documents(viewer.signedIn()).cost());
  }

  private static Refusal refused(RateLimit state, double missing) {
    var millis = (long) Math.ceil(1_000 * missing / state.restorePerSecond());
    return new Refusal(
        ErrorCode.RATE_LIMITED,
        "The request may cost %d points and %d are left; %d come back each second. Try again in %d ms."
            .formatted(state.requestedCost(), state.remaining(), state.restorePerSecond(), millis),
        List.of(),
        Map.of(
            "retryAfterMillis", millis,
            "requested", state.requestedCost(),
            "remaining", state.remaining(),
            "limit", state.limit(),
            "restorePerSecond", state.restorePerSecond()));
  }

  private static Duration longestRefill(Limits limits) {
    var anonymous = limits.anonymousRate();
    var signedIn = limits.signedInRate();
    return Duration.ofSeconds(
        1
            + Math.max(
                anonymous.burst() / anonymous.restorePerSecond(),
                signedIn.burst() / signedIn.restorePerSecond()));
  }

  /** One caller's points; they come back as time passes. */
  private static final class Bucket {
    private final RateLimits rate;
    private double points;
    private long countedAt;

    Bucket(RateLimits rate, long now) {
      this.rate = rate;
      this.points = rate.burst();
      this.countedAt = now;
    }

    /** Takes all points or none; says how many are missing. */
    synchronized double take(int wanted, long now) {
      restore(now);
      if (wanted > points) {
        return wanted - points;
      }
      points -= wanted;
      return 0;
    }

    synchronized void give(int back, long now) {
      restore(now);
      points = Math.min(rate.burst(), points + back);
    }

    synchronized int left(long now) {
      restore(now);
      return (int) points;
    }

    private void restore(long now) {
      // Two threads may have read the clock in the other order than they come here.
      var nanos = Math.max(0, now - countedAt);
      points = Math.min(rate.burst(), points + nanos * 1e-9 * rate.restorePerSecond());
      countedAt += nanos;
    }
  }
}
