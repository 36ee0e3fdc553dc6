package dev.fairground.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock for trying out what days bring: that of the machine, and ahead of it by as much as
 * somebody moved it. It is only ever moved forwards, so that nothing lies in its future that was
 * written by it.
 */
public final class MovableClock implements InstantSource {
  private static final Instant LAST = Instant.parse("2199-01-01T00:00:00Z");

  private final InstantSource real;
  private volatile Duration ahead;

  /**
   * @param ahead by how much it was moved already; not negative
   */
  public MovableClock(InstantSource real, Duration ahead) {
    this.real = real;
    this.ahead = ahead;
  }

  @Override
  public Instant instant() {
    return real.instant().plus(ahead);
  }

  /** By how much it is ahead of the machine's. */
  public Duration ahead() {
    return ahead;
  }

  /**
   * Moves it.
   *
   * @throws IllegalArgumentException if that is not forwards, or beyond 2199
   */
  public synchronized void moveBy(Duration span) {
    if (!span.isPositive()) {
      throw new IllegalArgumentException(
          "the clock stands at " + instant() + " and is only moved forwards");
    }
    if (instant().plus(span).isAfter(LAST)) {
      throw new IllegalArgumentException("the clock is moved to " + LAST + " at most");
    }
    ahead = ahead.plus(span);
  }
}
