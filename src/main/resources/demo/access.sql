-- Requests for access to products of the demonstration market, of the half year before the day on which it is loaded, with
-- what became of them: made up, all of it. Days of decisions are working days of the national calendar. Run once, where
-- nobody has asked for anything yet.

create function pg_temp.working_day(after date, number integer) returns date language sql as $$
  select day::date
    from (
      select d as day, row_number() over (order by d) as place
        from generate_series(after + 1, after + 60, interval '1 day') as d
        left join work_calendar_day x on x.calendar_id = 'CN' and x.day = d::date and x.valid_to = 'infinity'
       where coalesce(x.working, extract(isodow from d) < 6)
    ) as counted
   where place = number
$$;

create temporary table demo_applicant on commit drop as
select key, coalesce(o.id, md5('organization ' || a.code)::uuid) as id, a.code, name, name_en, kind, role, small, linked_to
  from (values
    ('DEVELOPER', 'DEMO-DEVELOPER-BEIJING', '', '', '', '', null::boolean, null),
    ('HEALTH', 'DEMO-APPLICANT-1', '示例健康科技有限公司', 'Example Health Technology Ltd', 'ENTERPRISE', 'DEVELOPER', false, null),
    ('STUDIO', 'DEMO-APPLICANT-2', '示例小微数据工作室', 'Example Small Data Studio', 'ENTERPRISE', 'DEVELOPER', true, null),
    ('SERVICE', 'DEMO-APPLICANT-3', '示例便民服务有限公司', 'Example Citizen Services Ltd', 'ENTERPRISE', 'PURCHASER', true, null),
    ('BANK', 'DEMO-APPLICANT-4', '示例银行股份有限公司', 'Example Bank', 'ENTERPRISE', 'PURCHASER', false, null),
    ('INSURER', 'DEMO-APPLICANT-5', '示例保险科技有限公司', 'Example Insurance Technology Ltd', 'ENTERPRISE', 'PURCHASER', null, null),
    ('CENTRE', 'DEMO-APPLICANT-6', '示例政务服务中心', 'Example Government Service Centre', 'PUBLIC_INSTITUTION', 'PURCHASER', null, null),
    ('SCHOOL', 'DEMO-APPLICANT-7', '示例医学院', 'Example Medical School', 'PUBLIC_INSTITUTION', 'PURCHASER', null, null),
    ('LINKED', 'DEMO-APPLICANT-8', '示例运营机构附属数据公司', 'Example Subsidiary of the Operator', 'ENTERPRISE', 'DEVELOPER', false,
     'DEMO-OPERATOR-BEIJING'))
    as a (key, code, name, name_en, kind, role, small, linked_to)
  left join organization o on o.code = a.code;

insert into organization (id, code, created_at)
select id, code, '2026-01-15 00:00+08' from demo_applicant where name <> ''
    on conflict do nothing;

insert into organization_version (organization_id, version, valid_from, code, name, locale, name_translations, kind,
       region_code, small_or_micro, source, demonstration)
select id, 1, '2026-01-15 00:00+08', code, name, 'zh', jsonb_build_object('en', name_en), kind, '110000', small,
       'made up for demonstration', true
  from demo_applicant
 where name <> ''
    on conflict do nothing;

insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
select id, role, '110000', '2026-01-15' from demo_applicant where name <> ''
    on conflict do nothing;

insert into affiliation (id, organization_id, affiliate_id, kind, share_percent, starts_on, evidence, demonstration)
select md5('link ' || a.code)::uuid, o.id, a.id, 'HOLDS_SHARES', 60, '2026-01-15', '示例：工商登记', true
  from demo_applicant a
  join organization o on o.code = a.linked_to
    on conflict do nothing;

