package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.OperatorFacts;
import dev.fairground.kernel.Ids;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** SQL that gathers the facts of many operators at once. */
final class OperatorFactsRepository {
  private OperatorFactsRepository() {}

  // Of what is wrong with a list the first hundred are told: who keeps it wants to know where to
  // begin, and a list may be long. A cap is asked about for a year, and longer while it is not
  // settled: that a year goes by makes nothing pass.
  private static final FactSql OPERATORS =
      FactSql.of(
          """
          -- factsOfOperators
          select o.id, grants.jurisdiction_code, grants.active, grants.since, edition.number, edition.published_on,
                 (select jsonb_agg(jsonb_build_object('p', c.product_id, 'k', c.kind, 'on', c.changed_on)
                                   order by c.changed_on, c.product_id)
                    from (select v.product_id, v.kind, (v.valid_from at time zone 'Asia/Shanghai')::date as changed_on
                            from product_version v
                           where v.operator_id = o.id and {v} and v.status = 'PUBLISHED'
                             and not exists (
                                   select 1 from product_listing l
                                    where l.operator_id = v.operator_id and l.product_id = v.product_id
                                      and l.product_version = v.version and l.first_number <= edition.number
                                      and (l.last_number is null or l.last_number >= edition.number))
                           order by v.valid_from, v.product_id limit 100) as c),
                 (select jsonb_agg(jsonb_build_object('p', c.product_id, 'k', c.kind) order by c.product_id)
                    from (select l.product_id, v.kind
                            from product_listing l
                            left join product_version v
                              on v.operator_id = l.operator_id and v.product_id = l.product_id and {v}
                           where l.operator_id = o.id and l.first_number <= edition.number
                             and (l.last_number is null or l.last_number >= edition.number)
                             and v.status is distinct from 'PUBLISHED'
                           order by l.product_id limit 100) as c),
                 (select jsonb_agg(jsonb_build_object('p', c.product_id, 'k', c.kind) order by c.product_id)
                    from (select v.product_id, v.kind
                            from product_version v
                           where v.operator_id = o.id and {v} and v.status = 'PUBLISHED'
                             and not exists (
                                   select 1 from tariff t
                                    where t.operator_id = v.operator_id and t.product_id = v.product_id and {t}
                                      and t.effective_on <= $3 and (t.ends_on is null or t.ends_on >= $3))
                           order by v.product_id limit 100) as c),
                 (select count(*)::integer from product_version v
                   where v.operator_id = o.id and {v} and v.status = 'PUBLISHED'),
                 exists (
                   select 1 from tariff t
                     join product_version v on v.operator_id = t.operator_id and v.product_id = t.product_id
                    where t.operator_id = o.id and {t} and {v} and v.status = 'PUBLISHED' and not t.free_of_charge
                      and t.effective_on <= $3 and (t.ends_on is null or t.ends_on >= $3)),
                 (select jsonb_agg(jsonb_build_object('id', c.id, 'from', c.starts_on, 'to', c.ends_on,
                           'currency', c.currency, 'amount', greatest(c.amount - c.carried_deduction, 0)::text,
                           'income', reported.income::text, 'until', reported.ends_on,
                           'deduction', (select n.carried_deduction::text from revenue_cap n
                                          where n.operator_id = c.operator_id and {n} and n.starts_on > c.ends_on
                                            and n.currency = c.currency
                                          order by n.starts_on limit 1))
                           order by c.starts_on, c.id)
                    from revenue_cap c
                    left join lateral (
                      select sum(r.income) as income, max(r.ends_on) as ends_on
                        from revenue_report r where r.cap_id = c.id and {r}) as reported on true
                   where c.operator_id = o.id and {c} and c.starts_on <= $3
                     and (c.ends_on >= $3 - 366 or reported.income is null or reported.ends_on < c.ends_on
                          or reported.income > greatest(c.amount - c.carried_deduction, 0)))
            from unnest($1::uuid[]) as o (id)
            join lateral (
              select coalesce(
                       min(g.jurisdiction_code) filter (where g.state in ('ACTIVE', 'EXITING')
                                                          and $3 between g.starts_on and g.ends_on),
                       min(g.jurisdiction_code)) as jurisdiction_code,
                     count(*) filter (where g.state in ('ACTIVE', 'EXITING')
                                        and $3 between g.starts_on and g.ends_on)::integer as active,
                     min(g.starts_on) filter (where g.state in ('ACTIVE', 'EXITING')
                                                and $3 between g.starts_on and g.ends_on) as since
                from authorization_grant_version g
               where g.operator_id = o.id and {g}) as grants on grants.jurisdiction_code is not null
            left join lateral (
              select l.number, (l.published_at at time zone 'Asia/Shanghai')::date as published_on
                from product_list l
               where l.operator_id = o.id and l.published_at <= $2
               order by l.number desc
               limit 1) as edition on true
          """);

  static Future<List<Gathered<OperatorFacts>>> find(FactSource source, Collection<UUID> operators) {
    return source.list(OPERATORS, operators, row -> of(source, row));
  }

  private static Gathered<OperatorFacts> of(FactSource source, Row row) {
    var id = Ids.write("org", row.getUUID(0));
    var jurisdiction = Objects.requireNonNull(row.getString(1));
    var facts =
        new OperatorFacts(
            id,
            jurisdiction,
            row.getInteger(2),
            row.getLocalDate(3),
            row.getInteger(4),
            row.getLocalDate(5),
            Parts.list(
                (JsonArray) row.getValue(6),
                one ->
                    new OperatorFacts.Changed(product(one), LocalDate.parse(one.getString("on")))),
            Parts.list((JsonArray) row.getValue(7), OperatorFactsRepository::product),
            Parts.list((JsonArray) row.getValue(8), OperatorFactsRepository::product),
            row.getInteger(9),
            row.getBoolean(10),
            Parts.list((JsonArray) row.getValue(11), OperatorFactsRepository::cap));
    return new Gathered<>(
        Subject.open(
            Check.Subject.OPERATOR,
            row.getUUID(0),
            id,
            null,
            row.getUUID(0),
            null,
            jurisdiction,
            source.at()),
        facts);
  }

  private static String product(JsonObject one) {
    return Parts.productId(
        Objects.requireNonNullElse(one.getString("k"), "DATA_PRODUCT"), Parts.uuid(one, "p"));
  }

  private static OperatorFacts.Cap cap(JsonObject one) {
    return new OperatorFacts.Cap(
        Parts.id("rc", one, "id"),
        LocalDate.parse(one.getString("from")),
        LocalDate.parse(one.getString("to")),
        one.getString("currency"),
        new BigDecimal(one.getString("amount")),
        Parts.number(one, "income"),
        Parts.day(one, "until"),
        Parts.number(one, "deduction"));
  }
}
