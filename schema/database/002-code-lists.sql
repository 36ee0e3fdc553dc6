-- Code lists with their history: a code of an old catalogue must still resolve.
create table code_list (
  id text primary key check (id ~ '^[A-Z][A-Z0-9_]{1,39}$'),
  name text not null,
  name_en text not null,
  source text not null,
  source_url text
);

create table code_entry (
  list_id text not null references code_list (id),
  code text not null check (length(code) between 1 and 64),
  valid_on date not null default '0001-01-01',
  invalid_on date check (invalid_on > valid_on),
  parent_code text,
  level integer not null default 1 check (level between 1 and 9),
  name text not null,
  name_en text,
  purpose_class text check (purpose_class in ('PUBLIC_GOVERNANCE', 'PUBLIC_WELFARE', 'INDUSTRY')),
  replaced_by text,
  note text,
  primary key (list_id, code, valid_on)
);
comment on column code_entry.invalid_on is 'first day on which the code is no longer valid; null while it is';
create unique index code_entry_current on code_entry (list_id, code) where invalid_on is null;
create index code_entry_parent on code_entry (list_id, parent_code, code);
