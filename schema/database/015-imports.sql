-- What the catalogues of others brought in, import by import, and where each record of theirs is kept.
create table catalogue_import (
  catalogue text not null check (length(catalogue) between 1 and 64),
  number integer not null check (number > 0),
  imported_at timestamptz not null,
  file text not null,
  format text not null,
  source text,
  dated_on date,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  complete boolean not null,
  records integer not null check (records >= 0),
  lost integer not null check (lost >= 0),
  added integer not null check (added >= 0),
  changed integer not null check (changed >= 0),
  withdrawn integer not null check (withdrawn >= 0),
  unchanged integer not null check (unchanged >= 0),
  defects jsonb not null,
  primary key (catalogue, number)
);
comment on table catalogue_import is 'one file of a catalogue, and what became of its records';
comment on column catalogue_import.dated_on is 'the day that the file''s name says; an older file never takes the place of a newer';
comment on column catalogue_import.digest is 'SHA-256 over the source records in their order, as canonical JSON lines';
comment on column catalogue_import.complete is 'whether the file held the whole catalogue, so that what was missing was withdrawn';
comment on column catalogue_import.defects is 'how often each rule was not kept';
create index catalogue_import_recent on catalogue_import (imported_at desc, catalogue desc, number desc);
create trigger catalogue_import_never_change before update or delete on catalogue_import
  for each row execute function never_change();
create trigger catalogue_import_never_truncate before truncate on catalogue_import
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on catalogue_import
  for each statement execute function announce_change();

-- A resource of a catalogue is found again by what the catalogue calls it.
alter table data_resource
  add column catalogue text check (length(catalogue) between 1 and 64),
  add column identifier text,
  add check ((catalogue is null) = (identifier is null));
comment on column data_resource.identifier is 'what it is known by in its catalogue';
-- Addresses can be longer than an index takes.
create unique index data_resource_identifier on data_resource (catalogue, md5(identifier))
  where catalogue is not null;

-- A resource that its catalogue no longer has is not listed any more; what was made of it stays true.
alter table data_resource_version
  add column catalogue text,
  add column identifier text,
  add column status text not null default 'LISTED' check (status in ('LISTED', 'WITHDRAWN')),
  add column source_digest text check (source_digest ~ '^[0-9a-f]{64}$'),
  add column import_number integer check (import_number > 0);
comment on column data_resource_version.source_digest is 'SHA-256 of what the import made of the source record, and of the source record';
comment on column data_resource_version.import_number is 'the import of the resource''s catalogue that brought this version';

create index data_resource_version_catalogue on data_resource_version (catalogue, title, resource_id)
  where valid_to = 'infinity' and status = 'LISTED' and catalogue is not null;
drop index data_resource_version_recent;
create index data_resource_version_recent on data_resource_version (valid_from desc, resource_id desc)
  where valid_to = 'infinity' and status = 'LISTED';
drop index data_resource_version_title;
create index data_resource_version_title on data_resource_version (title, resource_id)
  where valid_to = 'infinity' and status = 'LISTED';
drop index data_resource_version_holder;
create index data_resource_version_holder on data_resource_version (holder_id, title, resource_id)
  where valid_to = 'infinity' and status = 'LISTED';
drop index data_resource_version_region;
create index data_resource_version_region on data_resource_version (region_code text_pattern_ops, title, resource_id)
  where valid_to = 'infinity' and status = 'LISTED';

alter table product_version add column source_record jsonb;
comment on column product_version.source_record is 'the entry as the list had it, where it came from an import';

-- A catalogue names the body that holds a resource, and not what that body is in law.
alter table organization_version drop constraint organization_version_kind_check;
alter table organization_version
  add constraint organization_version_kind_check
    check (kind in ('ORGAN', 'PUBLIC_INSTITUTION', 'ENTERPRISE', 'OTHER', 'UNKNOWN'));
comment on column organization_version.kind is 'UNKNOWN where no source says it';

-- Bodies are told apart within a region, or within a catalogue that names none. Portals write one
-- body with and without the region before its name.
create function holder_code(scope text, region_name text, holder text) returns text
language sql immutable parallel safe as $$
  select 'HOLDER-' || upper(left(md5(scope || ' ' ||
         case when region_name <> '' and starts_with(holder, region_name) and length(holder) > length(region_name) + 1
              then substr(holder, length(region_name) + 1)
              when holder ~ '^(省|市(?!场))..' and right(region_name, 1) = left(holder, 1)
              then substr(holder, 2)
              else holder end), 16))
$$;
