-- The price chain: revenue cap by the price side, ceilings by the institution, tariffs by the operator.
create table tariff (
  operator_id uuid not null,
  product_id uuid not null,
  id uuid not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  item text not null check (length(item) between 1 and 200),
  item_class text not null check (length(item_class) between 1 and 64),
  position integer not null check (position > 0),
  unit text not null check (unit in ('PER_PRODUCT', 'PER_SERVICE', 'PER_TIME', 'PER_CALL', 'PER_VOLUME')),
  unit_text text,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  base_fee numeric(20, 6) check (base_fee >= 0),
  base_fee_period text check (base_fee_period in ('ONCE', 'MONTH', 'YEAR')),
  purpose_classes text[] not null
    check (cardinality(purpose_classes) > 0
           and purpose_classes <@ array['PUBLIC_GOVERNANCE', 'PUBLIC_WELFARE', 'INDUSTRY']),
  free_of_charge boolean not null,
  free_conditions text,
  payee_id uuid references organization (id),
  trial boolean not null,
  effective_on date not null,
  ends_on date check (ends_on >= effective_on),
  source text,
  demonstration boolean not null,
  primary key (operator_id, product_id, id, version),
  foreign key (operator_id, product_id) references product (operator_id, id),
  check ((base_fee is null) = (base_fee_period is null)),
  -- Use for public governance and welfare is free of charge.
  check (free_of_charge or not purpose_classes && array['PUBLIC_GOVERNANCE', 'PUBLIC_WELFARE']),
  check (not free_of_charge or coalesce(base_fee, 0) = 0)
);
create unique index tariff_current on tariff (id) where valid_to = 'infinity';
create index tariff_product on tariff (product_id, position, effective_on desc, id) where valid_to = 'infinity';
create index tariff_as_of on tariff (product_id, valid_from);
create trigger tariff_close_only before update or delete on tariff
  for each row execute function close_only();

create table tariff_tier (
  operator_id uuid not null,
  product_id uuid not null,
  tariff_id uuid not null,
  tariff_version integer not null,
  from_quantity numeric(20, 6) not null check (from_quantity >= 0),
  unit_price numeric(20, 6) not null check (unit_price >= 0),
  primary key (operator_id, product_id, tariff_id, tariff_version, from_quantity),
  foreign key (operator_id, product_id, tariff_id, tariff_version) references tariff (operator_id, product_id, id, version)
);
create index tariff_tier_tariff on tariff_tier (tariff_id, tariff_version, from_quantity);
create trigger tariff_tier_never_change before update or delete on tariff_tier
  for each row execute function never_change();

create table price_ceiling (
  id uuid not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  authorization_grant_id uuid not null references authorization_grant (id),
  set_by_id uuid not null references organization (id),
  item_class text not null check (length(item_class) between 1 and 64),
  scenario_id uuid references scenario (id),
  unit text not null check (unit in ('PER_PRODUCT', 'PER_SERVICE', 'PER_TIME', 'PER_CALL', 'PER_VOLUME')),
  unit_text text,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  trial boolean not null,
  effective_on date not null,
  ends_on date check (ends_on >= effective_on),
  document text not null,
  clause text,
  url text,
  reported_on date,
  source text,
  demonstration boolean not null,
  primary key (id, version),
  check (not trial or ends_on is not null)
);
create unique index price_ceiling_current on price_ceiling (id) where valid_to = 'infinity';
create index price_ceiling_grant on price_ceiling (authorization_grant_id, item_class, unit, effective_on desc, id) where valid_to = 'infinity';
create index price_ceiling_recent on price_ceiling (effective_on desc, id desc) where valid_to = 'infinity';
create trigger price_ceiling_close_only before update or delete on price_ceiling
  for each row execute function close_only();

create table price_ceiling_tier (
  ceiling_id uuid not null,
  ceiling_version integer not null,
  from_quantity numeric(20, 6) not null check (from_quantity >= 0),
  unit_price numeric(20, 6) not null check (unit_price >= 0),
  primary key (ceiling_id, ceiling_version, from_quantity),
  foreign key (ceiling_id, ceiling_version) references price_ceiling (id, version)
);
create trigger price_ceiling_tier_never_change before update or delete on price_ceiling_tier
  for each row execute function never_change();

create table revenue_cap (
  id uuid not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  operator_id uuid not null references organization (id),
  set_by_id uuid not null references organization (id),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount numeric(20, 2) not null check (amount >= 0),
  carried_deduction numeric(20, 2) not null default 0 check (carried_deduction >= 0),
  document text not null,
  clause text,
  url text,
  source text,
  demonstration boolean not null,
  primary key (id, version)
);
create unique index revenue_cap_current on revenue_cap (id) where valid_to = 'infinity';
create index revenue_cap_operator on revenue_cap (operator_id, starts_on desc, id) where valid_to = 'infinity';
create trigger revenue_cap_close_only before update or delete on revenue_cap
  for each row execute function close_only();
