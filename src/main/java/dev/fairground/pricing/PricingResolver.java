package dev.fairground.pricing;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationGrant;
import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.Product;
import dev.fairground.catalog.ServiceCapability;
import dev.fairground.clock.ClockResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Page;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Binds {@code schema/pricing.graphqls}. */
public final class PricingResolver implements Feature {
  /** The prefixes of ids. */
  public static final String TARIFF = "tar";

  static final String CEILING = "pc";
  static final String CAP = "rc";
  static final String REPORT = "rr";
  static final String BUNDLE = "pb";

  private final PartyResolver party;
  private final AuthorizationResolver authorizations;
  private final CatalogResolver catalog;
  private final ClockResolver clocks;
  private final Listing<Tariff> history;
  private final Listing<PriceCeiling> ceilings;
  private final Listing<RevenueCap> caps;
  private final Loader<UUID, Loader.None, Tariff> tariffById;
  private final Loader<UUID, Optional<LocalDate>, List<Tariff>> onDay;
  private final Loader<Tariff.Version, Loader.None, List<PriceTier>> tiersOfTariffs;
  private final Loader<Tariff.Version, Loader.None, List<PriceTier>> tiersOfCeilings;
  private final Loader<UUID, Loader.None, PriceCeiling> ceilingById;
  private final Loader<Tariff.Charge, Loader.None, PriceCeiling> ceilingOfCharge;
  private final Loader<Tariff.Version, Loader.None, List<UnitConversion>> conversions;
  private final Loader<PriceCeiling, Loader.None, List<String>> actionsOfCeilings;
  private final Loader<Tariff, Optional<LocalDate>, List<EffectiveCeiling>> effective;
  private final Loader<UUID, Loader.None, PricePlan> plans;
  private final Loader<UUID, Loader.None, RevenueCap> capById;
  private final PriceMutations mutations;
  private final RevenueWiring revenue;
  private final BundleWiring bundles;

  public PricingResolver(
      Database database,
      PartyResolver party,
      AuthorizationResolver authorizations,
      CatalogResolver catalog,
      ClockResolver clocks) {
    this.party = party;
    this.authorizations = authorizations;
    this.catalog = catalog;
    this.clocks = clocks;
    var tariffs = new TariffRepository(database);
    var ceilingRepository = new PriceCeilingRepository(database);
    var capRepository = new RevenueCapRepository(database);
    tariffById = Loader.one("tariffsById", tariffs::findByIds, Tariff::id);
    onDay =
        Loader.many(
            "tariffsOfProducts",
            (reading, on, products) ->
                tariffs.findOnDay(reading, on.orElse(reading.moment().day()), products),
            Tariff::productId);
    tiersOfTariffs = Loader.many("tiersOfTariffs", tariffs::findTiers, PriceTier::of);
    tiersOfCeilings = Loader.many("tiersOfCeilings", ceilingRepository::findTiers, PriceTier::of);
    ceilingById = Loader.one("priceCeilingsById", ceilingRepository::findByIds, PriceCeiling::id);
    ceilingOfCharge =
        new Loader<>(
            "ceilingsOfTariffs",
            (reading, none, charges) -> ceilingRepository.findOfCharges(reading, charges));
    conversions =
        Loader.many(
            "conversionsOfCeilings", ceilingRepository::findConversions, UnitConversion::of);
    actionsOfCeilings = PriceActions.ofCeilings(ceilingRepository);
    effective = new EffectiveCeilings(database).loader();
    plans = Loader.one("pricePlansOfProducts", tariffs::findPlans, PricePlan::productId);
    mutations = new PriceMutations(database, catalog, tariffById, ceilingById);
    capById = Loader.one("revenueCapsById", capRepository::findByIds, RevenueCap::id);
    revenue = new RevenueWiring(database, party, capById);
    bundles = new BundleWiring(database, party, catalog);
    history =
        new Listing<>(
            database,
            TariffRepository.HISTORY,
            (arguments, moment) ->
                Clause.of("t.valid_from <= ?", moment.at().atOffset(ZoneOffset.UTC)),
            arguments ->
                List.of(
                    Key.instant("t.valid_from", true, Tariff::validFrom),
                    Key.id("t.id", true, Tariff::id),
                    Key.integer("t.version", true, Tariff::version)));
    ceilings =
        new Listing<>(
            database,
            PriceCeilingRepository.LIST,
            (arguments, moment) -> PricingFilters.ceiling(arguments.input("filter")),
            arguments ->
                List.of(
                    Key.date("c.effective_on", true, ceiling -> ceiling.term().startsOn()),
                    Key.id("c.id", true, PriceCeiling::id)));
    caps =
        new Listing<>(
            database,
            RevenueCapRepository.LIST,
            (arguments, moment) -> PricingFilters.cap(arguments.input("filter")),
            arguments ->
                List.of(
                    Key.date("c.starts_on", true, cap -> cap.term().startsOn()),
                    Key.id("c.id", true, RevenueCap::id)));
  }

