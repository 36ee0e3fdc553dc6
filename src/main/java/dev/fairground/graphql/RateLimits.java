package dev.fairground.graphql;

/**
 * A caller's bucket of cost points.
 *
 * <p>A full bucket holds more than the dearest single request. With a smaller one such a request
 * would be promised by the cost limit and refused by the bucket for ever, however long the caller
 * waits. So anonymous callers have a burst of 10,000 points for requests of at most 5,000, and get
 * 500 points a second back, which fills an empty bucket in 20 seconds.
 *
 * @param burst points in a full bucket
 * @param restorePerSecond points that come back each second
 */
public record RateLimits(int burst, int restorePerSecond) {
  public RateLimits {
    if (burst < 1 || restorePerSecond < 1) {
      throw new IllegalArgumentException("a bucket needs a burst and a rate of at least one point");
    }
  }

  static RateLimits read(Limits.Settings from) {
    return new RateLimits(
        from.number("FAIRGROUND_RATE_BURST", 10_000, 1, 100_000_000),
        from.number("FAIRGROUND_RATE_RESTORE_PER_SECOND", 500, 1, 100_000_000));
  }

  /** The limits of signed-in callers. */
  RateLimits tenfold() {
    return new RateLimits(10 * burst, 10 * restorePerSecond);
  }
}