-- Beijing's products as its list has them: the first of public use and of industry; of the others those with these codes.
create temporary table demo_asked_product on commit drop as
select place.key, p.operator_id, p.id as product_id
  from (
    select case v.purpose_class when 'INDUSTRY' then 'I' else 'B' end
             || row_number() over (partition by v.purpose_class = 'INDUSTRY' order by v.code) as key, v.operator_id,
           v.product_id
      from product_version v
     where v.operator_id = md5('organization DEMO-OPERATOR-BEIJING')::uuid and v.version = 1 and not v.demonstration
    union all
    select upper(left(platform, 1)) || number, md5('organization DEMO-OPERATOR-' || upper(platform))::uuid,
           md5('product ' || platform || ' ' || number)::uuid
      from (values ('guiyang'), ('jinhua')) as of (platform)
     cross join generate_series(1, 3) as number
  ) as place
  join product p on p.operator_id = place.operator_id and p.id = place.product_id;

-- What was asked for, by whom, how many days ago; after how many working days it ended, and how. Of each product decisions
-- took about as long.
create temporary table demo_story on commit drop as
select s.number, p.operator_id, p.product_id, a.id as applicant_id, s.outcome, s.reason, s.review, s.factor,
       md5('access request ' || s.number)::uuid as id, s.took, a.linked_to, a.small, today.day as today,
       today.day - s.ago as submitted_on, pg_temp.working_day(today.day - s.ago, 10) as due_on,
       pg_temp.working_day(today.day - s.ago, 8) as due_soon_on,
       case when s.took is not null then pg_temp.working_day(today.day - s.ago, s.took) end as ended_on
  from (values
  (1, 'B1', 'CENTRE', 176, 5, 'APPROVED', null, null, null),
  (2, 'B1', 'SCHOOL', 171, 6, 'APPROVED', null, null, null),
  (3, 'B1', 'SERVICE', 160, 8, 'APPROVED', null, null, null),
  (4, 'B1', 'DEVELOPER', 139, 7, 'APPROVED', null, null, null),
  (5, 'B1', 'BANK', 126, 5, 'REFUSED', 'SCENARIO_NOT_ALLOWED', null, null),
  (6, 'B1', 'STUDIO', 83, 8, 'APPROVED', null, null, null),
  (7, 'B1', 'LINKED', 62, 6, 'APPROVED', null, null, null),
  (8, 'B1', 'HEALTH', 6, null, null, null, null, null),
  (9, 'B2', 'CENTRE', 170, 9, 'APPROVED', null, null, null),
  (10, 'B2', 'SCHOOL', 149, 10, 'APPROVED', null, null, null),
  (11, 'B2', 'DEVELOPER', 121, 12, 'APPROVED', null, null, null),
  (12, 'B2', 'HEALTH', 97, 10, 'APPROVED', null, null, null),
  (13, 'B2', 'INSURER', 75, 9, 'REFUSED', 'SECURITY_NOT_PROVED', 'OVERTURNED', null),
  (14, 'B2', 'LINKED', 58, 10, 'APPROVED', null, null, null),
  (15, 'B2', 'STUDIO', 21, null, null, null, null, null),
  (16, 'B3', 'CENTRE', 163, 8, 'APPROVED', null, null, null),
  (17, 'B3', 'SERVICE', 118, 10, 'APPROVED', null, null, null),
  (18, 'B3', 'SCHOOL', 90, 7, 'APPROVED', null, null, null),
  (19, 'B3', 'BANK', 68, 14, 'REFUSED', 'OUTSIDE_AUTHORIZED_SCOPE', 'UPHELD', null),
  (20, 'B3', 'DEVELOPER', 32, 3, 'WITHDRAWN', null, null, null),
  (21, 'B3', 'HEALTH', 4, null, null, null, null, null),
  (22, 'B4', 'CENTRE', 132, 10, 'APPROVED', null, null, null),
  (23, 'B4', 'DEVELOPER', 104, 13, 'APPROVED', null, null, null),
  (24, 'B4', 'INSURER', 40, null, null, null, null, null),
  (25, 'B5', 'SCHOOL', 95, 6, 'APPROVED', null, null, null),
  (26, 'B5', 'STUDIO', 47, 10, 'REFUSED', 'INCOMPLETE_AFTER_NOTICE', null, null),
  (27, 'I1', 'HEALTH', 155, 10, 'REFUSED', 'CLASSIFICATION', null, null),
  (28, 'I1', 'DEVELOPER', 110, 11, 'REFUSED', 'CLASSIFICATION', 'UPHELD', null),
  (29, 'I1', 'INSURER', 27, null, null, null, null, null),
  (30, 'I2', 'HEALTH', 114, 2, 'WITHDRAWN', null, null, null),
  (31, 'I2', 'BANK', 16, null, null, null, null, null),
  (32, 'I3', 'DEVELOPER', 9, null, null, null, null, null),
  (33, 'G1', 'DEVELOPER', 174, 5, 'APPROVED', null, null, null),
  (34, 'G1', 'HEALTH', 166, 5, 'APPROVED', null, null, null),
  (35, 'G1', 'BANK', 152, 7, 'APPROVED', null, null, null),
  (36, 'G1', 'INSURER', 143, 6, 'APPROVED', null, null, null),
  (37, 'G1', 'STUDIO', 129, 6, 'APPROVED', null, null, 'SMALL_FIRM'),
  (38, 'G1', 'SERVICE', 101, 8, 'APPROVED', null, null, null),
  (39, 'G1', 'SCHOOL', 79, 10, 'REFUSED', 'SCENARIO_NOT_ALLOWED', null, null),
  (40, 'G1', 'LINKED', 54, 5, 'APPROVED', null, null, null),
  (41, 'G1', 'CENTRE', 12, null, null, null, null, null),
  (42, 'G2', 'BANK', 158, 9, 'APPROVED', null, null, null),
  (43, 'G2', 'DEVELOPER', 135, 9, 'APPROVED', null, null, null),
  (44, 'G2', 'INSURER', 93, 11, 'REFUSED', 'BAD_CREDIT', null, null),
  (45, 'G2', 'HEALTH', 71, 8, 'APPROVED', null, null, null),
  (46, 'G2', 'STUDIO', 36, 6, 'WITHDRAWN', null, null, null),
  (47, 'G2', 'SERVICE', 3, null, null, null, null, null),
  (48, 'G3', 'CENTRE', 147, 3, 'APPROVED', null, null, null),
  (49, 'G3', 'SCHOOL', 124, 4, 'APPROVED', null, null, null),
  (50, 'G3', 'SERVICE', 86, 5, 'APPROVED', null, null, null),
  (51, 'G3', 'DEVELOPER', 43, 6, 'APPROVED', null, null, null),
  (52, 'J1', 'DEVELOPER', 168, 10, 'APPROVED', null, null, null),
  (53, 'J1', 'BANK', 140, 10, 'APPROVED', null, null, null),
  (54, 'J1', 'HEALTH', 107, 12, 'APPROVED', null, null, null),
  (55, 'J1', 'INSURER', 65, 9, 'REFUSED', 'CAPACITY_EXHAUSTED', null, null),
  (56, 'J1', 'SERVICE', 30, null, null, null, null, null),
  (57, 'J2', 'STUDIO', 116, 9, 'APPROVED', null, null, null),
  (58, 'J2', 'DEVELOPER', 77, 10, 'APPROVED', null, null, null),
  (59, 'J2', 'LINKED', 50, 12, 'APPROVED', null, null, null),
  (60, 'J2', 'SCHOOL', 14, 4, 'WITHDRAWN', null, null, null)
  ) as s (number, product, applicant, ago, took, outcome, reason, review, factor)
  join demo_asked_product p on p.key = s.product
  join demo_applicant a on a.key = s.applicant
 cross join (select (now() at time zone 'Asia/Shanghai')::date as day) as today;

