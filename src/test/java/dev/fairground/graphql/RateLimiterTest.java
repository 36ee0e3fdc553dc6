package dev.fairground.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Viewer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Each caller's bucket of cost points, with a clock that the test moves. */
class RateLimiterTest {
  private static final Viewer SOMEBODY = Viewer.anonymous("192.0.2.1");
  private static final Viewer OTHER = Viewer.anonymous("192.0.2.2");

  private final AtomicLong nanos = new AtomicLong();
  private final RateLimiter buckets = limiter(Map.of());

  private RateLimiter limiter(Map<String, Integer> set) {
    return new RateLimiter(
        Limits.read((name, standard, least, most) -> set.getOrDefault(name, standard)), nanos::get);
  }

  private void pass(int millis) {
    nanos.addAndGet(millis * 1_000_000L);
  }

  @Test
  void a_full_bucket_holds_ten_thousand_points_and_gets_five_hundred_back_each_second() {
    assertThat(buckets.charge(SOMEBODY, 5_000).remaining()).isEqualTo(5_000);
    assertThat(buckets.charge(SOMEBODY, 5_000).remaining()).isZero();
    pass(1_000);
    assertThat(buckets.refund(SOMEBODY, 0, 0).remaining()).isEqualTo(500);
    pass(60_000);
    assertThat(buckets.refund(SOMEBODY, 0, 0).remaining()).isEqualTo(10_000);
  }

  @Test
  void who_asks_too_much_is_told_when_to_come_back_and_loses_nothing() {
    buckets.charge(SOMEBODY, 9_900);

    assertThatThrownBy(() -> buckets.charge(SOMEBODY, 600))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
              assertThat(refusal.facts())
                  .containsEntry("retryAfterMillis", 1_000L)
                  .containsEntry("remaining", 100)
                  .containsEntry("limit", 10_000);
            });
    assertThat(buckets.charge(SOMEBODY, 100).remaining()).isZero();
    pass(1_200);
    assertThat(buckets.charge(SOMEBODY, 600).remaining()).isZero();
  }

  @Test
  void what_was_not_used_is_given_back_and_never_more() {
    buckets.charge(SOMEBODY, 1_000);
    assertThat(buckets.refund(SOMEBODY, 1_000, 10).remaining()).isEqualTo(9_990);
    assertThat(buckets.refund(SOMEBODY, 1_000, 0).remaining()).isEqualTo(10_000);
    buckets.charge(SOMEBODY, 1_000);
    assertThat(buckets.refund(SOMEBODY, 1_000, 5_000).remaining()).isEqualTo(9_000);
  }

  @Test
  void callers_have_buckets_of_their_own_and_signed_in_ones_tenfold() {
    buckets.charge(SOMEBODY, 5_000);

    assertThat(buckets.refund(OTHER, 0, 0).remaining()).isEqualTo(10_000);
    assertThat(
            buckets
                .refund(
                    new Viewer(
                        "192.0.2.1", new Viewer.Actor("someone", "Someone", null), Rights.NONE),
                    0,
                    0)
                .remaining())
        .isEqualTo(100_000);
  }

  @Test
  void the_buckets_are_those_that_were_set() {
    var set =
        limiter(
            Map.of(
                "FAIRGROUND_RATE_BURST", 6_000,
                "FAIRGROUND_RATE_RESTORE_PER_SECOND", 7,
                "FAIRGROUND_RATE_CALLERS", 1));

    assertThat(set.charge(SOMEBODY, 6_000).restorePerSecond()).isEqualTo(7);
    pass(1_000);
    assertThat(set.refund(SOMEBODY, 0, 0).remaining()).isEqualTo(7);
  }

  @Test
  void a_bucket_smaller_than_the_dearest_request_is_refused_at_the_start() {
    assertThatThrownBy(() -> limiter(Map.of("FAIRGROUND_RATE_BURST", 4_999)))
        .hasMessageContaining("FAIRGROUND_RATE_BURST");
    assertThatThrownBy(() -> limiter(Map.of("FAIRGROUND_PAGE_DEFAULT", 101)))
        .hasMessageContaining("FAIRGROUND_PAGE_DEFAULT");
  }
}
