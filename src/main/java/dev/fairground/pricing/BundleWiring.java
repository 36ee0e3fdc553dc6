package dev.fairground.pricing;

import dev.fairground.catalog.CatalogResolver;
import dev.fairground.catalog.DataProduct;
import dev.fairground.catalog.Product;
import dev.fairground.catalog.ServiceCapability;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Scope;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Bundles, where they are found, and their mutations. */
final class BundleWiring {
  /** How many bundles of a product are shown on a day. */
  private static final int MOST = 50;

  private final PartyResolver party;
  private final CatalogResolver catalog;
  private final ProductBundleRepository bundles;
  private final ProductBundleSteps steps;
  private final Listing<ProductBundle> list;

  BundleWiring(Database database, PartyResolver party, CatalogResolver catalog) {
    this.party = party;
    this.catalog = catalog;
    this.bundles = new ProductBundleRepository(database);
    this.steps = new ProductBundleSteps(database);
    this.list =
        new Listing<>(
            database,
            ProductBundleRepository.LIST,
            (arguments, moment) -> Clause.TRUE,
            arguments ->
                List.of(
                    Key.date("b.effective_on", true, bundle -> bundle.term().startsOn()),
                    Key.id("b.id", true, ProductBundle::id)));
  }

  void wire(Wiring wiring) {
    Loader<UUID, Loader.None, ProductBundle> byId =
        Loader.one("productBundlesById", bundles::findByIds, ProductBundle::id);
    Loader<Tariff.Version, Loader.None, List<ProductBundle.Member>> members =
        Loader.many("membersOfBundles", bundles::findMembers, ProductBundle.Member::of);
    Loader<Tariff.Version, Loader.None, List<ProductBundle.Condition>> conditions =
        Loader.many("conditionsOfBundles", bundles::findConditions, ProductBundle.Condition::of);
    wiring
        .type(ProductBundle.class)
        .identified(PricingResolver.BUNDLE, ProductBundle::id, byId)
        .loaded("operator", party.byId(), ProductBundle::operatorId)
        .localized("title", ProductBundle::title)
        .computed("titles", bundle -> bundle.title().inAll())
        .loaded("members", members, ProductBundle::key)
        .loaded("conditions", conditions, ProductBundle::key)
        .loaded("allowedActions", actions(), bundle -> bundle);
    wiring
        .type("ProductBundleMember", ProductBundle.Member.class)
        .loaded("product", catalog.products(), ProductBundle.Member::productId);
    wiring.type("ProductBundleCondition", ProductBundle.Condition.class);
    wiring.connection("ProductBundle", list);
    wiring
        .type(ProductBundlePayload.class)
        .loaded("productBundle", byId, ProductBundlePayload::bundleId);
    wiring
        .extend(Organization.class)
        .loaded(
            "productBundles",
            list.of(ProductBundleRepository.OF_OPERATORS),
            Organization::id,
            list::cut);
    var onDay = new Loader<>("bundlesOfProducts", this::onDay);
    wiring.extend(DataProduct.class).loaded("bundles", onDay, Product::id, BundleWiring::on);
    wiring.extend(ServiceCapability.class).loaded("bundles", onDay, Product::id, BundleWiring::on);
    wiring
        .mutation()
        .mutated("productBundleSet", steps::set)
        .mutated("productBundleEnd", steps::end);
  }

  private Future<Map<UUID, List<ProductBundle>>> onDay(
      Reading reading, Optional<LocalDate> on, Collection<UUID> products) {
    return bundles
        .findOnDay(reading, on.orElse(reading.moment().day()), products)
        .map(
            found -> {
              var byProduct = new HashMap<UUID, List<ProductBundle>>();
              products.forEach(product -> byProduct.put(product, new ArrayList<>()));
              for (var one : found) {
                var ofProduct = byProduct.get(one.productId());
                if (ofProduct != null && ofProduct.size() < MOST) {
                  ofProduct.add(one.bundle());
                }
              }
              return byProduct;
            });
  }

  private static Loader<ProductBundle, Loader.None, List<String>> actions() {
    return new Loader<>(
        "actionsOfBundles",
        (reading, none, asked) -> {
          var actions = new HashMap<ProductBundle, List<String>>();
          for (var bundle : asked) {
            actions.put(
                bundle,
                PriceActions.areTold(reading)
                        && reading.viewer().may(Scope.PRICE_WRITE, bundle.operatorId())
                        && PriceActions.canEnd(bundle.term(), reading.moment().day())
                    ? List.of("CHANGE", "END")
                    : List.of());
          }
          return Future.succeededFuture(actions);
        });
  }

  private static Optional<LocalDate> on(Arguments arguments) {
    return Optional.ofNullable(arguments.date("on"));
  }
}
