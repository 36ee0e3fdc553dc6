-- Three bodies keep the price chain by mutations: what a ceiling says of other units and of base fees, who set the prices
-- of a product from which day on, bundles, and what came in under a cap.

alter table price_ceiling
  add column base_fee numeric(20, 6) check (base_fee >= 0),
  add column base_fee_period text check (base_fee_period in ('ONCE', 'MONTH', 'YEAR')),
  add check ((base_fee is null) = (base_fee_period is null));

-- How many of a price's units are one of the ceiling's: comparing them is part of the decision, not of a program.
create table price_ceiling_conversion (
  ceiling_id uuid not null,
  ceiling_version integer not null,
  unit text not null check (unit in ('PER_PRODUCT', 'PER_SERVICE', 'PER_TIME', 'PER_CALL', 'PER_VOLUME')),
  unit_text text not null default '' check (length(unit_text) <= 200),
  factor numeric(20, 6) not null check (factor > 0),
  primary key (ceiling_id, ceiling_version, unit, unit_text),
  foreign key (ceiling_id, ceiling_version) references price_ceiling (id, version)
);
comment on column price_ceiling_conversion.unit_text is 'the words of the price''s unit; empty for those without words';

-- A product's prices as they were set as a whole: what expectedVersion is compared with.
create table price_plan (
  operator_id uuid not null,
  product_id uuid not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  effective_on date not null,
  note text check (length(note) between 1 and 2000),
  primary key (operator_id, product_id, version),
  foreign key (operator_id, product_id) references product (operator_id, id)
);
comment on column price_plan.effective_on is 'the first day whose prices it changed';
create unique index price_plan_current on price_plan (product_id) where valid_to = 'infinity';
create index price_plan_as_of on price_plan (product_id, valid_from);

