package dev.fairground.catalog;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Conditions;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Page;
import dev.fairground.party.Organization;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds the editions of operators' lists in {@code schema/catalog.graphqls}. */
final class ProductLists {
  static final String PREFIX = "pl";

  private final PartyResolver party;
  private final Listing<ProductList> list;
  private final ProductListEntries entries;
  private final Loader<UUID, Loader.None, ProductList> byId;
  private final Loader<UUID, Loader.None, ProductList> current;
  private final Loader<ProductList.Number, Loader.None, ProductList> byNumber;

  ProductLists(
      Database database,
      PartyResolver party,
      Loader<ProductVersion, Loader.None, Product> products) {
    this.party = party;
    var lists = new ProductListRepository(database);
    byId = Loader.one("productListsById", lists::findByIds, ProductList::id);
    current = Loader.one("currentProductLists", lists::findCurrent, ProductList::operatorId);
    byNumber = Loader.one("productListsByNumber", lists::findByNumbers, ProductList::key);
    list =
        new Listing<>(
            database,
            ProductListRepository.LIST,
            (arguments, moment) ->
                Clause.all(
                    ProductListEntries.published(moment),
                    filtered(arguments.input("filter"), moment)),
            arguments ->
                List.of(
                    Key.instant("e.published_at", true, ProductList::publishedAt),
                    Key.id("e.id", true, ProductList::id)));
    entries = new ProductListEntries(database, lists, products);
  }

  private static Clause filtered(@Nullable Arguments filter, Moment moment) {
    if (filter == null) {
      return Clause.TRUE;
    }
    var all = new ArrayList<Clause>();
    all.add(Conditions.id("e.operator_id", filter.input("operator"), PartyResolver.PREFIX));
    all.add(Conditions.text("e.title", filter.input("title")));
    if (Boolean.TRUE.equals(filter.bool("newestOnly"))) {
      all.add(
          Clause.of(
              "not exists (select 1 from product_list n where n.operator_id = e.operator_id"
                  + " and n.number > e.number and n.published_at <= ?)",
              moment.at().atOffset(ZoneOffset.UTC)));
    }
    all.add(Conditions.is("e.demonstration", filter, "demonstration"));
    all.add(Conditions.combined(filter, input -> filtered(input, moment)));
    return Clause.all(all);
  }

  /** The editions that show a product. */
  Loader<UUID, Listing.Cut, Page<ProductListing>> ofProducts() {
    return entries.ofProducts();
  }

  Loader<UUID, Loader.None, ProductList> byId() {
    return byId;
  }

  Listing.Cut cut(Arguments arguments) {
    return entries.cut(arguments);
  }

  void wire(Wiring wiring) {
    wiring
        .type(ProductList.class)
        .identified(PREFIX, ProductList::id, byId)
        .localized("title", ProductList::title)
        .loaded("operator", party.byId(), ProductList::operatorId)
        .loaded("previous", byNumber, ProductList::previousKey);
    entries.wire(wiring);
    wiring.extend(ProductListing.class).loaded("list", byId, ProductListing::listId);
    wiring.connection("ProductList", list);
    wiring
        .extend(Organization.class)
        .loaded("currentList", current, Organization::id)
        .loaded(
            "productLists",
            list.of(ProductListRepository.OF_OPERATORS),
            Organization::id,
            list::cut);
    wiring.query().answered("productList", this::find).answered("productLists", list::page);
  }

  private Future<@Nullable ProductList> find(Reading reading, Arguments arguments) {
    var id = arguments.id("id", PREFIX);
    var operator = arguments.id("operator", PartyResolver.PREFIX);
    var number = arguments.integer("number");
    if (id != null && operator == null && number == null) {
      return one(byId, reading, id);
    }
    if (id == null && operator != null && number != null) {
      return one(byNumber, reading, new ProductList.Number(operator, number));
    }
    throw arguments.bad("id", "give either id, or operator and number");
  }

  private static <K> Future<@Nullable ProductList> one(
      Loader<K, Loader.None, ProductList> loader, Reading reading, K wanted) {
    return loader
        .batch()
        .load(reading, Loader.None.NONE, List.of(wanted))
        .map(found -> found.get(wanted));
  }
}
