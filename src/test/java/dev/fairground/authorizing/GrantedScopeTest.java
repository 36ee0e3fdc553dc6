package dev.fairground.authorizing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GrantedScopeTest {
  private static final List<UUID> RESOURCES = List.of(new UUID(1, 1), new UUID(1, 2));
  private static final List<String> ITEMS = List.of("a", "b", "c");
  private static final List<UUID> SCENARIOS =
      List.of(new UUID(2, 1), new UUID(2, 2), new UUID(2, 3));

  private static GrantedScope random(Random random) {
    var resources = new TreeMap<UUID, SortedSet<String>>();
    for (var resource : RESOURCES) {
      if (random.nextBoolean()) {
        var items = new TreeSet<String>();
        ITEMS.stream().filter(item -> random.nextBoolean()).forEach(items::add);
        resources.put(resource, items);
      }
    }
    var scenarios = new TreeMap<UUID, Boolean>();
    for (var scenario : SCENARIOS) {
      if (random.nextInt(3) > 0) {
        scenarios.put(scenario, random.nextBoolean());
      }
    }
    return new GrantedScope(resources, scenarios);
  }

  /** Whether one use is allowed: an item of a resource in a scenario. */
  private static boolean uses(GrantedScope scope, UUID resource, String item, UUID scenario) {
    var items = scope.resources().get(resource);
    return items != null && (items.isEmpty() || items.contains(item)) && scope.allows(scenario);
  }

  /** Uses of every kind, of an item and of a scenario that nobody names as well. */
  private interface Use {
    boolean holds(UUID resource, String item, UUID scenario);
  }

  private static boolean some(Use use) {
    for (var resource : RESOURCES) {
      for (var item : List.of("a", "b", "c", "unnamed")) {
        for (var scenario :
            List.of(SCENARIOS.get(0), SCENARIOS.get(1), SCENARIOS.get(2), new UUID(2, 9))) {
          if (use.holds(resource, item, scenario)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  @Test
  void within_another_scope_every_use_is_allowed_by_it() {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      var one = random(random);
      var other = random(random);
      if (one.beyond(other).isEmpty()) {
        assertThat(some((r, n, s) -> uses(one, r, n, s) && !uses(other, r, n, s))).isFalse();
      } else if (!one.resources().isEmpty()) {
        // What is beyond in data or in scenarios may be hidden by the other being empty only.
        assertThat(
                some((r, n, s) -> uses(one, r, n, s) && !uses(other, r, n, s))
                    || SCENARIOS.stream().noneMatch(one::allows) && one.isClosed())
            .isTrue();
      }
    }
  }

  @Test
  void scopes_meet_where_a_use_is_allowed_by_both() {
    var random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      var one = random(random);
      var other = random(random);
      assertThat(one.meets(other))
          .isEqualTo(some((r, n, s) -> uses(one, r, n, s) && uses(other, r, n, s)));
      assertThat(other.meets(one)).isEqualTo(one.meets(other));
    }
  }

  @Test
  void what_goes_beyond_is_named_down_to_the_data_item() {
    var wide = GrantedScope.of(Map.of(RESOURCES.get(0), set("a")), Map.of(SCENARIOS.get(0), true));
    var one =
        GrantedScope.of(
            Map.of(RESOURCES.get(0), set("a", "b"), RESOURCES.get(1), set()),
            Map.of(SCENARIOS.get(0), true, SCENARIOS.get(1), true));

    assertThat(one.beyond(wide))
        .containsExactly(
            "res_00000000000000010000000000000001 b",
            "res_00000000000000010000000000000002",
            "sce_00000000000000020000000000000002");
    assertThat(GrantedScope.of(Map.of(), Map.of()).beyond(wide)).containsExactly("scenarios");
    assertThat(GrantedScope.of(one.json())).isEqualTo(one);
  }

  private static SortedSet<String> set(String... items) {
    return new TreeSet<>(List.of(items));
  }
}
