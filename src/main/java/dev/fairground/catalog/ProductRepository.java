package dev.fairground.catalog;

import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL over products and their versions. */
final class ProductRepository {
  private static final String COLUMNS =
      "p.product_id, p.operator_id, p.version, p.valid_from, p.code, p.status, p.status_reason,"
          + " p.title, p.locale, p.title_translations, p.summary, p.summary_translations, p.form,"
          + " p.tier, p.purpose_class, p.field, p.sector_code, p.region_code, p.deliveries,"
          + " p.update_frequency, p.data_updated_on, p.personal_information, p.access_terms,"
          + " p.published_at, p.source, p.demonstration, p.kind, p.capability_kind, p.capacity,"
          + " p.lead_time_working_days";

  static final PageSelect<Product> LIST =
      PageSelect.of("products", COLUMNS, "product_version p", ProductRepository::product, "p");

  static final PageSelect<Product> OF_OPERATORS =
      LIST.linked("productsOfOperators", "product_version p", "p.operator_id = parent.id", "p");

  private final Database database;

  ProductRepository(Database database) {
    this.database = database;
  }

  private static final VersionedSql BY_ID =
      VersionedSql.of(
          1,
          "-- productsById\nselect "
              + COLUMNS
              + """

               from product_version p
              where p.product_id = any($1)
                and {p}
              """);

  Future<List<Product>> findByIds(Reading reading, Collection<UUID> ids) {
    return BY_ID.list(database, reading, ProductRepository::product, (Object) Rows.ids(ids));
  }

  private static Product product(Row row) {
    var offer =
        new Offer(
            row.getUUID(0),
            row.getUUID(1),
            row.getInteger(2),
            row.getOffsetDateTime(3),
            row.getString(4),
            Rows.value(row, 5, Offer.Status.class),
            row.getString(6),
            Rows.text(row, 7, 8, 9),
            Rows.textOrNull(row, 10, 8, 11),
            Rows.value(row, 12, Offer.Form.class),
            Rows.value(row, 13, Offer.Tier.class),
            Rows.value(row, 14, Offer.PurposeClass.class),
            row.getString(15),
            row.getString(16),
            row.getString(17),
            Rows.strings(row, 18),
            row.getString(19),
            row.getLocalDate(20),
            row.getBoolean(21),
            row.getString(22),
            row.getOffsetDateTime(23),
            row.getString(24),
            row.getBoolean(25));
    return row.getString(26).equals("DATA_PRODUCT")
        ? new DataProduct(offer)
        : new ServiceCapability(
            offer,
            Rows.value(row, 27, ServiceCapability.Kind.class),
            row.getString(28),
            row.getInteger(29));
  }
}
