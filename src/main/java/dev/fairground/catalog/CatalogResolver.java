package dev.fairground.catalog;

import static java.util.Objects.requireNonNull;

import dev.fairground.authorization.AuthorizationGrant;
import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.authorization.Scenario;
import dev.fairground.code.CodeKey;
import dev.fairground.code.CodeList;
import dev.fairground.code.CodeResolver;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Facets;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Highlights;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Page;
import dev.fairground.kernel.Text;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.resource.DataResource;
import dev.fairground.resource.ResourceResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds {@code schema/catalog.graphqls}. */
public final class CatalogResolver implements Feature {
  /** The prefix of data products' ids. */
  public static final String DATA_PRODUCT = "dp";

  /** The prefix of service capabilities' ids. */
  public static final String SERVICE_CAPABILITY = "sc";

  private static final Facets FACETS =
      new Facets(
          Map.of(
              "OPERATOR",
              new Facets.Column(
                  "operator",
                  "p.operator_id::text",
                  id -> Ids.write(PartyResolver.PREFIX, UUID.fromString(id))),
              "SECTOR",
              new Facets.Column("sector", "p.sector_code"),
              "REGION",
              new Facets.Column("region", "p.region_code"),
              "FIELD",
              new Facets.Column("field", "p.field"),
              "PURPOSE_CLASS",
              new Facets.Column("purposeClass", "p.purpose_class"),
              "FORM",
              new Facets.Column("form", "p.form"),
              "DELIVERY",
              new Facets.Column("delivery", "unnest(p.deliveries)"),
              "KIND",
              new Facets.Column("kind", "p.kind")));

  private final ProductRepository products;
  private final CodeResolver codes;
  private final PartyResolver party;
  private final ResourceResolver resources;
  private final AuthorizationResolver authorizations;
  private final ProductLists lists;
  private final Loader<UUID, Loader.None, Product> byId;
  private final Listing<Product> list;
  private final Highlights<Product> highlights;
  private final Listing<ProductResource> resourcesOf;
  private final Listing<ProductScenario> scenariosOf;
  private final Listing<ProductChange> changesOf;

  /**
   * @param viewers answers the filter's members about who asks
   */
  public CatalogResolver(
      Database database,
      CodeResolver codes,
      PartyResolver party,
      ResourceResolver resources,
      AuthorizationResolver authorizations,
      ViewerFilter viewers) {
    this.codes = codes;
    this.party = party;
    this.resources = resources;
    this.authorizations = authorizations;
    products = new ProductRepository(database);
    byId = Loader.one("productsById", products::findByIds, Product::id);
    lists =
        new ProductLists(
            database,
            party,
            Loader.one(
                "productsByVersion",
                products::findByVersions,
                product -> new ProductVersion(product.id(), product.offer().version())));
    highlights = new Highlights<>("textsOfProducts", Product::id, products::findTexts);
    list =
        Listing.prepared(
            database,
            ProductRepository.LIST,
            ProductFilter.prepared(viewers),
            CatalogResolver::order,
            ProductRepository.SEARCH);
    resourcesOf =
        new Listing<>(
            database,
            ProductRepository.RESOURCES,
            (arguments, moment) -> Clause.TRUE,
            arguments -> List.of(Key.id("u.resource_id", false, ProductResource::resourceId)));
    scenariosOf =
        new Listing<>(
            database,
            ProductRepository.SCENARIOS,
            (arguments, moment) -> Clause.TRUE,
            arguments -> List.of(Key.id("u.scenario_id", false, ProductScenario::scenarioId)));
    changesOf =
        new Listing<>(
            database,
            ProductRepository.CHANGES,
            (arguments, moment) ->
                Clause.of("v.valid_from <= ?", moment.at().atOffset(ZoneOffset.UTC)),
            arguments -> List.of(Key.integer("v.version", true, ProductChange::version)));
  }

  /** Products of both kinds by id. */
  public Loader<UUID, Loader.None, Product> products() {
    return byId;
  }

  /** Editions of operators' lists by id. */
  public Loader<UUID, Loader.None, ProductList> productLists() {
    return lists.byId();
  }

