package dev.fairground.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<Integer> begun = new ArrayList<>();
  private final List<Promise<Integer>> steps =
      IntStream.range(0, 5).mapToObj(i -> Promise.<Integer>promise()).toList();

  private Future<Integer> take(Turns turns, int step) {
    return turns.take(
        () -> {
          begun.add(step);
          return steps.get(step).future();
        });
  }

  @Test
  void no_more_than_so_many_run_at_once_and_the_others_follow_in_order() {
    var turns = new Turns(2);
    var taken = IntStream.range(0, 5).mapToObj(step -> take(turns, step)).toList();
    assertThat(begun).containsExactly(0, 1);

    steps.get(1).complete(1);
    assertThat(begun).containsExactly(0, 1, 2);
    steps.get(0).fail("broken");
    steps.get(2).complete(2);
    assertThat(begun).containsExactly(0, 1, 2, 3, 4);
    steps.get(3).complete(3);
    steps.get(4).complete(4);

    assertThat(taken.get(0).failed()).isTrue();
    assertThat(taken.subList(1, 5).stream().map(Future::result)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void a_step_that_cannot_begin_gives_its_turn_away() {
    var turns = new Turns(1);
    var broken =
        turns.<Integer>take(
            () -> {
              throw new IllegalStateException("no");
            });

    assertThat(broken.failed()).isTrue();
    take(turns, 0);
    assertThat(begun).containsExactly(0);
  }
}
