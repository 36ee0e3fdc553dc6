-- Registrations of resources and products with a registrar, and their validity.
create table registration (
  id uuid primary key,
  registrar_id uuid not null references organization (id),
  code text not null,
  subject_kind text not null check (subject_kind in ('RESOURCE', 'PRODUCT', 'OPEN_RESOURCE')),
  resource_id uuid references data_resource (id),
  operator_id uuid,
  product_id uuid,
  created_at timestamptz not null,
  unique (registrar_id, code),
  foreign key (operator_id, product_id) references product (operator_id, id),
  check ((subject_kind = 'PRODUCT') = (product_id is not null)),
  check ((subject_kind = 'PRODUCT') = (operator_id is not null)),
  check ((subject_kind = 'PRODUCT') = (resource_id is null))
);
comment on column registration.code is 'the look-up code of the registrar, opaque to us';

create table registration_version (
  registration_id uuid not null references registration (id),
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  code text not null,
  registrar_id uuid not null,
  subject_kind text not null,
  resource_id uuid,
  product_id uuid,
  kind text not null check (kind in ('FIRST', 'CHANGE', 'CORRECTION', 'CANCELLATION', 'RENEWAL')),
  state text not null check (state in ('VALID', 'DEREGISTERED', 'REVOKED')),
  state_reason text,
  confirmation_sheet text,
  coded_on date not null,
  valid_until date not null check (valid_until >= coded_on),
  dispute_mark boolean not null default false,
  source text,
  demonstration boolean not null,
  primary key (registration_id, version)
);
create unique index registration_version_current on registration_version (registration_id) where valid_to = 'infinity';
create index registration_version_resource on registration_version (resource_id, coded_on desc, registration_id) where valid_to = 'infinity';
create index registration_version_product on registration_version (product_id, coded_on desc, registration_id) where valid_to = 'infinity';
create index registration_version_recent on registration_version (coded_on desc, registration_id desc) where valid_to = 'infinity';
create trigger registration_version_close_only before update or delete on registration_version
  for each row execute function close_only();
