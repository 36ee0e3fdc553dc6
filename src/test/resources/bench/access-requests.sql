-- Requests like :of, made by submitting one, that wait to be decided: :count of them, by ten thousand applicants in turn. Ids
-- are left in bench_request.

drop table if exists bench_request;
create temporary table bench_request as
select gen_random_uuid() as id, md5('applicant ' || n % 10000)::uuid as applicant_id from generate_series(1, :count) as n;

insert into access_request (operator_id, id, number, product_id, product_version, authorization_grant_id, institution_id,
       jurisdiction_code, applicant_id, scenario_id, scenario_class, purpose_class, use_statement, starts_on, ends_on, unit,
       unit_text, quantity, policy_version, terms_number, eligibility, submitted_at, submitted_on, submitted_by,
       demonstration)
select r.operator_id, b.id, b.id::text, r.product_id, r.product_version, r.authorization_grant_id, r.institution_id,
       r.jurisdiction_code, b.applicant_id, r.scenario_id, r.scenario_class, r.purpose_class, r.use_statement, r.starts_on,
       r.ends_on, r.unit, r.unit_text, r.quantity, r.policy_version, r.terms_number, r.eligibility, r.submitted_at,
       r.submitted_on, r.submitted_by, r.demonstration
  from access_request r
 cross join bench_request b
 where r.id = ':of';

insert into access_request_version (operator_id, request_id, version, valid_from, state, due_on)
select v.operator_id, b.id, v.version, v.valid_from, v.state, v.due_on
  from access_request_version v
 cross join bench_request b
 where v.request_id = ':of' and v.version = 1;

insert into access_request_step (operator_id, request_id, number, kind, at, on_day, by_organization_id, by_subject, due_on)
select s.operator_id, b.id, s.number, s.kind, s.at, s.on_day, b.applicant_id, s.by_subject, s.due_on
  from access_request_step s
 cross join bench_request b
 where s.request_id = ':of' and s.number = 1;

insert into clock (id, subject, rule, jurisdiction_code, rule_set_code, rule_set_version, responsible_id, waiting_id,
       calendar_id, unit, length, warning_days, started_on, counted_from, counted_days, due_soon_on, due_on, unknown_years,
       state)
select gen_random_uuid(), 'acr_' || replace(b.id::text, '-', ''), c.rule, c.jurisdiction_code, c.rule_set_code,
       c.rule_set_version, c.responsible_id, b.applicant_id, c.calendar_id, c.unit, c.length, c.warning_days, c.started_on,
       c.counted_from, c.counted_days, c.due_soon_on, c.due_on, c.unknown_years, c.state
  from clock c
 cross join bench_request b
 where c.subject = 'acr_' || replace(':of', '-', '');

analyze access_request, access_request_version, access_request_step, clock, access_record;
