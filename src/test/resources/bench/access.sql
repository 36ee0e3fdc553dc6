-- Access grants of a made-up market, the same at every run: those numbered :from up to :to of :grants, added to a copy of
-- the market in market.sql in a session of a superuser with session_replication_role = replica; equal-terms.sql counts like
-- grants afterwards. Their terms are those that the tariffs of the market and the basic policy give. Grant n belongs to
--   the product of the cohort, one cohort of exactly :cohort grants within half a year,
--   the broad product, a fifth of all, in sixty cohorts within half a year,
--   or one of all other products, over three years.
-- Prices follow the tariff, but for one in a hundred with a reason, a small firm, and one in a thousand without. Ten
-- thousand holders, over and over.

with numbered as (
  select n,
         case when n < :cohort then 0
              when n < :cohort + :grants / 5 then 1
              else 2 end as part,
         hashint4(n) & 2147483647 as h
    from generate_series(:from, :to - 1) as n
), placed as (
  select n, h, part,
         md5('product ' || case part when 0 then 15 when 1 then 5 else (h % (:products / 10 - 2) + 2) * 10 + 5 end)::uuid
           as product_id,
         -- In order of days within each part: grants are given as time goes by.
         case part
           when 0 then current_date - 170 + (n::bigint * 165 / :cohort)::integer
           when 1 then current_date - 170 + ((n - :cohort)::bigint * 165 / (:grants / 5 + 1))::integer
           else current_date - 1100 + ((n - :cohort - :grants / 5)::bigint * 1095 / :grants)::integer end as day
    from numbered
), offered as (
  select p.*, v.operator_id, v.authorization_grant_id, v.version as product_version, v.deliveries[1] as delivery,
         case when p.part = 0 then 'INDUSTRY' else (array['INDUSTRY', 'C10', 'C20'])[1 + p.h / 7 % 3] end as scenario_class,
         case when p.part = 0 then 'UP_TO_1000'
              else (array['UP_TO_100', 'UP_TO_1000', 'UP_TO_10000', 'UP_TO_100000', 'UP_TO_1000000'])[1 + p.h / 23 % 5]
              end as volume_band,
         case when p.part = 0 then 'UP_TO_1_YEAR'
              else (array['UP_TO_3_MONTHS', 'UP_TO_6_MONTHS', 'UP_TO_1_YEAR', 'UP_TO_2_YEARS'])[1 + p.h / 131 % 4]
              end as term_band,
         p.h % 100 = 0 as justified, p.h % 1000 = 7 as unexplained
    from placed p
    join product_version v on v.product_id = p.product_id and v.valid_to = 'infinity'
), request as (
  insert into access_request (operator_id, id, number, product_id, product_version, authorization_grant_id, institution_id,
         jurisdiction_code, applicant_id, scenario_class, purpose_class, use_statement, starts_on, ends_on, unit, quantity,
         policy_version, terms_number, submitted_at, submitted_on, submitted_by, demonstration)
  select operator_id, md5('access ' || n)::uuid, 'A-' || n, product_id, product_version, authorization_grant_id,
         md5('institution')::uuid, '000000', md5('applicant ' || h % 10000)::uuid, scenario_class, 'INDUSTRY', '-', day, day + 364,
         'PER_CALL', 500, 0, 0, day, day, '-', true
    from offered
), given as (
  insert into access_grant (operator_id, id, number, request_id, decision_id, product_id, product_version,
         authorization_grant_id, institution_id, jurisdiction_code, holder_id, scenario_class, purpose_class,
         policy_version, terms_number, tariff_id, tariff_version, free_of_charge, unit, currency, unit_price,
         discount_percent, quantity, volume_band, term_band, delivery, payment_days, small_or_micro, starts_on, ends_on,
         decided_on, decision_days, created_at, demonstration)
  select operator_id, md5('access ' || n)::uuid, 'A-' || n, md5('access ' || n)::uuid, md5('access ' || n)::uuid, product_id,
         product_version, authorization_grant_id, md5('institution')::uuid, '000000', md5('applicant ' || h % 10000)::uuid,
         scenario_class, 'INDUSTRY', 0, 0, md5('tariff of ' || product_id)::uuid, 1, false, 'PER_CALL', 'CNY',
         case when unexplained then 0.9 when justified then 0.8 else 1 end, 0, 500, volume_band, term_band, delivery, null,
         justified, day, day + 364, day, 2 + h % 5, (day + time '12:00') at time zone 'Asia/Shanghai', true
    from offered
   order by n
), version as (
  insert into access_grant_version (operator_id, grant_id, version, valid_from, state, ends_on)
  select operator_id, md5('access ' || n)::uuid, 1, day, 'ACTIVE', day + 364 from offered
)
insert into access_grant_deviation (operator_id, grant_id, position, field, standard, granted, factor, justification)
select operator_id, md5('access ' || n)::uuid, 1, 'UNIT_PRICE', '1', '0.8', 'SMALL_FIRM', '-' from offered where justified;
