-- What the rules name for catalogues, plans and price decisions, and no column held yet.
alter table data_resource_version
  add column sharing text check (sharing in ('UNCONDITIONAL', 'CONDITIONAL', 'NOT_SHARED')),
  add column sharing_text text,
  add column volume_text text,
  add column covers_from date,
  add column covers_until date check (covers_until >= covers_from),
  add column next_review_on date,
  add check (covers_until is null or covers_from is not null);
comment on column data_resource_version.sharing_text is 'the conditions of sharing, or the legal basis of not sharing';

alter table organization_version add column contact text check (length(contact) between 1 and 1000);

alter table scenario_version
  add column prohibited text,
  add column approved_by_id uuid references organization (id),
  add column approved_on date,
  add column starts_on date,
  add column ends_on date check (ends_on >= starts_on),
  add check (ends_on is null or starts_on is not null);
comment on column scenario_version.prohibited is 'what the data may not be used for in it';

-- Amounts have the precision of prices, and a cap tells what it was made up of.
alter table revenue_cap
  alter column amount type numeric(20, 6),
  alter column carried_deduction type numeric(20, 6),
  add column cost numeric(20, 6) check (cost >= 0),
  add column profit_percent numeric(7, 4) check (profit_percent >= 0),
  add column tax numeric(20, 6) check (tax >= 0);
comment on column revenue_cap.profit_percent is 'the rate of profit on the cost that was allowed';
