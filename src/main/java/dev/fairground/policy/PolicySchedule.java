package dev.fairground.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Which policy of a product holds on which day from today on, and when another may begin. Pure. The
 * laws:
 *
 * <ul>
 *   <li>Of a day the greatest version holds that has begun by then: what is published later
 *       replaces what was to begin on its day or after it.
 *   <li>A day that is over keeps its policy.
 *   <li>No day becomes tighter than it was known to be, from when it is nearer than the notice on:
 *       what is published is compared with the policy of every such day.
 * </ul>
 *
 * @param today the day of the change
 * @param now the policy that holds today
 * @param later what was published to begin later, by version
 */
record PolicySchedule(LocalDate today, AccessPolicy now, List<AccessPolicy> later) {
  PolicySchedule {
    later = List.copyOf(later);
  }

  /** The policy of a day from today on. */
  AccessPolicy on(LocalDate day) {
    var found = now;
    for (var policy : later) {
      if (policy.version() > found.version() && !policy.effectiveOn().isAfter(day)) {
        found = policy;
      }
    }
    return found;
  }

  /** What begins after a day, as known today; without what was replaced meanwhile. */
  List<AccessPolicy> after(LocalDate day) {
    return later.stream()
        .filter(policy -> policy.effectiveOn().isAfter(day))
        .filter(policy -> on(policy.effectiveOn()).equals(policy))
        .toList();
  }

  /**
   * The first day on which a policy may begin: behind the last one, within the notice, that it
   * would make tighter.
   *
   * @param noticeDays how many days a tightening is shown before it begins
   * @param change what the policy would change in another
   */
  LocalDate earliest(int noticeDays, Function<AccessPolicy, PolicyChange> change) {
    for (int ahead = noticeDays - 1; ahead >= 0; ahead--) {
      var day = today.plusDays(ahead);
      if (change.apply(on(day)).isTighter()) {
        return day.plusDays(1);
      }
    }
    return today;
  }

  /** The same with one more version. */
  PolicySchedule with(AccessPolicy policy) {
    var more = new ArrayList<>(later);
    more.add(policy);
    return new PolicySchedule(today, now, more);
  }
}
