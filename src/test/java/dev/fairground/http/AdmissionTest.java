package dev.fairground.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.http.Admission.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is worked for, who waits, and who is sent away. */
class AdmissionTest {
  private final List<String> turns = new ArrayList<>();

  private static Admission of(int places, int waiting, int perCaller, int waitingPerCaller) {
    Map<String, Integer> set =
        new HashMap<>(
            Map.of(
                "FAIRGROUND_HTTP_IN_FLIGHT", places,
                "FAIRGROUND_HTTP_WAITING", waiting,
                "FAIRGROUND_HTTP_IN_FLIGHT_PER_CALLER", perCaller,
                "FAIRGROUND_HTTP_WAITING_PER_CALLER", waitingPerCaller));
    return new Admission(
        HttpLimits.read((name, standard, least, most) -> set.getOrDefault(name, standard)));
  }

  private Admission.Ticket enter(Admission admission, String caller) {
    return admission.enter(caller, () -> turns.add(caller));
  }

  @Test
  void the_numbers_are_those_that_were_promised() {
    var limits = HttpLimits.standard();

    assertThat(limits.inFlight()).isEqualTo(64);
    assertThat(limits.waiting()).isEqualTo(128);
    assertThat(limits.waitMillis()).isEqualTo(200);
    assertThat(limits.inFlightPerCaller()).isEqualTo(8);
    assertThat(limits.headerBytes()).isEqualTo(16_384);
    assertThat(limits.requestLineBytes()).isEqualTo(8_192);
    assertThat(limits.bodyBytes()).isEqualTo(262_144);
    assertThat(limits.jsonNesting()).isEqualTo(50);
    assertThat(limits.jsonNumberLength()).isEqualTo(100);
    assertThat(limits.headerMillis()).isEqualTo(10_000);
    assertThat(limits.requestMillis()).isEqualTo(15_000);
    assertThat(limits.idleSeconds()).isEqualTo(30);
    assertThat(limits.handlingMillis()).isEqualTo(10_000);
    assertThat(limits.connectionsPerAddress()).isEqualTo(100);
    assertThat(limits.drainSeconds()).isEqualTo(10);
    assertThat(limits.draftStatuses()).isZero();
  }

  @Test
  void beyond_the_places_a_request_waits_and_beyond_the_queue_it_is_refused() {
    var admission = of(2, 1, 2, 2);

    assertThat(enter(admission, "a").standing()).isEqualTo(Standing.ADMITTED);
    assertThat(enter(admission, "b").standing()).isEqualTo(Standing.ADMITTED);
    assertThat(enter(admission, "c").standing()).isEqualTo(Standing.WAITING);
    assertThat(enter(admission, "d").standing()).isEqualTo(Standing.FULL);
    assertThat(admission.inFlight()).isEqualTo(2);
    assertThat(admission.waiting()).isEqualTo(1);
  }

  @Test
  void one_caller_fills_its_own_places_and_nobody_else_s() {
    var admission = of(10, 10, 2, 1);

    assertThat(enter(admission, "busy").standing()).isEqualTo(Standing.ADMITTED);
    assertThat(enter(admission, "busy").standing()).isEqualTo(Standing.ADMITTED);
    var waiting = enter(admission, "busy");
    assertThat(waiting.standing()).isEqualTo(Standing.WAITING);
    assertThat(enter(admission, "busy").standing()).isEqualTo(Standing.CALLER_FULL);
    assertThat(enter(admission, "other").standing()).isEqualTo(Standing.ADMITTED);
    assertThat(waiting.giveUp()).isEqualTo(ErrorCode.RATE_LIMITED);
  }

  @Test
  void a_free_place_goes_to_the_caller_with_the_fewest_in_flight() {
    var admission = of(3, 10, 3, 5);
    var first = enter(admission, "busy");
    enter(admission, "busy");
    var other = enter(admission, "other");
    enter(admission, "busy");
    enter(admission, "third");
    enter(admission, "busy");

    first.leave();
    assertThat(turns).containsExactly("third");
    other.leave();
    assertThat(turns).containsExactly("third", "busy");
  }

  @Test
  void a_place_is_given_back_once_and_nobody_is_remembered() {
    var admission = of(1, 2, 1, 2);
    var one = enter(admission, "a");
    var two = enter(admission, "b");
    var three = enter(admission, "c");

    one.leave();
    one.leave();
    assertThat(admission.inFlight()).isEqualTo(1);
    assertThat(three.giveUp()).isEqualTo(ErrorCode.OVERLOADED);
    two.leave();
    assertThat(admission.inFlight()).isZero();
    assertThat(admission.waiting()).isZero();
    assertThat(admission.callers()).isZero();
  }

  @Test
  void overload_is_503_and_too_much_of_one_caller_429_each_with_the_time_to_come_back() {
    var slow = "{\"query\":\"{ slow(millis: 1500) }\"}";
    try (var full =
            new TestServer(Map.of("FAIRGROUND_HTTP_IN_FLIGHT", 1, "FAIRGROUND_HTTP_WAITING", 0));
        var narrow =
            new TestServer(
                Map.of(
                    "FAIRGROUND_HTTP_IN_FLIGHT_PER_CALLER", 1,
                    "FAIRGROUND_HTTP_WAITING_PER_CALLER", 1,
                    "FAIRGROUND_HTTP_WAIT_MILLIS", 100))) {
      for (var server : List.of(full, narrow)) {
        var work = CompletableFuture.supplyAsync(() -> server.post(slow));
        while (server.server.inFlight() == 0) {
          Thread.onSpinWait();
        }
        var refused = server.post("not even JSON");

        assertThat(refused.statusCode()).isEqualTo(server == full ? 503 : 429);
        assertThat(refused.body())
            .contains(server == full ? "\"code\":\"OVERLOADED\"" : "\"code\":\"RATE_LIMITED\"");
        assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
        assertThat(work.join().statusCode()).isEqualTo(200);
        assertThat(server.post("{\"query\":\"{ hello }\"}").statusCode()).isEqualTo(200);
      }
    }
  }
}
