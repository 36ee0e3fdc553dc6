-- Authorizations get what their life needs, from the plan to the end, and organizations say how they are linked.

-- Public, with each version: how the operator was chosen, what was agreed about the end, and what stands against use.
alter table authorization_grant_version
  add column selection_basis text,
  add column publicity_starts_on date,
  add column publicity_ends_on date check (publicity_ends_on >= publicity_starts_on),
  add column bidders integer check (bidders >= 0),
  add column exclusive boolean,
  add column exclusive_reason text,
  add column fair_competition_review text,
  add column decision_record text,
  add column signed_on date,
  add column filing_number text,
  add column suspended_by text check (suspended_by in ('INSTITUTION', 'AUTHORITY')),
  add column correction_due_on date,
  add column exit_notice_on date,
  add column exits_on date check (exits_on >= exit_notice_on),
  add column end_kind text check (end_kind in ('EXPIRED', 'VOLUNTARY', 'AGREED', 'REVOKED', 'NOT_CONCLUDED')),
  add column ended_on date,
  add column new_access_until date;
comment on column authorization_grant_version.selection_basis is 'why the operator was selected in this way';
comment on column authorization_grant_version.bidders is 'how many took part in the selection';
comment on column authorization_grant_version.exclusive is 'whether nobody else gets the same';
comment on column authorization_grant_version.fair_competition_review is 'the number of the record of that review';
comment on column authorization_grant_version.decision_record is 'the number of the record of the collective decision on the agreement';
comment on column authorization_grant_version.new_access_until is 'the last day on which new access to its products may be given; null while there is no other end than that of the term';
create index authorization_grant_version_ending on authorization_grant_version (ends_on, grant_id)
  where valid_to = 'infinity' and state in ('ACTIVE', 'SUSPENDED', 'EXITING');

