package dev.fairground.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Wrong credentials of each address: so many in a minute, and then none that has to be looked up.
 * One that is being looked up counts until it is found good, so that many at once are not more than
 * the bound. Credentials that are known are not asked about here: nobody can lock others out by
 * guessing from their address.
 */
final class SignInFailures {
  private static final int MOST_ADDRESSES = 100_000;
  private static final Duration WINDOW = Duration.ofMinutes(1);

  private final int most;
  private final InstantSource clock;
  private final Cache<String, Tries> tries =
      Caffeine.newBuilder()
          .maximumSize(MOST_ADDRESSES)
          .expireAfterAccess(WINDOW.multipliedBy(2))
          .executor(Runnable::run)
          .build();

  SignInFailures(int most, InstantSource clock) {
    this.most = most;
    this.clock = clock;
  }

  /**
   * Takes a try, which {@link #right} gives back.
   *
   * @throws Refusal of code {@code RATE_LIMITED} when there is none left
   */
  void take(String address) {
    var wait = tries.get(address, unseen -> new Tries(clock.millis())).take();
    if (wait > 0) {
      throw new Refusal(
          ErrorCode.RATE_LIMITED,
          "Too many credentials from this address were not accepted. Try again in %d s."
              .formatted(Math.ceilDiv(wait, 1_000L)),
          List.of(),
          Map.of("retryAfterMillis", wait));
    }
  }

  /** The credential was a good one, or could not be looked at. */
  void right(String address) {
    var known = tries.getIfPresent(address);
    if (known != null) {
      known.giveBack();
    }
  }

  /** Those of one address; they come back evenly. */
  private final class Tries {
    private double left = most;
    private long countedAt;

    Tries(long now) {
      countedAt = now;
    }

    /** How many milliseconds are missing; 0 if one was taken. */
    synchronized long take() {
      var now = clock.millis();
      var perMilli = most / (double) WINDOW.toMillis();
      left = Math.min(most, left + Math.max(0, now - countedAt) * perMilli);
      countedAt = Math.max(countedAt, now);
      if (left < 1) {
        return Math.max(1, (long) Math.ceil((1 - left) / perMilli));
      }
      left--;
      return 0;
    }

    synchronized void giveBack() {
      left = Math.min(most, left + 1);
    }
  }
}
