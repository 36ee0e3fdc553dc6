-- Who calls: the tokens of programs, of which only digests are kept, and the errors that each caused.

create table api_token (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  role text not null
    check (role in ('DEVELOPER', 'OPERATOR', 'DATA_SOURCE_UNIT', 'IMPLEMENTING_INSTITUTION', 'DATA_AUTHORITY',
                    'PRICE_AUTHORITY', 'REGISTRAR', 'AUDITOR')),
  name text not null check (length(name) between 1 and 100),
  scopes text[] not null check (cardinality(scopes) > 0),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  created_by text not null,
  created_by_name text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  last_used_at timestamptz,
  revoked_at timestamptz,
  version integer not null default 1 check (version > 0),
  demonstration boolean not null default false
);
comment on column api_token.digest is 'SHA-256 of the whole token; the token itself is kept nowhere';
comment on column api_token.created_by is 'who made it, as the trail knows it';
comment on column api_token.last_used_at is 'written at most once a minute';
create index api_token_organization on api_token (organization_id, created_at desc, id desc);

-- What a token is good for never grows, and one that was ended stays so.
create function api_token_keeps() returns trigger language plpgsql as $$
begin
  if (new.id, new.organization_id, new.role, new.scopes, new.digest, new.created_by, new.created_at, new.expires_at)
     is distinct from
     (old.id, old.organization_id, old.role, old.scopes, old.digest, old.created_by, old.created_at, old.expires_at)
     or old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
    raise exception 'a token is never changed, only ended' using errcode = 'restrict_violation';
  end if;
  return new;
end
$$;
create trigger api_token_keeps before update on api_token
  for each row execute function api_token_keeps();

-- The newest few of each token.
create table api_token_error (
  token_id uuid not null references api_token (id) on delete cascade,
  occurred_at timestamptz not null,
  id uuid not null,
  request_id text,
  operation_name text,
  code text not null,
  message text not null,
  primary key (token_id, occurred_at, id)
);
create index api_token_error_age on api_token_error (occurred_at);
