-- Requests for access and the decisions on them: read by the applicant, the operator, the institution of the authorization
-- and the data authority of its jurisdiction. What was handed in and decided stays as it was; a request's state is versioned.
-- All of it belongs to an operator and carries its id first.

-- The jurisdictions that organizations supervise on a day: those whose data authority one of them is, and all below.
create function supervised_jurisdictions(organizations uuid[], on_day date) returns setof text
language sql stable parallel safe rows 50 as $$
  with recursive below (code, depth) as (
    select r.jurisdiction_code, 0
      from organization_role r
     where r.role = 'DATA_AUTHORITY' and r.organization_id = any(organizations)
       and r.starts_on <= on_day and (r.ends_on is null or r.ends_on >= on_day)
    union
    select j.code, below.depth + 1
      from below
      join jurisdiction j on j.parent_code = below.code
     where below.depth < 9
  )
  select distinct code from below
$$;

-- Where a refusal is reviewed: null for the institution; else the jurisdiction whose data authority does: one level up
-- where the institution is the data authority itself, or the place's own where the institution is who applied.
create function access_review_jurisdiction(institution uuid, operator uuid, applicant uuid, jurisdiction text, on_day date)
returns text language sql stable parallel safe as $$
  with recursive chain (code, parent_code, distance) as (
    select j.code, j.parent_code, 0 from jurisdiction j where j.code = jurisdiction
    union all
    select j.code, j.parent_code, chain.distance + 1
      from chain
      join jurisdiction j on j.code = chain.parent_code
     where chain.distance < 9
  ),
       stand (authority) as (select is_data_authority(array[institution], jurisdiction, on_day))
  select case when stand.authority or institution = applicant
              then coalesce(
                     (select chain.code
                        from chain
                       where (not stand.authority or chain.distance > 0 or chain.parent_code is null)
                         and exists (
                               select 1
                                 from organization_role r
                                where r.role = 'DATA_AUTHORITY' and r.jurisdiction_code = chain.code
                                  and r.organization_id <> all(array[institution, operator, applicant])
                                  and r.starts_on <= on_day and (r.ends_on is null or r.ends_on >= on_day))
                       order by chain.distance
                       limit 1),
                     (select chain.code from chain order by chain.distance desc limit 1)) end
    from stand
$$;

create table access_request (
  operator_id uuid not null,
  id uuid not null,
  number text not null check (length(number) between 1 and 64),
  product_id uuid not null,
  product_version integer not null,
  authorization_grant_id uuid not null references authorization_grant (id),
  institution_id uuid not null references organization (id),
  jurisdiction_code text not null references jurisdiction (code),
  applicant_id uuid not null references organization (id),
  scenario_id uuid references scenario (id),
  scenario_class text not null check (length(scenario_class) between 1 and 64),
  purpose_class text not null check (purpose_class in ('PUBLIC_GOVERNANCE', 'PUBLIC_WELFARE', 'INDUSTRY')),
  use_statement text not null check (length(use_statement) between 1 and 10000),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  unit text check (unit in ('PER_PRODUCT', 'PER_SERVICE', 'PER_TIME', 'PER_CALL', 'PER_VOLUME')),
  unit_text text,
  quantity numeric(20, 6) check (quantity > 0),
  policy_version integer not null check (policy_version >= 0),
  terms_number integer not null check (terms_number >= 0),
  renews_grant_id uuid,
  eligibility text check (eligibility in ('ELIGIBLE', 'NOT_ELIGIBLE', 'DEPENDS')),
  submitted_at timestamptz not null,
  submitted_on date not null,
  submitted_by text not null,
  demonstration boolean not null,
  primary key (operator_id, id),
  unique (operator_id, number),
  foreign key (operator_id, product_id, product_version) references product_version (operator_id, product_id, version)
);
comment on column access_request.scenario_class is 'the class of the scenario, or the class of purpose where it has none';
comment on column access_request.quantity is 'how much is wanted in all of the term, by the unit';
comment on column access_request.eligibility is 'what eligibility said of the applicant on that day, in all';
comment on column access_request.policy_version is 'of the access policy by which it is judged; 0 for the basic policy of the marketplace';
create index access_request_id on access_request (id);
create index access_request_number on access_request (number);
create index access_request_product on access_request (product_id, submitted_at desc, id desc);
create index access_request_applicant on access_request (applicant_id, submitted_at desc, id desc);
create index access_request_operator on access_request (operator_id, submitted_at desc, id desc);
create index access_request_jurisdiction on access_request (jurisdiction_code, submitted_at desc, id desc);
create index access_request_institution on access_request (institution_id, submitted_at desc, id desc);
create index access_request_renewal on access_request (renews_grant_id) where renews_grant_id is not null;
create trigger access_request_never_change before update or delete on access_request
  for each row execute function never_change();

