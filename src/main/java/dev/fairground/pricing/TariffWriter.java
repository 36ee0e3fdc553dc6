package dev.fairground.pricing;

import dev.fairground.fairaccess.ProductFacts.Tier;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Period;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that writes the prices of a product, each change as new versions. */
final class TariffWriter {
  private final Database database;

  TariffWriter(Database database) {
    this.database = database;
  }

  // Ceilings stay as they are while prices are compared with them, and prices are set one after
  // the other.
  private static final String HOLD =
      """
      -- holdPricesOfProduct
      select p.id
        from product p
       where p.operator_id = $1
         and p.id = $2
         for no key update
      """;

  private static final String HOLD_CEILINGS =
      """
      -- holdCeilings
      select a.id
        from authorization_grant a
       where a.id = $1
         for share
      """;

  Future<Void> hold(SqlConnection transaction, PricedProduct product) {
    return database
        .rows(transaction, HOLD_CEILINGS, Tuple.of(product.grantId()))
        .compose(
            held -> database.rows(transaction, HOLD, Tuple.of(product.operatorId(), product.id())))
        .mapEmpty();
  }

  private static final String STANDING =
      """
      -- standingOfPrices
      select coalesce((select n.version from price_plan n where n.product_id = $1 and n.valid_to = 'infinity'), 0),
             greatest($2::timestamptz,
               (select max(t.valid_from) + interval '1 microsecond'
                  from tariff t where t.product_id = $1 and t.valid_to = 'infinity'),
               (select n.valid_from + interval '1 microsecond'
                  from price_plan n where n.product_id = $1 and n.valid_to = 'infinity'))
      """;

  /**
   * Where the prices stand.
   *
   * @param version of the plan; 0 before the first
   * @param moment at which new versions begin
   */
  record Standing(int version, OffsetDateTime moment) {}

  Future<Standing> standing(SqlConnection transaction, Write write, UUID product) {
    return database
        .first(
            transaction,
            STANDING,
            Tuple.of(product, write.moment().now().atOffset(ZoneOffset.UTC)),
            row -> new Standing(Rows.number(row, 0), row.getOffsetDateTime(1)))
        .map(Objects::requireNonNull);
  }

  private static final String UNKNOWN =
      """
      -- unknownPayees
      select asked.id
        from unnest($1::uuid[]) as asked (id)
       where not exists (
         select 1 from organization_version o where o.organization_id = asked.id and o.valid_to = 'infinity')
      """;

  Future<List<UUID>> unknownPayees(SqlConnection transaction, List<UUID> payees) {
    return payees.isEmpty()
        ? Future.succeededFuture(List.of())
        : database.list(
            transaction, UNKNOWN, Tuple.of((Object) Rows.ids(payees)), row -> row.getUUID(0));
  }

  private static final String CLOSE =
      """
      -- closeTariffs
      update tariff t set valid_to = $3
       where t.operator_id = $1 and t.id = any($2) and t.valid_to = 'infinity'
      """;

  private static final String NEXT =
      """
      -- insertTariffsWithOtherEnd
      insert into tariff (operator_id, product_id, id, version, valid_from, item, item_class, position, unit, unit_text,
             currency, base_fee, base_fee_period, purpose_classes, free_of_charge, free_conditions, payee_id, trial,
             effective_on, ends_on, source, demonstration)
      select t.operator_id, t.product_id, t.id, t.version + 1, t.valid_to, t.item, t.item_class, t.position, t.unit,
             t.unit_text, t.currency, t.base_fee, t.base_fee_period, t.purpose_classes, t.free_of_charge,
             t.free_conditions, t.payee_id, t.trial, t.effective_on, changed.ends_on, t.source, t.demonstration
        from unnest($2::uuid[], $4::date[]) as changed (id, ends_on)
        join tariff t on t.operator_id = $1 and t.id = changed.id and t.valid_to = $3
      """;

