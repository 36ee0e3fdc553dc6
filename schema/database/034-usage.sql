-- How products are used, as operators report it: rows that are never overwritten, chained for each grant, and all of them
-- in one log whose heads are signed. Rows are read by the holder, the operator, the institution and the data authority;
-- the log itself holds digests only and is open to everybody.

create table usage_batch (
  operator_id uuid not null references organization (id),
  id uuid not null,
  reported_at timestamptz not null,
  reported_by text not null,
  records integer not null check (records between 1 and 10000),
  grants integer not null check (grants between 1 and records),
  demonstration boolean not null,
  primary key (operator_id, id)
);
comment on table usage_batch is 'what was reported in one call';
create index usage_batch_id on usage_batch (id);
create trigger usage_batch_never_change before update or delete on usage_batch
  for each row execute function never_change();
create trigger usage_batch_never_truncate before truncate on usage_batch
  for each statement execute function never_change();

create table usage_record (
  operator_id uuid not null,
  grant_id uuid not null,
  number integer not null check (number > 0),
  id uuid not null,
  batch_id uuid not null,
  position integer not null check (position > 0),
  reported_at timestamptz not null,
  product_id uuid not null,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on and date_trunc('month', ends_on) = date_trunc('month', starts_on)),
  resource_id uuid references data_resource (id),
  scenario_id uuid references scenario (id),
  unit text check (unit in ('PER_PRODUCT', 'PER_SERVICE', 'PER_TIME', 'PER_CALL', 'PER_VOLUME')),
  unit_text text check (length(unit_text) between 1 and 100),
  quantity numeric(20, 6) not null check (quantity >= 0 or corrects is not null),
  calls bigint check (calls >= 0 or corrects is not null),
  currency text check (currency ~ '^[A-Z]{3}$'),
  billed numeric(20, 2) check (billed >= 0 or corrects is not null),
  outcome text check (length(outcome) between 1 and 1000),
  purpose_statement text check (length(purpose_statement) between 1 and 2000),
  reference text check (length(reference) between 1 and 200),
  corrects integer check (corrects between 1 and number - 1),
  correction_reason text check (length(correction_reason) between 1 and 2000),
  findings text[] not null default '{}'
    check (findings <@ '{OUTSIDE_TERM,WHILE_SUSPENDED,OUTSIDE_SCENARIO,OTHER_UNIT,OVER_VOLUME,OTHER_RESOURCE,BILLED_OTHERWISE}'::text[]),
  settled text[] not null default '{}' check (corrects is not null or settled = '{}'),
  salt bytea not null check (length(salt) = 16),
  previous_digest bytea check (length(previous_digest) = 32),
  digest bytea not null check (length(digest) = 32),
  primary key (operator_id, grant_id, number),
  foreign key (operator_id, batch_id) references usage_batch (operator_id, id),
  foreign key (operator_id, grant_id) references access_grant (operator_id, id),
  check ((currency is null) = (billed is null)),
  check ((corrects is null) = (correction_reason is null)),
  check ((previous_digest is null) = (number = 1))
);
comment on column usage_record.number is 'in the chain of its grant, from 1 without gaps';
comment on column usage_record.position is 'in its batch, from 1';
comment on column usage_record.resource_id is 'null for the product as a whole';
comment on column usage_record.corrects is 'the number of the record to which its quantity, calls and amount are added';
comment on column usage_record.findings is 'what is found with it; of a correction, what is found with its record that was not before';
comment on column usage_record.settled is 'what was found with the record that it corrects, and is not any more';
comment on column usage_record.salt is 'random, so that nobody can guess contents until their digest fits';
comment on column usage_record.digest is 'SHA-256 of the record in its canonical form, with the digest before it: see docs/usage.md';
create index usage_record_id on usage_record (id);
create index usage_record_grant on usage_record (grant_id, number desc);
create index usage_record_month on usage_record (grant_id, starts_on, number);
create index usage_record_corrects on usage_record (grant_id, corrects) where corrects is not null;
create index usage_record_batch on usage_record (batch_id, position);
create trigger usage_record_never_change before update or delete on usage_record
  for each row execute function never_change();
create trigger usage_record_never_truncate before truncate on usage_record
  for each statement execute function never_change();

-- The end of each grant's chain; whoever reports for the grant holds this row.
create table usage_chain (
  operator_id uuid not null,
  grant_id uuid not null,
  records integer not null default 0 check (records >= 0),
  digest bytea check (length(digest) = 32),
  quantity numeric not null default 0,
  calls numeric not null default 0,
  billed numeric not null default 0,
  currency text,
  last_reported_at timestamptz,
  primary key (operator_id, grant_id),
  foreign key (operator_id, grant_id) references access_grant (operator_id, id),
  check ((digest is null) = (records = 0))
);
comment on column usage_chain.quantity is 'in all, of records in the unit of the grant';
create index usage_chain_grant on usage_chain (grant_id);

