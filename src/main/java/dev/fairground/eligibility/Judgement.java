package dev.fairground.eligibility;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import dev.fairground.kernel.Ids;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an ask comes to, by all that is known. Pure: the same facts, the same report. */
final class Judgement {
  private Judgement() {}

  static EligibilityReport of(Known known) {
    var settled = Settled.of(known);
    var ask = known.ask();
    var product = known.product();
    var policy = known.policy();
    var quoted =
        Quotes.of(
            new Quotes.Wanted(
                settled.purposeClass(),
                settled.startsOn(),
                settled.endsOn(),
                ask.unit(),
                ask.unitText(),
                ask.quantity()),
            known.items(),
            known.ceilings(),
            compared(known),
            policy.terms().number());
    var checks = new ArrayList<EligibilityCheck>();
    checks.addAll(OfferChecks.of(known, settled));
    checks.addAll(UseChecks.of(known, settled));
    checks.addAll(StandingChecks.of(known));
    checks.addAll(PolicyChecks.of(known, settled));
    checks.add(LinkCheck.of(known));
    checks.add(QuoteCheck.of(known, quoted));
    var days =
        policy.decisionDays() != null
            ? policy.decisionDays()
            : known.rules().number("accessDecisionWd");
    var due = days == null ? null : known.calendar().after(known.day(), days);
    return new EligibilityReport(
        ask,
        product.id(),
        product.globalId(),
        product.version(),
        product.operatorId(),
        product.grant().id(),
        product.grant().institutionId(),
        product.grant().jurisdictionCode(),
        known.day(),
        known.applicant().id(),
        settled.purposeClass(),
        settled.scenarioClass(),
        settled.startsOn(),
        settled.endsOn(),
        checks,
        quoted.quote(),
        due == null ? null : due.day(),
        days,
        due == null ? Set.of() : due.unknownYears(),
        PolicyChecks.documents(known),
        policy.version(),
        policy.id(),
        policy.terms().number(),
        validUntil(known, quoted.quote()));
  }

  /** Prices are compared with ceilings for the scenario that is asked for, or for all of them. */
  private static List<Scenario> compared(Known known) {
    var asked = known.scenario();
    if (asked == null) {
      return known.product().scenarios();
    }
    return List.of(
        new Scenario(
            Ids.write(AuthorizationResolver.SCENARIO, asked.id()),
            true,
            asked.purposeClass(),
            null));
  }

  /** The last day before something changes that is known to; null where nothing is. */
  private static @Nullable LocalDate validUntil(Known known, @Nullable Quote quote) {
    var changes = known.product().policyChangesOn();
    return Stream.of(
            quote == null ? null : quote.validUntil(),
            changes == null ? null : changes.minusDays(1),
            known.product().lastDay(),
            known.product().grant().newAccessUntil(),
            known.scenario() == null ? null : known.scenario().endsOn())
        .filter(day -> day != null && !day.isBefore(known.day()))
        .min(LocalDate::compareTo)
        .orElse(null);
  }
}
