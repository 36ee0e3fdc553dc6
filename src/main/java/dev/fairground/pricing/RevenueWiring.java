package dev.fairground.pricing;

import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Scope;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Caps with what came in under them, for those who may know; and the mutations of both. */
final class RevenueWiring {
  private final Database database;
  private final PartyResolver party;
  private final RevenueReportRepository reports;
  private final Loader<UUID, Loader.None, RevenueCap> caps;

  RevenueWiring(
      Database database, PartyResolver party, Loader<UUID, Loader.None, RevenueCap> caps) {
    this.database = database;
    this.party = party;
    this.reports = new RevenueReportRepository(database);
    this.caps = caps;
  }

  /** What a cap tells of itself to one reader. */
  private record Told(@Nullable CapIncome income, List<String> actions) {}

  private Future<Map<RevenueCap, Told>> tell(
      Reading reading, Loader.None none, Collection<RevenueCap> asked) {
    return reports
        .findSums(reading, asked.stream().map(RevenueCap::id).distinct().toList())
        .map(
            found -> {
              var byId = new HashMap<UUID, RevenueReportRepository.Sums>();
              found.forEach(sums -> byId.put(sums.capId(), sums));
              var told = new HashMap<RevenueCap, Told>();
              for (var cap : asked) {
                var sums = byId.get(cap.id());
                told.put(
                    cap,
                    new Told(
                        sums == null ? null : sums.income(),
                        actions(reading, cap, sums != null && sums.mayChange())));
              }
              return told;
            });
  }

  private static List<String> actions(Reading reading, RevenueCap cap, boolean mayChange) {
    var actions = new ArrayList<String>();
    if (PriceActions.areTold(reading)) {
      if (mayChange) {
        actions.add("CHANGE");
      }
      if (reading.viewer().may(Scope.PRICE_WRITE, cap.operatorId())
          && !cap.term().startsOn().isAfter(reading.moment().day())) {
        actions.add("REPORT");
      }
    }
    return actions;
  }

  void wire(Wiring.TypeWiring<RevenueCap> cap, Wiring wiring) {
    var told = new Loader<>("incomeUnderCaps", this::tell);
    Loader<UUID, Loader.None, List<RevenueReport>> ofCaps =
        Loader.many("revenueReportsOfCaps", reports::findOfCaps, RevenueReport::capId);
    Loader<UUID, Loader.None, RevenueReport> byId =
        Loader.one("revenueReportsById", reports::findByIds, RevenueReport::id);
    cap.computed("computedAmount", RevenueCap::computedAmount)
        .computed("difference", RevenueCap::difference)
        .loadedThen("income", told, one -> one, part(CapIncome::income))
        .loadedThen("reportedTo", told, one -> one, part(CapIncome::reportedTo))
        .loadedThen("forecast", told, one -> one, part(CapIncome::forecast))
        .loadedThen("share", told, one -> one, part(CapIncome::share))
        .loadedThen("excess", told, one -> one, part(CapIncome::excess))
        .loadedThen("allowedActions", told, one -> one, Told::actions)
        .loaded("reports", ofCaps, RevenueCap::id);
    wiring
        .type(RevenueReport.class)
        .identified(PricingResolver.REPORT, RevenueReport::id, byId)
        .loaded("operator", party.byId(), RevenueReport::operatorId)
        .loaded("revenueCap", caps, RevenueReport::capId);
    wiring.type("RevenueReportCosts", RevenueReport.Costs.class);
    wiring.type(RevenueCapPayload.class).loaded("revenueCap", caps, RevenueCapPayload::capId);
    wiring
        .type(RevenueReportPayload.class)
        .loaded("revenueReport", byId, RevenueReportPayload::reportId)
        .loaded("revenueCap", caps, RevenueReportPayload::capId);
    wiring
        .mutation()
        .mutated("revenueCapSet", new RevenueCapSet(database)::run)
        .mutated("revenueReportSubmit", new RevenueReportSubmit(database)::run);
  }

  @SuppressWarnings("NullAway")
  private static Function<Told, Object> part(Function<CapIncome, @Nullable Object> of) {
    return told -> told.income() == null ? null : of.apply(told.income());
  }
}