  private static final String NEXT_TIERS =
      """
      -- insertTiersOfTariffsWithOtherEnd
      insert into tariff_tier (operator_id, product_id, tariff_id, tariff_version, from_quantity, unit_price)
      select s.operator_id, s.product_id, s.tariff_id, s.tariff_version + 1, s.from_quantity, s.unit_price
        from tariff t
        join tariff_tier s
          on s.operator_id = t.operator_id and s.product_id = t.product_id and s.tariff_id = t.id
         and s.tariff_version = t.version
       where t.operator_id = $1 and t.id = any($2) and t.valid_to = $3
      """;

  private static final String ADD =
      """
      -- insertTariffs
      insert into tariff (operator_id, product_id, id, version, valid_from, item, item_class, position, unit, unit_text,
             currency, base_fee, base_fee_period, purpose_classes, free_of_charge, free_conditions, payee_id, trial,
             effective_on, ends_on, demonstration)
      select $1, $2, x.id, 1, $3, x.item, x.item_class, x.position, x.unit, x.unit_text, x.currency, x.base_fee,
             x.base_fee_period, x.purpose_classes, x.free_of_charge, x.free_conditions, x.payee_id, x.trial, $4,
             x.ends_on, $5
        from jsonb_to_recordset($6::jsonb) as x (
               id uuid, item text, item_class text, position integer, unit text, unit_text text, currency text,
               base_fee numeric, base_fee_period text, purpose_classes text[], free_of_charge boolean,
               free_conditions text, payee_id uuid, trial boolean, ends_on date)
      """;

  private static final String ADD_TIERS =
      """
      -- insertTiers
      insert into tariff_tier (operator_id, product_id, tariff_id, tariff_version, from_quantity, unit_price)
      select $1, $2, x.id, 1, s.from_quantity, s.unit_price
        from jsonb_to_recordset($3::jsonb) as x (id uuid, tiers jsonb)
       cross join jsonb_to_recordset(x.tiers) as s (from_quantity numeric, unit_price numeric)
      """;

  private static final String CLOSE_PLAN =
      """
      -- closePricePlan
      update price_plan n set valid_to = $3
       where n.operator_id = $1 and n.product_id = $2 and n.valid_to = 'infinity'
      """;

  private static final String NEXT_PLAN =
      """
      -- insertPricePlan
      insert into price_plan (operator_id, product_id, version, valid_from, effective_on, note)
      values ($1, $2, $4, $3, $5, $6)
      """;

  /** Writes what a plan makes of the tariffs, and the plan's next version. */
  Future<PricePlan> write(
      SqlConnection transaction,
      PricedProduct product,
      Standing standing,
      TariffPlan plan,
      LocalDate effectiveOn,
      @Nullable String note) {
    var operator = product.operatorId();
    var at = standing.moment();
    var other = plan.ends().stream().map(TariffPlan.End::id).toList();
    var closed = new java.util.ArrayList<>(other);
    closed.addAll(plan.withdrawn());
    var added = json(plan.added());
    var last = plan.ends().stream().map(TariffPlan.End::endsOn).toArray(LocalDate[]::new);
    var next = new PricePlan(product.id(), standing.version() + 1, at, effectiveOn, note);
    return database
        .rows(transaction, CLOSE, Tuple.of(operator, Rows.ids(closed), at))
        .compose(
            done ->
                database.rows(
                    transaction, NEXT, Tuple.of(operator, Rows.ids(other), at).addValue(last)))
        .compose(
            done -> database.rows(transaction, NEXT_TIERS, Tuple.of(operator, Rows.ids(other), at)))
        .compose(
            done ->
                database.rows(
                    transaction,
                    ADD,
                    Tuple.of(operator, product.id(), at, effectiveOn)
                        .addValue(product.demonstration())
                        .addValue(added)))
        .compose(
            done -> database.rows(transaction, ADD_TIERS, Tuple.of(operator, product.id(), added)))
        .compose(
            done -> database.rows(transaction, CLOSE_PLAN, Tuple.of(operator, product.id(), at)))
        .compose(
            done ->
                database.rows(
                    transaction,
                    NEXT_PLAN,
                    Tuple.of(operator, product.id(), at, next.version())
                        .addValue(effectiveOn)
                        .addValue(note)))
        .map(next);
  }