  @Override
  public void wire(Wiring wiring) {
    var edges =
        new Edges(
            resourcesOf.of(ProductRepository.RESOURCES),
            scenariosOf.of(ProductRepository.SCENARIOS),
            changesOf.of(ProductRepository.CHANGES),
            lists.ofProducts());
    bind(wiring.type(DataProduct.class), DATA_PRODUCT, edges);
    bind(wiring.type(ServiceCapability.class), SERVICE_CAPABILITY, edges);
    wiring
        .type(ProductResource.class)
        .loaded("resource", resources.byId(), ProductResource::resourceId);
    wiring
        .type(ProductScenario.class)
        .loaded("scenario", authorizations.scenarios(), ProductScenario::scenarioId);
    wiring.type(ProductChange.class).localized("title", ProductChange::title);
    wiring
        .facets("productFacets", wiring.searched("Product", list, highlights), FACETS)
        .loaded("operator", party.byId(), CatalogResolver::operator)
        .loaded("code", codes.entries(), CatalogResolver::code);
    wiring.connection("ProductResource", resourcesOf);
    wiring.connection("ProductScenario", scenariosOf);
    wiring.connection("ProductChange", changesOf);
    lists.wire(wiring);
    wiring
        .extend(Organization.class)
        .loaded("products", list.of(ProductRepository.OF_OPERATORS), Organization::id, list::cut);
    wiring
        .extend(AuthorizationGrant.class)
        .loaded(
            "products",
            list.of(ProductRepository.OF_AUTHORIZATIONS),
            AuthorizationGrant::id,
            list::cut);
    wiring
        .extend(DataResource.class)
        .loaded("products", list.of(ProductRepository.OF_RESOURCES), DataResource::id, list::cut);
    wiring
        .extend(Scenario.class)
        .loaded("products", list.of(ProductRepository.OF_SCENARIOS), Scenario::id, list::cut);
    wiring
        .query()
        .found(
            "product",
            byId,
            arguments -> requireNonNull(arguments.id("id", DATA_PRODUCT, SERVICE_CAPABILITY)))
        .answered("products", list::page);
  }

  /** One batch for both kinds of products: a loader of each kind would be a statement of each. */
  private record Edges(
      Loader<UUID, Listing.Cut, Page<ProductResource>> resources,
      Loader<UUID, Listing.Cut, Page<ProductScenario>> scenarios,
      Loader<UUID, Listing.Cut, Page<ProductChange>> changes,
      Loader<UUID, Listing.Cut, Page<ProductListing>> listings) {}

  @SuppressWarnings("unchecked")
  private <P extends Product> void bind(Wiring.TypeWiring<P> type, String prefix, Edges edges) {
    // An id of the other kind finds nothing: its prefix says what it is.
    var ofKind = (Loader<UUID, Loader.None, P>) (Loader<?, ?, ?>) ofKind(prefix);
    type.components(Offer.class, Product::offer)
        .identified(prefix, Product::id, ofKind)
        .localized("title", product -> product.offer().title())
        .computed("titles", product -> product.offer().title().inAll())
        .localized("summary", product -> product.offer().summary())
        .computed("summaries", CatalogResolver::summaries)
        .loaded("operator", party.byId(), product -> product.offer().operatorId())
        .loaded(
            "authorization", authorizations.byId(), product -> product.offer().authorizationId())
        .loaded(
            "sector",
            codes.entries(),
            product -> CodeKey.orNull(CodeList.SECTOR, product.offer().sectorCode()))
        .loaded(
            "region",
            codes.entries(),
            product -> CodeKey.orNull(CodeList.REGION, product.offer().regionCode()))
        .loaded("resources", edges.resources(), Product::id, resourcesOf::cut)
        .loaded("scenarios", edges.scenarios(), Product::id, scenariosOf::cut)
        .loaded("changes", edges.changes(), Product::id, changesOf::cut)
        .loaded("listings", edges.listings(), Product::id, lists::cut);
  }

  private Loader<UUID, Loader.None, Product> ofKind(String prefix) {
    Class<?> kind = prefix.equals(DATA_PRODUCT) ? DataProduct.class : ServiceCapability.class;
    return new Loader<>(
        "productsById" + kind.getSimpleName(),
        (reading, none, ids) ->
            products
                .findByIds(reading, ids)
                .map(
                    found ->
                        found.stream()
                            .filter(kind::isInstance)
                            .collect(Collectors.toMap(Product::id, product -> product))));
  }

  private static List<Text.LocalizedText> summaries(Product product) {
    var summary = product.offer().summary();
    return summary == null ? List.of() : summary.inAll();
  }

  private static @Nullable UUID operator(Facets.FacetBucket bucket) {
    return bucket.key().equals("OPERATOR") ? Ids.uuid(bucket.value()) : null;
  }

  private static @Nullable CodeKey code(Facets.FacetBucket bucket) {
    return switch (bucket.key()) {
      case "SECTOR" -> new CodeKey(CodeList.SECTOR, bucket.value());
      case "REGION" -> new CodeKey(CodeList.REGION, bucket.value());
      default -> null;
    };
  }

  private static List<Key<Product>> order(Arguments arguments) {
    var order = arguments.input("orderBy");
    var field = order == null ? "PUBLISHED_AT" : requireNonNull(order.string("field"));
    var descending = order == null || "DESC".equals(order.string("direction"));
    Key<Product> id = Key.id("p.product_id", descending, Product::id);
    return switch (field) {
      case "TITLE" ->
          List.of(Key.text("p.title", descending, product -> product.offer().title().value()), id);
      case "UPDATED_AT" ->
          List.of(
              Key.instant("p.valid_from", descending, product -> product.offer().validFrom()), id);
      default ->
          List.of(
              Key.instant("p.published_at", descending, product -> product.offer().publishedAt()),
              id);
    };
  }
}
