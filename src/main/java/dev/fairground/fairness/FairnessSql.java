package dev.fairground.fairness;

import dev.fairground.fairaccess.RefusalReasonCode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that count public records. Arguments: places, operators, products, first months,
 * last months, and today as often; one row each.
 */
final class FairnessSql {
  static final List<RefusalReasonCode> REASONS = List.of(RefusalReasonCode.values());

  private FairnessSql() {}

  // A row stands for some records: one, or of the market many that are alike. A sum of none is
  // null.
  private static final String FIGURES =
      """
      select a.n, f.*
        from unnest($1::int[], $2::uuid[], $3::uuid[], $4::date[], $5::date[], $6::date[])
             as a (n, operator_id, product_id, from_in, to_in, today)
       cross join lateral (
         select (sum(records) filter (where submitted_in >= a.from_in))::int,
                (sum(records) filter (where submitted_in < a.from_in and (ended_in is null or ended_in >= a.from_in)))::int,
                (sum(records) filter (where approved))::int,
                (sum(records) filter (where refused))::int,
                (sum(records) filter (where withdrawn))::int,
                (sum(records) filter (where stays))::int,
                (sum(records) filter (where stays and overdue))::int,
                (sum(records) filter (where days is not null))::int,
                MEDIAN,
                PERCENTILE,
                (sum(records) filter (where ends and on_time))::int,
                (sum(records) filter (where ends and not on_time))::int,
                (sum(records) filter (where ends and on_time is null and not withdrawn))::int,
                (sum(records) filter (where escalated_in between a.from_in and a.to_in))::int,
                (sum(records) filter (where given))::int,
                (sum(records) filter (where given and free))::int,
                (sum(records) filter (where told and affiliate))::int,
                (sum(records) filter (where told and not affiliate))::int,
                (sum(records) filter (where told and affiliate is null))::int,
                (sum(records) filter (where given and not told))::int,
                (sum(records) filter (where told and small_or_micro))::int,
                (sum(records) filter (where told and not small_or_micro))::int,
                (sum(records) filter (where told and small_or_micro is null))::int,
                (sum(records) filter (where review_asked_in between a.from_in and a.to_in))::int,
                (sum(records) filter (where reviewed))::int,
                (sum(records) filter (where reviewed and review_outcome = 'OVERTURNED'))::int,
                (sum(records) filter (where demonstration))::int
                REASONS
           from (
             select r.submitted_in, r.ended_in, r.reasons, r.on_time, r.escalated_in, r.review_asked_in, r.review_outcome,
                    r.free, r.affiliate, r.small_or_micro, r.demonstration, EACH as records,
                    m.ends,
                    m.ends and r.outcome = 'APPROVED' as approved,
                    m.ends and r.outcome = 'REFUSED' as refused,
                    m.ends and r.outcome = 'WITHDRAWN' as withdrawn,
                    (r.ended_in is null or r.ended_in > a.to_in) as stays,
                    case when m.ends then r.working_days end as days,
                    m.given,
                    m.given and r.traits_told as told,
                    coalesce(r.reviewed_in between a.from_in and a.to_in, false) as reviewed,
                    coalesce(OVERDUE and not (r.waiting and a.today <= m.next_in), false) as overdue
               from TABLE r
              cross join lateral (
                select coalesce(r.ended_in between a.from_in and a.to_in, false) as ends,
                       coalesce(r.granted_in between a.from_in and a.to_in, false) as given,
                       (a.to_in + interval '1 month')::date as next_in
              ) as m
              where WHICH r.submitted_in <= a.to_in
                -- Each is worked out once for all counts.
             offset 0
           ) as r
       ) as f
       order by a.n
      """;

  /** Those of an operator lie together in an index, which holds all that is counted. */
  private static String ofRecords(String name, String which) {
    return "-- "
        + name
        + "\n"
        + filled(
            "percentile_cont(0.5) within group (order by days)",
            "percentile_disc(0.95) within group (order by days)",
            "1",
            "r.due_on < least(m.next_in, a.today)",
            "access_record",
            which + " and r.last_in >= a.from_in and");
  }

  static final String OF_OPERATORS =
      ofRecords("fairnessOfOperators", "r.operator_id = a.operator_id");

  static final String OF_PRODUCTS =
      ofRecords(
          "fairnessOfProducts", "r.operator_id = a.operator_id and r.product_id = a.product_id");

  // Of records that are alike, by their days: how many there are up to each.
  private static final String DAYS =
      """
      (select %s
         from (
           select r.working_days as days, sum(sum(r.records)) over (order by r.working_days) as upto,
                  sum(sum(r.records)) over () as total
             from alike r
            where r.working_days is not null and r.ended_in between a.from_in and a.to_in
            group by r.working_days
         ) as d)\
      """;

  /** All records are read once; those that are alike in all that counts make one row. */
  static final String OF_MARKET =
      """
      -- fairnessOfMarket
      with alike as materialized (
        select r.submitted_in, r.ended_in, r.outcome, r.reasons, r.working_days, r.on_time, r.escalated_in,
               r.review_asked_in, r.reviewed_in, r.review_outcome, r.granted_in, r.free, r.affiliate, r.small_or_micro,
               r.traits_told, r.demonstration, r.waiting, date_trunc('month', r.due_on)::date as due_in,
               r.due_on < ($6::date[])[1] as late_today, count(*) as records
          from access_record r
         where r.last_in >= (select min(m) from unnest($4::date[]) as m)
           and r.submitted_in <= (select max(m) from unnest($5::date[]) as m)
         group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19
      )
      """
          + filled(
              DAYS.formatted(
                  "(min(days) filter (where upto * 2 >= total) + min(days) filter (where upto * 2 > total)) / 2.0"),
              DAYS.formatted("min(days) filter (where upto >= total * 0.95)"),
              "r.records",
              "case when m.next_in <= a.today then r.due_in < m.next_in else r.late_today end",
              "alike",
              "");

  private static String filled(
      String median, String percentile, String each, String overdue, String table, String which) {
    var reasons =
        REASONS.stream()
            .map(
                reason ->
                    ", (sum(records) filter (where refused and '%s' = any(reasons)))::int"
                        .formatted(reason))
            .collect(Collectors.joining("\n"));
    return FIGURES
        .replace("REASONS", reasons)
        .replace("OVERDUE", overdue)
        .replace("MEDIAN", median)
        .replace("PERCENTILE", percentile)
        .replace("EACH", each)
        .replace("TABLE", table)
        .replace("WHICH", which);
  }
}
