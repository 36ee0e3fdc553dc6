package dev.fairground.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The laws of when policies begin, held over published versions by chance. */
class PolicyScheduleTest {
  private static final int NOTICE = 7;
  private static final int HORIZON = 40;

  private final GeneratedPolicies generated = new GeneratedPolicies(20270302);

  /** All versions that were published, of a product whose basic policy held before. */
  private record History(List<AccessPolicy> versions) {
    AccessPolicy on(LocalDate day) {
      var found = BasicPolicy.of(GeneratedPolicies.OPERATOR, GeneratedPolicies.PRODUCT, day);
      for (var policy : versions) {
        if (!policy.effectiveOn().isAfter(day)) {
          found = policy;
        }
      }
      return found;
    }

    PolicySchedule at(LocalDate today) {
      return new PolicySchedule(
          today,
          on(today),
          versions.stream().filter(policy -> policy.effectiveOn().isAfter(today)).toList());
    }
  }

  @Test
  void a_schedule_knows_the_policies_of_all_days_from_today_on() {
    for (int run = 0; run < 400; run++) {
      var history = history(run);
      var today = GeneratedPolicies.TODAY.plusDays(20);
      for (int ahead = 0; ahead < HORIZON; ahead++) {
        var day = today.plusDays(ahead);
        assertThat(history.at(today).on(day).version()).isEqualTo(history.on(day).version());
      }
    }
  }

  /** Some versions, each on a later day of publication, with whatever day of beginning. */
  private History history(int size) {
    var history = new History(new ArrayList<>());
    for (int version = 1; version <= size % 7; version++) {
      history
          .versions()
          .add(
              generated.policy(
                  version, GeneratedPolicies.TODAY.plusDays(version * 3L + generated.below(25))));
    }
    return history;
  }

  @Test
  void no_day_that_is_over_changes_and_no_near_day_becomes_tighter() {
    var published = 0;
    for (int run = 0; run < 300; run++) {
      var history = new History(new ArrayList<>());
      var today = GeneratedPolicies.TODAY;
      for (int step = 1; step <= 6; step++) {
        today = today.plusDays(generated.below(6));
        var schedule = history.at(today);
        var wanted = today.plusDays(generated.below(15));
        var given = generated.mixed(schedule.on(wanted), generated.policy(step, wanted));
        var policy = at(given, step, wanted);
        var earliest = schedule.earliest(NOTICE, before -> PolicyChange.of(before, policy));
        assertThat(earliest).isBetween(today, today.plusDays(NOTICE));
        var chosen = generated.below(2) == 0 ? earliest : wanted;
        if (chosen.isBefore(earliest)) {
          continue;
        }
        published++;
        var before = days(history, today);
        history.versions().add(at(given, history.versions().size() + 1, chosen));
        var after = days(history, today);
        for (var entry : before.entrySet()) {
          var day = entry.getKey();
          var was = entry.getValue();
          var is = requireNonNull(after.get(day));
          if (day.isBefore(today)) {
            assertThat(is.version()).isEqualTo(was.version());
          } else if (day.isBefore(today.plusDays(NOTICE)) && is.version() != was.version()) {
            assertThat(PolicyChange.of(was, is).isTighter()).as("%s on %s", is, day).isFalse();
          }
        }
      }
    }
    assertThat(published).isGreaterThan(1_000);
  }

  @Test
  void the_earliest_day_is_the_earliest() {
    for (int run = 0; run < 300; run++) {
      var history = history(run);
      var today = GeneratedPolicies.TODAY.plusDays(15);
      var schedule = history.at(today);
      var policy = at(generated.policy(9, today), 9, today);
      var earliest = schedule.earliest(NOTICE, before -> PolicyChange.of(before, policy));
      if (earliest.isAfter(today)) {
        assertThat(PolicyChange.of(schedule.on(earliest.minusDays(1)), policy).isTighter())
            .isTrue();
      }
    }
  }

  @Test
  void what_was_replaced_does_not_begin() {
    var today = GeneratedPolicies.TODAY;
    var schedule =
        new History(
                List.of(
                    at(generated.policy(1, today), 1, today.plusDays(10)),
                    at(generated.policy(2, today), 2, today.plusDays(20)),
                    at(generated.policy(3, today), 3, today.plusDays(15))))
            .at(today);

    assertThat(schedule.after(today)).extracting(AccessPolicy::version).containsExactly(1, 3);
    assertThat(schedule.on(today.plusDays(30)).version()).isEqualTo(3);
  }

  private static Map<LocalDate, AccessPolicy> days(History history, LocalDate today) {
    var days = new HashMap<LocalDate, AccessPolicy>();
    for (int ahead = -10; ahead < HORIZON; ahead++) {
      days.put(today.plusDays(ahead), history.on(today.plusDays(ahead)));
    }
    return days;
  }

  private static AccessPolicy at(AccessPolicy policy, int version, LocalDate effectiveOn) {
    return new AccessPolicy(
        policy.operatorId(),
        policy.productId(),
        version,
        policy.id(),
        null,
        effectiveOn,
        policy.decisionDays(),
        policy.conditions(),
        policy.reasons(),
        policy.differenceFactors(),
        policy.terms(),
        policy.minimumQuantity(),
        null,
        policy.deposit(),
        policy.depositCurrency(),
        null,
        policy.paymentDays());
  }
}
