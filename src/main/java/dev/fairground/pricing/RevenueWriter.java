package dev.fairground.pricing;

import dev.fairground.graphql.Write;
import dev.fairground.kernel.Period;
import dev.fairground.kernel.Scope;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that writes caps, and reads what they are decided by. */
final class RevenueWriter {
  private final Database database;

  RevenueWriter(Database database) {
    this.database = database;
  }

  private static final String HOLD =
      """
      -- holdOperatorOfCaps
      select o.id from organization o where o.id = $1 for no key update
      """;

  /** Caps and reports of an operator are written one after the other. */
  Future<Boolean> hold(SqlConnection transaction, UUID operator) {
    return database
        .first(transaction, HOLD, Tuple.of(operator), row -> row.getUUID(0))
        .map(found -> found != null);
  }

  private static final String AUTHORITY =
      """
      -- priceAuthorityOfOperator
      select price_authority_of($1, $2, $3)
      """;

  /** Which of the caller's organizations sets caps of an operator; null where none does. */
  Future<@Nullable UUID> authority(SqlConnection transaction, Write write, UUID operator) {
    return database.first(
        transaction,
        AUTHORITY,
        Tuple.of(
            write.viewer().rights().organizations(Scope.CAP_WRITE), operator, write.moment().day()),
        row -> row.getUUID(0));
  }

  private static final String RULES =
      """
      -- rulesOfCaps
      with recursive chain (code, distance) as (
        select r.jurisdiction_code, 0
          from organization_role r
         where r.organization_id = $1 and r.role = 'PRICE_AUTHORITY'
           and r.starts_on <= $2 and (r.ends_on is null or r.ends_on >= $2)
        union
        select j.parent_code, chain.distance + 1
          from chain
          join jurisdiction j on j.code = chain.code
         where j.parent_code is not null and chain.distance < 9
      )
      select distinct on (p.name) p.name, p.value
        from chain
        join rule_set s
          on s.jurisdiction_code = chain.code and s.effective_on <= $2 and (s.ends_on is null or s.ends_on >= $2)
         and (s.replaced_on is null or s.replaced_on > $2)
        join rule_parameter p on p.rule_set_id = s.id
       where p.name = any($3)
       order by p.name, chain.distance, s.version desc
      """;

  /** The rules that a price authority decides by. */
  Future<Map<String, String>> rules(SqlConnection transaction, Write write, UUID authority) {
    return database
        .list(
            transaction,
            RULES,
            Tuple.of(
                authority,
                write.moment().day(),
                new String[] {RevenueCapContent.MOST_YEARS, RevenueCapContent.PROFIT_POINTS}),
            row -> Map.entry(row.getString(0), row.getString(1)))
        .map(
            found -> {
              var rules = new HashMap<String, String>();
              found.forEach(rule -> rules.put(rule.getKey(), rule.getValue()));
              return rules;
            });
  }

  private static final String CAPS =
      """
      -- capsOfOperatorToChange
      select c.id, c.version, c.operator_id, c.starts_on, c.ends_on, c.currency, c.amount - c.carried_deduction,
             reported.income, reported.first_day, reported.last_day,
             greatest($2::timestamptz, c.valid_from + interval '1 microsecond')
        from revenue_cap c
       cross join lateral (
         select sum(r.income) as income, min(r.starts_on) as first_day, max(r.ends_on) as last_day
           from revenue_report r
          where r.cap_id = c.id and r.valid_to = 'infinity'
       ) as reported
       where c.operator_id = $1
         and c.valid_to = 'infinity'
       order by c.starts_on, c.id
      """;

  private static final String OPERATOR_OF =
      """
      -- operatorOfCap
      select c.operator_id from revenue_cap c where c.id = $1 and c.valid_to = 'infinity'
      """;

  Future<@Nullable UUID> operatorOf(SqlConnection transaction, UUID cap) {
    return database.first(transaction, OPERATOR_OF, Tuple.of(cap), row -> row.getUUID(0));
  }

  /**
   * A cap as it is.
   *
   * @param left the cap without what is taken off it
   * @param income null where nothing is reported
   * @param reported the days from the first to the last that reports cover
   * @param moment at which its next version begins
   */
  record Cap(
      UUID id,
      int version,
      UUID operatorId,
      Period term,
      String currency,
      BigDecimal left,
      @Nullable BigDecimal income,
      @Nullable Period reported,
      OffsetDateTime moment) {
    /** How much more came in than it left; 0 where it did not. */
    BigDecimal excess() {
      return income == null ? BigDecimal.ZERO : income.subtract(left).max(BigDecimal.ZERO);
    }
  }

  /** An operator's caps in the order of their days. */
  Future<List<Cap>> caps(SqlConnection transaction, Write write, UUID operator) {
    return database.list(
        transaction,
        CAPS,
        Tuple.of(operator, write.moment().now().atOffset(ZoneOffset.UTC)),
        row ->
            new Cap(
                row.getUUID(0),
                Rows.number(row, 1),
                row.getUUID(2),
                new Period(row.getLocalDate(3), row.getLocalDate(4)),
                row.getString(5),
                row.getBigDecimal(6),
                row.getBigDecimal(7),
                Rows.periodOrNull(row, 8, 9),
                row.getOffsetDateTime(10)));
  }

  private static final String CLOSE =
      """
      -- closeCap
      update revenue_cap c set valid_to = $2 where c.id = $1 and c.valid_to = 'infinity'
      """;

  private static final String ADD =
      """
      -- insertCap
      insert into revenue_cap (id, version, valid_from, operator_id, set_by_id, starts_on, ends_on, currency, amount,
             carried_deduction, cost, profit_percent, treasury_yield_percent, tax, document, clause, url, demonstration)
      select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, o.demonstration
        from organization_version o
       where o.organization_id = $4 and o.valid_to = 'infinity'
      """;

  /** Writes a cap, or the next version of one. */
  Future<UUID> write(
      SqlConnection transaction,
      Write write,
      UUID operator,
      UUID authority,
      RevenueCapContent content,
      @Nullable Cap before) {
    var id = before == null ? UUID.randomUUID() : before.id();
    var at = before == null ? write.moment().now().atOffset(ZoneOffset.UTC) : before.moment();
    var deduction = content.carriedDeduction();
    return (before == null
            ? Future.<Object>succeededFuture()
            : database.rows(transaction, CLOSE, Tuple.of(id, at)))
        .compose(
            closed ->
                database.rows(
                    transaction,
                    ADD,
                    Tuple.of(id, before == null ? 1 : before.version() + 1, at, operator)
                        .addValue(authority)
                        .addValue(content.term().startsOn())
                        .addValue(content.term().endsOn())
                        .addValue(content.currency())
                        .addValue(content.amount())
                        .addValue(deduction == null ? BigDecimal.ZERO : deduction)
                        .addValue(content.cost())
                        .addValue(content.profitPercent())
                        .addValue(content.treasuryYieldPercent())
                        .addValue(content.tax())
                        .addValue(content.basis().document())
                        .addValue(content.basis().clause())
                        .addValue(content.basis().url())))
        .map(id);
  }
}
