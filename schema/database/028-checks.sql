-- Runs of the fair-access checks, kept so that anybody can repeat them; the flags that they raise, what operators
-- declare, the sweep of each day, and the rules of the platform itself.

-- A run is kept where it differs from the subject's newest: a day on which nothing changed writes nothing.
create table check_run (
  id uuid primary key,
  number bigint generated always as identity unique,
  subject_kind text not null check (subject_kind in ('PRODUCT', 'AUTHORIZATION', 'OPERATOR', 'MARKET')),
  subject_id uuid not null,
  subject text not null,
  subject_version integer,
  operator_id uuid,
  institution_id uuid,
  jurisdiction_code text not null references jurisdiction (code),
  day date not null,
  read_at timestamptz not null,
  run_at timestamptz not null,
  rule_sets text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  results jsonb not null check (jsonb_typeof(results) = 'array'),
  cause text not null,
  run_by text not null
);
comment on column check_run.subject is 'the global id of what was checked';
comment on column check_run.subject_id is 'the same as it stands in its table; of the marketplace itself all zeros';
comment on column check_run.day is 'the day that the rules were asked about';
comment on column check_run.read_at is 'the moment at which the facts stood so';
comment on column check_run.rule_sets is 'jurisdictions and the versions of their rule sets that the rules came from';
comment on column check_run.digest is 'SHA-256 of the canonical JSON of rules, calendar and facts, without the day';
create index check_run_newest on check_run (subject_kind, subject_id, number desc);
create index check_run_operator on check_run (operator_id, number desc);
create trigger check_run_never_change before update or delete on check_run
  for each row execute function never_change();
create trigger check_run_never_truncate before truncate on check_run
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on check_run
  for each statement execute function announce_change();

-- What has to be looked at by people. Open ones are read by the operator and the data authority only.
create table check_flag (
  id uuid primary key,
  version integer not null default 1 check (version > 0),
  check_code text not null,
  subject_kind text not null,
  subject_id uuid not null,
  subject text not null,
  operator_id uuid,
  institution_id uuid,
  jurisdiction_code text not null references jurisdiction (code),
  outcome text not null check (outcome in ('FLAG', 'BLOCK')),
  state text not null default 'OPEN' check (state in ('OPEN', 'ANSWERED', 'CLOSED')),
  opened_run uuid not null references check_run (id),
  opened_at timestamptz not null,
  opened_on date not null,
  answer text check (length(answer) between 1 and 10000),
  answer_evidence text check (length(answer_evidence) <= 10000),
  answered_at timestamptz,
  answered_by text,
  conclusion text check (conclusion in ('CLEARED', 'CONFIRMED', 'ACCEPTED_REASON', 'PASSED_AGAIN')),
  conclusion_text text check (length(conclusion_text) <= 10000),
  closed_run uuid references check_run (id),
  closed_at timestamptz,
  closed_on date,
  closed_by text,
  check ((state = 'CLOSED') = (conclusion is not null and closed_at is not null and closed_on is not null)),
  check ((answer is null) = (answered_at is null))
);
create unique index check_flag_one_open on check_flag (subject_kind, subject_id, check_code) where state <> 'CLOSED';
create index check_flag_operator on check_flag (operator_id, opened_at desc, id desc);
create index check_flag_recent on check_flag (opened_at desc, id desc);
create index check_flag_closed on check_flag (closed_at desc, id desc) where state = 'CLOSED';
create index check_flag_figures on check_flag (check_code, opened_on, operator_id);
create trigger check_flag_never_truncate before truncate on check_flag
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on check_flag
  for each statement execute function announce_change();

-- Under which name an operator stands in what everybody may read of closed flags.
create table check_pseudonym (
  operator_id uuid primary key references organization (id),
  pseudonym text not null unique default substr(md5(gen_random_uuid()::text), 1, 12)
);

