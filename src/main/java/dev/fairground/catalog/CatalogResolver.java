package dev.fairground.catalog;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Binds {@code schema/catalog.graphqls}. */
public final class CatalogResolver implements Feature {
  private static final String DATA_PRODUCT = "dp";
  private static final String SERVICE_CAPABILITY = "sc";

  private final ProductRepository products;
  private final PartyResolver party;
  private final Loader<UUID, Loader.None, Product> byId;
  private final Listing<Product> list;

  public CatalogResolver(Database database, PartyResolver party) {
    this.party = party;
    products = new ProductRepository(database);
    byId = Loader.one("productsById", products::findByIds, Product::id);
    list =
        new Listing<>(
            database,
            ProductRepository.LIST,
            (arguments, moment) -> ProductFilter.listed(arguments.input("filter")),
            CatalogResolver::order);
  }

  /** Products of both kinds by id. */
  public Loader<UUID, Loader.None, Product> products() {
    return byId;
  }

  @Override
  public void wire(Wiring wiring) {
    bind(wiring, wiring.type(DataProduct.class), DATA_PRODUCT);
    bind(wiring, wiring.type(ServiceCapability.class), SERVICE_CAPABILITY);
    wiring.connection("Product", list);
    wiring
        .extend(Organization.class)
        .loaded("products", list.of(ProductRepository.OF_OPERATORS), Organization::id, list::cut);
    wiring
        .query()
        .found(
            "product",
            byId,
            arguments -> requireNonNull(arguments.id("id", DATA_PRODUCT, SERVICE_CAPABILITY)))
        .answered("products", list::page);
  }

  @SuppressWarnings("unchecked")
  private <P extends Product> void bind(Wiring wiring, Wiring.TypeWiring<P> type, String prefix) {
    // An id of the other kind finds nothing: its prefix says what it is.
    var ofKind = (Loader<UUID, Loader.None, P>) (Loader<?, ?, ?>) ofKind(prefix);
    type.components(Offer.class, Product::offer)
        .identified(prefix, Product::id, ofKind)
        .localized("title", product -> product.offer().title())
        .localized("summary", product -> product.offer().summary())
        .loaded("operator", party.byId(), product -> product.offer().operatorId());
  }

  private Loader<UUID, Loader.None, Product> ofKind(String prefix) {
    Class<?> kind = prefix.equals(DATA_PRODUCT) ? DataProduct.class : ServiceCapability.class;
    return new Loader<>(
        "productsById",
        (reading, none, ids) ->
            products
                .findByIds(reading, ids)
                .map(
                    found ->
                        found.stream()
                            .filter(kind::isInstance)
                            .collect(Collectors.toMap(Product::id, product -> product))));
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
