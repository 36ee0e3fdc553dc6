package dev.fairground.fairness;

import static dev.fairground.fairness.MonthSql.ALL_PRODUCTS;

import java.util.stream.Collectors;

/**
 * The statements of public figures: sums of the months that are kept, and of public records of
 * those that are not yet. Arguments: places, operators, products, first months, last months, and
 * today as often; one row each.
 */
final class FairnessSql {
  private FairnessSql() {}

  // A series is an operator's, or of one of its products; the market's figures are of many. Each is
  // kept up to the month before "since", which is no later than the reader's month.
  private static final String FIGURES =
      """
      with recursive asked as materialized (
        select a.n, OWNER as owner, a.operator_id, a.product_id, a.from_in, a.to_in,
               (a.to_in + interval '1 month')::date as next_in, a.today
          from unnest($1::int[], $2::uuid[], $3::uuid[], $4::date[], $5::date[], $6::date[])
               as a (n, operator_id, product_id, from_in, to_in, today)
      ), bounds as materialized (
        select min(from_in) as from_in, max(to_in) as to_in, max(today) as today from asked
      ), SERIES
      ), series as materialized (
        select s.owner, s.operator_id, s.product_id,
               least(coalesce(
                       (select (m.month + interval '1 month')::date
                          from access_month m
                         where m.operator_id = s.operator_id and m.product_id = NONE
                         order by m.month desc
                         limit 1), '-infinity'),
                     date_trunc('month', b.today)::date) as since
          from wanted s
         cross join bounds b
      ), kept as materialized (
        select s.owner, m.month, COLUMNS, m.overdue, m.days, m.days_records, m.reasons, m.reasons_records
          from series s
         cross join bounds b
         cross join lateral (
           select k.*
             from access_month k
            where k.operator_id = s.operator_id and k.product_id = s.product_id
              and k.month between b.from_in and b.to_in and k.month < s.since
           offset 0
         ) as m
      ), alike as materialized (
        select s.owner, r.*
          from series s
         cross join bounds b
         cross join lateral (
           ALIKE
         ) as r
      ), counted as materialized (
        COUNTS
      ), told_later as (
        select s.owner, r.*
          from series s
         cross join bounds b
         cross join lateral (
           select r.granted_in as month, TOLD
             from access_record r
            where r.operator_id = s.operator_id and (s.product_id = NONE or r.product_id = s.product_id)
              and r.told_in > r.granted_in and r.granted_in between b.from_in and b.to_in and r.granted_in < s.since
           offset 0
         ) as r
      ), months as (
        select owner, month, COLUMNS from kept
        union all
        select owner, month, COLUMNS from counted
        union all
        select owner, month, LATER from told_later
      ), sums as (
        select a.n, SUMS
          from asked a
          join months m on m.owner = a.owner and m.month between a.from_in and a.to_in
         group by a.n
      ), before as (
        select a.n, sum(o.open) as open
          from asked a
          join series s on s.owner = a.owner
         cross join lateral (
           select m.open
             from access_month m
            where m.operator_id = s.operator_id and m.product_id = s.product_id
              and m.month < least(a.from_in, s.since)
            order by m.month desc
            limit 1
         ) as o
         group by a.n
      ), moved as (
        select a.n, sum(m.requests - m.approved - m.refused - m.withdrawn) as open
          from asked a
          join counted m on m.owner = a.owner and m.month < a.from_in
         group by a.n
      ), late as (
        select a.n, sum(k.overdue) as overdue
          from asked a
          join kept k on k.owner = a.owner and k.month = a.to_in
         group by a.n
        union all
        select a.n, o.overdue
          from asked a
          join series s on s.owner = a.owner and a.to_in >= s.since and a.next_in <= a.today
         cross join lateral (
           select count(*) as overdue
             from access_record r
            where r.operator_id = s.operator_id and (s.product_id = NONE or r.product_id = s.product_id)
              and r.last_in >= a.to_in and r.submitted_in <= a.to_in and (r.ended_in is null or r.ended_in > a.to_in)
              and WAS_OVERDUE
           offset 0
         ) as o
        union all
        select a.n, o.overdue
          from asked a
         cross join lateral (
           select count(*) as overdue
             from OVERDUE
              and v.state = 'SUBMITTED' and v.due_on < a.today and v.valid_to = 'infinity'
           offset 0
         ) as o
         where a.next_in > a.today
      ), spread as (
        select a.n, d.days, sum(sum(d.records)) over (partition by a.n order by d.days) as upto,
               sum(sum(d.records)) over (partition by a.n) as total
          from asked a
          join (
            select k.owner, k.month, d.days, d.records
              from kept k
             cross join unnest(k.days, k.days_records) as d (days, records)
            union all
            select l.owner, l.ended_in, l.working_days, l.records from alike l where l.working_days is not null
          ) as d on d.owner = a.owner and d.month between a.from_in and a.to_in
         group by a.n, d.days
      ), took as (
        select n, max(total)::int as known,
               trim_scale((min(days) filter (where upto * 2 >= total) + min(days) filter (where upto * 2 > total)) / 2.0)
                 as median,
               min(days) filter (where upto >= total * 0.95) as percentile
          from spread
         group by n
      ), why as (
        select a.n, REASONS
          from asked a
          join (
            select k.owner, k.month, d.reason, d.records
              from kept k
             cross join unnest(k.reasons, k.reasons_records) as d (reason, records)
            union all
            select l.owner, l.ended_in, x.reason, l.records from REFUSALS
          ) as d on d.owner = a.owner and d.month between a.from_in and a.to_in
         group by a.n
      )
      select a.n, s.requests, b.open_before, s.approved, s.refused, s.withdrawn,
             coalesce(b.open_before, 0) + coalesce(s.requests - s.approved - s.refused - s.withdrawn, 0), o.overdue, t.known,
             t.median, t.percentile, s.on_time, s.late, s.on_time_unknown, s.escalated, s.grants, s.free_grants,
             s.affiliates, s.not_affiliates, s.affiliates_unknown,
             s.grants - s.affiliates - s.not_affiliates - s.affiliates_unknown, s.small_firms, s.not_small_firms,
             s.small_firms_unknown, s.reviews_asked, s.reviews_decided, s.overturned, s.demonstration, WHY
        from asked a
        left join (
          select n, sum(open)::int as open_before
            from (select n, open from before union all select n, open from moved) as o
           group by n
        ) as b on b.n = a.n
        left join (select n, sum(overdue)::int as overdue from late group by n) as o on o.n = a.n
        left join sums s on s.n = a.n
        left join took t on t.n = a.n
        left join why w on w.n = a.n
       order by a.n
      """;

