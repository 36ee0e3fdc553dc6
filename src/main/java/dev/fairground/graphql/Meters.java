package dev.fairground.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Measures operations and batches. Names that callers give to operations become labels for the
 * first {@value #MAX_NAMES} only, so that no caller can fill the memory of whoever collects them.
 */
final class Meters {
  private static final int MAX_NAMES = 200;

  private final MeterRegistry registry;
  private final Map<String, DistributionSummary> batches = new ConcurrentHashMap<>();
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final Cache<OperationKey, Timer> operations =
      Caffeine.newBuilder().maximumSize(10_000).build();

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  private record OperationKey(String name, String way, String outcome) {}

  /** A batch of {@code size} keys was sent for {@code loader}. */
  void batch(String loader, int size) {
    var known = batches.get(loader);
    if (known == null) {
      known =
          batches.computeIfAbsent(
              loader,
              name ->
                  DistributionSummary.builder("fairground.loader.batch")
                      .description("Keys in one batch of a loader.")
                      .tag("loader", name)
                      .register(registry));
    }
    known.record(size);
  }

  /**
   * An operation was answered.
   *
   * @param way how it was run: plan, engine, or none
   * @param outcome OK, PARTIAL, or the code of the refusal
   */
  void operation(@Nullable String name, String way, String outcome, long nanos) {
    var key = new OperationKey(label(name), way, outcome);
    operations
        .get(
            key,
            unseen ->
                Timer.builder("fairground.operation")
                    .description("Operations from the decoded request to the bytes of the answer.")
                    .tag("operation", unseen.name())
                    .tag("way", unseen.way())
                    .tag("outcome", unseen.outcome())
                    .register(registry))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private String label(@Nullable String name) {
    if (name == null) {
      return "anonymous";
    }
    var known = names.get(name);
    if (known != null) {
      return known;
    }
    if (names.size() >= MAX_NAMES) {
      return "other";
    }
    names.put(name, name);
    return name;
  }
}