  private static JsonArray json(List<TariffItem> items) {
    var array = new JsonArray();
    for (var item : items) {
      array.add(
          new JsonObject()
              .put("id", UUID.randomUUID().toString())
              .put("item", item.item())
              .put("item_class", item.itemClass())
              .put("position", item.position())
              .put("unit", item.unit())
              .put("unit_text", item.unitText())
              .put("currency", item.currency())
              .put("base_fee", item.baseFee() == null ? null : item.baseFee().toPlainString())
              .put("base_fee_period", item.baseFeePeriod())
              .put("purpose_classes", new JsonArray(item.purposeClasses()))
              .put("free_of_charge", item.isFree())
              .put("free_conditions", item.freeConditions())
              .put("payee_id", item.payeeId() == null ? null : item.payeeId().toString())
              .put("trial", item.trial())
              .put("ends_on", item.endsOn() == null ? null : item.endsOn().toString())
              .put("tiers", tiers(item.tiers())));
    }
    return array;
  }

  static JsonArray tiers(List<Tier> tiers) {
    var array = new JsonArray();
    tiers.forEach(
        tier ->
            array.add(
                new JsonObject()
                    .put("from_quantity", tier.fromQuantity().toPlainString())
                    .put("unit_price", tier.unitPrice().toPlainString())));
    return array;
  }

  private static final String CHANGES =
      """
      -- changesOfPricePlan
      select case when t.valid_from = n.valid_from and t.version = 1 then 'ADDED'
                  when t.valid_from = n.valid_from then 'END_CHANGED'
                  else 'WITHDRAWN' end,
             t.id, t.item, t.effective_on, t.ends_on
        from price_plan n
        join tariff t
          on t.operator_id = n.operator_id and t.product_id = n.product_id
         and (t.valid_from = n.valid_from
              or t.valid_to = n.valid_from and not exists (
                select 1
                  from tariff later
                 where later.operator_id = t.operator_id and later.product_id = t.product_id and later.id = t.id
                   and later.version = t.version + 1))
       where n.product_id = $1
         and n.version = $2
       order by t.position, t.effective_on, t.id
      """;

  /** What a version of the plan changed. */
  Future<List<TariffChange>> changes(SqlConnection transaction, UUID product, int version) {
    return database.list(transaction, CHANGES, Tuple.of(product, version), TariffWriter::change);
  }

  private static TariffChange change(Row row) {
    return new TariffChange(
        Rows.value(row, 0, TariffChange.Kind.class),
        row.getUUID(1),
        row.getString(2),
        new Period(row.getLocalDate(3), row.getLocalDate(4)));
  }

  private static final String PLAN =
      """
      -- pricePlanOfVersion
      select n.product_id, n.version, n.valid_from, n.effective_on, n.note
        from price_plan n
       where n.product_id = $1
         and n.version = $2
      """;

  Future<PricePlan> plan(SqlConnection transaction, UUID product, int version) {
    return database
        .first(transaction, PLAN, Tuple.of(product, version), TariffWriter::plan)
        .map(Objects::requireNonNull);
  }

  static PricePlan plan(Row row) {
    return new PricePlan(
        row.getUUID(0),
        Rows.number(row, 1),
        row.getOffsetDateTime(2),
        row.getLocalDate(3),
        row.getString(4));
  }

  private static final String PRODUCT_OF =
      """
      -- productOfTariff
      select t.product_id
        from tariff t
       where t.id = $1
         and t.valid_to = 'infinity'
      """;

  Future<@Nullable UUID> productOf(SqlConnection transaction, UUID tariff) {
    return database.first(transaction, PRODUCT_OF, Tuple.of(tariff), row -> row.getUUID(0));
  }
}
