-- How registrations come to be: applications and their objections, which only their parties read; notices, which
-- everybody reads; and the day of a product's first delivery, from which its registration is due.

-- What a version of a registration says to everybody, beyond its code: a change or a correction writes another one.
alter table registration_version
  add column registrant_id uuid references organization (id),
  add column registrant_name text,
  add column data_name text,
  add column content_summary text,
  add column term_starts_on date check (term_starts_on <= valid_until);
comment on column registration_version.registrant_id is 'who applied for it; null where a source did not say';
comment on column registration_version.term_starts_on is 'the first day of a term that a renewal gave; null for the first term';
create index registration_version_expiring on registration_version (valid_until, registration_id)
  where valid_to = 'infinity' and state = 'VALID';
create index registration_code on registration (code);
create index registration_version_code on registration_version (code) where valid_to = 'infinity';
create index registration_version_product_as_of on registration_version (product_id) where product_id is not null;

create table registration_application (
  id uuid primary key,
  kind text not null check (kind in ('FIRST', 'CHANGE', 'CORRECTION', 'CANCELLATION', 'RENEWAL')),
  subject_kind text not null check (subject_kind in ('RESOURCE', 'PRODUCT', 'OPEN_RESOURCE')),
  resource_id uuid references data_resource (id),
  operator_id uuid,
  product_id uuid,
  registration_id uuid references registration (id),
  applicant_id uuid not null references organization (id),
  joint_applicant_ids uuid[] not null default '{}',
  registrar_id uuid not null references organization (id),
  jurisdiction_code text not null references jurisdiction (code),
  provided_on date,
  late boolean not null default false,
  content jsonb not null default '{}' check (jsonb_typeof(content) = 'object'),
  request jsonb not null default '{}' check (jsonb_typeof(request) = 'object'),
  version integer not null default 1 check (version > 0),
  state text not null default 'DRAFT'
    check (state in ('DRAFT', 'SUBMITTED', 'SUPPLEMENT_REQUIRED', 'NOT_ACCEPTED', 'ACCEPTED', 'REJECTED', 'IN_PUBLICITY',
                     'OBJECTED', 'TERMINATED', 'CODED', 'DEREGISTERED', 'WITHDRAWN')),
  state_reason text check (length(state_reason) <= 10000),
  supplement jsonb check (jsonb_typeof(supplement) = 'array'),
  supplement_at timestamptz,
  due_on date not null default '9999-12-31',
  delay_reason text check (length(delay_reason) <= 10000),
  code_by_itself boolean not null default true,
  publicity_ends_on date,
  submitted_at timestamptz,
  submitted_by text,
  accepted_on date,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  foreign key (operator_id, product_id) references product (operator_id, id),
  check ((subject_kind = 'PRODUCT') = (product_id is not null) and (subject_kind = 'PRODUCT') = (operator_id is not null)),
  check ((subject_kind = 'PRODUCT') = (resource_id is null)),
  check (kind = 'FIRST' or registration_id is not null),
  check ((supplement is null) = (supplement_at is null)),
  check (state not in ('IN_PUBLICITY', 'OBJECTED') or publicity_ends_on is not null),
  check (state in ('DRAFT', 'WITHDRAWN') or submitted_at is not null)
);
comment on column registration_application.jurisdiction_code is 'the registrar''s, whose rules its clocks follow';
comment on column registration_application.provided_on is 'the day on which the resource was provided, or the product first delivered';
comment on column registration_application.late is 'a first registration that was applied for after the days for it were over';
comment on column registration_application.content is 'the blocks of the form; docs/registration.md tells their members';
comment on column registration_application.request is 'what its kind needs besides: the ground of a cancellation, the basis of a correction';
comment on column registration_application.supplement is 'the one notice that tells everything that is missing';
comment on column registration_application.due_on is 'when the clock ends that runs for it; far away where none runs';
comment on column registration_application.code_by_itself is 'the server gives the code when the publicity is over without an open objection';
create index registration_application_applicant on registration_application (applicant_id, due_on, id);
create index registration_application_registrar on registration_application (registrar_id, due_on, id)
  where submitted_at is not null;
create index registration_application_product on registration_application (product_id) where product_id is not null;
create index registration_application_registration on registration_application (registration_id)
  where registration_id is not null;
