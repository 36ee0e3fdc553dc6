package dev.fairground.authorizing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EffectReasonsTest {
  private static Grant grant(String state, String reason) {
    return new Grant(
        new JsonObject().put("number", "G-1").put("state", state).put("state_reason", reason),
        GrantedScope.EMPTY,
        new TermRules.Limit(null, false),
        null);
  }

  private static AffectedProduct product(int n, String... words) {
    return new AffectedProduct(
        new UUID(0, 1), new UUID(1, n), "p-" + n, List.of(words), List.of(words));
  }

  @Test
  void products_that_fell_outside_in_the_same_way_have_one_reason() {
    var groups =
        EffectReasons.of(
            grant("ACTIVE", "smaller"),
            List.of(product(1, "rain"), product(2, "sun (a b)"), product(3, "rain")));

    assertThat(groups)
        .extracting(EffectReasons.Group::reason)
        .containsExactly(
            "Outside of authorization G-1: rain.", "Outside of authorization G-1: sun (a b).");
    assertThat(groups.getFirst().products()).containsExactly(new UUID(1, 1), new UUID(1, 3));
  }

  @Test
  void an_authorization_that_cannot_be_used_is_reason_enough() {
    assertThat(EffectReasons.of(grant("SUSPENDED", "an incident"), List.of(product(1))))
        .extracting(EffectReasons.Group::reason)
        .containsExactly("Authorization G-1 cannot be used: it is SUSPENDED (an incident).");
  }

  @Test
  void where_there_would_be_many_editions_one_reason_tells_all() {
    var products = new ArrayList<AffectedProduct>();
    for (int n = 0; n < 30; n++) {
      products.add(product(n, "item " + n));
    }
    var groups = EffectReasons.of(grant("ACTIVE", "smaller"), products);

    assertThat(groups).hasSize(1);
    assertThat(groups.getFirst().products()).hasSize(30);
    assertThat(groups.getFirst().reason()).contains("item 19; and 10 more.");
  }
}
