package dev.fairground.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** What is measured of operations and batches. */
class MetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry);

  @Test
  void an_operation_is_timed_by_its_name_its_way_and_what_came_of_it() {
    meters.operation("List", "plan", "OK", 2_000_000);
    meters.operation(null, "engine", "PARTIAL", 1);

    assertThat(
            registry
                .get("fairground.operation")
                .tags("operation", "List", "way", "plan", "outcome", "OK")
                .timer()
                .totalTime(java.util.concurrent.TimeUnit.MILLISECONDS))
        .isEqualTo(2);
    assertThat(
            registry
                .get("fairground.operation")
                .tags("operation", "anonymous", "outcome", "PARTIAL")
                .timer()
                .count())
        .isEqualTo(1);
  }

  @Test
  void names_that_callers_invent_do_not_become_labels_without_end() {
    for (int i = 0; i < 1_000; i++) {
      meters.operation("name" + i, "plan", "OK", 1);
    }

    assertThat(registry.find("fairground.operation").timers()).hasSizeLessThan(250);
    assertThat(registry.get("fairground.operation").tag("operation", "other").timer().count())
        .isEqualTo(800);
  }

  @Test
  void the_size_of_each_batch_is_measured_by_its_loader() {
    meters.batch("operators", 3);
    meters.batch("operators", 5);

    var sizes = registry.get("fairground.loader.batch").tag("loader", "operators").summary();
    assertThat(sizes.count()).isEqualTo(2);
    assertThat(sizes.totalAmount()).isEqualTo(8);
  }
}