-- Plans are an institution's own until a candidate is public: nobody else reads them but who supervises.
create table authorization_plan (
  id uuid primary key,
  institution_id uuid not null references organization (id),
  jurisdiction_code text not null references jurisdiction (code),
  version integer not null default 1 check (version > 0),
  state text not null
    check (state in ('PLAN_DRAFT', 'PLAN_APPROVED', 'PLAN_FILED', 'SELECTING', 'CONCLUDED', 'WITHDRAWN')),
  content jsonb not null check (jsonb_typeof(content) = 'object'),
  state_reason text,
  title text not null generated always as (coalesce(content #>> '{title,0,value}', '')) stored,
  decision_number integer not null default 0,
  decision_record text,
  decided_on date,
  approved_by text,
  filing_number text,
  filed_on date,
  filed_with_id uuid references organization (id),
  selection_method text check (selection_method in ('OPEN_TENDER', 'INVITED_TENDER', 'NEGOTIATION', 'OTHER')),
  selection_basis text,
  fair_competition_review text,
  selection_opened_on date,
  revises_grant_id uuid references authorization_grant (id),
  grant_id uuid references authorization_grant (id),
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  demonstration boolean not null,
  check (state not in ('PLAN_APPROVED', 'PLAN_FILED', 'SELECTING', 'CONCLUDED') or decided_on is not null)
);
comment on column authorization_plan.content is 'its twelve items; docs/authorizations.md tells the members';
comment on column authorization_plan.decision_number is 'how often it was decided on; each decision is kept as it was';
comment on column authorization_plan.approved_by is 'the government or the meeting of the ministry that approved it';
comment on column authorization_plan.revises_grant_id is 'the authorization whose major change it plans; null for a new one';
comment on column authorization_plan.grant_id is 'the authorization that it led to';
create index authorization_plan_institution on authorization_plan (institution_id, updated_at desc, id desc);
create index authorization_plan_jurisdiction on authorization_plan (jurisdiction_code, updated_at desc, id desc);
create index authorization_plan_grant on authorization_plan (grant_id) where grant_id is not null;
create index authorization_plan_revised on authorization_plan (revises_grant_id) where revises_grant_id is not null;

-- What was decided, word for word.
create table authorization_plan_decision (
  plan_id uuid not null references authorization_plan (id),
  number integer not null check (number > 0),
  content jsonb not null,
  decided_on date not null,
  decision_record text not null,
  approved_by text,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (plan_id, number)
);
create trigger authorization_plan_decision_never_change before update or delete on authorization_plan_decision
  for each row execute function never_change();

-- The thirteen items of an agreement, for its parties and who supervises them. Each signing and each change of the items
-- adds a row.
create table authorization_agreement (
  grant_id uuid not null,
  grant_version integer not null,
  items jsonb not null check (jsonb_typeof(items) = 'object'),
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (grant_id, grant_version),
  foreign key (grant_id, grant_version) references authorization_grant_version (grant_id, version)
);
create trigger authorization_agreement_never_change before update or delete on authorization_agreement
  for each row execute function never_change();

-- Products that fall outside an authorization, where they are too many for the transaction that changed it: whichever
-- server is free suspends some, until none is left. What falls outside is looked up each time.
create table authorization_effect (
  id uuid primary key default gen_random_uuid(),
  grant_id uuid not null references authorization_grant (id),
  operator_id uuid not null references organization (id),
  due_at timestamptz not null,
  tries integer not null default 0
);
create index authorization_effect_due on authorization_effect (due_at, id);
create index authorization_effect_grant on authorization_effect (grant_id);

-- How the products of one status stand on an authorization as it now is: whether it cannot be used on the day, and else
-- what of them falls outside, by the global ids of resources and scenarios, behind a resource the names of its data items;
-- and the same in words.
create function standing_on_authorization(grant_wanted uuid, day date, wanted_status text)
returns table (operator_id uuid, product_id uuid, code text, unusable boolean, outside text[], words text[])
language sql stable as $$
  select p.operator_id, p.product_id, p.code,
         not coalesce(g.state in ('ACTIVE', 'EXITING') and day between g.starts_on and g.ends_on, false),
         found.ids, found.words
    from authorization_grant_version g
    join product_version p
      on p.authorization_grant_id = g.grant_id and p.valid_to = 'infinity' and p.status = wanted_status
   cross join lateral (
     select coalesce(array_agg(o.id order by o.place, o.id), '{}') as ids,
            coalesce(array_agg(o.words order by o.place, o.id), '{}') as words
       from (
         select 1 as place, global_id('res', u.resource_id) || coalesce(' ' || more.items, '') as id,
                t.title || coalesce(' (' || more.items || ')', '') as words
           from product_resource u
           left join authorized_resource a
             on a.grant_id = g.grant_id and a.valid_to = 'infinity' and a.resource_id = u.resource_id
           left join data_resource_version t on t.resource_id = u.resource_id and t.valid_to = 'infinity'
          cross join lateral (
            select string_agg(i, ' ' order by i) as items from unnest(u.data_items) as i where i <> all (a.data_items)) as more
          where u.operator_id = p.operator_id and u.product_id = p.product_id and u.valid_to = 'infinity'
            and (a.resource_id is null or a.data_items is not null and not coalesce(u.data_items <@ a.data_items, false))
          union all
         select 2, global_id('sce', u.scenario_id), t.title
           from product_scenario u
           left join authorized_scenario a
             on a.grant_id = g.grant_id and a.valid_to = 'infinity' and a.scenario_id = u.scenario_id
           left join scenario_version t on t.scenario_id = u.scenario_id and t.valid_to = 'infinity'
          where u.operator_id = p.operator_id and u.product_id = p.product_id and u.valid_to = 'infinity' and u.allowed
            and not coalesce(a.allowed, not exists (
                  select 1 from authorized_scenario s
                   where s.grant_id = g.grant_id and s.valid_to = 'infinity' and s.allowed))) as o) as found
   where g.grant_id = grant_wanted and g.valid_to = 'infinity'
$$;

-- Links between organizations: who said so, and when.
alter table affiliation
  add column declared_at timestamptz,
  add column declared_by text,
  add column end_declared_at timestamptz,
  add column end_declared_by text,
  add column end_evidence text;
comment on column affiliation.declared_by is 'the name of who declared it, for people to read; null for what was brought in';
drop trigger affiliation_end_only on affiliation;
create trigger affiliation_end_only before update or delete on affiliation
  for each row execute function end_only('ends_on', 'end_declared_at', 'end_declared_by', 'end_evidence');

-- An organization says: our links are complete as they are declared here, on that day.
create table affiliation_declaration (
  id uuid primary key,
  organization_id uuid not null references organization (id),
  declared_on date not null,
  declared_at timestamptz not null,
  declared_by text not null,
  demonstration boolean not null
);
create index affiliation_declaration_organization on affiliation_declaration (organization_id, declared_on desc, id);
create trigger affiliation_declaration_never_change before update or delete on affiliation_declaration
  for each row execute function never_change();
create trigger affiliation_declaration_never_truncate before truncate on affiliation_declaration
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on affiliation_declaration
  for each statement execute function announce_change();

-- Whether a link controls: by itself, or by a share of more than half. What follows from control is severe, so a smaller
-- share, which some rules count as a tie, is a link and no control.
create function is_control(kind text, share_percent numeric) returns boolean
language sql immutable parallel safe as $$
  select kind in ('CONTROLS', 'CONTRACT_CONTROL') or kind = 'HOLDS_SHARES' and share_percent > 50
$$;

-- Whether a link is of a day, as far as was known at a moment; what was brought in was known always.
create function is_linked(a affiliation, on_day date, known_at timestamptz) returns boolean
language sql immutable parallel safe as $$
  select a.starts_on <= on_day and (a.ends_on is null or a.ends_on >= on_day or coalesce(a.end_declared_at > known_at, false))
     and coalesce(a.declared_at <= known_at, true)
$$;

-- Who is related to each of the organizations on a day: those that have a common controller with it, itself and its
-- controllers included, through any number of links that control; and, one step from it, those that it is linked to
-- otherwise, by shares from where the rules of the day count them. Each with a shortest way of links. Level by level: first from the controlled to who controls, then back;
-- nobody is visited twice in one direction, so circles end.
-- As was known at a moment: what was declared later, of whatever days, is left out.
create function related_organizations_of(organizations uuid[], on_day date, jurisdiction text default '000000',
  known_at timestamptz default 'infinity')
returns table (of_id uuid, organization_id uuid, direct boolean, control boolean, links uuid[])
language plpgsql stable as $$
declare
  threshold numeric := rule_value(jurisdiction, 'affiliateSharePercent', on_day)::numeric;
  seen_roots uuid[];
  seen_ids uuid[];
  seen_down boolean[];
  seen_ways text[];
  roots uuid[];
  ids uuid[];
  down boolean[];
  ways text[];
begin
  select array_agg(o), array_agg(o), array_agg(false), array_agg(''::text)
    into roots, ids, down, ways
    from (select distinct unnest(organizations)) as wanted (o);
  seen_roots := roots; seen_ids := ids; seen_down := down; seen_ways := ways;
  while cardinality(roots) > 0 loop
    select array_agg(n.root), array_agg(n.id), array_agg(n.down), array_agg(n.way)
      into roots, ids, down, ways
      from (
        select distinct on (f.root, step.id, step.down) f.root, step.id, step.down,
               case f.way when '' then '' else f.way || ',' end || step.link as way
          from unnest(roots, ids, down, ways) as f (root, id, down, way)
         cross join lateral (
           select a.organization_id as id, false as down, a.id as link
             from affiliation a
            where not f.down and a.affiliate_id = f.id and is_linked(a, on_day, known_at)
              and is_control(a.kind, a.share_percent)
            union all
           select a.affiliate_id, true, a.id
             from affiliation a
            where a.organization_id = f.id and is_linked(a, on_day, known_at)
              and is_control(a.kind, a.share_percent)) as step
         where not exists (
                 select 1 from unnest(seen_roots, seen_ids, seen_down) as s (root, id, down)
                  where s.root = f.root and s.id = step.id and s.down = step.down)
         order by f.root, step.id, step.down, f.way, step.link) as n;
    seen_roots := seen_roots || roots; seen_ids := seen_ids || ids;
    seen_down := seen_down || down; seen_ways := seen_ways || ways;
  end loop;
  return query
    select distinct on (r.root, r.id) r.root, r.id, r.steps = 1, r.control, r.way
      from (
        select s.root, s.id, true as control, string_to_array(s.way, ',')::uuid[] as way,
               cardinality(string_to_array(s.way, ',')) as steps
          from unnest(seen_roots, seen_ids, seen_ways) as s (root, id, way)
         where s.id <> s.root
         union all
        select o, case a.organization_id when o then a.affiliate_id else a.organization_id end, false, array[a.id], 1
          from (select distinct unnest(organizations)) as wanted (o)
          join affiliation a on (a.organization_id = o or a.affiliate_id = o)
           and is_linked(a, on_day, known_at)
         where not is_control(a.kind, a.share_percent)
           and (a.kind <> 'HOLDS_SHARES' or coalesce(a.share_percent >= threshold, true))) as r
     order by r.root, r.id, r.control desc, r.steps, r.way;
end
$$;

-- The same of one organization.
create function related_organizations(organization uuid, on_day date, jurisdiction text default '000000',
  known_at timestamptz default 'infinity')
returns table (organization_id uuid, direct boolean, control boolean, links uuid[])
language sql stable as $$
  select r.organization_id, r.direct, r.control, r.links
    from related_organizations_of(array[organization], on_day, jurisdiction, known_at) as r
$$;