create function pg_temp.at_work(day date) returns timestamptz language sql immutable as $$
  select (day + time '10:00') at time zone 'Asia/Shanghai'
$$;

insert into access_request (operator_id, id, number, product_id, product_version, authorization_grant_id,
       institution_id, jurisdiction_code, applicant_id, scenario_id, scenario_class, purpose_class, use_statement,
       starts_on, ends_on, unit, quantity, policy_version, terms_number, submitted_at, submitted_on, submitted_by,
       demonstration)
select s.operator_id, s.id, 'DEMO-AR-' || lpad(s.number::text, 3, '0'), s.product_id, v.version, v.authorization_grant_id,
       g.institution_id, g.jurisdiction_code, s.applicant_id, u.scenario_id, coalesce(u.class_code, v.purpose_class),
       v.purpose_class, '示例：用于演示的使用申请', (date_trunc('month', s.due_on) + interval '1 month')::date,
       (date_trunc('month', s.due_on) + interval '13 months')::date - 1,
       case when v.purpose_class = 'INDUSTRY' and t.product_id is not null then 'PER_CALL' end,
       case when v.purpose_class = 'INDUSTRY' and t.product_id is not null then 2000 + 1000 * (s.number % 8) end,
       coalesce(p.version, 0), coalesce(p.terms_number, 0), pg_temp.at_work(s.submitted_on), s.submitted_on, 'demonstration',
       true
  from demo_story s
 cross join lateral (
   select x.version, x.authorization_grant_id, x.purpose_class
     from product_version x
    where x.operator_id = s.operator_id and x.product_id = s.product_id
      and x.valid_to > pg_temp.at_work(s.submitted_on)
    order by x.version
    limit 1
 ) as v
  join authorization_grant_version g on g.grant_id = v.authorization_grant_id and g.valid_to = 'infinity'
  left join lateral (
    select x.scenario_id, c.class_code
      from product_scenario x
      join scenario_version c on c.scenario_id = x.scenario_id and c.valid_to = 'infinity'
     where x.operator_id = s.operator_id and x.product_id = s.product_id and x.product_version = v.version and x.allowed
       and c.purpose_class = v.purpose_class
     order by x.scenario_id
     limit 1
  ) as u on true
  left join tariff t on t.operator_id = s.operator_id and t.product_id = s.product_id and t.valid_to = 'infinity'
  left join lateral (
    select x.version, x.terms_number
      from access_policy x
     where x.operator_id = s.operator_id and x.product_id = s.product_id and x.effective_on <= s.submitted_on
     order by x.version desc
     limit 1
  ) as p on true;

