package dev.fairground.pricing;

import dev.fairground.graphql.Loader;
import dev.fairground.kernel.Period;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/** Which steps a caller may take with prices and ceilings. The public takes none. */
final class PriceActions {
  private PriceActions() {}

  /** Whether steps are told at all: they are taken with what is, by somebody who is known. */
  static boolean areTold(Reading reading) {
    return reading.viewer().signedIn() && reading.moment().isPresent();
  }

  /** Whether the last day can still be an earlier one. */
  static boolean canEnd(Period term, LocalDate today) {
    return term.endsOn() == null || term.endsOn().isAfter(today);
  }

  static Loader<Tariff, Loader.None, List<String>> ofTariffs() {
    return new Loader<>(
        "actionsOfTariffs",
        (reading, none, tariffs) -> {
          var actions = new HashMap<Tariff, List<String>>();
          for (var tariff : tariffs) {
            actions.put(
                tariff,
                areTold(reading)
                        && tariff.validTo() == null
                        && reading.viewer().may(Scope.PRICE_WRITE, tariff.operatorId())
                        && canEnd(tariff.term(), reading.moment().day())
                    ? List.of("END")
                    : List.of());
          }
          return Future.succeededFuture(actions);
        });
  }

  static Loader<PriceCeiling, Loader.None, List<String>> ofCeilings(
      PriceCeilingRepository ceilings) {
    return new Loader<>(
        "actionsOfCeilings",
        (reading, none, asked) -> {
          var actions = new HashMap<PriceCeiling, List<String>>();
          asked.forEach(ceiling -> actions.put(ceiling, List.of()));
          if (!areTold(reading) || !reading.viewer().rights().hold(Scope.CEILING_WRITE)) {
            return Future.succeededFuture(actions);
          }
          return ceilings
              .findInstitutions(
                  reading, asked.stream().map(PriceCeiling::authorizationId).distinct().toList())
              .map(
                  institutions -> {
                    for (var ceiling : asked) {
                      var institution = institutions.get(ceiling.authorizationId());
                      if (institution != null
                          && mayChange(
                              reading.viewer(), institution, ceiling, reading.moment().day())) {
                        actions.put(ceiling, List.of("REPLACE", "END"));
                      }
                    }
                    return actions;
                  });
        });
  }

  private static boolean mayChange(
      Viewer viewer, UUID institution, PriceCeiling ceiling, LocalDate today) {
    return viewer.may(Scope.CEILING_WRITE, institution) && canEnd(ceiling.term(), today);
  }
}
