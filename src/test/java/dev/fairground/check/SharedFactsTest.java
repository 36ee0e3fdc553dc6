package dev.fairground.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.check.SharedFacts.OnDay;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedFactsTest {
  private static final OnDay DELIVERED = new OnDay(SomeFacts.OPERATOR, SomeFacts.day("2026-01-10"));
  private static final OnDay REDEVELOPED =
      new OnDay(SomeFacts.OPERATOR, SomeFacts.day("2026-06-15"));

  private static SharedFacts.Shared shared(Map<OnDay, List<Related>> related) {
    return new SharedFacts.Shared(Map.of(), Map.of(), Map.of(), related);
  }

  @Test
  void a_direct_link_of_one_day_and_a_far_control_of_another_are_not_direct_control() {
    var officers = new Related(SomeFacts.DEVELOPER, true, false, List.of("aff_1"));
    var cousin = new Related(SomeFacts.DEVELOPER, false, true, List.of("aff_2", "aff_3"));
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