insert into clock (id, subject, rule, jurisdiction_code, rule_set_code, rule_set_version, responsible_id, waiting_id,
       calendar_id, unit, length, warning_days, started_on, counted_from, counted_days, due_soon_on, due_on, state,
       ended_on, told)
select md5('clock ' || s.id)::uuid, 'acr_' || replace(s.id::text, '-', ''), 'accessDecisionWd', r.jurisdiction_code,
       '000000', 1, s.operator_id, s.applicant_id, 'CN', 'WORKING_DAYS', 10, 2, s.submitted_on, s.submitted_on, 10,
       s.due_soon_on, s.due_on,
       case when s.outcome is null then 'RUNNING' when s.outcome = 'WITHDRAWN' then 'STOPPED' else 'MET' end, s.ended_on,
       case when coalesce(s.ended_on, s.today) > s.due_on then 'OVERDUE' end
  from demo_story s
  join access_request r on r.operator_id = s.operator_id and r.id = s.id;

-- Where nobody decided in time the institution was told on the next working day.
create temporary table demo_step on commit drop as
select s.operator_id, s.id, e.kind, e.on_day, e.by_id, e.level, e.due_on,
       row_number() over (partition by s.id order by e.on_day, e.place)::integer as number
  from demo_story s
  join access_request r on r.operator_id = s.operator_id and r.id = s.id
 cross join lateral (
   values (1, 'SUBMITTED', s.submitted_on, s.applicant_id, 'OPERATOR', s.due_on, true),
          (2, 'ESCALATED', pg_temp.working_day(s.due_on, 1), null::uuid, 'INSTITUTION', pg_temp.working_day(s.due_on, 6),
           coalesce(s.ended_on, s.today) > s.due_on and pg_temp.working_day(s.due_on, 1) <= s.today),
          (3, 'DECIDED', s.ended_on, s.operator_id, 'OPERATOR', null, s.outcome in ('APPROVED', 'REFUSED')),
          (4, 'WITHDRAWN', s.ended_on, s.applicant_id, null, null, s.outcome = 'WITHDRAWN'),
          (5, 'REVIEW_ASKED', s.ended_on + 3, s.applicant_id, 'INSTITUTION', pg_temp.working_day(s.ended_on + 3, 10), s.review is not null),
          (6, 'DECIDED', pg_temp.working_day(s.ended_on + 3, 9), r.institution_id, 'INSTITUTION', null, s.review is not null)
 ) as e (place, kind, on_day, by_id, level, due_on, happened)
 where e.happened;

