package dev.fairground.catalog;

import dev.fairground.kernel.Text;
import dev.fairground.party.OrganizationRepository;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.One.Join;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL over the editions of operators' lists. */
final class ProductListRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          id, operator_id, number, [title: title, locale], [publishedAt: published_at],
          [listingCount: listing_count],
          [digest: digest], [previousDigest: previous_digest], [source: source], [demonstration: demonstration]
          """);

  // Editions have no versions: each is there from its publication on.
  private static final One<ProductList> ONE =
      new One<>(
          "productListsById",
          "product_list",
          "e",
          false,
          COLUMNS,
          ProductListRepository::list,
          new Join("operator", "operator_id", OrganizationRepository.ONE));

  static final PageSelect<ProductList> LIST = PageSelect.of("productLists", ONE);

  static final PageSelect<ProductList> OF_OPERATORS =
      LIST.linked("productListsOfOperators", "e.operator_id");

  static final PageSelect<ProductListing> ENTRIES =
      new PageSelect<>(
          "entriesOfProductLists",
          Columns.of("e.id, e.number, l.position, l.product_id, l.product_version"),
          "e",
          "product_list e join product_listing l on l.operator_id = e.operator_id"
              + " and l.list_number = e.number",
          List.of(),
          "e.id = parent.id",
          List.of(new Join("list", "id", ONE)),
          ProductListRepository::listing);

  static final PageSelect<ProductListing> OF_PRODUCTS =
      ENTRIES.linked("listingsOfProducts", ENTRIES.from(), "l.product_id = parent.id");

  private final Database database;

  ProductListRepository(Database database) {
    this.database = database;
  }

  private static final String BY_ID =
      "-- productListsById\nselect "
          + COLUMNS.all("e")
          + " from product_list e where e.id = any($1) and e.published_at <= $2";

  Future<List<ProductList>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(), BY_ID, Tuple.of(Rows.ids(ids), at(reading)), ProductListRepository::list);
  }

  private static final String CURRENT =
      "-- currentProductLists\nselect found.* from unnest($1::uuid[]) as parent (id)"
          + " cross join lateral (select "
          + COLUMNS.all("e")
          + " from product_list e where e.operator_id = parent.id and e.published_at <= $2"
          + " order by e.number desc limit 1) as found";

  /** The newest edition of each operator. */
  Future<List<ProductList>> findCurrent(Reading reading, Collection<UUID> operators) {
    return database.list(
        reading.reads(),
        CURRENT,
        Tuple.of(Rows.ids(operators), at(reading)),
        ProductListRepository::list);
  }

  private static final String BY_NUMBER =
      "-- productListsByNumber\nselect "
          + COLUMNS.all("e")
          + """

             from unnest($1::uuid[], $2::int[]) as wanted (operator_id, number)
             join product_list e on e.operator_id = wanted.operator_id and e.number = wanted.number
            """;

  Future<List<ProductList>> findByNumbers(Reading reading, Collection<ProductList.Number> numbers) {
    return database.list(
        reading.reads(),
        BY_NUMBER,
        Tuple.of(
            numbers.stream().map(ProductList.Number::operatorId).toArray(UUID[]::new),
            (Object) numbers.stream().map(ProductList.Number::number).toArray(Integer[]::new)),
        ProductListRepository::list);
  }

  private static OffsetDateTime at(Reading reading) {
    return reading.moment().at().atOffset(ZoneOffset.UTC);
  }

  private static ProductList list(Row row) {
    return new ProductList(
        row.getUUID(0),
        row.getUUID(1),
        row.getInteger(2),
        Text.of(row.getString(3), row.getString(4)),
        row.getOffsetDateTime(5),
        Rows.number(row, 6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        Rows.truth(row, 10));
  }

  private static ProductListing listing(Row row) {
    return new ProductListing(
        row.getUUID(0), row.getInteger(1), row.getInteger(2), row.getUUID(3), row.getInteger(4));
  }
}
