-- Events sent to addresses that organizations name: where to, what was sent, and how that went.
create table webhook (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  version integer not null check (version > 0),
  url text not null check (length(url) between 1 and 2000),
  types text[] not null default '{}',
  subject text,
  query text check (length(query) <= 65536),
  active boolean not null,
  secret_number integer not null check (secret_number > 0),
  scopes text[] not null,
  position bigint not null check (position >= 0),
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  deleted_at timestamptz
);
comment on column webhook.types is 'the types of events that are sent; empty for all';
comment on column webhook.subject is 'the global id of the only object whose events are sent; null for all';
comment on column webhook.query is 'the query whose answer is sent; null for the event alone';
comment on column webhook.secret_number is 'which secret signs: secrets are derived from the server''s key and never stored';
comment on column webhook.scopes is 'what whoever made it may read for the organization: what events and answers may tell';
comment on column webhook.position is 'up to which event deliveries were made';
create index webhook_organization on webhook (organization_id, created_at desc, id desc) where deleted_at is null;
create index webhook_behind on webhook (position) where active and deleted_at is null;

create table webhook_delivery (
  webhook_id uuid not null references webhook (id),
  position bigint not null,
  id uuid not null unique,
  event_id uuid not null,
  event_type text not null,
  subject text not null,
  occurred_at timestamptz not null,
  actor_name text not null,
  organization_id uuid,
  status text not null check (status in ('PENDING', 'DELIVERED', 'DEAD')),
  attempts integer not null default 0 check (attempts >= 0),
  tried_before integer not null default 0 check (tried_before >= 0),
  begun_at timestamptz not null,
  next_attempt_at timestamptz,
  http_status integer,
  error text check (length(error) <= 500),
  delivered_at timestamptz,
  primary key (webhook_id, position),
  check ((status = 'PENDING') = (next_attempt_at is not null))
);
create index webhook_delivery_old on webhook_delivery (occurred_at) where status <> 'PENDING';
comment on column webhook_delivery.tried_before is 'how often it had been tried when trying began anew, by hand';
comment on column webhook_delivery.begun_at is 'when trying began; it ends a day later';
comment on column webhook_delivery.next_attempt_at is 'when it is tried next; whoever tries puts this ahead first, so that nobody else does';
create index webhook_delivery_due on webhook_delivery (webhook_id, next_attempt_at, position) where status = 'PENDING';
create index webhook_delivery_recent on webhook_delivery (webhook_id, position desc);

create table webhook_attempt (
  delivery_id uuid not null references webhook_delivery (id),
  number integer not null check (number > 0),
  at timestamptz not null,
  millis integer not null check (millis >= 0),
  http_status integer,
  error text check (length(error) <= 500),
  answer text check (length(answer) <= 1000),
  primary key (delivery_id, number)
);
comment on column webhook_attempt.answer is 'the beginning of what the address answered';
