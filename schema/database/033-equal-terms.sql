-- What like access grants have in common, counted as they are given: who asks whether terms are equal reads some
-- hundred rows, however many grants there are. Derived from the grants, and written by their transactions.
--
-- The public sees grants in steps: a step holds grants of at least three holders, is shown from the day after its last
-- one, never changes once it is shown, and comes into the window and goes out of it as a whole. So nothing is learned of
-- one grant by comparing what is shown today with what was shown before.

create table equal_cohort (
  operator_id uuid not null,
  id uuid not null default gen_random_uuid(),
  product_id uuid not null,
  purpose_class text not null,
  scenario_class text not null,
  product_version integer not null,
  unit text not null,
  unit_text text not null,
  currency text not null,
  volume_band text not null,
  term_band text not null,
  jurisdiction_code text not null,
  step integer not null default 1,
  primary key (operator_id, id),
  unique (operator_id, product_id, purpose_class, scenario_class, product_version, unit, unit_text, currency, volume_band,
          term_band)
);
comment on column equal_cohort.unit is 'empty where nothing is charged, as unit_text and currency';
comment on column equal_cohort.step is 'the one that grants are added to';
create index equal_cohort_product on equal_cohort (product_id, purpose_class);

create table equal_step (
  operator_id uuid not null,
  cohort_id uuid not null,
  step integer not null,
  holders uuid[] not null check (cardinality(holders) between 1 and 3),
  from_on date not null,
  to_on date not null,
  decided_from date not null,
  decided_to date not null,
  pooled_on date,
  primary key (operator_id, cohort_id, step),
  foreign key (operator_id, cohort_id) references equal_cohort (operator_id, id)
);
comment on column equal_step.holders is 'the first three different ones';
comment on column equal_step.to_on is 'the day on which its last grant was given: shown from the next one on';
comment on column equal_step.decided_to is 'the last day of decision: in the window as long as that is';
comment on column equal_step.pooled_on is 'the day on which it was put together with other cohorts that did not fill';
create index equal_step_waiting on equal_step (from_on) where pooled_on is null and cardinality(holders) < 3;

create table equal_terms (
  operator_id uuid not null,
  cohort_id uuid not null,
  decided_on date not null,
  step integer not null,
  digest text not null,
  unit_price numeric(20, 6),
  on_tariff boolean not null,
  discount_percent numeric(7, 4) not null,
  delivery text,
  payment_days integer,
  deposit numeric(20, 2),
  minimum_quantity numeric(20, 6),
  clauses text not null,
  small_or_micro boolean,
  factors text not null,
  least_quantity numeric(20, 6),
  most_quantity numeric(20, 6),
  least_days integer not null,
  most_days integer not null,
  grants integer not null,
  primary key (operator_id, cohort_id, step, decided_on, digest),
  foreign key (operator_id, cohort_id) references equal_cohort (operator_id, id)
);
comment on column equal_terms.on_tariff is 'whether its price follows from the tariff and the discount, and from nothing else';
comment on column equal_terms.clauses is 'what was agreed beyond the standard terms, by kind and digest';
comment on column equal_terms.factors is 'fields and the reasons for which they differ';

create table equal_decision_time (
  operator_id uuid not null,
  cohort_id uuid not null,
  decided_on date not null,
  step integer not null,
  decision_days integer not null,
  grants integer not null,
  primary key (operator_id, cohort_id, step, decided_on, decision_days),
  foreign key (operator_id, cohort_id) references equal_cohort (operator_id, id)
);

create table equal_deviation (
  operator_id uuid not null,
  cohort_id uuid not null,
  decided_on date not null,
  step integer not null,
  digest text not null,
  field text not null,
  standard text not null,
  granted text not null,
  factor text not null,
  grants integer not null,
  primary key (operator_id, cohort_id, step, decided_on, digest),
  foreign key (operator_id, cohort_id) references equal_cohort (operator_id, id)
);