insert into access_request_step (operator_id, request_id, number, kind, at, on_day, by_organization_id, by_subject, level, due_on)
select operator_id, id, number, kind, pg_temp.at_work(on_day) + number * interval '1 minute', on_day, by_id, 'demonstration', level,
       due_on
  from demo_step;

insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by, decided_at, decided_on,
       due_on, on_time, working_days, text)
select s.operator_id, md5('decision ' || t.level || s.id)::uuid, s.id, t.level,
       case t.level when 'OPERATOR' then s.outcome else s.review end, t.by_id, 'demonstration',
       pg_temp.at_work(t.on_day) + t.number * interval '1 minute', t.on_day,
       case t.level when 'OPERATOR' then s.due_on else pg_temp.working_day(s.ended_on + 3, 10) end,
       t.level <> 'OPERATOR' or t.on_day <= s.due_on, case t.level when 'OPERATOR' then s.took else 9 end, '示例决定'
  from demo_story s
  join demo_step t on t.operator_id = s.operator_id and t.id = s.id and t.kind = 'DECIDED';

insert into access_decision_reason (operator_id, decision_id, position, code, document, clause, explanation, curable_by)
select d.operator_id, d.id, 1, s.reason, null, null, '示例理由：' || s.reason,
       case when s.reason in ('SECURITY_NOT_PROVED', 'INCOMPLETE_AFTER_NOTICE') then '示例：补充证明材料后重新申请' end
  from demo_story s
  join access_decision d on d.operator_id = s.operator_id and d.request_id = s.id and d.outcome in ('REFUSED', 'UPHELD');

-- The state after each step that changes it.
insert into access_request_version (operator_id, request_id, version, valid_from, valid_to, state, level, due_on,
       escalation_due_on, review_until)
select operator_id, id, row_number() over of_request, at, coalesce(lead(at) over of_request, 'infinity'), state, level,
       due_on, escalation_due_on, review_until
  from (
    select s.operator_id, s.id, pg_temp.at_work(t.on_day) + t.number * interval '1 minute' as at,
           case when t.kind in ('SUBMITTED', 'ESCALATED') then 'SUBMITTED'
                when t.kind = 'WITHDRAWN' then 'WITHDRAWN'
                when t.kind = 'REVIEW_ASKED' then 'UNDER_REVIEW'
                when t.level = 'OPERATOR' then case s.outcome when 'APPROVED' then 'GRANTED' else 'REFUSED' end
                else case s.review when 'OVERTURNED' then 'GRANTED' else 'REFUSAL_UPHELD' end end as state,
           case when t.kind in ('ESCALATED', 'REVIEW_ASKED') or t.level = 'INSTITUTION' then 'INSTITUTION' else 'OPERATOR' end as level,
           case when t.kind in ('SUBMITTED', 'ESCALATED') then s.due_on
                when t.kind = 'REVIEW_ASKED' then t.due_on else date '9999-12-31' end as due_on,
           case when t.kind = 'ESCALATED' then t.due_on end as escalation_due_on,
           case when t.kind = 'DECIDED' and t.level = 'OPERATOR' and s.outcome = 'REFUSED' then t.on_day + 30 end as review_until
      from demo_story s
      join demo_step t on t.operator_id = s.operator_id and t.id = s.id
  ) as x