-- What was used in each month; kept with the records.
create table usage_month (
  operator_id uuid not null,
  grant_id uuid not null,
  month date not null check (month = date_trunc('month', month)),
  records integer not null check (records > 0),
  quantity numeric not null,
  billed numeric not null,
  currency text,
  outside_term integer not null default 0,
  outside_scenario integer not null default 0,
  over_volume integer not null default 0,
  while_suspended integer not null default 0,
  other_unit integer not null default 0,
  other_resource integer not null default 0,
  billed_otherwise integer not null default 0,
  primary key (operator_id, grant_id, month),
  foreign key (operator_id, grant_id) references access_grant (operator_id, id)
);
comment on column usage_month.quantity is 'of records in the unit of the grant';
comment on column usage_month.outside_term is 'records that are found so, as they are with their corrections; so the others';
create index usage_month_grant on usage_month (grant_id, month);

-- The same by what was used and the unit, for totals that everybody may read: of what was reported by the end of the
-- month behind. A total is told after that, and never changes: what came late would be told by the difference.
create table usage_part (
  operator_id uuid not null,
  grant_id uuid not null,
  month date not null check (month = date_trunc('month', month)),
  resource_id uuid references data_resource (id),
  unit text,
  unit_text text,
  product_id uuid not null,
  holder_id uuid not null,
  records integer not null check (records > 0),
  quantity numeric not null,
  calls numeric not null,
  unique nulls not distinct (operator_id, grant_id, month, resource_id, unit, unit_text),
  foreign key (operator_id, grant_id) references access_grant (operator_id, id)
);
create index usage_part_product on usage_part (product_id, month);
create index usage_part_operator on usage_part (operator_id, month);
create index usage_part_resource on usage_part (resource_id, month) where resource_id is not null;

-- Records that were committed and have no place in the log yet. Whoever numbers them takes them from here.
create table usage_waiting (
  number bigint generated always as identity primary key,
  operator_id uuid not null,
  record_id uuid not null,
  digest bytea not null check (length(digest) = 32)
);
comment on column usage_waiting.number is
  'orders the records of one transaction, and of transactions that wait for each other; it has gaps, places in the log have none';

-- Wakes who numbers records, once for each transaction, when it commits.
create function announce_usage() returns trigger language plpgsql as $$
begin
  perform pg_notify('fairground_usage_waiting', '');
  return null;
end
$$;
create trigger usage_waiting_announce after insert on usage_waiting
  for each statement execute function announce_usage();

-- The log: which record has which place, and the complete subtrees of the tree over it (RFC 6962, section 2.1).
create table usage_leaf (
  leaf_index bigint primary key check (leaf_index >= 0),
  operator_id uuid not null,
  record_id uuid not null unique
);
create trigger usage_leaf_never_change before update or delete on usage_leaf
  for each row execute function never_change();
create trigger usage_leaf_never_truncate before truncate on usage_leaf
  for each statement execute function never_change();

create table usage_node (
  level smallint not null check (level between 0 and 62),
  position bigint not null check (position >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (level, position)
);
comment on table usage_node is 'the hash over the 2^level leaves from position * 2^level on; level 0 are the leaves';
create trigger usage_node_never_change before update or delete on usage_node
  for each row execute function never_change();
create trigger usage_node_never_truncate before truncate on usage_node
  for each statement execute function never_change();

-- One row: how many records have their place.
create table usage_tree (
  id integer primary key check (id = 1),
  size bigint not null check (size >= 0)
);
insert into usage_tree (id, size) values (1, 0);

create table usage_key (
  id text primary key check (id ~ '^[0-9a-f]{16}$'),
  public_key bytea not null,
  first_used_at timestamptz not null
);
comment on table usage_key is 'keys that heads were ever signed with: the first digits of the SHA-256 of the public key, and it';
create trigger usage_key_never_change before update or delete on usage_key
  for each row execute function never_change();
create trigger announce after insert or update or delete or truncate on usage_key
  for each statement execute function announce_change();

create table usage_head (
  tree_size bigint not null check (tree_size > 0),
  key_id text not null references usage_key (id),
  id uuid not null unique,
  root_hash bytea not null check (length(root_hash) = 32),
  signed_at timestamptz not null,
  signature bytea not null check (length(signature) = 64),
  primary key (tree_size, key_id)
);
create index usage_head_order on usage_head (signed_at desc, id desc);
create trigger usage_head_never_change before update or delete on usage_head
  for each row execute function never_change();
create trigger usage_head_never_truncate before truncate on usage_head
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on usage_head
  for each statement execute function announce_change();