-- Runs when the transaction is committed: deviations and clauses are there by then.
create function equal_terms_kept() returns trigger
language plpgsql as $$
declare
  given date := (new.created_at at time zone 'Asia/Shanghai')::date;
  cohort uuid;
  at_step integer;
  agreed text;
  reasons text;
  priced boolean;
begin
  insert into equal_cohort as c
         (operator_id, product_id, purpose_class, scenario_class, product_version, unit, unit_text, currency, volume_band,
          term_band, jurisdiction_code)
  values (new.operator_id, new.product_id, new.purpose_class, new.scenario_class, new.product_version,
          coalesce(new.unit, ''), coalesce(new.unit_text, ''), coalesce(new.currency, ''), new.volume_band, new.term_band,
          new.jurisdiction_code)
  on conflict (operator_id, product_id, purpose_class, scenario_class, product_version, unit, unit_text, currency,
               volume_band, term_band)
     do update set jurisdiction_code = excluded.jurisdiction_code
  returning c.id, c.step into cohort, at_step;

  if exists (select from equal_step s
              where s.operator_id = new.operator_id and s.cohort_id = cohort and s.step = at_step
                and (s.pooled_on is not null or cardinality(s.holders) >= 3 and s.to_on < given)) then
    at_step := at_step + 1;
    update equal_cohort c set step = at_step where c.operator_id = new.operator_id and c.id = cohort;
  end if;

  insert into equal_step as s
         (operator_id, cohort_id, step, holders, from_on, to_on, decided_from, decided_to)
  values (new.operator_id, cohort, at_step, array[new.holder_id], given, given, new.decided_on, new.decided_on)
  on conflict (operator_id, cohort_id, step)
     do update set holders = case when cardinality(s.holders) >= 3 or new.holder_id = any(s.holders) then s.holders
                                  else s.holders || new.holder_id end,
                   from_on = least(s.from_on, given),
                   to_on = greatest(s.to_on, given),
                   decided_from = least(s.decided_from, new.decided_on),
                   decided_to = greatest(s.decided_to, new.decided_on);

  select coalesce(string_agg(k.clause, ',' order by k.clause), '')
    into agreed
    from (select (c.kind || ':' || md5(c.text)) collate "C" as clause
            from access_grant_clause c
           where c.operator_id = new.operator_id and c.grant_id = new.id) k;
  select coalesce(string_agg(distinct d.field || ':' || d.factor, ','), ''),
         new.tariff_id is not null and not coalesce(bool_or(d.field = 'UNIT_PRICE'), false)
    into reasons, priced
    from access_grant_deviation d
   where d.operator_id = new.operator_id and d.grant_id = new.id;

  insert into equal_terms as t
         (operator_id, cohort_id, decided_on, step, digest, unit_price, on_tariff, discount_percent, delivery, payment_days,
          deposit, minimum_quantity, clauses, small_or_micro, factors, least_quantity, most_quantity, least_days, most_days,
          grants)
  values (new.operator_id, cohort, new.decided_on, at_step,
          md5(jsonb_build_array(trim_scale(new.unit_price), priced, trim_scale(new.discount_percent), new.delivery,
                                new.payment_days, trim_scale(new.deposit), trim_scale(new.minimum_quantity), agreed,
                                new.small_or_micro, reasons)::text),
          new.unit_price, priced, new.discount_percent, new.delivery, new.payment_days, new.deposit, new.minimum_quantity,
          agreed, new.small_or_micro, reasons, new.quantity, new.quantity, new.ends_on - new.starts_on + 1,
          new.ends_on - new.starts_on + 1, 1)
  on conflict (operator_id, cohort_id, step, decided_on, digest)
     do update set grants = t.grants + 1,
                   least_quantity = least(t.least_quantity, excluded.least_quantity),
                   most_quantity = greatest(t.most_quantity, excluded.most_quantity),
                   least_days = least(t.least_days, excluded.least_days),
                   most_days = greatest(t.most_days, excluded.most_days);

  if new.decision_days is not null then
    insert into equal_decision_time as t (operator_id, cohort_id, decided_on, step, decision_days, grants)
    values (new.operator_id, cohort, new.decided_on, at_step, new.decision_days, 1)
    on conflict (operator_id, cohort_id, step, decided_on, decision_days) do update set grants = t.grants + 1;
  end if;

  if reasons <> '' then
    insert into equal_deviation as t
           (operator_id, cohort_id, decided_on, step, digest, field, standard, granted, factor, grants)
    select new.operator_id, cohort, new.decided_on, at_step, md5(jsonb_build_array(d.field, d.standard, d.granted, d.factor)::text),
           d.field, d.standard, d.granted, d.factor, 1
      from (select distinct x.field, x.standard, x.granted, x.factor
              from access_grant_deviation x
             where x.operator_id = new.operator_id and x.grant_id = new.id) d
    on conflict (operator_id, cohort_id, step, decided_on, digest) do update set grants = t.grants + 1;
  end if;
  return null;
