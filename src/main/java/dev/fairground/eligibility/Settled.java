package dev.fairground.eligibility;

import dev.fairground.policy.ConditionRule;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * An ask with what it left open filled in. Pure.
 *
 * @param purposeClass that of the ask, of its scenario, or of the product
 * @param scenarioClass the class of the scenario; that of purpose where none is named
 */
record Settled(String purposeClass, String scenarioClass, LocalDate startsOn, LocalDate endsOn) {

  /**
   * A term that nobody said begins as soon as the product may be used, and is a year, or less where
   * the product or its access policy ends it: it stands against nobody.
   */
  static Settled of(Known known) {
    var ask = known.ask();
    var scenario = known.scenario();
    var purpose =
        ask.purposeClass() != null
            ? ask.purposeClass()
            : scenario != null ? scenario.purposeClass() : known.product().purposeClass();
    var starts = ask.startsOn() != null ? ask.startsOn() : begin(known);
    var ends = ask.endsOn() != null ? ask.endsOn() : end(known, starts);
    return new Settled(
        purpose,
        scenario == null ? purpose : scenario.purposeClass(),
        ask.startsOn() == null && ends.isBefore(starts) ? earlier(known.day(), ends) : starts,
        ends);
  }

  private static LocalDate begin(Known known) {
    var first = known.product().firstDay();
    return first == null || first.isBefore(known.day()) ? known.day() : first;
  }

  private static LocalDate end(Known known, LocalDate starts) {
    var end = earlier(starts.plusYears(1).minusDays(1), known.product().lastDay());
    for (var condition : known.policy().conditions()) {
      var months = condition.number();
      if (condition.rule() == ConditionRule.TERM_MONTHS_AT_MOST && months != null) {
        end = earlier(end, starts.plusMonths(months.intValue()).minusDays(1));
      }
    }
    return end.isBefore(starts) ? starts : end;
  }

  private static LocalDate earlier(LocalDate one, @Nullable LocalDate other) {
    return other != null && other.isBefore(one) ? other : one;
  }
}
