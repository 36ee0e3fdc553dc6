package dev.fairground.pricing;

import dev.fairground.authorization.AuthorizationRepository;
import dev.fairground.authorization.ScenarioRepository;
import dev.fairground.kernel.LegalBasis;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** SQL over price ceilings and their steps. */
final class PriceCeilingRepository {
  private static final Columns COLUMNS =
      Columns.of(
          """
          id, version, valid_from, authorization_grant_id, set_by_id, item_class, scenario_id, unit,
          unit_text, trial, effective_on, ends_on, document, clause, url, reported_on, source,
          demonstration, currency, base_fee, base_fee_period
          """);

  private static final One<PriceCeiling> ONE =
      new One<>(
          "priceCeilingsById",
          "price_ceiling",
          "c",
          true,
          COLUMNS,
          PriceCeilingRepository::ceiling,
          new Join("authorization", "authorization_grant_id", AuthorizationRepository.ONE),
          new Join("setBy", "set_by_id", OrganizationRepository.ONE),
          new Join("scenario", "scenario_id", ScenarioRepository.ONE));

  static final PageSelect<PriceCeiling> LIST = PageSelect.of("priceCeilings", ONE);

  static final PageSelect<PriceCeiling> OF_AUTHORIZATIONS =
      LIST.linked("ceilingsOfAuthorizations", "c.authorization_grant_id");

  // A ceiling for one scenario says nothing of a tariff, which is for all of them.
  private static final VersionedSql OF_CHARGES =
      VersionedSql.of(
          6,
          "-- ceilingsOfTariffs\nselect found.*, charge.product_id, charge.item_class, charge.unit,"
              + " charge.unit_text, charge.currency"
              + " from unnest($1::uuid[], $2::text[], $3::text[], $6::text[], $4::text[])"
              + " as charge (product_id, item_class, unit, unit_text, currency)"
              + " join product_version p on p.product_id = charge.product_id and {p}"
              + " cross join lateral (select "
              + COLUMNS.all("c")
              + """

                  from price_ceiling c
                 where c.authorization_grant_id = p.authorization_grant_id
                   and c.item_class = charge.item_class
                   and c.unit = charge.unit
                   and c.unit_text is not distinct from charge.unit_text
                   and c.currency = charge.currency
                   and c.scenario_id is null
                   and {c}
                   and c.effective_on <= $5
                   and (c.ends_on is null or c.ends_on >= $5)
                 order by c.effective_on desc, c.id
                 limit 1) as found
              """);

  private static final String TIERS =
      """
      -- tiersOfCeilings
      select s.ceiling_id, s.ceiling_version, s.from_quantity, s.unit_price, c.currency
        from unnest($1::uuid[], $2::int[]) as parent (id, version)
        join price_ceiling c on c.id = parent.id and c.version = parent.version
       cross join lateral (
         select ceiling_id, ceiling_version, from_quantity, unit_price
           from price_ceiling_tier
          where ceiling_id = parent.id
            and ceiling_version = parent.version
          order by from_quantity
          limit 100
       ) as s
      """;

  private final Database database;

  PriceCeilingRepository(Database database) {
    this.database = database;
  }

  Future<List<PriceCeiling>> findByIds(Reading reading, Collection<UUID> ids) {
    return ONE.find(database, reading, ids);
  }

  /** The ceiling that holds on the day read for each charge; none where none is set. */
  Future<Map<Tariff.Charge, PriceCeiling>> findOfCharges(
      Reading reading, Collection<Tariff.Charge> charges) {
    return OF_CHARGES
        .list(
            database,
            reading,
            row ->
                Map.entry(
                    new Tariff.Charge(
                        row.getUUID(21),
                        row.getString(22),
                        row.getString(23),
                        row.getString(24),
                        row.getString(25)),
                    ceiling(row)),
            charges.stream().map(Tariff.Charge::productId).toArray(UUID[]::new),
            charges.stream().map(Tariff.Charge::itemClass).toArray(String[]::new),
            charges.stream().map(Tariff.Charge::unit).toArray(String[]::new),
            charges.stream().map(Tariff.Charge::currency).toArray(String[]::new),
            reading.moment().day(),
            charges.stream().map(Tariff.Charge::unitText).toArray(String[]::new))
        .map(
            rows -> {
              var found = new HashMap<Tariff.Charge, PriceCeiling>();
              rows.forEach(row -> found.put(row.getKey(), row.getValue()));
              return found;
            });
  }

  Future<List<PriceTier>> findTiers(Reading reading, Collection<Tariff.Version> versions) {
    return database.list(
        reading.reads(), TIERS, TariffRepository.versions(versions), TariffRepository::tier);
  }

  private static final String CONVERSIONS =
      """
      -- conversionsOfCeilings
      select v.ceiling_id, v.ceiling_version, v.unit, nullif(v.unit_text, ''), v.factor
        from unnest($1::uuid[], $2::int[]) as parent (id, version)
       cross join lateral (
         select ceiling_id, ceiling_version, unit, unit_text, factor
           from price_ceiling_conversion
          where ceiling_id = parent.id
            and ceiling_version = parent.version
          order by unit, unit_text
          limit 20
       ) as v
      """;

  Future<List<UnitConversion>> findConversions(
      Reading reading, Collection<Tariff.Version> versions) {
    return database.list(
        reading.reads(),
        CONVERSIONS,
        TariffRepository.versions(versions),
        row ->
            new UnitConversion(
                new Tariff.Version(row.getUUID(0), row.getInteger(1)),
                row.getString(2),
                row.getString(3),
                row.getBigDecimal(4)));
  }

  private static final String INSTITUTIONS =
      """
      -- institutionsOfCeilings
      select g.id, g.institution_id from authorization_grant g where g.id = any($1)
      """;

  /** The institution of each authorization. */
  Future<Map<UUID, UUID>> findInstitutions(Reading reading, Collection<UUID> grants) {
    return database
        .list(
            reading.reads(),
            INSTITUTIONS,
            Tuple.of((Object) Rows.ids(grants)),
            row -> Map.entry(row.getUUID(0), row.getUUID(1)))
        .map(
            found -> {
              var byGrant = new HashMap<UUID, UUID>();
              found.forEach(one -> byGrant.put(one.getKey(), one.getValue()));
              return byGrant;
            });
  }

  private static PriceCeiling ceiling(Row row) {
    return new PriceCeiling(
        row.getUUID(0),
        row.getInteger(1),
        row.getOffsetDateTime(2),
        row.getUUID(3),
        row.getUUID(4),
        row.getString(5),
        row.getUUID(6),
        row.getString(7),
        row.getString(8),
        row.getBoolean(9),
        new Period(row.getLocalDate(10), row.getLocalDate(11)),
        new LegalBasis(row.getString(12), row.getString(13), row.getString(14)),
        row.getLocalDate(15),
        row.getString(16),
        row.getBoolean(17),
        row.getBigDecimal(19) == null ? null : new Money(row.getBigDecimal(19), row.getString(18)),
        row.getString(20));
  }
}
