package dev.fairground.pricing;

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
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that writes ceilings, each change as new versions. */
final class CeilingWriter {
  private final Database database;

  CeilingWriter(Database database) {
    this.database = database;
  }

  // Whoever sets prices or publishes holds the same row for share: ceilings change between. It is
  // not the version's row: who waited for that would find it closed, and no authorization.
  private static final String HOLD =
      """
      -- holdAuthorizationOfCeilings
      select g.grant_id, g.institution_id, g.operator_id, g.state, g.demonstration
        from authorization_grant a
        join authorization_grant_version g on g.grant_id = a.id and g.valid_to = 'infinity'
       where a.id = $1
         for no key update of a
      """;

  /** An authorization, held until the transaction ends. */
  record Grant(UUID id, UUID institutionId, UUID operatorId, String state, boolean demonstration) {}

  Future<@Nullable Grant> hold(SqlConnection transaction, UUID grantId) {
    return database.first(
        transaction,
        HOLD,
        Tuple.of(grantId),
        row ->
            new Grant(
                row.getUUID(0),
                row.getUUID(1),
                row.getUUID(2),
                row.getString(3),
                Rows.truth(row, 4)));
  }

  private static final String NAMED =
      """
      -- ceilingsToChange
      select c.id, c.version, c.authorization_grant_id, c.item_class, c.effective_on, c.ends_on,
             greatest($2::timestamptz, c.valid_from + interval '1 microsecond')
        from price_ceiling c
       where c.id = $1
         and c.valid_to = 'infinity'
      """;

  /**
   * A ceiling as far as it is ended.
   *
   * @param moment at which its next version begins
   */
  record Named(
      UUID id, int version, UUID grantId, String itemClass, Period term, OffsetDateTime moment) {
    static Named of(Row row) {
      return new Named(
          row.getUUID(0),
          Rows.number(row, 1),
          row.getUUID(2),
          row.getString(3),
          new Period(row.getLocalDate(4), row.getLocalDate(5)),
          row.getOffsetDateTime(6));
    }
  }

  Future<@Nullable Named> find(SqlConnection transaction, Write write, UUID id) {
    return database.first(
        transaction, NAMED, Tuple.of(id, write.moment().now().atOffset(ZoneOffset.UTC)), Named::of);
  }

  private static final String SCENARIO =
      """
      -- scenarioOfCeiling
      select s.scenario_id from scenario_version s where s.scenario_id = $1 and s.valid_to = 'infinity'
      """;

  Future<Boolean> isScenario(SqlConnection transaction, @Nullable UUID id) {
    return id == null
        ? Future.succeededFuture(true)
        : database
            .first(transaction, SCENARIO, Tuple.of(id), row -> row.getUUID(0))
            .map(found -> found != null);
  }

  private static final String ADD =
      """
      -- insertCeiling
      insert into price_ceiling (id, version, valid_from, authorization_grant_id, set_by_id, item_class, scenario_id, unit,
             unit_text, currency, base_fee, base_fee_period, trial, effective_on, ends_on, document, clause, url,
             reported_on, demonstration)
      values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
      """;

  private static final String ADD_TIERS =
      """
      -- insertTiersOfCeiling
      insert into price_ceiling_tier (ceiling_id, ceiling_version, from_quantity, unit_price)
      select $1, 1, s.from_quantity, s.unit_price
        from jsonb_to_recordset($2::jsonb) as s (from_quantity numeric, unit_price numeric)
      """;

  private static final String ADD_CONVERSIONS =
      """
      -- insertConversionsOfCeiling
      insert into price_ceiling_conversion (ceiling_id, ceiling_version, unit, unit_text, factor)
      select $1, 1, s.unit, coalesce(s.unit_text, ''), s.factor
        from jsonb_to_recordset($2::jsonb) as s (unit text, unit_text text, factor numeric)
      """;

  Future<UUID> add(SqlConnection transaction, Write write, Grant grant, CeilingContent content) {
    var id = UUID.randomUUID();
    var conversions = new JsonArray();
    content
        .conversions()
        .forEach(
            conversion ->
                conversions.add(
                    new JsonObject()
                        .put("unit", conversion.unit())
                        .put("unit_text", conversion.unitText())
                        .put("factor", conversion.factor().toPlainString())));
    return database
        .rows(
            transaction,
            ADD,
            Tuple.of(id, write.moment().now().atOffset(ZoneOffset.UTC))
                .addValue(grant.id())
                .addValue(grant.institutionId())
                .addValue(content.itemClass())
                .addValue(content.scenarioId())
                .addValue(content.unit())
                .addValue(content.unitText())
                .addValue(content.currency())
                .addValue(content.baseFee())
                .addValue(content.baseFeePeriod())
                .addValue(content.trial())
                .addValue(content.term().startsOn())
                .addValue(content.term().endsOn())
                .addValue(content.basis().document())
                .addValue(content.basis().clause())
                .addValue(content.basis().url())
                .addValue(content.reportedOn())
                .addValue(grant.demonstration()))
        .compose(
            done ->
                database.rows(
                    transaction, ADD_TIERS, Tuple.of(id, TariffWriter.tiers(content.tiers()))))
        .compose(done -> database.rows(transaction, ADD_CONVERSIONS, Tuple.of(id, conversions)))
        .map(id);
  }