  @Override
  public void wire(Wiring wiring) {
    wiring
        .type(Tariff.class)
        .identified(TARIFF, Tariff::id, tariffById)
        .loaded("product", catalog.products(), Tariff::productId)
        .loaded("payee", party.byId(), Tariff::payeeId)
        .loaded(TariffRepository.TIERS_FIELD, tiersOfTariffs, Tariff::key)
        .loaded("effectiveCeilings", effective, tariff -> tariff, PricingResolver::on)
        .loaded("allowedActions", PriceActions.ofTariffs(), tariff -> tariff)
        .loaded("clocks", clocks.bySubject(), tariff -> Ids.write(TARIFF, tariff.id()))
        .loaded("ceiling", ceilingOfCharge, Tariff::charge);
    wiring.type(PricePlan.class);
    wiring
        .type(EffectiveCeiling.class)
        .loaded("priceCeiling", ceilingById, EffectiveCeiling::ceilingId)
        .loaded("scenario", authorizations.scenarios(), EffectiveCeiling::scenarioId);
    wiring.type(UnitConversion.class);
    mutations.wire(wiring);
    bundles.wire(wiring);
    wiring.type(PriceTier.class);
    wiring
        .type(PriceCeiling.class)
        .identified(CEILING, PriceCeiling::id, ceilingById)
        .loaded("authorization", authorizations.byId(), PriceCeiling::authorizationId)
        .loaded("setBy", party.byId(), PriceCeiling::setById)
        .loaded("scenario", authorizations.scenarios(), PriceCeiling::scenarioId)
        .loaded("conversions", conversions, PriceCeiling::key)
        .loaded("allowedActions", actionsOfCeilings, ceiling -> ceiling)
        .loaded("tiers", tiersOfCeilings, PriceCeiling::key);
    revenue.wire(
        wiring
            .type(RevenueCap.class)
            .identified(CAP, RevenueCap::id, capById)
            .loaded("operator", party.byId(), RevenueCap::operatorId)
            .loaded("setBy", party.byId(), RevenueCap::setById),
        wiring);
    wiring.connection("Tariff", history);
    wiring.connection("PriceCeiling", ceilings);
    wiring.connection("RevenueCap", caps);
    var ofProducts = history.of(TariffRepository.HISTORY);
    bind(wiring.extend(DataProduct.class), ofProducts);
    bind(wiring.extend(ServiceCapability.class), ofProducts);
    wiring
        .extend(AuthorizationGrant.class)
        .loaded(
            "ceilings",
            ceilings.of(PriceCeilingRepository.OF_AUTHORIZATIONS),
            AuthorizationGrant::id,
            ceilings::cut);
    wiring
        .extend(Organization.class)
        .loaded(
            "revenueCaps", caps.of(RevenueCapRepository.OF_OPERATORS), Organization::id, caps::cut);
    wiring
        .query()
        .found(
            "priceCeiling", ceilingById, arguments -> requireNonNull(arguments.id("id", CEILING)))
        .answered("priceCeilings", ceilings::page)
        .answered("revenueCaps", caps::page);
  }

  private <P extends Product> void bind(
      Wiring.TypeWiring<P> product, Loader<UUID, Listing.Cut, Page<Tariff>> ofProducts) {
    product
        .loaded("pricePlan", plans, Product::id)
        .loaded("tariffs", onDay, Product::id, PricingResolver::on)
        .loaded("priceHistory", ofProducts, Product::id, history::cut);
  }

  private static Optional<LocalDate> on(Arguments arguments) {
    return Optional.ofNullable(arguments.date("on"));
  }
}