end
$$;
create constraint trigger access_grant_equal_terms after insert on access_grant
  deferrable initially deferred for each row execute function equal_terms_kept();

-- Puts grants together that waited for thirty days, and whose cohorts did not fill: those of one product, one class of
-- purpose and one unit, if they are of three holders. What was put together is shown so for ever. Nobody asks for what
-- waited for a year.
create function pool_equal_terms(today date) returns integer
language plpgsql as $$
declare
  waiting record;
  pooled integer := 0;
begin
  for waiting in
    select c.operator_id, c.product_id, c.purpose_class, c.unit, c.unit_text, c.currency
      from equal_step s
      join equal_cohort c on c.operator_id = s.operator_id and c.id = s.cohort_id
     cross join unnest(s.holders) as h (holder)
     where s.pooled_on is null and cardinality(s.holders) < 3 and s.from_on between today - 366 and today - 30
     group by 1, 2, 3, 4, 5, 6
    having count(distinct h.holder) >= 3
     limit 100
  loop
    perform from equal_cohort c
      where c.operator_id = waiting.operator_id and c.product_id = waiting.product_id
        and c.purpose_class = waiting.purpose_class and c.unit = waiting.unit and c.unit_text = waiting.unit_text
        and c.currency = waiting.currency
      order by c.id
        for no key update;
    with due as (
      select s.operator_id, s.cohort_id, s.step, s.holders
        from equal_cohort c
        join equal_step s on s.operator_id = c.operator_id and s.cohort_id = c.id
       where c.operator_id = waiting.operator_id and c.product_id = waiting.product_id
         and c.purpose_class = waiting.purpose_class and c.unit = waiting.unit and c.unit_text = waiting.unit_text
         and c.currency = waiting.currency
         and s.pooled_on is null and cardinality(s.holders) < 3 and s.from_on between today - 366 and today - 30
    )
    update equal_step s
       set pooled_on = today
      from due
     where s.operator_id = due.operator_id and s.cohort_id = due.cohort_id and s.step = due.step
       and (select count(distinct h.holder) from due d cross join unnest(d.holders) as h (holder)) >= 3;
    if found then
      pooled := pooled + 1;
    end if;
  end loop;
  return pooled;
end
$$;

-- Holders who are still to be told that better terms were given: a grant with better terms, and up to whom it was told.
create table better_terms_due (
  grant_id uuid primary key,
  operator_id uuid not null,
  told_to uuid not null,
  since date not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  foreign key (operator_id, grant_id) references access_grant (operator_id, id)
);
comment on column better_terms_due.since is 'from which day of decision on holders are told: those before know of terms as good';
create index better_terms_due_at on better_terms_due (due_at, grant_id);
create index access_grant_like on access_grant
  (operator_id, product_id, purpose_class, scenario_class, volume_band, term_band, id);
