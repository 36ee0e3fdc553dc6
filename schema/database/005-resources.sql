-- Public data resources and their registrations.
create table data_resource (
  id uuid primary key,
  code text not null unique check (length(code) between 1 and 128),
  created_at timestamptz not null
);

create table data_resource_version (
  resource_id uuid not null references data_resource (id),
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  code text not null,
  title text not null check (length(title) between 1 and 1000),
  locale text not null,
  title_translations jsonb,
  summary text,
  summary_translations jsonb,
  holder_id uuid references organization (id),
  holder_name text,
  origin text not null default 'UNKNOWN' check (origin in ('ORIGINAL', 'COLLECTED', 'SHARED_IN', 'TRADED', 'OTHER', 'UNKNOWN')),
  provider_consent boolean,
  topic text,
  sector_code text,
  region_code text,
  update_frequency text
    check (update_frequency in ('REAL_TIME', 'DAILY', 'WEEKLY', 'MONTHLY', 'QUARTERLY', 'HALF_YEARLY', 'YEARLY', 'IRREGULAR', 'STATIC')),
  update_frequency_text text,
  openness text check (openness in ('UNCONDITIONAL', 'CONDITIONAL', 'NOT_OPEN')),
  openness_text text,
  grade text check (grade in ('GENERAL_1', 'GENERAL_2', 'GENERAL_3', 'GENERAL_4', 'IMPORTANT', 'CORE')),
  personal_information boolean,
  formats text[] not null default '{}',
  keywords text[] not null default '{}',
  landing_page text,
  licence text,
  released_on date,
  updated_on date,
  source text not null,
  source_record jsonb,
  demonstration boolean not null,
  tokens tsvector generated always as (array_to_tsvector(search_words(title))) stored,
  primary key (resource_id, version)
);
comment on column data_resource_version.source is 'where the record was read: the catalogue, its address and its licence';
comment on column data_resource_version.source_record is 'the record as the source had it, where it came from an import';
create unique index data_resource_version_current on data_resource_version (resource_id) where valid_to = 'infinity';
create index data_resource_version_recent on data_resource_version (valid_from desc, resource_id desc) where valid_to = 'infinity';
create index data_resource_version_title on data_resource_version (title, resource_id) where valid_to = 'infinity';
create index data_resource_version_holder on data_resource_version (holder_id, title, resource_id) where valid_to = 'infinity';
create index data_resource_version_tokens on data_resource_version using gin (tokens) where valid_to = 'infinity';
create index data_resource_version_as_of on data_resource_version (valid_from desc, resource_id desc);
create trigger data_resource_version_close_only before update or delete on data_resource_version
  for each row execute function close_only();

create table data_item (
  resource_id uuid not null,
  resource_version integer not null,
  name text not null check (length(name) between 1 and 500),
  position integer not null check (position > 0),
  type text,
  description text,
  sensitive boolean,
  primary key (resource_id, resource_version, name),
  foreign key (resource_id, resource_version) references data_resource_version (resource_id, version)
);
create trigger data_item_never_change before update or delete on data_item
  for each row execute function never_change();
