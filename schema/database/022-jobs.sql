-- Imports and exports that take longer than a request, and the files they read and write: kept here, so that every server has them.

-- A file in parts of equal size. It is there for callers once its size and digest are known.
create table stored_file (
  id uuid primary key,
  organization_id uuid references organization (id),
  owner text not null,
  name text not null check (length(name) between 1 and 200),
  media_type text not null,
  part_bytes integer not null check (part_bytes > 0),
  byte_size bigint check (byte_size >= 0),
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  check ((byte_size is null) = (digest is null))
);
comment on column stored_file.organization_id is 'whose it is; null for an upload, which is its owner''s alone';
comment on column stored_file.owner is 'the subject of who wrote it';
comment on column stored_file.digest is 'SHA-256 of its bytes';
create index stored_file_expiry on stored_file (expires_at);
create index stored_file_owner on stored_file (owner) where organization_id is null;

create table stored_file_part (
  file_id uuid not null references stored_file (id) on delete cascade,
  position integer not null check (position >= 0),
  bytes bytea not null,
  primary key (file_id, position)
);
-- Most files are compressed already, and ranges of them are read.
alter table stored_file_part alter column bytes set storage external;

create table bulk_job (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  kind text not null check (kind in ('EXPORT', 'IMPORT')),
  status text not null check (status in ('QUEUED', 'RUNNING', 'SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED')),
  format text not null check (format in ('JSONL', 'CSV', 'XLSX', 'ODPS_YAML', 'DCAT_JSONLD', 'DCAT_TURTLE')),
  input jsonb not null,
  validate_only boolean not null,
  caller text not null,
  actor text not null,
  actor_name text not null,
  rights jsonb not null,
  request_id text not null,
  as_of timestamptz,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  expires_at timestamptz not null,
  progress double precision not null default 0 check (progress between 0 and 1),
  rows_read integer not null default 0 check (rows_read >= 0),
  rows_failed integer not null default 0 check (rows_failed >= 0),
  attempt integer not null default 0,
  worker uuid,
  leased_until timestamptz,
  cancel_asked boolean not null default false,
  result_id uuid references stored_file (id) on delete set null,
  errors_id uuid references stored_file (id) on delete set null,
  counts jsonb,
  error_code text,
  error_message text,
  check ((finished_at is null) = (status in ('QUEUED', 'RUNNING')))
);
comment on column bulk_job.input is 'what was asked for, as the mutation''s input';
comment on column bulk_job.rights is 'what its starter might do when it was started: it runs with these and no others';
comment on column bulk_job.attempt is 'how often a worker took it; a lost worker''s job is begun anew';
comment on column bulk_job.leased_until is 'its worker is taken for lost after this';
comment on column bulk_job.counts is 'for an import: how many entries are added, changed, unchanged, missing';
create index bulk_job_organization on bulk_job (organization_id, created_at desc, id desc);
create index bulk_job_waiting on bulk_job (created_at) where finished_at is null;
create index bulk_job_expiry on bulk_job (expires_at);

-- What an import found wrong; the first ten thousand are kept here, all of them in its file of errors.
create table bulk_job_error (
  job_id uuid not null references bulk_job (id) on delete cascade,
  number integer not null check (number > 0),
  row_number integer check (row_number > 0),
  "column" text,
  severity text not null check (severity in ('ERROR', 'WARNING')),
  code text not null,
  rule text,
  message text not null,
  primary key (job_id, number)
);
