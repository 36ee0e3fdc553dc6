package dev.fairground.fairness;

import dev.fairground.Asking;
import dev.fairground.SmallMarket;

/**
 * Requests of a small market with whatever became of them, by chance but the same for each seed:
 * decisions in time and late, unknown days, reasons, withdrawals, reviews, pauses, grants.
 */
final class RandomRequests {
  private RandomRequests() {}

  /** A market with {@code count} requests from January 2025 to June 2026, read on 15 June 2026. */
  static void into(Asking asking, int seed, int count) {
    SmallMarket.into(asking);
    asking.change(
        """
        insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'OPERATOR', '000000', '2024-01-01'
          from generate_series(1, 2) as n
        """);
    add(asking, seed, count);
  }

  /** More requests; those of another seed are others. */
  static void add(Asking asking, int seed, int count) {
    asking.change(
        """
        insert into access_request (operator_id, id, number, product_id, product_version, authorization_grant_id,
               institution_id, jurisdiction_code, applicant_id, scenario_class, purpose_class, use_statement, starts_on,
               ends_on, policy_version, terms_number, submitted_at, submitted_on, submitted_by, demonstration)
        select v.operator_id, md5(x.key)::uuid, x.key, v.product_id, v.version, v.authorization_grant_id,
               '00000000-0000-4000-8000-000000000000', '000000', ('00000000-0000-4000-8000-00000000000' || x.n %% 3)::uuid, 'INDUSTRY',
               case when chance(x.key, 'purpose') < 0.6 then 'INDUSTRY' else 'PUBLIC_WELFARE' end, 'use', '2025-01-01',
               '2026-12-31', 0, 0, x.day, x.day, 'test', chance(x.key, 'demo') < 0.1
          from (select 'R%1$d-' || n as key, n, date '2025-01-03' + (chance('R%1$d-' || n, 'day') * 525)::int as day
                  from generate_series(1, %2$d) as n) as x
          join (select *, row_number() over (order by product_id) as place from product_version where valid_to = 'infinity') as v
            -- The last product is asked for by nobody, the one before it seldom.
            on v.place = case when x.n <= 2 then 5 else 1 + (chance(x.key, 'product') * 3.999)::int %% 4 end
        """
            .formatted(seed, count));
    decided(asking, seed);
    granted(asking, seed);
    versions(asking, seed);
  }

  /** Needed before anything else: what happens by chance, from 0 to 1. */
  static void chance(Asking asking) {
    asking.change(
        """
        create function chance(key text, what text) returns double precision language sql immutable as $$
          select ('x' || left(md5(key || what), 8))::bit(32)::bigint / 4294967296.0::double precision
        $$
        """);
  }

  private static void decided(Asking asking, int seed) {
    asking.change(
        """
        insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by, decided_at,
               decided_on, due_on, on_time, working_days)
        select r.operator_id, r.id, r.id, 'OPERATOR', case when chance(r.number, 'yes') < 0.7 then 'APPROVED' else 'REFUSED' end,
               r.operator_id, 'test', r.submitted_on + x.days, r.submitted_on + x.days, r.submitted_on + 14,
               case when chance(r.number, 'clock') < 0.95 then x.days <= 14 end,
               case when chance(r.number, 'days') < 0.95 then x.days * 5 / 7 end
          from access_request r
         cross join lateral (select (chance(r.number, 'took') ^ 2 * 60)::int as days) as x
         where r.number like 'R%d-%%' and chance(r.number, 'end') < 0.8
           and r.submitted_on + x.days <= date '2026-06-15'
        """
            .formatted(seed));
    asking.change(
        """
        insert into access_request_step (operator_id, request_id, number, kind, at, on_day, by_subject)
        select r.operator_id, r.id, s.number, s.kind, r.submitted_on + s.days, r.submitted_on + s.days, 'test'
          from access_request r
          left join access_decision d on d.operator_id = r.operator_id and d.request_id = r.id
         cross join lateral (values (1, 'SUBMITTED', 0, true),
                                    (2, 'ESCALATED', 16, coalesce(d.decided_on, date '2026-06-15') > r.submitted_on + 16),
                                    (3, 'WITHDRAWN', 20, d.id is null and chance(r.number, 'end') > 0.9),
                                    (4, 'REVIEW_ASKED', 61, d.outcome = 'REFUSED' and chance(r.number, 'review') < 0.6))
               as s (number, kind, days, happened)
         where r.number like 'R%d-%%' and s.happened and r.submitted_on + s.days <= date '2026-06-15'
        """
            .formatted(seed));
    asking.change(
        """
        insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by, decided_at, decided_on)
        select s.operator_id, md5('review' || s.request_id)::uuid, s.request_id, 'INSTITUTION',
               case when chance(r.number, 'overturned') < 0.4 then 'OVERTURNED' else 'UPHELD' end,
               '00000000-0000-4000-8000-000000000000', 'test', s.on_day + 20, s.on_day + 20
          from access_request_step s
          join access_request r on r.operator_id = s.operator_id and r.id = s.request_id
         where r.number like 'R%d-%%' and s.kind = 'REVIEW_ASKED' and s.on_day + 20 <= date '2026-06-15'
        """
            .formatted(seed));
    asking.change(
        """
        insert into access_decision_reason (operator_id, decision_id, position, code, explanation)
        select d.operator_id, d.id, x.position, x.code, 'why'
          from access_decision d
          join access_request r on r.operator_id = d.operator_id and r.id = d.request_id
         cross join lateral (
           select row_number() over (order by code) as position, code
             from unnest(array['SCENARIO_NOT_ALLOWED', 'CLASSIFICATION', 'BAD_CREDIT', 'CAPACITY_EXHAUSTED']) as code
            where chance(r.number, code) < 0.4 or code = 'CLASSIFICATION'
         ) as x
         where r.number like 'R%d-%%' and d.outcome in ('REFUSED', 'UPHELD')
        """
            .formatted(seed));
  }

