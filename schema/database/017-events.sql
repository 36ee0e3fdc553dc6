-- What changed, in the order in which it was committed; and what was done under which key, so that a repeated call does it once.

-- Written in the transaction of the change. Whoever numbers events takes them from here.
create table event_outbox (
  number bigint generated always as identity primary key,
  id uuid not null,
  recorded_at timestamptz not null default clock_timestamp(),
  occurred_at timestamptz not null,
  type text not null check (type ~ '^[A-Z][A-Z_]{1,62}$'),
  subject text not null check (subject ~ '^[a-z]+_[0-9a-f]{32}$'),
  subject_version integer check (subject_version > 0),
  organization_id uuid,
  open boolean not null,
  changed_fields text[] not null default '{}',
  actor text not null,
  actor_name text not null,
  request_id text not null
);
comment on column event_outbox.number is
  'orders the events of one transaction, and of transactions that wait for each other; unlike a clock it never goes back';
comment on column event_outbox.subject is 'the global id of what changed';
comment on column event_outbox.organization_id is 'whose event it is: the operator of a list, the owner of a draft';
comment on column event_outbox.open is 'whether everybody may read it, or only its organization';
comment on column event_outbox.actor is 'who did it, as the trail knows it; never shown to others';

-- Numbered without gaps, in the order in which transactions were committed; never changed.
create table event (
  position bigint primary key check (position > 0),
  id uuid not null unique,
  recorded_at timestamptz not null,
  occurred_at timestamptz not null,
  type text not null,
  subject text not null,
  subject_version integer,
  organization_id uuid,
  open boolean not null,
  changed_fields text[] not null,
  actor text not null,
  actor_name text not null,
  request_id text not null
);
create index event_organization on event (organization_id, position);
create index event_subject on event (subject, position);
create index event_type on event (type, position);

-- Old events are deleted, and nothing else happens to them.
create trigger event_never_change before update on event
  for each row execute function never_change();
create trigger event_never_truncate before truncate on event
  for each statement execute function never_change();
create trigger announce after insert or delete on event
  for each statement execute function announce_change();

-- One row: the position of the newest event, and that before the oldest one kept.
create table event_head (
  id integer primary key check (id = 1),
  position bigint not null check (position >= 0),
  forgotten bigint not null check (forgotten between 0 and position)
);
insert into event_head (id, position, forgotten) values (1, 0, 0);

-- Wakes who numbers events, once for each transaction, when it commits.
create function announce_events() returns trigger language plpgsql as $$
begin
  perform pg_notify('fairground_event_outbox', '');
  return null;
end
$$;
create trigger event_outbox_announce after insert on event_outbox
  for each statement execute function announce_events();

-- The same caller with the same key and the same input gets the same answer; kept for seven days.
create table idempotency_key (
  caller text not null,
  key text not null check (length(key) between 1 and 255),
  mutation text not null,
  input_digest text not null check (input_digest ~ '^[0-9a-f]{64}$'),
  result text,
  created_at timestamptz not null,
  primary key (caller, key)
);
comment on column idempotency_key.result is 'the global id of what was made';
create index idempotency_key_age on idempotency_key (created_at);
