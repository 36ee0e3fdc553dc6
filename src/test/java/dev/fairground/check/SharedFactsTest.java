package dev.fairground.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.check.SharedFacts.OnDay;
import dev.fairground.fairaccess.Related;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SharedFactsTest {
  private static final UUID OPERATOR = new UUID(0, 1);
  private static final UUID DEVELOPER = new UUID(0, 4);
  private static final OnDay DELIVERED = new OnDay(OPERATOR, LocalDate.of(2026, 1, 10));
  private static final OnDay REDEVELOPED = new OnDay(OPERATOR, LocalDate.of(2026, 6, 15));

  private static SharedFacts.Shared shared(Map<OnDay, List<Related>> related) {
    return new SharedFacts.Shared(Map.of(), Map.of(), Map.of(), related);
  }

  @Test
  void a_direct_link_of_one_day_and_a_far_control_of_another_are_not_direct_control() {
    var officers = new Related(DEVELOPER, true, false, List.of("aff_1"));
    var cousin = new Related(DEVELOPER, false, true, List.of("aff_2", "aff_3"));
    var days = List.of(DELIVERED, REDEVELOPED);

    assertThat(
            shared(Map.of(DELIVERED, List.of(officers), REDEVELOPED, List.of(cousin)))
                .relatedOn(days))
        .containsExactly(officers, cousin);
    assertThat(
            shared(Map.of(DELIVERED, List.of(officers), REDEVELOPED, List.of(officers)))
                .relatedOn(days))
        .containsExactly(officers);
  }

  @Test
  void links_of_a_day_that_nobody_declared_are_not_known() {
    assertThat(shared(Map.of(DELIVERED, List.of())).relatedOn(List.of(DELIVERED, REDEVELOPED)))
        .isNull();
  }
}
