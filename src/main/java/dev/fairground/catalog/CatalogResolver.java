package dev.fairground.catalog;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Page;
import dev.fairground.kernel.Page.Count;
import dev.fairground.kernel.PageRequest;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds {@code schema/catalog.graphqls}. */
public final class CatalogResolver implements Feature {
  private static final String DATA_PRODUCT = "dp";
  private static final String SERVICE_CAPABILITY = "sc";

  private final ProductRepository products;
  private final PartyResolver party;
  private final Loader<UUID, Loader.None, Product> byId;
  private final Loader<UUID, Selection, Page<Product>> ofOperators;
  private final Loader<Object, Loader.None, Count> counts;

  /**
   * What a field selects. Two are equal when their pages are: the page's seal is a digest of the
   * conditions and the order, which have no equality of their own.
   */
  private record Selection(PageRequest page, Clause where, List<Key<Product>> order) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Selection selection && page.equals(selection.page);
    }

    @Override
    public int hashCode() {
      return page.hashCode();
    }
  }

  /**
   * What a page was cut from.
   *
   * @param operator null for the list of the whole market
   */
  private record Counted(String seal, @Nullable UUID operator, Clause where) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Counted counted
          && seal.equals(counted.seal)
          && Objects.equals(operator, counted.operator);
    }

    @Override
    public int hashCode() {
      return Objects.hash(seal, operator);
    }
  }

  public CatalogResolver(Database database, PartyResolver party) {
    this.party = party;
    products = new ProductRepository(database);
    byId = Loader.one("productsById", products::findByIds, Product::id);
    ofOperators =
        new Loader<>(
            "productsOfOperators",
            (reading, selection, operators) ->
                products.listOfOperators(
                    reading,
                    operators,
                    selection.where(),
                    selection.order(),
                    selection.page(),
                    operator -> new Counted(selection.page().seal(), operator, selection.where())));
    counts = new Loader<>("productsCount", (reading, none, lists) -> count(reading, lists));
  }

  /** Products of both kinds by id. */
  public Loader<UUID, Loader.None, Product> products() {
    return byId;
  }

  @Override
  public void wire(Wiring wiring) {
    bind(wiring, wiring.type(DataProduct.class), DATA_PRODUCT);
    bind(wiring, wiring.type(ServiceCapability.class), SERVICE_CAPABILITY);
    wiring.connection("Product", counts);
    wiring
        .extend(Organization.class)
        .loaded("products", ofOperators, Organization::id, CatalogResolver::selection);
    wiring
        .query()
        .found(
            "product",
            byId,
            arguments -> requireNonNull(arguments.id("id", DATA_PRODUCT, SERVICE_CAPABILITY)))
        .answered("products", this::list);
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

  private Future<Page<Product>> list(Reading reading, Arguments arguments) {
    var selection = selection(arguments);
    return products.list(
        reading,
        selection.where(),
        selection.order(),
        selection.page(),
        new Counted(selection.page().seal(), null, selection.where()));
  }

  private static Selection selection(Arguments arguments) {
    return new Selection(
        arguments.page(), ProductFilter.listed(arguments.input("filter")), order(arguments));
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

  /** One statement for all operators that share conditions, one for each list of the market. */
  private Future<Map<Object, Count>> count(Reading reading, Collection<Object> lists) {
    var found = new HashMap<Object, Count>();
    var counting = new ArrayList<Future<?>>();
    var ofOperators = new HashMap<String, Map<UUID, Counted>>();
    for (var list : lists) {
      var counted = (Counted) list;
      if (counted.operator() == null) {
        counting.add(
            products.count(reading, counted.where()).onSuccess(count -> found.put(counted, count)));
      } else {
        ofOperators
            .computeIfAbsent(counted.seal(), unseen -> new HashMap<>())
            .put(counted.operator(), counted);
      }
    }
    for (var group : ofOperators.values()) {
      var where = group.values().iterator().next().where();
      counting.add(
          products
              .countOfOperators(reading, group.keySet(), where)
              .onSuccess(counts -> counts.forEach((id, count) -> found.put(group.get(id), count))));
    }
    return Future.all(counting).map(done -> found);
  }
}