create index registration_application_publicity on registration_application (publicity_ends_on, id)
  where state = 'IN_PUBLICITY' and code_by_itself;
-- One application at a time, of an applicant for a thing, of a kind.
create unique index registration_application_once
  on registration_application (applicant_id, (coalesce(product_id, resource_id)), kind)
  where state in ('SUBMITTED', 'SUPPLEMENT_REQUIRED', 'ACCEPTED', 'IN_PUBLICITY', 'OBJECTED');

-- What was registered, with all its blocks: read by who applies for a change, not by everybody.
create table registration_content (
  registration_id uuid primary key references registration (id),
  application_id uuid not null references registration_application (id),
  content jsonb not null
);

-- What everybody is told of an application during its publicity, frozen when that begins.
create table registration_notice (
  id uuid not null references registration_application (id),
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  kind text not null,
  subject_kind text not null,
  resource_id uuid references data_resource (id),
  product_id uuid,
  registration_id uuid references registration (id),
  registrar_id uuid not null references organization (id),
  registrant_id uuid not null references organization (id),
  registrant_name text not null,
  data_name text not null,
  content_summary text not null,
  sector_code text,
  joint_holders text[] not null default '{}',
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  state text not null check (state in ('OPEN', 'CODED', 'TERMINATED', 'WITHDRAWN')),
  demonstration boolean not null,
  primary key (id, version)
);
comment on column registration_notice.starts_on is 'the day on which it was published; the days count from the next one';
comment on column registration_notice.ends_on is 'the last day, until 24:00 at the zone of the registers, on which objections are taken';
comment on column registration_notice.sector_code is 'shown where the rules of the jurisdiction say so, like joint_holders';
create unique index registration_notice_current on registration_notice (id) where valid_to = 'infinity';
create index registration_notice_recent on registration_notice (starts_on desc, id desc) where valid_to = 'infinity';
create index registration_notice_product on registration_notice (product_id) where product_id is not null;
create trigger registration_notice_close_only before update or delete on registration_notice
  for each row execute function close_only();
create trigger registration_notice_never_truncate before truncate on registration_notice
  for each statement execute function never_change();
create trigger registration_notice_follow_on after insert on registration_notice
  for each row when (new.version > 1) execute function follow_on('id');
create trigger announce after insert or update or delete or truncate on registration_notice
  for each statement execute function announce_change();

create table registration_objection (
  id uuid primary key,
  application_id uuid not null references registration_application (id),
  organization_id uuid references organization (id),
  person_name text not null check (length(person_name) between 1 and 200),
  contact text not null check (length(contact) between 1 and 500),
  grounds text not null check (length(grounds) between 1 and 10000),
  evidence text[] not null check (cardinality(evidence) > 0),
  received_at timestamptz not null,
  entered_by text not null,
  state text not null default 'OPEN' check (state in ('OPEN', 'UPHELD', 'REJECTED', 'CLOSED')),
  answer text check (length(answer) <= 10000),
  answered_at timestamptz,
  reasons text check (length(reasons) <= 10000),
  decided_at timestamptz,
  version integer not null default 1 check (version > 0),
  check ((answer is null) = (answered_at is null)),
  check ((state = 'OPEN') = (decided_at is null))
);
comment on column registration_objection.organization_id is 'for whom it was raised; null for a person, whose objection the registrar entered';
comment on column registration_objection.person_name is 'the real name of who raised it';
create index registration_objection_application on registration_objection (application_id, received_at, id);

create table product_first_delivery (
  operator_id uuid not null,
  product_id uuid not null,
  delivered_on date not null,
  reported_at timestamptz not null,
  reported_by text not null,
  primary key (operator_id, product_id),
  foreign key (operator_id, product_id) references product (operator_id, id)
);
comment on column product_first_delivery.delivered_on is 'the first registration of the product is due some working days after it';
create index product_first_delivery_product on product_first_delivery (product_id);
create trigger product_first_delivery_never_change before update or delete on product_first_delivery
  for each row execute function never_change();
create trigger product_first_delivery_never_truncate before truncate on product_first_delivery
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on product_first_delivery
  for each statement execute function announce_change();
