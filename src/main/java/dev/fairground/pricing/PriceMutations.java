package dev.fairground.pricing;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.PageRequest;
import dev.fairground.mutation.MutationResolver;
import dev.fairground.sql.Database;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The mutations of prices and ceilings, and what they answer. */
final class PriceMutations {
  private static final int MOST_CHANGES = 200;

  private final Database database;
  private final CatalogResolver catalog;
  private final Loader<UUID, Loader.None, Tariff> tariffs;
  private final Loader<UUID, Loader.None, PriceCeiling> ceilings;

  PriceMutations(
      Database database,
      CatalogResolver catalog,
      Loader<UUID, Loader.None, Tariff> tariffs,
      Loader<UUID, Loader.None, PriceCeiling> ceilings) {
    this.database = database;
    this.catalog = catalog;
    this.tariffs = tariffs;
    this.ceilings = ceilings;
  }

  void wire(Wiring wiring) {
    wiring
        .type(PricePlanPayload.class)
        .loaded("product", catalog.products(), PricePlanPayload::productId)
        .computed("changes", payload -> payload.changes().stream().limit(MOST_CHANGES).toList());
    wiring.type(TariffChange.class).loaded("tariff", tariffs, TariffChange::tariffId);
    wiring
        .type(PriceCeilingPayload.class)
        .loaded("priceCeiling", ceilings, PriceCeilingPayload::ceilingId)
        .loaded("replaced", ceilings, PriceCeilingPayload::replacedId)
        .computed("tariffsNowAboveCount", payload -> payload.above().size())
        .computed("tariffsNowAbove", (payload, arguments) -> part(payload.above(), arguments))
        .computed("tariffsNowWithoutCeilingCount", payload -> payload.without().size())
        .computed(
            "tariffsNowWithoutCeiling", (payload, arguments) -> part(payload.without(), arguments));
    wiring
        .type(PriceFinding.class)
        .computed("excess", PriceFinding::excess)
        .loaded("tariff", tariffs, PriceFinding::tariffId)
        .loaded("priceCeiling", ceilings, PriceFinding::ceilingId);
    MutationResolver.error(wiring, PriceStepsError.class);
    wiring
        .type(PriceOverlapError.class)
        .computed("code", PriceOverlapError::code)
        .loaded(
            "overlapping", wiring.anyNode("overlappingOfPrices"), PriceOverlapError::overlapping);
    var tariffDesk = new TariffDesk(database);
    var ceilingDesk = new CeilingDesk(database);
    wiring
        .mutation()
        .mutated("tariffSet", new TariffSet(database, tariffDesk)::run)
        .mutated("tariffEnd", new TariffEnd(database, tariffDesk)::run)
        .mutated("priceCeilingSet", new PriceCeilingSet(database, ceilingDesk)::run)
        .mutated("priceCeilingEnd", new PriceCeilingEnd(database, ceilingDesk)::run);
  }

  private static List<PriceFinding> part(List<PriceFinding> findings, Arguments arguments) {
    var first = orElse(arguments.integer("first"), PageRequest.DEFAULT_SIZE);
    var offset = orElse(arguments.integer("offset"), 0);
    if (first < 0 || first > 100) {
      throw arguments.bad("first", "must be between 0 and 100");
    }
    if (offset < 0) {
      throw arguments.bad("offset", "must not be negative");
    }
    return findings.stream().skip(offset).limit(first).toList();
  }

  private static int orElse(@Nullable Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }
}
