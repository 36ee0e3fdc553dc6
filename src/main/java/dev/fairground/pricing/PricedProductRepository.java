package dev.fairground.pricing;

import dev.fairground.authorization.AuthorizationResolver;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Conversion;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import dev.fairground.fairaccess.ProductFacts.Tier;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** SQL over what prices are compared by: products, their prices, the ceilings over them. */
final class PricedProductRepository {
  private final Database database;

  PricedProductRepository(Database database) {
    this.database = database;
  }

  private static final String PRODUCTS =
      """
      -- pricedProducts
      select p.product_id, p.operator_id, p.kind, p.status, p.purpose_class, g.grant_id, g.institution_id,
             g.jurisdiction_code, least(p.ends_on, g.ends_on), p.demonstration,
             named.ids, named.allowed, named.classes, named.ends
        from product_version p
        join authorization_grant_version g on g.grant_id = p.authorization_grant_id and g.valid_to = 'infinity'
       cross join lateral (
         select array_agg(u.scenario_id order by u.scenario_id) as ids,
                array_agg(u.allowed order by u.scenario_id) as allowed,
                array_agg(s.purpose_class order by u.scenario_id) as classes,
                array_agg(s.ends_on order by u.scenario_id) as ends
           from product_scenario u
           join scenario_version s on s.scenario_id = u.scenario_id and s.valid_to = 'infinity'
          where u.operator_id = p.operator_id
            and u.product_id = p.product_id
            and u.product_version = p.version
       ) as named
       where p.product_id = any($1)
         and p.valid_to = 'infinity'
       order by p.product_id
      """;

  /** Products as they are now. */
  Future<List<PricedProduct>> products(SqlConnection transaction, Collection<UUID> ids) {
    return database.list(
        transaction, PRODUCTS, Tuple.of((Object) Rows.ids(ids)), PricedProductRepository::product);
  }

  private static final String CHARGED =
      """
      -- productsChargedUnderAuthorization
      select p.product_id
        from product_version p
       where p.authorization_grant_id = $1
         and p.valid_to = 'infinity'
         and p.status <> 'DELISTED'
         and exists (
           select 1
             from tariff t
            where t.product_id = p.product_id
              and t.item_class = $2
              and t.valid_to = 'infinity'
              and (t.ends_on is null or t.ends_on >= $3))
      """;

  /** Those under an authorization for which items of a class are charged on a day or later. */
  Future<List<UUID>> charged(
      SqlConnection transaction, UUID grantId, String itemClass, LocalDate from) {
    return database.list(
        transaction, CHARGED, Tuple.of(grantId, itemClass, from), row -> row.getUUID(0));
  }

  private static final String TARIFFS =
      """
      -- tariffsNowAndLater
      select t.product_id, t.id, t.version, t.position, t.free_conditions, t.payee_id, t.valid_from, t.item, t.item_class,
             t.unit, t.unit_text, t.currency, t.base_fee, t.base_fee_period, t.purpose_classes, t.free_of_charge,
             t.trial, t.effective_on, t.ends_on, steps.quantities, steps.prices
        from tariff t
       cross join lateral (
         select array_agg(s.from_quantity order by s.from_quantity) as quantities,
                array_agg(s.unit_price order by s.from_quantity) as prices
           from tariff_tier s
          where s.tariff_id = t.id
            and s.tariff_version = t.version
       ) as steps
       where t.product_id = any($1)
         and t.valid_to = 'infinity'
         and (t.ends_on is null or t.ends_on >= $2)
       order by t.product_id, t.position, t.effective_on, t.id
      """;

  /** A tariff of a product. */
  record OfProduct(UUID productId, TariffPlan.Current tariff) {}

  /** Tariffs that are charged on a day or later. */
  Future<List<OfProduct>> tariffs(
      SqlConnection transaction, Collection<UUID> products, LocalDate from) {
    return database.list(
        transaction, TARIFFS, Tuple.of(Rows.ids(products), from), PricedProductRepository::tariff);
  }

  private static final String CEILINGS =
      """
      -- ceilingsNowAndLater
      select c.authorization_grant_id, c.id, c.valid_from, c.item_class, c.scenario_id, c.unit, c.unit_text, c.currency,
             c.trial, c.effective_on, c.ends_on, c.base_fee, c.base_fee_period, steps.quantities, steps.prices,
             others.units, others.words, others.factors
        from price_ceiling c
       cross join lateral (
         select array_agg(s.from_quantity order by s.from_quantity) as quantities,
                array_agg(s.unit_price order by s.from_quantity) as prices
           from price_ceiling_tier s
          where s.ceiling_id = c.id
            and s.ceiling_version = c.version
       ) as steps
       cross join lateral (
         select array_agg(v.unit order by v.unit, v.unit_text) as units,
                array_agg(v.unit_text order by v.unit, v.unit_text) as words,
                array_agg(v.factor order by v.unit, v.unit_text) as factors
           from price_ceiling_conversion v
          where v.ceiling_id = c.id
            and v.ceiling_version = c.version
       ) as others
       where c.authorization_grant_id = any($1)
         and c.valid_to = 'infinity'
         and (c.ends_on is null or c.ends_on >= $2)
       order by c.authorization_grant_id, c.item_class, c.effective_on, c.id
      """;