create table product_bundle (
  operator_id uuid not null references organization (id),
  id uuid not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  title text not null check (length(title) between 1 and 500),
  locale text not null,
  title_translations jsonb,
  price numeric(20, 6) not null check (price >= 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  unit text not null check (unit in ('PER_PRODUCT', 'PER_SERVICE', 'PER_TIME', 'PER_CALL', 'PER_VOLUME')),
  unit_text text check (length(unit_text) between 1 and 200),
  effective_on date not null,
  ends_on date check (ends_on >= effective_on),
  source text,
  demonstration boolean not null,
  primary key (operator_id, id, version)
);
create unique index product_bundle_current on product_bundle (id) where valid_to = 'infinity';
create index product_bundle_operator on product_bundle (operator_id, effective_on desc, id) where valid_to = 'infinity';

create table product_bundle_member (
  operator_id uuid not null,
  bundle_id uuid not null,
  bundle_version integer not null,
  product_id uuid not null,
  position integer not null check (position > 0),
  primary key (operator_id, bundle_id, bundle_version, product_id),
  foreign key (operator_id, bundle_id, bundle_version) references product_bundle (operator_id, id, version),
  foreign key (operator_id, product_id) references product (operator_id, id)
);
create index product_bundle_member_product on product_bundle_member (product_id, bundle_id, bundle_version);

create table product_bundle_condition (
  operator_id uuid not null,
  bundle_id uuid not null,
  bundle_version integer not null,
  position integer not null check (position > 0),
  text text not null check (length(text) between 1 and 2000),
  technical_need text check (length(technical_need) between 1 and 2000),
  primary key (operator_id, bundle_id, bundle_version, position),
  foreign key (operator_id, bundle_id, bundle_version) references product_bundle (operator_id, id, version)
);
comment on column product_bundle_condition.text is 'what else has to be bought or done';
comment on column product_bundle_condition.technical_need is 'why it is technically needed; null where nobody said so';

alter table revenue_cap
  add column treasury_yield_percent numeric(7, 4) check (treasury_yield_percent >= -10);
comment on column revenue_cap.treasury_yield_percent is 'the yield of ten-year treasury bonds that the rate of profit was measured by';

-- What came in under a cap. Read by its operator and by who supervises it, so nothing of it is announced.
create table revenue_report (
  id uuid not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  operator_id uuid not null references organization (id),
  cap_id uuid not null,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  income numeric(20, 6) not null check (income >= 0),
  cost_platform numeric(20, 6) check (cost_platform >= 0),
  cost_acquisition numeric(20, 6) check (cost_acquisition >= 0),
  cost_transfer numeric(20, 6) check (cost_transfer >= 0),
  cost_aggregation numeric(20, 6) check (cost_aggregation >= 0),
  cost_storage numeric(20, 6) check (cost_storage >= 0),
  cost_governance numeric(20, 6) check (cost_governance >= 0),
  cost_other numeric(20, 6) check (cost_other >= 0),
  tax numeric(20, 6) check (tax >= 0),
  correction_reason text check (length(correction_reason) between 1 and 10000),
  note text check (length(note) between 1 and 10000),
  demonstration boolean not null,
  primary key (id, version),
  check ((version > 1) = (correction_reason is not null))
);
create unique index revenue_report_current on revenue_report (id) where valid_to = 'infinity';
create index revenue_report_cap on revenue_report (cap_id, starts_on, id) where valid_to = 'infinity';
create index revenue_report_operator on revenue_report (operator_id, starts_on, id) where valid_to = 'infinity';

do $$
declare
  name text;
begin
  foreach name in array array['price_plan', 'product_bundle', 'revenue_report']
  loop
    execute format('create trigger %I before update or delete on %I for each row execute function close_only()',
                   name || '_close_only', name);
  end loop;
  foreach name in array array['price_ceiling_conversion', 'product_bundle_member', 'product_bundle_condition']
  loop
    execute format('create trigger %I before update or delete on %I for each row execute function never_change()',
                   name || '_never_change', name);
  end loop;
  foreach name in array array['price_ceiling_conversion', 'price_plan', 'product_bundle', 'product_bundle_member',
                              'product_bundle_condition', 'revenue_report']
  loop
    execute format('create trigger %I before truncate on %I for each statement execute function never_change()',
                   name || '_never_truncate', name);
  end loop;
  foreach name in array array['price_ceiling_conversion', 'price_plan', 'product_bundle', 'product_bundle_member',
                              'product_bundle_condition']
  loop
    execute format('create trigger announce after insert or update or delete or truncate on %I'
                   ' for each statement execute function announce_change()', name);
  end loop;
end
$$;
create trigger price_plan_follow_on after insert on price_plan
  for each row when (new.version > 1) execute function follow_on('operator_id', 'product_id');
create trigger product_bundle_follow_on after insert on product_bundle
  for each row when (new.version > 1) execute function follow_on('operator_id', 'id');
create trigger revenue_report_follow_on after insert on revenue_report
  for each row when (new.version > 1) execute function follow_on('id');

-- Prices follow the catalogue of the nation or of the place: a price authority of the jurisdiction of one of the
-- operator's authorizations, or of one above it. Of several the nearest; null where none of the organizations is one.
create function price_authority_of(organizations uuid[], operator uuid, on_day date) returns uuid
language sql stable parallel safe as $$
  with recursive chain (code, distance) as (
    select distinct g.jurisdiction_code, 0
      from authorization_grant_version g
     where g.operator_id = operator and g.valid_to = 'infinity'
       and g.state <> 'CANDIDATE_PUBLICITY' and g.end_kind is distinct from 'NOT_CONCLUDED'
    union
    select j.parent_code, chain.distance + 1
      from chain
      join jurisdiction j on j.code = chain.code
     where j.parent_code is not null and chain.distance < 9
  )
  select r.organization_id
    from chain
    join organization_role r on r.jurisdiction_code = chain.code and r.role = 'PRICE_AUTHORITY'
   where r.organization_id = any(organizations)
     and r.starts_on <= on_day and (r.ends_on is null or r.ends_on >= on_day)
   order by chain.distance, r.organization_id
   limit 1
$$;