-- What an operator says about a product and answers for.
create table product_declaration (
  operator_id uuid not null,
  product_id uuid not null,
  id uuid not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  kind text not null check (kind in ('LINEAGE', 'REGRADED', 'PERSONAL_INFORMATION_BASIS', 'TECHNICAL_NEED', 'PROCESSED')),
  state text not null check (state in ('DECLARED', 'ENDED')),
  text text not null check (length(text) between 1 and 10000),
  evidence text check (length(evidence) between 1 and 10000),
  base_product_id uuid,
  developer_id uuid references organization (id),
  declared_on date not null,
  declared_by text not null,
  primary key (operator_id, id, version),
  foreign key (operator_id, product_id) references product (operator_id, id),
  check (kind = 'LINEAGE' or (base_product_id is null and developer_id is null))
);
comment on column product_declaration.evidence is 'read by the operator, the institution and the data authority';
create unique index product_declaration_current on product_declaration (id) where valid_to = 'infinity';
create unique index product_declaration_one_lineage on product_declaration (operator_id, product_id)
  where valid_to = 'infinity' and kind = 'LINEAGE' and state = 'DECLARED';
create index product_declaration_product on product_declaration (product_id, id) where valid_to = 'infinity';
create index product_declaration_as_of on product_declaration (product_id, valid_from);
create trigger product_declaration_close_only before update or delete on product_declaration
  for each row execute function close_only();
create trigger product_declaration_never_truncate before truncate on product_declaration
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on product_declaration
  for each statement execute function announce_change();

-- The rules of the platform itself: by what it orders lists.
create table platform_rule (
  version integer primary key check (version > 0),
  shown_on date not null,
  effective_on date not null check (effective_on >= shown_on),
  ranking_factors text[] not null check (cardinality(ranking_factors) > 0),
  text text not null,
  text_en text not null
);
comment on column platform_rule.shown_on is 'when it was shown to everybody before it took effect';
create trigger platform_rule_never_change before update or delete on platform_rule
  for each row execute function never_change();
create trigger platform_rule_never_truncate before truncate on platform_rule
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on platform_rule
  for each statement execute function announce_change();

-- The sweep of a day, in parts that servers claim; a part whose server died is taken over where it stood.
create table check_sweep (
  day date primary key,
  state text not null check (state in ('RUNNING', 'DONE', 'GIVEN_UP', 'MISSED')),
  begun_at timestamptz,
  ended_at timestamptz,
  check ((state = 'DONE') = (ended_at is not null))
);
comment on column check_sweep.state is 'MISSED: no server ran on that day; GIVEN_UP: the next day began before its end';

create table check_sweep_part (
  day date not null references check_sweep (day),
  part integer not null check (part >= 0),
  subject_kind text not null check (subject_kind in ('PRODUCT', 'AUTHORIZATION', 'OPERATOR', 'MARKET')),
  first_id uuid not null,
  last_id uuid not null,
  behind uuid,
  holder uuid,
  held_until timestamptz,
  checked bigint not null default 0,
  changed bigint not null default 0,
  suspended bigint not null default 0,
  done boolean not null default false,
  primary key (day, part)
);
comment on column check_sweep_part.behind is 'the last subject that was checked; null before the first';
create index check_sweep_part_open on check_sweep_part (day, part) where not done;

-- Whether a version of a price asks for something else, or for it on other days, than another one that may only end earlier.
create function tariff_asks_other(one tariff, later tariff) returns boolean
language sql stable parallel safe as $$
  select (one.item_class, one.unit, one.unit_text, one.currency, one.base_fee, one.base_fee_period, one.purpose_classes,
          one.free_of_charge, one.trial)
           is distinct from
         (later.item_class, later.unit, later.unit_text, later.currency, later.base_fee, later.base_fee_period,
          later.purpose_classes, later.free_of_charge, later.trial)
      or one.effective_on > later.effective_on
      or coalesce(one.ends_on, 'infinity') < coalesce(later.ends_on, 'infinity')
      or (select jsonb_agg(jsonb_build_array(r.from_quantity, r.unit_price) order by r.from_quantity)
            from tariff_tier r where r.tariff_id = one.id and r.tariff_version = one.version)
           is distinct from
         (select jsonb_agg(jsonb_build_array(r.from_quantity, r.unit_price) order by r.from_quantity)
            from tariff_tier r where r.tariff_id = later.id and r.tariff_version = later.version)
$$;

-- Wakes who works off what is due.
create function announce_check_due() returns trigger language plpgsql as $$
begin
  perform pg_notify('fairground_check_due', '');
  return null;
end
$$;
create trigger announce_check_due after insert on check_due
  for each statement execute function announce_check_due();
