package dev.fairground.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times, from which quantiles are read; safe for many threads. */
final class Latencies {
  private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());

  void add(long time) {
    nanos.add(time);
  }

  int count() {
    return nanos.size();
  }

  /** In milliseconds; 0 where there is none. */
  double millis(double quantile) {
    var sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted.length == 0
        ? 0
        : sorted[(int) Math.min(sorted.length - 1, sorted.length * quantile)] / 1e6;
  }
}
