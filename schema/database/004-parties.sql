-- Organisations, what they are in the market, and how they are linked, each with its dates.
create table organization (
  id uuid primary key,
  code text not null unique check (length(code) between 1 and 64),
  created_at timestamptz not null
);
comment on column organization.code is 'unified social credit code where one is known, else a code of ours';

create table organization_version (
  organization_id uuid not null references organization (id),
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  code text not null,
  name text not null check (length(name) between 1 and 500),
  locale text not null,
  name_translations jsonb,
  credit_code text check (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  kind text not null check (kind in ('ORGAN', 'PUBLIC_INSTITUTION', 'ENTERPRISE', 'OTHER')),
  region_code text,
  small_or_micro boolean,
  website text,
  source text,
  demonstration boolean not null,
  primary key (organization_id, version)
);
create unique index organization_version_current on organization_version (organization_id) where valid_to = 'infinity';
create index organization_version_name on organization_version (name, organization_id) where valid_to = 'infinity';
create trigger organization_version_close_only before update or delete on organization_version
  for each row execute function close_only();

create table organization_role (
  organization_id uuid not null references organization (id),
  role text not null
    check (role in ('IMPLEMENTING_INSTITUTION', 'OPERATOR', 'DATA_AUTHORITY', 'PRICE_AUTHORITY', 'REGISTRAR',
                    'DATA_SOURCE_UNIT', 'DEVELOPER', 'PURCHASER', 'AUDITOR')),
  jurisdiction_code text not null references jurisdiction (code),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  primary key (organization_id, role, jurisdiction_code, starts_on)
);
create index organization_role_role on organization_role (role, organization_id);

create table affiliation (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  affiliate_id uuid not null references organization (id) check (affiliate_id <> organization_id),
  kind text not null check (kind in ('CONTROLS', 'SHARES_OFFICERS', 'HOLDS_SHARES', 'CONTRACT_CONTROL', 'OTHER')),
  share_percent numeric(5, 2) check (share_percent between 0 and 100),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  evidence text not null,
  demonstration boolean not null
);
create index affiliation_organization on affiliation (organization_id, starts_on desc, id);
create index affiliation_affiliate on affiliation (affiliate_id, starts_on desc, id);
