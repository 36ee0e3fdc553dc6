package dev.fairground.party;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.kernel.Period;
import dev.fairground.party.ControlCircle.Control;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ControlCircleTest {
  private static final UUID A = new UUID(0, 1);
  private static final UUID B = new UUID(0, 2);
  private static final UUID C = new UUID(0, 3);

  private static Control link(
      @Nullable UUID id, UUID from, UUID to, String start, @Nullable String end) {
    return new Control(
        id,
        from,
        to,
        new Period(LocalDate.parse(start), end == null ? null : LocalDate.parse(end)));
  }

  @Test
  void a_link_back_through_others_closes_a_circle() {
    var declared = link(null, C, A, "2025-01-01", null);
    var ab = link(new UUID(1, 1), A, B, "2024-01-01", null);
    var bc = link(new UUID(1, 2), B, C, "2025-06-01", null);

    assertThat(ControlCircle.of(declared, List.of(ab, bc)))
        .isEqualTo(
            new ControlCircle.Circle(LocalDate.parse("2025-06-01"), List.of(ab.id(), bc.id())));
  }

  @Test
  void links_that_never_hold_on_the_same_day_close_none() {
    var declared = link(null, C, A, "2025-01-01", "2025-12-31");
    var ab = link(new UUID(1, 1), A, B, "2024-01-01", "2025-03-31");
    var bc = link(new UUID(1, 2), B, C, "2025-04-01", null);

    assertThat(ControlCircle.of(declared, List.of(ab, bc))).isNull();
  }

  @Test
  void a_circle_among_others_is_not_closed_by_this_link() {
    var declared = link(null, C, A, "2025-01-01", null);
    var ab = link(new UUID(1, 1), A, B, "2024-01-01", null);
    var ba = link(new UUID(1, 2), B, A, "2024-01-01", null);

    assertThat(ControlCircle.of(declared, List.of(ab, ba))).isNull();
  }
}
