-- Rules differ by place and change in time: jurisdictions, their rule sets, and the work calendar.
create table jurisdiction (
  code text primary key check (length(code) between 2 and 12),
  parent_code text references jurisdiction (code),
  level text not null check (level in ('NATIONAL', 'PROVINCE', 'PREFECTURE', 'COUNTY')),
  name text not null,
  name_en text not null,
  time_zone text not null,
  calendar_id text
);
comment on column jurisdiction.code is 'GB/T 2260 code, 000000 for the nation; ISO 3166 outside China';

create table rule_set (
  id uuid primary key,
  jurisdiction_code text not null references jurisdiction (code),
  version integer not null check (version > 0),
  title text not null,
  title_en text not null,
  effective_on date not null,
  ends_on date check (ends_on > effective_on),
  published_at timestamptz not null,
  unique (jurisdiction_code, version)
);

create table rule_parameter (
  rule_set_id uuid not null references rule_set (id),
  name text not null check (name ~ '^[a-z][A-Za-z0-9]{1,63}$'),
  value text not null,
  unit text not null
    check (unit in ('WORKING_DAYS', 'DAYS', 'MONTHS', 'YEARS', 'MONTH_DAY', 'PERCENT', 'COUNT', 'BOOLEAN', 'CHOICE')),
  description text not null,
  description_en text not null,
  document text not null,
  clause text,
  url text,
  confidence text not null
    check (confidence in ('SEED', 'NATIONAL', 'PROVINCIAL', 'REPORTED', 'PRACTICE', 'UNCHECKED', 'PROPOSAL')),
  primary key (rule_set_id, name)
);
comment on column rule_parameter.confidence is 'how well the source is known: read in full, provincial text, press report, or our proposal';

create table work_calendar (
  id text primary key,
  name text not null,
  name_en text not null,
  time_zone text not null
);

-- A clock that reaches a year without a row here must say so instead of counting on.
create table work_calendar_year (
  calendar_id text not null references work_calendar (id),
  year integer not null check (year between 1949 and 2200),
  source text not null,
  notice_url text,
  primary key (calendar_id, year)
);

-- Only the days that differ from Monday-to-Friday: holidays, and weekend days that are worked.
create table work_calendar_day (
  calendar_id text not null references work_calendar (id),
  day date not null,
  working boolean not null,
  name text not null,
  primary key (calendar_id, day)
);
alter table jurisdiction add foreign key (calendar_id) references work_calendar (id);