create table access_request_version (
  operator_id uuid not null,
  request_id uuid not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  state text not null
    check (state in ('SUBMITTED', 'INCOMPLETE', 'GRANTED', 'REFUSED', 'UNDER_REVIEW', 'REFUSAL_UPHELD', 'WITHDRAWN')),
  level text not null default 'OPERATOR' check (level in ('OPERATOR', 'INSTITUTION', 'AUTHORITY')),
  due_on date not null default '9999-12-31',
  noticed boolean not null default false,
  extended boolean not null default false,
  held boolean not null default false,
  supplement_due_on date,
  escalation_due_on date,
  review_until date,
  review_code text references jurisdiction (code),
  primary key (operator_id, request_id, version),
  foreign key (operator_id, request_id) references access_request (operator_id, id)
);
comment on column access_request_version.due_on is 'last day of what somebody has to decide; 9999-12-30 while that waits, 9999-12-31 where nothing is to be decided';
comment on column access_request_version.noticed is 'whether the one notice of what is missing was given';
comment on column access_request_version.extended is 'whether the days for the decision were extended';
comment on column access_request_version.held is 'whether the clock waits because the product or its authorization is suspended';
comment on column access_request_version.escalation_due_on is 'after which the data authority is told as well';
comment on column access_request_version.review_until is 'last day to ask for a review of the refusal';
comment on column access_request_version.review_code is 'the jurisdiction whose data authority reviews; null for the institution';
comment on column access_request_version.level is 'who was told of it last: the operator alone, or whom it escalated to as well';
create unique index access_request_version_one_current on access_request_version (operator_id, request_id) where valid_to = 'infinity';
create index access_request_version_current on access_request_version (request_id) where valid_to = 'infinity';
create index access_request_version_due on access_request_version (operator_id, due_on, request_id) where valid_to = 'infinity';
create index access_request_version_late on access_request_version (due_on, request_id)
  where valid_to = 'infinity' and state in ('SUBMITTED', 'INCOMPLETE', 'UNDER_REVIEW');
create index access_request_version_told on access_request_version (level, due_on, request_id)
  where valid_to = 'infinity' and level <> 'OPERATOR';
create trigger access_request_version_close_only before update or delete on access_request_version
  for each row execute function close_only();

-- What happened to a request beside decisions.
create table access_request_step (
  operator_id uuid not null,
  request_id uuid not null,
  number integer not null check (number > 0),
  kind text not null
    check (kind in ('SUBMITTED', 'NOTICE', 'SUPPLEMENTED', 'RESUMED', 'EXTENDED', 'RECOUNTED', 'HELD', 'ESCALATED', 'REVIEW_ASKED', 'DECIDED', 'WITHDRAWN')),
  at timestamptz not null,
  on_day date not null,
  by_organization_id uuid references organization (id),
  by_subject text not null,
  text text check (length(text) between 1 and 10000),
  level text check (level in ('OPERATOR', 'INSTITUTION', 'AUTHORITY')),
  due_on date,
  primary key (operator_id, request_id, number),
  foreign key (operator_id, request_id) references access_request (operator_id, id)
);
comment on column access_request_step.level is 'who was told, or whom it goes to';
comment on column access_request_step.due_on is 'what is due after it';
create index access_request_step_request on access_request_step (request_id, number);
create trigger access_request_step_never_change before update or delete on access_request_step
  for each row execute function never_change();