  /** A ceiling under an authorization. */
  record OfGrant(UUID grantId, Ceiling ceiling) {}

  /** Ceilings that hold on a day or later. */
  Future<List<OfGrant>> ceilings(
      SqlConnection transaction, Collection<UUID> grants, LocalDate from) {
    return database.list(
        transaction, CEILINGS, Tuple.of(Rows.ids(grants), from), PricedProductRepository::ceiling);
  }

  Future<List<Ceiling>> ceilings(SqlConnection transaction, UUID grantId, LocalDate from) {
    return ceilings(transaction, List.of(grantId), from)
        .map(found -> found.stream().map(OfGrant::ceiling).toList());
  }

  // Of products as they were at a moment: a price is not compared with what came later.
  private static final String PRODUCTS_READ = versioned(PRODUCTS, 2);
  private static final String TARIFFS_READ = versioned(TARIFFS, 3);
  private static final String CEILINGS_READ = versioned(CEILINGS, 3);

  /** The same statements at a past moment, which is their last argument. */
  private static String versioned(String statement, int moment) {
    return statement.replaceAll(
        "(\\w+)\\.valid_to = 'infinity'",
        "$1.valid_from <= \\$" + moment + " and $1.valid_to > \\$" + moment);
  }

  Future<List<PricedProduct>> products(Reads reads, Object moment, Collection<UUID> ids) {
    return database.list(
        reads, PRODUCTS_READ, Tuple.of(Rows.ids(ids), moment), PricedProductRepository::product);
  }

  Future<List<OfProduct>> tariffs(
      Reads reads, Object moment, Collection<UUID> products, LocalDate from) {
    return database.list(
        reads,
        TARIFFS_READ,
        Tuple.of(Rows.ids(products), from, moment),
        PricedProductRepository::tariff);
  }

  Future<List<OfGrant>> ceilings(
      Reads reads, Object moment, Collection<UUID> grants, LocalDate from) {
    return database.list(
        reads,
        CEILINGS_READ,
        Tuple.of(Rows.ids(grants), from, moment),
        PricedProductRepository::ceiling);
  }

  private static PricedProduct product(Row row) {
    var scenarios = new ArrayList<Scenario>();
    var ids = row.getArrayOfUUIDs(10);
    for (int i = 0; ids != null && i < ids.length; i++) {
      scenarios.add(
          new Scenario(
              Ids.write(AuthorizationResolver.SCENARIO, ids[i]),
              row.getArrayOfBooleans(11)[i],
              row.getArrayOfStrings(12)[i],
              row.getArrayOfLocalDates(13)[i]));
    }
    return new PricedProduct(
        row.getUUID(0),
        row.getUUID(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getUUID(5),
        row.getUUID(6),
        row.getString(7),
        row.getLocalDate(8),
        Rows.truth(row, 9),
        scenarios);
  }

  private static OfProduct tariff(Row row) {
    var id = row.getUUID(1);
    return new OfProduct(
        row.getUUID(0),
        new TariffPlan.Current(
            id,
            Rows.number(row, 2),
            Rows.number(row, 3),
            row.getString(4),
            row.getUUID(5),
            new Price(
                Ids.write(PricingResolver.TARIFF, id),
                row.getOffsetDateTime(6).toInstant(),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getBigDecimal(12),
                row.getString(13),
                Rows.strings(row, 14),
                Rows.truth(row, 15),
                Rows.truth(row, 16),
                row.getLocalDate(17),
                row.getLocalDate(18),
                tiers(row, 19))));
  }

  private static OfGrant ceiling(Row row) {
    var conversions = new ArrayList<Conversion>();
    var units = row.getArrayOfStrings(15);
    for (int i = 0; units != null && i < units.length; i++) {
      var words = row.getArrayOfStrings(16)[i];
      conversions.add(
          new Conversion(
              units[i],
              words.isEmpty() ? null : words,
              row.getArrayOfNumerics(17)[i].bigDecimalValue()));
    }
    var scenario = row.getUUID(4);
    return new OfGrant(
        row.getUUID(0),
        new Ceiling(
            Ids.write(PricingResolver.CEILING, row.getUUID(1)),
            row.getOffsetDateTime(2).toInstant(),
            row.getString(3),
            scenario == null ? null : Ids.write(AuthorizationResolver.SCENARIO, scenario),
            row.getString(5),
            row.getString(6),
            row.getString(7),
            Rows.truth(row, 8),
            row.getLocalDate(9),
            row.getLocalDate(10),
            row.getBigDecimal(11),
            row.getString(12),
            tiers(row, 13),
            conversions));
  }

  private static List<Tier> tiers(Row row, int quantities) {
    var from = row.getArrayOfNumerics(quantities);
    var tiers = new ArrayList<Tier>();
    for (int i = 0; from != null && i < from.length; i++) {
      tiers.add(
          new Tier(
              from[i].bigDecimalValue(),
              row.getArrayOfNumerics(quantities + 1)[i].bigDecimalValue()));
    }
    return tiers;
  }
}