  private static void granted(Asking asking, int seed) {
    asking.change(
        """
        insert into access_grant (operator_id, id, number, request_id, decision_id, product_id, product_version,
               authorization_grant_id, institution_id, jurisdiction_code, holder_id, scenario_class, purpose_class,
               policy_version, terms_number, free_of_charge, volume_band, term_band, starts_on, ends_on, decided_on,
               affiliate, small_or_micro, created_at, demonstration)
        select r.operator_id, r.id, r.number, r.id, d.id, r.product_id, r.product_version, r.authorization_grant_id,
               r.institution_id, r.jurisdiction_code, r.applicant_id, r.scenario_class, r.purpose_class, 0, 0,
               r.purpose_class <> 'INDUSTRY' or chance(r.number, 'free') < 0.1, 'NONE', 'NONE', r.starts_on, r.ends_on,
               d.decided_on, case when chance(r.number, 'known') < 0.7 then chance(r.number, 'affiliate') < 0.2 end,
               case when chance(r.number, 'size') < 0.6 then chance(r.number, 'small') < 0.5 end, d.decided_at, r.demonstration
          from access_request r
          join access_decision d on d.operator_id = r.operator_id and d.request_id = r.id
         where r.number like 'R%d-%%' and d.outcome in ('APPROVED', 'OVERTURNED')
        """
            .formatted(seed));
  }

  /**
   * Requests as they stood: some waited, or wait; of most that are open the day they are due has
   * passed.
   */
  private static void versions(Asking asking, int seed) {
    asking.change(
        """
        insert into access_request_version (operator_id, request_id, version, valid_from, valid_to, state, due_on)
        select operator_id, request_id, row_number() over of_request,
               day::timestamp at time zone 'Asia/Shanghai' + interval '9 hours',
               coalesce((lead(day) over of_request)::timestamp at time zone 'Asia/Shanghai' + interval '9 hours', 'infinity'),
               state, due_on
          from (
            select r.operator_id, r.id as request_id, s.day, s.state, s.due_on
              from access_request r
              left join access_decision d
                on d.operator_id = r.operator_id and d.request_id = r.id and d.level = 'OPERATOR'
              left join access_request_step w
                on w.operator_id = r.operator_id and w.request_id = r.id and w.kind = 'WITHDRAWN'
             cross join lateral (
               values (r.submitted_on, 'SUBMITTED', r.submitted_on + 14, true),
                      (r.submitted_on + 5, 'INCOMPLETE', '9999-12-30', chance(r.number, 'paused') < 0.2),
                      (r.submitted_on + 25, 'SUBMITTED', r.submitted_on + 35,
                       chance(r.number, 'paused') between 0.08 and 0.2)
             ) as s (day, state, due_on, happened)
             where r.number like 'R%1$d-%%' and s.happened
               and s.day <= date '2026-06-15' and s.day < coalesce(d.decided_on, w.on_day, 'infinity')
            union all
            select d.operator_id, d.request_id, d.decided_on, 'GRANTED', '9999-12-31'
              from access_decision d
              join access_request r on r.operator_id = d.operator_id and r.id = d.request_id
             where r.number like 'R%1$d-%%' and d.level = 'OPERATOR' and d.decided_on > r.submitted_on
            union all
            select w.operator_id, w.request_id, w.on_day, 'WITHDRAWN', '9999-12-31'
              from access_request_step w
              join access_request r on r.operator_id = w.operator_id and r.id = w.request_id
             where r.number like 'R%1$d-%%' and w.kind = 'WITHDRAWN'
          ) as x
        window of_request as (partition by operator_id, request_id order by day)
        """
            .formatted(seed));
  }
}
