-- Who may operate which public data, for what, and until when.
create table scenario (
  id uuid primary key,
  code text not null unique check (length(code) between 1 and 64),
  created_at timestamptz not null
);

create table scenario_version (
  scenario_id uuid not null references scenario (id),
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  code text not null,
  title text not null check (length(title) between 1 and 500),
  locale text not null,
  title_translations jsonb,
  description text,
  jurisdiction_code text not null references jurisdiction (code),
  field text,
  class_code text,
  purpose_class text not null check (purpose_class in ('PUBLIC_GOVERNANCE', 'PUBLIC_WELFARE', 'INDUSTRY')),
  purpose_label text,
  source text,
  demonstration boolean not null,
  primary key (scenario_id, version)
);
comment on column scenario_version.purpose_label is 'the class in the words of the source';
create unique index scenario_version_current on scenario_version (scenario_id) where valid_to = 'infinity';
create index scenario_version_code on scenario_version (code, scenario_id) where valid_to = 'infinity';
create trigger scenario_version_close_only before update or delete on scenario_version
  for each row execute function close_only();

create table authorization_grant (
  id uuid primary key,
  number text not null unique check (length(number) between 1 and 128),
  institution_id uuid not null references organization (id),
  operator_id uuid not null references organization (id) check (operator_id <> institution_id),
  created_at timestamptz not null
);

create table authorization_grant_version (
  grant_id uuid not null references authorization_grant (id),
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  number text not null,
  institution_id uuid not null,
  operator_id uuid not null,
  jurisdiction_code text not null references jurisdiction (code),
  title text not null check (length(title) between 1 and 500),
  locale text not null,
  title_translations jsonb,
  mode text not null check (mode in ('OVERALL', 'BY_FIELD', 'BY_SCENARIO', 'OTHER')),
  mode_text text,
  state text not null
    check (state in ('PLAN_DRAFT', 'PLAN_APPROVED', 'PLAN_FILED', 'SELECTING', 'CANDIDATE_PUBLICITY', 'AGREED',
                     'ACTIVE', 'SUSPENDED', 'EXITING', 'ENDED')),
  state_reason text,
  starts_on date,
  ends_on date check (ends_on >= starts_on),
  term_reason text,
  fields text[] not null default '{}',
  region_codes text[] not null default '{}',
  content text,
  exit_terms text,
  security_duties text,
  selection_method text check (selection_method in ('OPEN_TENDER', 'INVITED_TENDER', 'NEGOTIATION', 'OTHER')),
  agreement_number text,
  filed_on date,
  disclosed_on date,
  source text,
  demonstration boolean not null,
  primary key (grant_id, version),
  check (mode <> 'OTHER' or mode_text is not null),
  check (state not in ('AGREED', 'ACTIVE', 'SUSPENDED', 'EXITING', 'ENDED') or (starts_on is not null and ends_on is not null))
);
create unique index authorization_grant_version_current on authorization_grant_version (grant_id) where valid_to = 'infinity';
create index authorization_grant_version_operator on authorization_grant_version (operator_id, starts_on desc, grant_id) where valid_to = 'infinity';
create index authorization_grant_version_institution on authorization_grant_version (institution_id, starts_on desc, grant_id) where valid_to = 'infinity';
create index authorization_grant_version_recent on authorization_grant_version (starts_on desc, grant_id desc) where valid_to = 'infinity';
create trigger authorization_grant_version_close_only before update or delete on authorization_grant_version
  for each row execute function close_only();

-- The authorized scope, by resource. data_items null means the whole resource.
create table authorized_resource (
  grant_id uuid not null,
  grant_version integer not null,
  resource_id uuid not null references data_resource (id),
  data_items text[] check (cardinality(data_items) > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  primary key (grant_id, grant_version, resource_id),
  foreign key (grant_id, grant_version) references authorization_grant_version (grant_id, version)
);
create index authorized_resource_resource on authorized_resource (resource_id, grant_id) where valid_to = 'infinity';
create index authorized_resource_grant on authorized_resource (grant_id, resource_id) where valid_to = 'infinity';
create trigger authorized_resource_close_only before update or delete on authorized_resource
  for each row execute function close_only();

-- The authorized scope, by scenario: what the data may be used for, and what it may not.
create table authorized_scenario (
  grant_id uuid not null,
  grant_version integer not null,
  scenario_id uuid not null references scenario (id),
  allowed boolean not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  primary key (grant_id, grant_version, scenario_id),
  foreign key (grant_id, grant_version) references authorization_grant_version (grant_id, version)
);
create index authorized_scenario_scenario on authorized_scenario (scenario_id, grant_id) where valid_to = 'infinity';
create index authorized_scenario_grant on authorized_scenario (grant_id, scenario_id) where valid_to = 'infinity';
create trigger authorized_scenario_close_only before update or delete on authorized_scenario
  for each row execute function close_only();