-- Documents that a policy asks for, as they were handed in or supplemented.
create table access_request_document (
  operator_id uuid not null,
  request_id uuid not null,
  position integer not null check (position > 0),
  step integer not null check (step > 0),
  code text not null check (length(code) between 1 and 64),
  name text not null check (length(name) between 1 and 500),
  location text check (length(location) between 1 and 2000),
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  text text check (length(text) between 1 and 10000),
  primary key (operator_id, request_id, position),
  foreign key (operator_id, request_id) references access_request (operator_id, id)
);
create index access_request_document_request on access_request_document (request_id, position);
comment on column access_request_document.step is 'the number of the step that brought it';
create trigger access_request_document_never_change before update or delete on access_request_document
  for each row execute function never_change();

create table access_decision (
  operator_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  level text not null check (level in ('OPERATOR', 'INSTITUTION', 'AUTHORITY')),
  outcome text not null check (outcome in ('APPROVED', 'REFUSED', 'UPHELD', 'OVERTURNED')),
  decided_by_id uuid not null references organization (id),
  decided_by text not null,
  decided_at timestamptz not null,
  decided_on date not null,
  due_on date,
  on_time boolean,
  working_days integer check (working_days >= 0),
  policy_version integer check (policy_version >= 0),
  text text check (length(text) between 1 and 10000),
  primary key (operator_id, id),
  foreign key (operator_id, request_id) references access_request (operator_id, id),
  check ((level = 'OPERATOR') = (outcome in ('APPROVED', 'REFUSED')))
);
comment on column access_decision.working_days is 'on which its clock ran, pauses left out; null where no calendar says it';
comment on column access_decision.policy_version is 'by which it was judged: the one of the request, or a newer one that is better for the applicant';
create index access_decision_id on access_decision (id);
create index access_decision_request on access_decision (request_id);
create unique index access_decision_one_each on access_decision (operator_id, request_id, (level = 'OPERATOR'));
create trigger access_decision_never_change before update or delete on access_decision
  for each row execute function never_change();

create table access_decision_reason (
  operator_id uuid not null,
  decision_id uuid not null,
  position integer not null check (position > 0),
  code text not null
    check (code in ('SCENARIO_NOT_ALLOWED', 'OUTSIDE_AUTHORIZED_SCOPE', 'CLASSIFICATION', 'SECURITY_NOT_PROVED',
                    'BAD_CREDIT', 'UNCORRECTED_MISUSE', 'FORBIDDEN_BY_LAW', 'CAPACITY_EXHAUSTED',
                    'INCOMPLETE_AFTER_NOTICE')),
  document text check (length(document) between 1 and 500),
  clause text check (length(clause) between 1 and 100),
  explanation text not null check (length(explanation) between 1 and 10000),
  curable_by text check (length(curable_by) between 1 and 10000),
  primary key (operator_id, decision_id, position),
  foreign key (operator_id, decision_id) references access_decision (operator_id, id)
);
create index access_decision_reason_decision on access_decision_reason (decision_id, position);
create trigger access_decision_reason_never_change before update or delete on access_decision_reason
  for each row execute function never_change();

-- Requests as they are now: what was handed in, and where it stands.
create view access_request_now as
select r.operator_id, r.id, r.number, r.product_id, r.product_version, r.authorization_grant_id, r.institution_id,
       r.jurisdiction_code, r.applicant_id, r.scenario_id, r.scenario_class, r.purpose_class, r.use_statement,
       r.starts_on, r.ends_on, r.unit, r.unit_text, r.quantity, r.policy_version, r.terms_number, r.renews_grant_id,
       r.eligibility, r.submitted_at, r.submitted_on, r.submitted_by, r.demonstration, v.version, v.state, v.level,
       v.due_on, v.noticed, v.extended, v.held, v.supplement_due_on, v.escalation_due_on, v.review_until, v.review_code,
       v.valid_from
  from access_request r
  join access_request_version v
    on v.operator_id = r.operator_id and v.request_id = r.id and v.valid_to = 'infinity';
