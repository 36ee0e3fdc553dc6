package dev.fairground.equal;

import static java.util.Objects.requireNonNull;

import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tells holders that somebody was given better terms than theirs: an event with their own grant as
 * its subject, and in what fields the others are better; nothing of who has them.
 */
final class BetterTerms {
  /** How many like grants are looked at in the transaction of a decision. */
  private static final int AT_ONCE = 500;

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Database database;

  BetterTerms(Database database) {
    this.database = database;
  }

  // Whoever was given a grant before somebody else was given terms as good was told then. Where
  // none
  // of the others' terms is worse, nobody is looked for: so it is with most grants.
  private static final String SINCE =
      """
      -- betterTermsSince
      with alike as (
        select t.decided_on,
               coalesce(t.unit_price <= g.unit_price, true) and t.discount_percent >= g.discount_percent
                 and coalesce(t.payment_days, 0) >= coalesce(g.payment_days, 0)
                 and coalesce(t.deposit, 0) <= coalesce(g.deposit, 0)
                 and coalesce(t.minimum_quantity, 0) <= coalesce(g.minimum_quantity, 0) as as_good,
               coalesce(t.unit_price > g.unit_price, false) or t.discount_percent < g.discount_percent
                 or coalesce(t.payment_days, 0) < coalesce(g.payment_days, 0)
                 or coalesce(t.deposit, 0) > coalesce(g.deposit, 0)
                 or coalesce(t.minimum_quantity, 0) > coalesce(g.minimum_quantity, 0) as worse
          from access_grant g
          join equal_cohort c
            on (c.operator_id, c.product_id, c.purpose_class, c.scenario_class, c.unit, c.unit_text, c.currency,
                c.volume_band, c.term_band)
             = (g.operator_id, g.product_id, g.purpose_class, g.scenario_class, coalesce(g.unit, ''),
                coalesce(g.unit_text, ''), coalesce(g.currency, ''), g.volume_band, g.term_band)
          join equal_terms t on t.operator_id = c.operator_id and t.cohort_id = c.id
         where g.id = $1
      ), since as (
        select coalesce(max(a.decided_on) filter (where a.as_good), date '0001-01-01') as day from alike a
      )
      select s.day from since s where exists (select from alike a where a.worse and a.decided_on >= s.day)
      """;

  Future<Void> tell(SqlConnection transaction, Write write, UUID grantId) {
    return database
        .first(transaction, SINCE, Tuple.of(grantId), row -> row.getLocalDate(0))
        .compose(
            since ->
                since == null
                    ? Future.succeededFuture()
                    : tell(transaction, write, grantId, since));
  }

  private Future<Void> tell(SqlConnection transaction, Write write, UUID grantId, LocalDate since) {
    return some(transaction, write, grantId, BEFORE_ALL, since, AT_ONCE)
        .compose(
            told ->
                told.last() == null
                    ? Future.succeededFuture()
                    : later(transaction, write, grantId, told.last(), told.since()));
  }

  /**
   * Some holders were told.
   *
   * @param last the last grant that was looked at; null where no more are left
   * @param events how many were told
   */
  record Told(@Nullable UUID last, LocalDate since, int events) {}

  private static final String TELL =
      """
      -- tellBetterTerms
      with given as (
        select g.*, exists (
                 select from access_grant_deviation d
                  where d.operator_id = g.operator_id and d.grant_id = g.id and d.field = 'UNIT_PRICE') as special
          from access_grant g
         where g.id = $1
      ), alike as (
        select o.operator_id, o.id, o.holder_id, o.decided_on,
               o.unit is not distinct from g.unit and o.unit_text is not distinct from g.unit_text
                 and o.currency is not distinct from g.currency and o.holder_id <> g.holder_id
                 and o.decided_on >= $4 as alike,
               array_remove(array[
                 case when o.unit_price > g.unit_price
                       and (g.special or g.tariff_id is null
                            or (o.tariff_id, o.tariff_version) is distinct from (g.tariff_id, g.tariff_version))
                      then 'unitPrice' end,
                 case when o.discount_percent < g.discount_percent then 'discountPercent' end,
                 case when coalesce(o.payment_days, 0) < coalesce(g.payment_days, 0) then 'paymentDays' end,
                 case when coalesce(o.deposit, 0) > coalesce(g.deposit, 0) then 'deposit' end,
                 case when coalesce(o.minimum_quantity, 0) > coalesce(g.minimum_quantity, 0) then 'minimumQuantity' end],
                 null) as better
          from given g
         cross join lateral (
                 select *
                   from access_grant o
                  where o.operator_id = g.operator_id and o.product_id = g.product_id
                    and o.purpose_class = g.purpose_class and o.scenario_class = g.scenario_class
                    and o.volume_band = g.volume_band and o.term_band = g.term_band and o.id > $2
                  order by o.operator_id, o.product_id, o.purpose_class, o.scenario_class, o.volume_band, o.term_band, o.id
                  limit $3) o
      ), told as (
        insert into event_outbox
               (id, occurred_at, type, subject, subject_version, organization_id, open, changed_fields, actor, actor_name,
                request_id)
        select gen_random_uuid(), $5, 'BETTER_TERMS_GIVEN', 'acg_' || replace(a.id::text, '-', ''), v.version, a.holder_id,
               false, a.better, 'server', 'Fairground', 'better-terms'
          from alike a
          join access_grant_version v
            on v.operator_id = a.operator_id and v.grant_id = a.id and v.valid_to = 'infinity'
           and v.state in ('AWAITING_SIGNATURE', 'ACTIVE')
         where a.alike and cardinality(a.better) > 0
        returning 1
      )
      select count(*)::integer, (array_agg(a.id order by a.id desc))[1], (select count(*)::integer from told)
        from alike a
      """;

  /**
   * Looks at some like grants, those behind a grant, and tells those of their holders that it
   * concerns.
   */
  Future<Told> some(
      SqlConnection transaction,
      Write write,
      UUID grantId,
      UUID behind,
      LocalDate since,
      int most) {
    return database
        .first(
            transaction,
            TELL,
            Tuple.of(grantId, behind, most, since, write.moment().now().atOffset(ZoneOffset.UTC)),
            row ->
                new Told(
                    Rows.number(row, 0) < most ? null : row.getUUID(1), since, Rows.number(row, 2)))
        .map(told -> requireNonNull(told));
  }

  private static final String LATER =
      """
      -- betterTermsLater
      insert into better_terms_due (grant_id, operator_id, told_to, since, due_at)
      select g.id, g.operator_id, $2, $3, $4 from access_grant g where g.id = $1
      on conflict (grant_id) do update set told_to = excluded.told_to, due_at = excluded.due_at
      """;

  private Future<Void> later(
      SqlConnection transaction, Write write, UUID grantId, UUID toldTo, LocalDate since) {
    return database
        .rows(
            transaction,
            LATER,
            Tuple.of(grantId, toldTo, since, write.moment().now().atOffset(ZoneOffset.UTC)))
        .mapEmpty();
  }
}
