-- What access_grant_equal_terms counts as grants are given, counted at once of all grants that there are: the same tables
-- at a fraction of the time. Run where none of the five has a row, in a session in which that trigger does not run.

create temporary table bench_given as
select g.operator_id, g.id, g.holder_id, (g.created_at at time zone 'Asia/Shanghai')::date as given,
       dense_rank() over cohort as cohort,
       row_number() over (order by g.created_at, g.number collate "C") as place
  from access_grant g
window cohort as (order by g.operator_id, g.product_id, g.purpose_class, g.scenario_class, g.product_version,
                           coalesce(g.unit, ''), coalesce(g.unit_text, ''), coalesce(g.currency, ''), g.volume_band,
                           g.term_band);

-- A step is full with three holders, and over with its day.
create function pg_temp.bench_steps() returns table (operator_id uuid, id uuid, step integer) language plpgsql as $$
declare
  one record;
  at bigint := 0;
  holders uuid[] := '{}';
  until date;
begin
  for one in select b.* from bench_given b order by b.cohort, b.place loop
    if one.cohort <> at then
      at := one.cohort;
      step := 1;
      holders := '{}';
    elsif cardinality(holders) >= 3 and until < one.given then
      step := step + 1;
      holders := '{}';
    end if;
    if cardinality(holders) < 3 and one.holder_id <> all(holders) then
      holders := holders || one.holder_id;
    end if;
    until := one.given;
    operator_id := one.operator_id;
    id := one.id;
    return next;
  end loop;
end
$$;

create temporary table bench_told as
select b.cohort, b.place, b.given, s.step, g.*, coalesce(k.agreed, '') as agreed, coalesce(d.reasons, '') as reasons,
       g.tariff_id is not null and not coalesce(d.priced, false) as on_tariff
  from pg_temp.bench_steps() s
  join bench_given b on b.operator_id = s.operator_id and b.id = s.id
  join access_grant g on g.operator_id = s.operator_id and g.id = s.id
  left join (select x.operator_id, x.grant_id, string_agg(x.clause, ',' order by x.clause) as agreed
               from (select c.operator_id, c.grant_id, (c.kind || ':' || md5(c.text)) collate "C" as clause
                       from access_grant_clause c) x
              group by x.operator_id, x.grant_id) k
    on k.operator_id = g.operator_id and k.grant_id = g.id
  left join (select x.operator_id, x.grant_id, string_agg(distinct x.field || ':' || x.factor, ',') as reasons,
                    bool_or(x.field = 'UNIT_PRICE') as priced
               from access_grant_deviation x
              group by x.operator_id, x.grant_id) d
    on d.operator_id = g.operator_id and d.grant_id = g.id;

create temporary table bench_cohort as
select cohort, operator_id, gen_random_uuid() as id, product_id, purpose_class, scenario_class, product_version,
       coalesce(unit, '') as unit, coalesce(unit_text, '') as unit_text, coalesce(currency, '') as currency, volume_band,
       term_band, (array_agg(jurisdiction_code order by place desc))[1] as jurisdiction_code, max(step) as step
  from bench_told
 group by cohort, operator_id, product_id, purpose_class, scenario_class, product_version, 8, 9, 10, volume_band, term_band;

insert into equal_cohort (operator_id, id, product_id, purpose_class, scenario_class, product_version, unit, unit_text,
       currency, volume_band, term_band, jurisdiction_code, step)
select operator_id, id, product_id, purpose_class, scenario_class, product_version, unit, unit_text, currency, volume_band,
       term_band, jurisdiction_code, step
  from bench_cohort;

insert into equal_step (operator_id, cohort_id, step, holders, from_on, to_on, decided_from, decided_to)
select c.operator_id, c.id, s.step, s.holders, s.from_on, s.to_on, s.decided_from, s.decided_to
  from (select h.cohort, h.step, (array_agg(h.holder_id order by h.place))[1:3] as holders, min(h.from_on) as from_on,
               max(h.to_on) as to_on, min(h.decided_from) as decided_from, max(h.decided_to) as decided_to
          from (select cohort, step, holder_id, min(place) as place, min(given) as from_on, max(given) as to_on,
                       min(decided_on) as decided_from, max(decided_on) as decided_to
                  from bench_told
                 group by cohort, step, holder_id) h
         group by h.cohort, h.step) s
  join bench_cohort c on c.cohort = s.cohort;

insert into equal_terms (operator_id, cohort_id, decided_on, step, digest, unit_price, on_tariff, discount_percent, delivery,
       payment_days, deposit, minimum_quantity, clauses, small_or_micro, factors, least_quantity, most_quantity, least_days,
       most_days, grants)
select c.operator_id, c.id, t.decided_on, t.step,
       md5(jsonb_build_array(trim_scale(t.unit_price), t.on_tariff, trim_scale(t.discount_percent), t.delivery,
                             t.payment_days, trim_scale(t.deposit), trim_scale(t.minimum_quantity), t.agreed,
                             t.small_or_micro, t.reasons)::text),
       t.unit_price, t.on_tariff, t.discount_percent, t.delivery, t.payment_days, t.deposit, t.minimum_quantity, t.agreed,
       t.small_or_micro, t.reasons, min(t.quantity), max(t.quantity), min(t.ends_on - t.starts_on + 1),
       max(t.ends_on - t.starts_on + 1), count(*)
  from bench_told t
  join bench_cohort c on c.cohort = t.cohort
 group by c.operator_id, c.id, t.decided_on, t.step, t.unit_price, t.on_tariff, t.discount_percent, t.delivery, t.payment_days,
          t.deposit, t.minimum_quantity, t.agreed, t.small_or_micro, t.reasons;

insert into equal_decision_time (operator_id, cohort_id, decided_on, step, decision_days, grants)
select c.operator_id, c.id, t.decided_on, t.step, t.decision_days, count(*)
  from bench_told t
  join bench_cohort c on c.cohort = t.cohort
 where t.decision_days is not null
 group by 1, 2, 3, 4, 5;

insert into equal_deviation (operator_id, cohort_id, decided_on, step, digest, field, standard, granted, factor, grants)
select c.operator_id, c.id, t.decided_on, t.step,
       md5(jsonb_build_array(d.field, d.standard, d.granted, d.factor)::text), d.field, d.standard, d.granted, d.factor,
       count(*)
  from bench_told t
  join bench_cohort c on c.cohort = t.cohort
  join (select distinct x.operator_id, x.grant_id, x.field, x.standard, x.granted, x.factor from access_grant_deviation x) d
    on d.operator_id = t.operator_id and d.grant_id = t.id
 group by 1, 2, 3, 4, d.field, d.standard, d.granted, d.factor;

drop table bench_given;
drop table bench_told;
drop table bench_cohort;
drop function pg_temp.bench_steps();
