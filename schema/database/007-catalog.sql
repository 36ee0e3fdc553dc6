-- Products of two kinds, and the numbered editions in which operators publish them. Tables of an
-- operator carry its id first, so that they can be spread over machines by operator.
create table product (
  operator_id uuid not null references organization (id),
  id uuid not null,
  kind text not null check (kind in ('DATA_PRODUCT', 'SERVICE_CAPABILITY')),
  code text not null check (length(code) between 1 and 128),
  created_at timestamptz not null,
  primary key (operator_id, id),
  unique (operator_id, code),
  unique (operator_id, id, kind, code)
);
create index product_id on product (id);

create table product_version (
  operator_id uuid not null,
  product_id uuid not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  kind text not null,
  code text not null,
  status text not null check (status in ('PUBLISHED', 'SUSPENDED', 'DELISTED')),
  status_reason text,
  title text not null check (length(title) between 1 and 500),
  locale text not null,
  title_translations jsonb,
  summary text check (length(summary) <= 10000),
  summary_translations jsonb,
  authorization_grant_id uuid not null references authorization_grant (id),
  form text not null
    check (form in ('API', 'DATASET', 'VERIFICATION', 'REPORT', 'MODEL', 'INDEX', 'APPLICATION', 'DATA_OBJECT', 'OTHER')),
  tier text not null check (tier in ('BASE', 'REDEVELOPED')),
  purpose_class text not null check (purpose_class in ('PUBLIC_GOVERNANCE', 'PUBLIC_WELFARE', 'INDUSTRY')),
  field text,
  sector_code text,
  region_code text,
  deliveries text[] not null default '{}'
    check (deliveries <@ array['API', 'STREAM', 'FILE', 'SANDBOX', 'REPORT', 'PRIVACY_COMPUTING', 'MODEL', 'VERIFICATION']),
  update_frequency text
    check (update_frequency in ('REAL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY', 'IRREGULAR', 'STATIC')),
  data_updated_on date,
  grade text check (grade in ('GENERAL_1', 'GENERAL_2', 'GENERAL_3', 'GENERAL_4', 'IMPORTANT', 'CORE')),
  personal_information boolean,
  capability_kind text
    check (capability_kind in ('COMPUTING', 'MODELLING', 'PRIVACY_COMPUTING', 'VERIFICATION', 'ADVISORY', 'OTHER')),
  capacity text,
  lead_time_working_days integer check (lead_time_working_days >= 0),
  access_terms text,
  trading_venue text,
  starts_on date,
  ends_on date check (ends_on >= starts_on),
  published_at timestamptz not null,
  source text,
  demonstration boolean not null,
  tokens tsvector generated always as (array_to_tsvector(search_words(title))) stored,
  primary key (operator_id, product_id, version),
  foreign key (operator_id, product_id, kind, code) references product (operator_id, id, kind, code),
  check ((kind = 'SERVICE_CAPABILITY') = (capability_kind is not null)),
  check (grade is distinct from 'CORE')
);
comment on column product_version.demonstration is 'made up to show the market; no source says it';
create unique index product_version_current on product_version (operator_id, product_id) where valid_to = 'infinity';
create index product_version_id on product_version (product_id, valid_from desc);
create index product_version_recent on product_version (published_at desc, product_id desc)
  where valid_to = 'infinity' and status = 'PUBLISHED';
create index product_version_updated on product_version (valid_from desc, product_id desc)
  where valid_to = 'infinity' and status = 'PUBLISHED';
create index product_version_title on product_version (title, product_id)
  where valid_to = 'infinity' and status = 'PUBLISHED';
create index product_version_operator on product_version (operator_id, published_at desc, product_id desc)
  where valid_to = 'infinity' and status = 'PUBLISHED';
create index product_version_grant on product_version (authorization_grant_id, published_at desc, product_id desc)
  where valid_to = 'infinity' and status = 'PUBLISHED';
create index product_version_sector on product_version (sector_code text_pattern_ops, published_at desc, product_id desc)
  where valid_to = 'infinity' and status = 'PUBLISHED';
create index product_version_region on product_version (region_code text_pattern_ops, published_at desc, product_id desc)
  where valid_to = 'infinity' and status = 'PUBLISHED';
create index product_version_code on product_version (code) where valid_to = 'infinity';
create index product_version_tokens on product_version using gin (tokens) where valid_to = 'infinity';
create index product_version_as_of on product_version (published_at desc, product_id desc);
create trigger product_version_close_only before update or delete on product_version
  for each row execute function close_only();

-- The public data that a product is made of; data_items null means the whole resource.
create table product_resource (
  operator_id uuid not null,
  product_id uuid not null,
  product_version integer not null,
  resource_id uuid not null references data_resource (id),
  data_items text[] check (cardinality(data_items) > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  primary key (operator_id, product_id, product_version, resource_id),
  foreign key (operator_id, product_id, product_version) references product_version (operator_id, product_id, version)
);
create index product_resource_product on product_resource (product_id, resource_id) where valid_to = 'infinity';
create index product_resource_resource on product_resource (resource_id, product_id) where valid_to = 'infinity';
create index product_resource_as_of on product_resource (product_id, product_version);
create trigger product_resource_close_only before update or delete on product_resource
  for each row execute function close_only();

create table product_scenario (
  operator_id uuid not null,
  product_id uuid not null,
  product_version integer not null,
  scenario_id uuid not null references scenario (id),
  allowed boolean not null,
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  primary key (operator_id, product_id, product_version, scenario_id),
  foreign key (operator_id, product_id, product_version) references product_version (operator_id, product_id, version)
);
create index product_scenario_product on product_scenario (product_id, scenario_id) where valid_to = 'infinity';
create index product_scenario_scenario on product_scenario (scenario_id, product_id) where valid_to = 'infinity';
create index product_scenario_as_of on product_scenario (product_id, product_version);
create trigger product_scenario_close_only before update or delete on product_scenario
  for each row execute function close_only();

-- A numbered edition of an operator's list; never changed after it was published.
create table product_list (
  operator_id uuid not null references organization (id),
  number integer not null check (number > 0),
  id uuid not null,
  title text not null,
  locale text not null,
  published_at timestamptz not null,
  listing_count integer not null check (listing_count >= 0),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  previous_digest text check (previous_digest ~ '^[0-9a-f]{64}$'),
  source text,
  demonstration boolean not null,
  primary key (operator_id, number),
  check ((number = 1) = (previous_digest is null))
);
create index product_list_id on product_list (id);
create index product_list_recent on product_list (published_at desc, id desc);
create trigger product_list_never_change before update or delete on product_list
  for each row execute function never_change();

create table product_listing (
  operator_id uuid not null,
  list_number integer not null,
  product_id uuid not null,
  product_version integer not null,
  position integer not null check (position > 0),
  primary key (operator_id, list_number, product_id),
  unique (operator_id, list_number, position),
  foreign key (operator_id, list_number) references product_list (operator_id, number),
  foreign key (operator_id, product_id, product_version) references product_version (operator_id, product_id, version)
);
create index product_listing_product on product_listing (product_id, list_number desc);
create trigger product_listing_never_change before update or delete on product_listing
  for each row execute function never_change();
