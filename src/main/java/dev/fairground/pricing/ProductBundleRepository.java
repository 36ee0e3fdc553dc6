package dev.fairground.pricing;

import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import dev.fairground.party.OrganizationRepository;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.One.Join;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL over bundles, their members and conditions. */
final class ProductBundleRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          id, version, valid_from, operator_id, title, locale, title_translations, price, currency, unit, unit_text,
          effective_on, ends_on, source, demonstration
          """);

  private static final One<ProductBundle> ONE =
      new One<>(
          "productBundlesById",
          "product_bundle",
          "b",
          true,
          COLUMNS,
          ProductBundleRepository::bundle,
          new Join("operator", "operator_id", OrganizationRepository.ONE));

  static final PageSelect<ProductBundle> LIST = PageSelect.of("productBundles", ONE);

  static final PageSelect<ProductBundle> OF_OPERATORS =
      LIST.linked("productBundlesOfOperators", "b.operator_id");

  private static final VersionedSql OF_PRODUCTS =
      VersionedSql.of(
          2,
          "-- bundlesOfProducts\nselect "
              + COLUMNS.all("b")
              + """
                , m.product_id
                  from product_bundle_member m
                  join product_bundle b
                    on b.operator_id = m.operator_id and b.id = m.bundle_id and b.version = m.bundle_version
                 where m.product_id = any($1)
                   and {b}
                   and b.effective_on <= $2
                   and (b.ends_on is null or b.ends_on >= $2)
                 order by b.effective_on desc, b.id
                """);

  private static final String MEMBERS =
      """
      -- membersOfBundles
      select m.bundle_id, m.bundle_version, m.product_id
        from unnest($1::uuid[], $2::int[]) as parent (id, version)
        join product_bundle b on b.id = parent.id and b.version = parent.version
        join product_bundle_member m
          on m.operator_id = b.operator_id and m.bundle_id = b.id and m.bundle_version = b.version
       order by m.position
      """;

  private static final String CONDITIONS =
      """
      -- conditionsOfBundles
      select c.bundle_id, c.bundle_version, c.text, c.technical_need
        from unnest($1::uuid[], $2::int[]) as parent (id, version)
        join product_bundle b on b.id = parent.id and b.version = parent.version
        join product_bundle_condition c
          on c.operator_id = b.operator_id and c.bundle_id = b.id and c.bundle_version = b.version
       order by c.position
      """;

  private final Database database;

  ProductBundleRepository(Database database) {
    this.database = database;
  }

  /** A bundle of which a product is a part. */
  record OfProduct(UUID productId, ProductBundle bundle) {}

  Future<List<ProductBundle>> findByIds(Reading reading, Collection<UUID> ids) {
    return ONE.find(database, reading, ids);
  }

  /** What is sold together with products on a day. */
  Future<List<OfProduct>> findOnDay(Reading reading, LocalDate on, Collection<UUID> products) {
    return OF_PRODUCTS.list(
        database,
        reading,
        row -> new OfProduct(row.getUUID(COLUMNS.size()), bundle(row)),
        Rows.ids(products),
        on);
  }

  Future<List<ProductBundle.Member>> findMembers(
      Reading reading, Collection<Tariff.Version> bundles) {
    return database.list(
        reading.reads(),
        MEMBERS,
        TariffRepository.versions(bundles),
        row -> new ProductBundle.Member(version(row), row.getUUID(2)));
  }

  Future<List<ProductBundle.Condition>> findConditions(
      Reading reading, Collection<Tariff.Version> bundles) {
    return database.list(
        reading.reads(),
        CONDITIONS,
        TariffRepository.versions(bundles),
        row -> new ProductBundle.Condition(version(row), row.getString(2), row.getString(3)));
  }

  private static Tariff.Version version(Row row) {
    return new Tariff.Version(row.getUUID(0), row.getInteger(1));
  }

  private static ProductBundle bundle(Row row) {
    return new ProductBundle(
        row.getUUID(0),
        row.getInteger(1),
        row.getOffsetDateTime(2),
        row.getUUID(3),
        Rows.text(row, 4, 5, 6),
        new Money(row.getBigDecimal(7), row.getString(8)),
        row.getString(9),
        row.getString(10),
        new Period(row.getLocalDate(11), row.getLocalDate(12)),
        row.getString(13),
        row.getBoolean(14));
  }
}
