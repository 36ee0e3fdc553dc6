package dev.fairground.catalog;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.BadInput;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Page;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Binds what an edition of a list shows, and what it changed, in {@code schema/catalog.graphqls}.
 */
final class ProductListEntries {
  private final ProductListRepository lists;
  private final Listing<ProductListing> entries;
  private final Listing<ProductListing> ofProducts;
  private final Listing<ProductListChange> changes;
  private final Loader<ProductVersion, Loader.None, Product> products;
  private final Loader<ProductVersion, Loader.None, String> forms;
  private final Loader<ProductVersion, Loader.None, List<ProductResource>> resources;
  private final Loader<ProductVersion, Loader.None, List<ProductScenario>> scenarios;
  private final Loader<ProductListChange.Step, Loader.None, List<String>> changedFields;

  ProductListEntries(
      Database database,
      ProductListRepository lists,
      Loader<ProductVersion, Loader.None, Product> products) {
    this.lists = lists;
    this.products = products;
    entries =
        new Listing<>(
            database,
            ProductListRepository.ENTRIES,
            (arguments, moment) -> Clause.TRUE,
            arguments -> List.of(Key.integer("l.position", false, ProductListing::position)));
    ofProducts =
        new Listing<>(
            database,
            ProductListRepository.OF_PRODUCTS,
            (arguments, moment) -> published(moment),
            arguments -> List.of(Key.integer("e.number", true, ProductListing::number)));
    changes =
        new Listing<>(
            database,
            ProductListRepository.CHANGES,
            (arguments, moment) -> compared(arguments),
            arguments ->
                List.of(
                    Key.integer("c.place", false, ProductListChange::place),
                    Key.id("c.product_id", false, ProductListChange::productId)));
    var repository = new ProductEntryRepository(database);
    forms =
        new Loader<>(
            "formsOfProductEntries",
            (reading, none, versions) -> repository.findForms(reading, versions));
    resources =
        new Loader<>(
            "resourcesOfProductEntries",
            (reading, none, versions) -> repository.findResources(reading, versions));
    scenarios =
        new Loader<>(
            "scenariosOfProductEntries",
            (reading, none, versions) -> repository.findScenarios(reading, versions));
    changedFields =
        new Loader<>(
            "changedFieldsOfProductEntries",
            (reading, none, steps) -> repository.findChangedFields(reading, steps));
  }

  /** Editions that were published by the moment read. */
  static Clause published(Moment moment) {
    return Clause.of("e.published_at <= ?", moment.at().atOffset(ZoneOffset.UTC));
  }

  private static Clause compared(Arguments arguments) {
    var since = arguments.id("since", ProductLists.PREFIX);
    return since == null ? Clause.of("s.number = e.number - 1") : Clause.of("s.id = ?", since);
  }

  /** The editions that show a product. */
  Loader<UUID, Listing.Cut, Page<ProductListing>> ofProducts() {
    return ofProducts.of(ProductListRepository.OF_PRODUCTS);
  }

  Listing.Cut cut(Arguments arguments) {
    return ofProducts.cut(arguments);
  }

  void wire(Wiring wiring) {
    var changed = changes.of(ProductListRepository.CHANGES);
    wiring
        .extend(ProductList.class)
        .loaded("entries", entries.of(ProductListRepository.ENTRIES), ProductList::id, entries::cut)
        .loaded(
            "changes",
            new Loader<>(
                changed.name(), (reading, cut, parents) -> changes(changed, reading, cut, parents)),
            ProductList::id,
            changes::cut);
    wiring
        .type(ProductListing.class)
        .loaded("product", products, ProductListing::product)
        .loaded("canonicalForm", forms, ProductListing::product)
        .loaded("resources", resources, ProductListing::product)
        .loaded("scenarios", scenarios, ProductListing::product);
    wiring
        .type(ProductListChange.class)
        .loaded("product", products, ProductListChange::product)
        .loaded("before", products, ProductListChange::before)
        .loaded("fields", changedFields, ProductListChange::step);
    wiring.connection("ProductListing", entries);
    wiring.connection("ProductListChange", changes);
  }

  /**
   * An edition of another list has nothing in common with this one: that is a mistake, and told.
   */
  private Future<Map<UUID, Page<ProductListChange>>> changes(
      Loader<UUID, Listing.Cut, Page<ProductListChange>> changed,
      Reading reading,
      Listing.Cut cut,
      Collection<UUID> parents) {
    var since = cut.arguments().id("since", ProductLists.PREFIX);
    if (since == null) {
      return changed.batch().load(reading, cut, parents);
    }
    return lists
        .countComparable(reading, parents, since)
        .compose(
            comparable ->
                comparable == new HashSet<>(parents).size()
                    ? changed.batch().load(reading, cut, parents)
                    : Future.failedFuture(
                        new BadInput(
                            "since",
                            "this is no edition of the same list: give the id of another edition of"
                                + " its operator's list")));
  }
}