  private static final String CLOSE =
      """
      -- closeCeiling
      update price_ceiling c set valid_to = $2 where c.id = $1 and c.valid_to = 'infinity'
      """;

  private static final String NEXT =
      """
      -- insertCeilingWithOtherEnd
      insert into price_ceiling (id, version, valid_from, authorization_grant_id, set_by_id, item_class, scenario_id, unit,
             unit_text, currency, base_fee, base_fee_period, trial, effective_on, ends_on, document, clause, url,
             reported_on, source, demonstration)
      select c.id, c.version + 1, c.valid_to, c.authorization_grant_id, c.set_by_id, c.item_class, c.scenario_id,
             c.unit, c.unit_text, c.currency, c.base_fee, c.base_fee_period, c.trial, c.effective_on, $3, c.document,
             c.clause, c.url, c.reported_on, c.source, c.demonstration
        from price_ceiling c
       where c.id = $1 and c.valid_to = $2
      """;

  private static final String NEXT_TIERS =
      """
      -- insertTiersOfCeilingWithOtherEnd
      insert into price_ceiling_tier (ceiling_id, ceiling_version, from_quantity, unit_price)
      select s.ceiling_id, s.ceiling_version + 1, s.from_quantity, s.unit_price
        from price_ceiling_tier s
       where s.ceiling_id = $1 and s.ceiling_version = $2
      """;

  private static final String NEXT_CONVERSIONS =
      """
      -- insertConversionsOfCeilingWithOtherEnd
      insert into price_ceiling_conversion (ceiling_id, ceiling_version, unit, unit_text, factor)
      select v.ceiling_id, v.ceiling_version + 1, v.unit, v.unit_text, v.factor
        from price_ceiling_conversion v
       where v.ceiling_id = $1 and v.ceiling_version = $2
      """;

  /** Gives a ceiling its last day; one that would not begin any more is closed. */
  Future<Void> end(SqlConnection transaction, Named ceiling, LocalDate last) {
    var closed = database.rows(transaction, CLOSE, Tuple.of(ceiling.id(), ceiling.moment()));
    if (EndOfTerm.isWithdrawal(ceiling.term(), last)) {
      return closed.mapEmpty();
    }
    var of = Tuple.of(ceiling.id(), ceiling.version());
    return closed
        .compose(
            done ->
                database.rows(transaction, NEXT, Tuple.of(ceiling.id(), ceiling.moment(), last)))
        .compose(done -> database.rows(transaction, NEXT_TIERS, of))
        .compose(done -> database.rows(transaction, NEXT_CONVERSIONS, of))
        .mapEmpty();
  }

  private static final String DUE =
      """
      -- checkPricesOn
      insert into check_due (operator_id, product_id, cause, due_at)
      select $1, asked.id, 'PRICE_CHANGE', $3
        from unnest($2::uuid[]) as asked (id)
      """;

  /** Has products checked from a moment on. */
  Future<Void> check(
      SqlConnection transaction, UUID operator, Collection<UUID> products, OffsetDateTime at) {
    return products.isEmpty()
        ? Future.succeededFuture()
        : database.rows(transaction, DUE, Tuple.of(operator, Rows.ids(products), at)).mapEmpty();
  }

  /** Has all that an operator has looked at. */
  Future<Void> checkOperator(SqlConnection transaction, UUID operator, OffsetDateTime at) {
    return database.rows(transaction, DUE, Tuple.of(operator, new UUID[] {null}, at)).mapEmpty();
  }

  /** When a day begins, or now where it has begun. */
  static OffsetDateTime begin(Write write, LocalDate day) {
    var now = write.moment().now().atOffset(ZoneOffset.UTC);
    var begin =
        day.atStartOfDay(dev.fairground.kernel.Moment.ZONE)
            .toOffsetDateTime()
            .withOffsetSameInstant(ZoneOffset.UTC);
    return begin.isBefore(now) ? now : begin;
  }

  /** Days on which a set of spans begins or ends, from a day on: what has to be checked anew. */
  static List<LocalDate> turns(Period term, LocalDate today) {
    var first = term.startsOn().isBefore(today) ? today : term.startsOn();
    return term.endsOn() == null ? List.of(first) : List.of(first, term.endsOn().plusDays(1));
  }
}
