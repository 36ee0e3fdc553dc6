-- Entries of lists before they are published: each operator's own, and read by who reviews them. Not public content.

-- What an entry lacks before it can be reviewed or published, by the names of its members. Kept beside the content, so
-- that a list of drafts tells it without reading them.
create function product_draft_missing(kind text, content jsonb) returns text[]
language sql immutable parallel safe as $$
  select coalesce(array_agg(m.member order by m.place), '{}')
    from (values
      (1, 'title', content #>> '{title,0,value}' is null),
      (2, 'summary', content #>> '{summary,0,locale}' <> content #>> '{title,0,locale}'),
      (3, 'authorization', content ->> 'authorization' is null),
      (4, 'resources', kind = 'DATA_PRODUCT' and content ->> 'tier' is distinct from 'REDEVELOPED'
                       and content -> 'resources' is null),
      (5, 'form', content ->> 'form' is null),
      (6, 'purposeClass', content ->> 'purposeClass' is null),
      (7, 'capabilityKind', kind = 'SERVICE_CAPABILITY' and content ->> 'capabilityKind' is null)
    ) as m (place, member, lacks)
   where m.lacks
$$;

create table product_draft (
  operator_id uuid not null references organization (id),
  id uuid not null,
  product_id uuid not null,
  kind text not null check (kind in ('DATA_PRODUCT', 'SERVICE_CAPABILITY')),
  code text not null check (length(code) between 1 and 128),
  base_version integer check (base_version > 0),
  version integer not null default 1 check (version > 0),
  status text not null default 'DRAFT' check (status in ('DRAFT', 'UNDER_REVIEW', 'RETURNED', 'REVIEWED', 'FILED')),
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  title text not null generated always as (coalesce(content #>> '{title,0,value}', '')) stored,
  authorization_grant_id uuid generated always as (substr(content ->> 'authorization', 4)::uuid) stored,
  missing text[] not null generated always as (product_draft_missing(kind, content)) stored,
  security_passed boolean,
  security_reasons text check (length(security_reasons) <= 10000),
  security_at timestamptz,
  security_by text,
  norm_passed boolean,
  norm_reasons text check (length(norm_reasons) <= 10000),
  norm_at timestamptz,
  norm_by text,
  institution_confirmed_at timestamptz,
  institution_confirmed_by text,
  authority_confirmed_at timestamptz,
  authority_confirmed_by text,
  submitted_at timestamptz,
  submitted_by text,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (operator_id, id),
  unique (operator_id, product_id),
  unique (operator_id, code),
  foreign key (authorization_grant_id, operator_id) references authorization_grant (id, operator_id),
  check (status not in ('REVIEWED', 'FILED') or (security_passed and norm_passed) is true),
  check ((security_passed is null) = (security_at is null) and (norm_passed is null) = (norm_at is null))
);
comment on column product_draft.product_id is 'the product that is drafted: a published one, or that which comes to be';
comment on column product_draft.base_version is 'the published version that it began with; null for a new product';
comment on column product_draft.content is 'an entry as lists write it, without kind and code; docs/publishing.md tells its members';
comment on column product_draft.norm_passed is 'the review of business norms';
comment on column product_draft.created_by is 'the name of who made it, for people to read';
create unique index product_draft_id on product_draft (id);
create index product_draft_updated on product_draft (operator_id, updated_at desc, id desc);
create index product_draft_title on product_draft (operator_id, title, id);
create index product_draft_grant on product_draft (authorization_grant_id, updated_at desc, id desc) where status <> 'DRAFT';

-- A parameter of the rules on a day: of the jurisdiction's own, or of the nearest one above that says something.
create function rule_value(jurisdiction text, parameter text, day date) returns text
language sql stable parallel safe as $$
  with recursive chain (code, parent_code, distance) as (
    select j.code, j.parent_code, 0 from jurisdiction j where j.code = jurisdiction
    union all
    select j.code, j.parent_code, chain.distance + 1
      from chain
      join jurisdiction j on j.code = chain.parent_code
     where chain.distance < 9
  )
  select p.value
    from chain
    join rule_set s
      on s.jurisdiction_code = chain.code and s.effective_on <= day and (s.ends_on is null or s.ends_on >= day)
    join rule_parameter p on p.rule_set_id = s.id and p.name = parameter
   order by chain.distance, s.version desc
   limit 1
$$;

-- Whether an organization is a data authority of a jurisdiction on a day.
create function is_data_authority(organizations uuid[], jurisdiction text, on_day date) returns boolean
language sql stable parallel safe as $$
  select exists (
    select 1
      from organization_role r
     where r.role = 'DATA_AUTHORITY' and r.jurisdiction_code = jurisdiction and r.organization_id = any(organizations)
       and r.starts_on <= on_day and (r.ends_on is null or r.ends_on >= on_day))
$$;
