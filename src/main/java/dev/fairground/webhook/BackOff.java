package dev.fairground.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a delivery that failed is tried again: soon at first, then less often, for a day. */
final class BackOff {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(4),
          Duration.ofHours(8));

  private BackOff() {}

  /**
   * The next try; null when it is given up.
   *
   * @param attempts how many there were, at least 1
   * @param begun when the first was due
   * @param random from 0 to 1: spreads tries that failed at the same moment
   */
  static @Nullable Instant next(int attempts, Instant begun, Instant now, double random) {
    var pause = PAUSES.get(Math.min(attempts, PAUSES.size()) - 1);
    var next = now.plus(Duration.ofMillis((long) (pause.toMillis() * (0.9 + 0.2 * random))));
    return next.isAfter(begun.plus(LONGEST)) ? null : next;
  }
}