  private static final String OPERATORS_VERSIONS =
      "access_request_version v where v.operator_id = a.operator_id";

  static final String OF_OPERATORS =
      filled(
          "fairnessOfOperators",
          "a.operator_id",
          "wanted as (select distinct owner, operator_id, NONE as product_id from asked",
          "",
          OPERATORS_VERSIONS);

  static final String OF_PRODUCTS =
      filled(
          "fairnessOfProducts",
          "a.product_id",
          "wanted as (select distinct owner, operator_id, product_id from asked",
          " and r.product_id = s.product_id",
          """
          access_record r
          join access_request_version v on v.operator_id = r.operator_id and v.request_id = r.request_id
          where r.operator_id = a.operator_id and r.product_id = a.product_id and r.last_in = 'infinity'\
          """);

  /** Operators are found one after the other at the ends of their parts of an index. */
  static final String OF_MARKET =
      filled(
          "fairnessOfMarket",
          "NONE",
          """
          known as (
            (select r.operator_id as id from access_record r order by r.operator_id limit 1)
            union all
            select (select r.operator_id from access_record r where r.operator_id > k.id order by r.operator_id limit 1)
              from known k
             where k.id is not null
          ), wanted as (
            select NONE as owner, k.id as operator_id, NONE as product_id from known k where k.id is not null\
          """,
          "",
          "access_request_version v where true");

  private static String filled(
      String name, String owner, String series, String product, String versions) {
    var reasons =
        MonthSql.REASONS.stream()
            .map(
                reason ->
                    "(sum(d.records) filter (where d.reason = '%1$s'))::int as \"%1$s\""
                        .formatted(reason))
            .collect(Collectors.joining(",\n"));
    var told =
        MonthSql.COUNTED.entrySet().stream()
            .filter(one -> MonthSql.MARKS.contains(one.getKey()))
            .map(
                one ->
                    "coalesce((%s), false)::int as %s"
                        .formatted(
                            one.getValue()
                                .condition()
                                .replace("l.told and ", "")
                                .replace("l.", "r."),
                            one.getKey()))
            .collect(Collectors.joining(", "));
    var later =
        MonthSql.COUNTED.keySet().stream()
            .map(column -> MonthSql.MARKS.contains(column) ? column : "0")
            .collect(Collectors.joining(", "));
    var alike =
        MonthSql.alike(
            "",
            "access_record r\n where r.operator_id = s.operator_id and s.since <= b.to_in"
                + product,
            "s.since",
            "b.to_in",
            "r.told_in is not null");
    return ("-- " + name + "\n" + FIGURES)
        .replace("SERIES", series)
        .replace("OWNER", owner)
        .replace("WAS_OVERDUE", MonthSql.overdue("a.next_in", "a.next_in"))
        .replace("OVERDUE", versions)
        .replace("REASONS", reasons)
        .replace(
            "WHY",
            MonthSql.REASONS.stream()
                .map(reason -> "w.\"" + reason + "\"")
                .collect(Collectors.joining(", ")))
        .replace("REFUSALS", MonthSql.REFUSALS)
        .replace("ALIKE", alike)
        .replace("COUNTS", MonthSql.counts("l.owner, MONTH as month", "l.owner, MONTH"))
        .replace("TOLD", told)
        .replace("LATER", later)
        .replace("SUMS", MonthSql.columns("sum(m.NAME)::int as NAME"))
        .replace("COLUMNS", MonthSql.columns("NAME"))
        .replace("NONE", ALL_PRODUCTS);
  }
}