window of_request as (partition by operator_id, id order by at);

-- Grants by the tariffs: half a yuan a call; one is cheaper, and says why.
insert into access_grant (operator_id, id, number, request_id, decision_id, product_id, product_version,
       authorization_grant_id, institution_id, jurisdiction_code, holder_id, scenario_id, scenario_class, purpose_class,
       policy_version, terms_number, tariff_id, tariff_version, free_of_charge, unit, currency, unit_price, quantity,
       volume_band, term_band, delivery, starts_on, ends_on, decided_on, decision_days, affiliate, small_or_micro,
       payment_days, created_at, demonstration)
select r.operator_id, md5('access grant ' || r.id)::uuid, replace(r.number, 'AR', 'AG'), r.id, d.id, r.product_id,
       r.product_version, r.authorization_grant_id, r.institution_id, r.jurisdiction_code, r.applicant_id, r.scenario_id,
       r.scenario_class, r.purpose_class, r.policy_version, r.terms_number, t.id, t.version, r.purpose_class <> 'INDUSTRY',
       r.unit, case when r.unit is not null then t.currency end,
       case when r.purpose_class <> 'INDUSTRY' then 0 when s.factor is not null then 0.45 else 0.5 end, r.quantity,
       case when r.quantity is null then 'NONE' else 'UP_TO_10000' end, 'UP_TO_1_YEAR', v.deliveries[1], r.starts_on, r.ends_on,
       d.decided_on, case d.level when 'OPERATOR' then d.working_days end,
       s.linked_to is not null and r.operator_id = md5('organization ' || s.linked_to)::uuid, s.small, p.payment_days,
       d.decided_at, true
  from demo_story s
  join access_request r on r.operator_id = s.operator_id and r.id = s.id
  left join access_policy p
    on p.operator_id = r.operator_id and p.product_id = r.product_id and p.version = r.policy_version
  join access_decision d on d.operator_id = r.operator_id and d.request_id = r.id and d.outcome in ('APPROVED', 'OVERTURNED')
  join product_version v
    on v.operator_id = r.operator_id and v.product_id = r.product_id and v.version = r.product_version
  left join tariff t on t.operator_id = r.operator_id and t.product_id = r.product_id and t.valid_to = 'infinity';

insert into access_grant_deviation (operator_id, grant_id, position, field, standard, granted, factor, justification, evidence)
select g.operator_id, g.id, 1, 'UNIT_PRICE', '0.5', '0.45', s.factor, '示例：对小微企业的优惠', '示例：小微企业名录'
  from demo_story s
  join access_grant g on g.operator_id = s.operator_id and g.request_id = s.id
 where s.factor is not null;

-- Both sides signed two days later, as far as that has come.
insert into access_grant_version (operator_id, grant_id, version, valid_from, valid_to, state, signed_by_operator_on,
       signed_by_holder_on, ends_on, sign_by, step, changed_by, changed_by_subject)
select g.operator_id, g.id, v.number, g.created_at + v.later,
       case when v.number = 1 and g.decided_on + 2 < s.today then g.created_at + interval '2 days' else 'infinity' end,
       case v.number when 1 then 'AWAITING_SIGNATURE' else 'ACTIVE' end,
       case v.number when 2 then g.decided_on + 2 end, case v.number when 2 then g.decided_on + 2 end, g.ends_on,
       g.decided_on + 30, case v.number when 1 then 'GIVEN' else 'SIGNED' end,
       case v.number when 1 then 'OPERATOR' else 'HOLDER' end, 'demonstration'
  from demo_story s
  join access_grant g on g.operator_id = s.operator_id and g.request_id = s.id
  join (values (1, interval '0'), (2, interval '2 days')) as v (number, later)
    on v.number = 1 or g.decided_on + 2 < s.today;
