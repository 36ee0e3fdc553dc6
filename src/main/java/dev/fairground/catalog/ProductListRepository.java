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
          [listingCount: listing_count], [digestForm: digest_form],
          [digest: digest], [previousDigest: previous_digest], [root: root], [publishedBy: published_by],
          [source: source], [demonstration: demonstration]
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
          Columns.of(
              "e.id, e.number, l.position, l.product_id, l.product_version,"
                  + " [entryDigest: l.entry_digest]"),
          "e",
          "product_list e join product_listing l on l.operator_id = e.operator_id"
              + " and l.first_number <= e.number"
              + " and (l.last_number is null or l.last_number >= e.number)",
          List.of(),
          "e.id = parent.id",
          List.of(new Join("list", "id", ONE)),
          ProductListRepository::listing);

  static final PageSelect<ProductListing> OF_PRODUCTS =
      ENTRIES.linked("listingsOfProducts", ENTRIES.from(), "l.product_id = parent.id");

  // The edition compared with is named by the list's conditions; number 0 is that of an empty one.
  static final PageSelect<ProductListChange> CHANGES =
      new PageSelect<>(
          "changesOfProductLists",
          Columns.written(
              "case when c.version_before is null then 'ADDED' when c.version is not null then 'CHANGED'"
                  + " when stood.status = 'SUSPENDED' then 'SUSPENDED' else 'WITHDRAWN' end,"
                  + " c.place, c.product_id, coalesce(c.version, stood.version, c.version_before),"
                  + " c.version_before"),
          "e",
          "product_list e cross join lateral ("
              + "select s.id, s.number from product_list s where s.operator_id = e.operator_id"
              + " union all select null, 0) as s"
              + " cross join lateral product_list_changes(e.operator_id, s.number, e.number) as c"
              + " left join lateral (select v.status, v.version from product_version v"
              + " where v.product_id = c.product_id and v.valid_from <= e.published_at"
              + " and v.valid_to > e.published_at limit 1) as stood on true",
          List.of(),
          "e.id = parent.id",
          List.of(),
          ProductListRepository::change);

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
              and e.published_at <= $3
            """;

  Future<List<ProductList>> findByNumbers(Reading reading, Collection<ProductList.Number> numbers) {
    return database.list(
        reading.reads(),
        BY_NUMBER,
        Tuple.of(
            numbers.stream().map(ProductList.Number::operatorId).toArray(UUID[]::new),
            numbers.stream().map(ProductList.Number::number).toArray(Integer[]::new),
            at(reading)),
        ProductListRepository::list);
  }

  private static final String COMPARABLE =
      """
      -- comparableProductLists
      select count(*)::int
        from product_list e
        join product_list s on s.operator_id = e.operator_id
       where e.id = any($1)
         and s.id = $2
         and s.published_at <= $3
      """;

  /** How many of the editions are of the same list as one that was published by then. */
  Future<Integer> countComparable(Reading reading, Collection<UUID> ids, UUID since) {
    return database
        .list(
            reading.reads(),
            COMPARABLE,
            Tuple.of(Rows.ids(ids), since, at(reading)),
            row -> row.getInteger(0))
        .map(List::getFirst);
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
        Rows.number(row, 7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        Rows.truth(row, 13));
  }

  private static ProductListing listing(Row row) {
    return new ProductListing(
        row.getUUID(0),
        row.getInteger(1),
        row.getInteger(2),
        row.getUUID(3),
        row.getInteger(4),
        row.getString(5));
  }

  private static ProductListChange change(Row row) {
    return new ProductListChange(
        Rows.value(row, 0, ProductListChange.Kind.class),
        row.getInteger(1),
        row.getUUID(2),
        row.getInteger(3),
        row.getInteger(4));
  }
}
