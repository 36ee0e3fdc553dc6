package dev.fairground.pricing;

import dev.fairground.catalog.ProductRepository;
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
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over tariffs and their steps. */
final class TariffRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          id, version, valid_from, product_id, item, item_class, position, unit, unit_text, currency,
          base_fee, base_fee_period, purpose_classes, free_of_charge, free_conditions, payee_id, trial,
          effective_on, ends_on, source, demonstration, operator_id, valid_to
          """);

  private static final One<Tariff> ONE =
      new One<>(
          "tariffsById",
          "tariff",
          "t",
          true,
          COLUMNS,
          TariffRepository::tariff,
          new Join("product", "product_id", ProductRepository.ONE),
          new Join("payee", "payee_id", OrganizationRepository.ONE));

  /** All versions, whether they are charged or not. */
  static final PageSelect<Tariff> HISTORY =
      PageSelect.of("tariffs", ONE)
          .linked("priceHistoryOfProducts", "tariff t", "t.product_id = parent.id");

  // A product has few items; the bound keeps a broken import from flooding an answer.
  private static final String CHARGED =
      " from unnest($1::uuid[]) as parent (id) cross join lateral (select "
          + COLUMNS.all("t")
          + """

              from tariff t
             where t.product_id = parent.id
               and {t}
               and t.effective_on <= $2
               and (t.ends_on is null or t.ends_on >= $2)
             order by t.position, t.effective_on desc, t.id
             limit 50) as found
          """;

  private static final VersionedSql ON_DAY =
      VersionedSql.of(2, "-- tariffsOfProducts\nselect found.*" + CHARGED);

  private static final VersionedSql ON_DAY_WITH_TIERS =
      VersionedSql.of(
          2,
          "-- tariffsOfProducts\nselect found.*, steps.quantities, steps.prices"
              + CHARGED
              + """
                cross join lateral (
                  select array_agg(s.from_quantity order by s.from_quantity) as quantities,
                         array_agg(s.unit_price order by s.from_quantity) as prices
                    from (
                      select from_quantity, unit_price
                        from tariff_tier
                       where tariff_id = found.id
                         and tariff_version = found.version
                       order by from_quantity
                       limit 100
                    ) as s
                ) as steps
                """);

  private static final String TIERS =
      """
      -- tiersOfTariffs
      select s.tariff_id, s.tariff_version, s.from_quantity, s.unit_price, t.currency
        from unnest($1::uuid[], $2::int[]) as parent (id, version)
        join tariff t on t.id = parent.id and t.version = parent.version
       cross join lateral (
         select tariff_id, tariff_version, from_quantity, unit_price
           from tariff_tier
          where tariff_id = parent.id
            and tariff_version = parent.version
          order by from_quantity
          limit 100
       ) as s
      """;

  /** The field that shows a tariff's steps. */
  static final String TIERS_FIELD = "tiers";

  private static final int LAST_YEAR = 9999;

  private final Database database;

  TariffRepository(Database database) {
    this.database = database;
  }

  Future<List<Tariff>> findByIds(Reading reading, Collection<UUID> ids) {
    return ONE.find(database, reading, ids);
  }

  /** What is charged on a day. */
  Future<List<Tariff>> findOnDay(Reading reading, LocalDate on, Collection<UUID> products) {
    if (!reading.wanted().leadsTo(TIERS_FIELD)) {
      return ON_DAY.list(database, reading, TariffRepository::tariff, Rows.ids(products), on);
    }
    return ON_DAY_WITH_TIERS.list(
        database,
        reading,
        row -> {
          var tariff = tariff(row);
          reading.along().put(tariff, TIERS_FIELD, tiers(row, tariff));
          return tariff;
        },
        Rows.ids(products),
        on);
  }

  private static final VersionedSql PLANS =
      VersionedSql.of(
          1,
          """
          -- pricePlansOfProducts
          select n.product_id, n.version, n.valid_from, n.effective_on, n.note
            from price_plan n
           where n.product_id = any($1)
             and {n}
          """);

  /** The prices of products as they were set last. */
  Future<List<PricePlan>> findPlans(Reading reading, Collection<UUID> products) {
    return PLANS.list(database, reading, TariffWriter::plan, (Object) Rows.ids(products));
  }

  private static List<PriceTier> tiers(Row row, Tariff tariff) {
    var quantities = row.getArrayOfNumerics(COLUMNS.size());
    var prices = row.getArrayOfNumerics(COLUMNS.size() + 1);
    var tiers = new ArrayList<PriceTier>();
    for (int i = 0; quantities != null && i < quantities.length; i++) {
      tiers.add(
          new PriceTier(
              tariff.key(),
              quantities[i].bigDecimalValue(),
              new Money(prices[i].bigDecimalValue(), tariff.currency())));
    }
    return tiers;
  }

  Future<List<PriceTier>> findTiers(Reading reading, Collection<Tariff.Version> versions) {
    return database.list(reading.reads(), TIERS, versions(versions), TariffRepository::tier);
  }

  static Tuple versions(Collection<Tariff.Version> versions) {
    return Tuple.of(
        versions.stream().map(Tariff.Version::id).toArray(UUID[]::new),
        (Object) versions.stream().map(Tariff.Version::version).toArray(Integer[]::new));
  }

  static PriceTier tier(Row row) {
    return new PriceTier(
        new Tariff.Version(row.getUUID(0), row.getInteger(1)),
        row.getBigDecimal(2),
        new Money(row.getBigDecimal(3), row.getString(4)));
  }

  /** PostgreSQL's infinity is beyond all years. */
  private static @Nullable OffsetDateTime end(OffsetDateTime validTo) {
    return validTo.getYear() > LAST_YEAR ? null : validTo;
  }

  private static Tariff tariff(Row row) {
    var baseFee = row.getBigDecimal(10);
    return new Tariff(
        row.getUUID(0),
        row.getInteger(1),
        row.getOffsetDateTime(2),
        row.getUUID(3),
        row.getString(4),
        row.getString(5),
        row.getInteger(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        baseFee == null ? null : new Money(baseFee, row.getString(9)),
        row.getString(11),
        Rows.strings(row, 12),
        row.getBoolean(13),
        row.getString(14),
        row.getUUID(15),
        row.getBoolean(16),
        new Period(row.getLocalDate(17), row.getLocalDate(18)),
        row.getString(19),
        row.getBoolean(20),
        row.getUUID(21),
        end(row.getOffsetDateTime(22)));
  }
}
