-- What everybody may know of requests for access: a record for each, without names, days and anything that leads to the
-- request. Public figures are counts over these records. Derived from the private tables by triggers, in the same
-- transaction, whoever writes there.

create table access_record (
  operator_id uuid not null,
  request_id uuid not null,
  id uuid not null default gen_random_uuid(),
  product_id uuid not null,
  purpose_class text not null check (purpose_class in ('PUBLIC_GOVERNANCE', 'PUBLIC_WELFARE', 'INDUSTRY')),
  submitted_in date not null,
  outcome text check (outcome in ('APPROVED', 'REFUSED', 'WITHDRAWN')),
  ended_in date,
  reasons text[] not null default '{}',
  working_days integer,
  on_time boolean,
  escalated_in date,
  review_asked_in date,
  review_outcome text check (review_outcome in ('UPHELD', 'OVERTURNED')),
  reviewed_in date,
  granted_in date,
  free boolean,
  affiliate boolean,
  small_or_micro boolean,
  told_in date,
  last_in date not null default 'infinity',
  demonstration boolean not null,
  primary key (operator_id, request_id),
  check ((outcome is null) = (ended_in is null)),
  check ((review_outcome is null) = (reviewed_in is null)),
  check ((granted_in is null) = (free is null)),
  check (extract(day from submitted_in) = 1 and extract(day from ended_in) = 1 and extract(day from escalated_in) = 1
         and extract(day from review_asked_in) = 1 and extract(day from reviewed_in) = 1
         and extract(day from granted_in) = 1 and extract(day from told_in) = 1),
  check (told_in >= granted_in)
);
comment on column access_record.request_id is 'never shown';
comment on column access_record.id is 'by chance: nothing leads from it to the request, nor the order in which they came';
comment on column access_record.submitted_in is 'the first day of the month, as of all columns that end in _in; days are not kept';
comment on column access_record.reasons is 'of the operator''s refusal';
comment on column access_record.told_in is 'since when what its holder is may be told: the month of the product''s third holder, or its own; null before';
comment on column access_record.last_in is 'the last month in which it counts for something; infinity while it is open';
create unique index access_record_id on access_record (id);
create index access_record_request on access_record (request_id);
create index access_record_product on access_record (product_id, last_in);
create index access_record_told on access_record (operator_id, product_id) where told_in is not null;
create index access_record_told_later on access_record (operator_id, granted_in) where told_in > granted_in;
create index access_record_months on access_record (submitted_in, id);
create index access_record_figures on access_record (operator_id, last_in)
  include (product_id, submitted_in, ended_in, outcome, reasons, working_days, on_time, escalated_in, review_asked_in,
           reviewed_in, review_outcome, granted_in, free, affiliate, small_or_micro, told_in, demonstration);

-- What is known stays as it is: a value comes once.
create function access_record_keep() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and not exists (
       select 1
         from jsonb_each(to_jsonb(old)) as was
        where was.key not in ('reasons', 'last_in')
          and was.value <> 'null'
          and was.value is distinct from to_jsonb(new) -> was.key)
     and new.reasons[1:cardinality(old.reasons)] = old.reasons then
    new.last_in := case when new.outcome is null then 'infinity'
                        else greatest(new.ended_in, new.escalated_in, new.review_asked_in, new.reviewed_in, new.granted_in) end;
    return new;
  end if;
  raise exception 'what a public record of access said is never changed or deleted' using errcode = 'restrict_violation';
end
$$;
create trigger access_record_keep before update or delete on access_record
  for each row execute function access_record_keep();
create trigger access_record_never_truncate before truncate on access_record
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on access_record
  for each statement execute function announce_change();

create function access_record_of_requests() returns trigger language plpgsql as $$
begin
  insert into access_record (operator_id, request_id, product_id, purpose_class, submitted_in, demonstration)
  select operator_id, id, product_id, purpose_class, date_trunc('month', submitted_on), demonstration from fresh;
  return null;
end
$$;
create trigger access_record_of_requests after insert on access_request
  referencing new table as fresh for each statement execute function access_record_of_requests();

create function access_record_of_steps() returns trigger language plpgsql as $$
begin
  update access_record r
     set escalated_in = coalesce(r.escalated_in, s.escalated_in),
         review_asked_in = coalesce(r.review_asked_in, s.review_asked_in),
         ended_in = coalesce(r.ended_in, s.withdrawn_in),
         outcome = coalesce(r.outcome, case when s.withdrawn_in is not null then 'WITHDRAWN' end)
    from (select operator_id, request_id,
                 date_trunc('month', min(on_day) filter (where kind = 'ESCALATED'))::date as escalated_in,
                 date_trunc('month', min(on_day) filter (where kind = 'REVIEW_ASKED'))::date as review_asked_in,
                 date_trunc('month', min(on_day) filter (where kind = 'WITHDRAWN'))::date as withdrawn_in
            from fresh
           where kind in ('ESCALATED', 'REVIEW_ASKED', 'WITHDRAWN')
           group by operator_id, request_id) as s
   where r.operator_id = s.operator_id and r.request_id = s.request_id;
  return null;
end
$$;
create trigger access_record_of_steps after insert on access_request_step
  referencing new table as fresh for each statement execute function access_record_of_steps();

create function access_record_of_decisions() returns trigger language plpgsql as $$
begin
  update access_record r
     set outcome = d.outcome, ended_in = date_trunc('month', d.decided_on), working_days = d.working_days,
         on_time = d.on_time
    from fresh d
   where r.operator_id = d.operator_id and r.request_id = d.request_id and d.level = 'OPERATOR';
  update access_record r
     set review_outcome = d.outcome, reviewed_in = date_trunc('month', d.decided_on)
    from fresh d
   where r.operator_id = d.operator_id and r.request_id = d.request_id and d.level <> 'OPERATOR';
  return null;
end
$$;
create trigger access_record_of_decisions after insert on access_decision
  referencing new table as fresh for each statement execute function access_record_of_decisions();

create function access_record_of_reasons() returns trigger language plpgsql as $$
begin
  update access_record r
     set reasons = r.reasons || f.codes
    from (select d.operator_id, d.request_id, array_agg(x.code order by x.position) as codes
            from fresh x
            join access_decision d on d.operator_id = x.operator_id and d.id = x.decision_id and d.outcome = 'REFUSED'
           group by d.operator_id, d.request_id) as f
   where r.operator_id = f.operator_id and r.request_id = f.request_id;
  return null;
end
$$;
create trigger access_record_of_reasons after insert on access_decision_reason
  referencing new table as fresh for each statement execute function access_record_of_reasons();

-- Who holds the only grant of a product could be guessed from what holders are: that is told from the third holder on, of
-- all grants. One who is given access again and again is still one. Two who give to the second and the third at once take turns.
create function access_record_of_grants() returns trigger language plpgsql as $$
declare
  few record;
begin
  update access_record r
     set granted_in = date_trunc('month', g.decided_on), free = g.free_of_charge, affiliate = g.affiliate,
         small_or_micro = g.small_or_micro, told_in = case when p.told then date_trunc('month', g.decided_on) end
    from fresh g
    join (select of.operator_id, of.product_id,
                 exists (select 1 from access_record o
                          where o.operator_id = of.operator_id and o.product_id = of.product_id and o.told_in is not null) as told
            from (select distinct operator_id, product_id from fresh) as of) as p
      on p.operator_id = g.operator_id and p.product_id = g.product_id
   where r.operator_id = g.operator_id and r.request_id = g.request_id;
  for few in
    select r.operator_id, r.product_id, max(r.granted_in) as granted_in
      from fresh g
      join access_record r on r.operator_id = g.operator_id and r.request_id = g.request_id and r.told_in is null
     group by r.operator_id, r.product_id
     order by r.operator_id, r.product_id
  loop
    perform pg_advisory_xact_lock(7214502, hashtext(few.product_id::text));
    update access_record r
       set told_in = greatest(r.granted_in, few.granted_in)
     where r.operator_id = few.operator_id and r.product_id = few.product_id and r.granted_in is not null
       and r.told_in is null
       and 3 <= (select count(distinct g.holder_id) from access_grant g
                  where g.operator_id = few.operator_id and g.product_id = few.product_id);
  end loop;
  return null;
end
$$;
create trigger access_record_of_grants after insert on access_grant
  referencing new table as fresh for each statement execute function access_record_of_grants();

-- Whether a request is overdue, or waits, is read from its versions: shared answers end with those too.
create trigger announce_public after insert on access_request_version
  for each statement execute function announce_change();

create index access_request_version_overdue on access_request_version (operator_id, due_on)
  where valid_to = 'infinity' and state = 'SUBMITTED';

-- What the records say of a month that is over, kept so that nobody counts it again: of each product, and in a row of
-- every month of all of an operator's. Derived by a worker; without a row the records are counted.
create table access_month (
  operator_id uuid not null,
  product_id uuid not null,
  month date not null check (extract(day from month) = 1),
  requests integer not null,
  demonstration integer not null,
  approved integer not null,
  refused integer not null,
  withdrawn integer not null,
  on_time integer not null,
  late integer not null,
  on_time_unknown integer not null,
  escalated integer not null,
  grants integer not null,
  free_grants integer not null,
  affiliates integer not null,
  not_affiliates integer not null,
  affiliates_unknown integer not null,
  small_firms integer not null,
  not_small_firms integer not null,
  small_firms_unknown integer not null,
  reviews_asked integer not null,
  reviews_decided integer not null,
  overturned integer not null,
  open integer not null check (open >= 0),
  overdue integer not null check (overdue between 0 and open),
  days integer[] not null,
  days_records integer[] not null check (cardinality(days_records) = cardinality(days)),
  reasons text[] not null,
  reasons_records integer[] not null check (cardinality(reasons_records) = cardinality(reasons)),
  primary key (operator_id, product_id, month)
);
comment on column access_month.product_id is '00000000-0000-0000-0000-000000000000 for all of the operator''s products';
comment on column access_month.affiliates is 'of grants that were told of in the month in which they were given; those told of later are counted from the records';
comment on column access_month.open is 'at the end of the month, as overdue';
comment on column access_month.days is 'numbers of working days that decisions took, in order; with days_records for each';
comment on column access_month.reasons is 'of refusals; with reasons_records for each';

-- A record that tells something of a month that is kept makes the worker count it again: so it is right whatever comes
-- late. Who writes and who keeps an operator's months see each other by the lock.
create function access_month_again() returns trigger language plpgsql as $$
declare
  first date;
begin
  if tg_op = 'INSERT' then
    first := new.submitted_in;
  else
    first := least(
      case when old.ended_in is null or new.reasons <> old.reasons then new.ended_in end,
      case when old.escalated_in is null then new.escalated_in end,
      case when old.review_asked_in is null then new.review_asked_in end,
      case when old.reviewed_in is null then new.reviewed_in end,
      case when old.granted_in is null or old.told_in is null and new.told_in = new.granted_in then new.granted_in end);
  end if;
  if first is not null then
    perform pg_advisory_xact_lock_shared(7214503, hashtext(new.operator_id::text));
    if exists (select 1 from access_month m
                where m.operator_id = new.operator_id and m.product_id = '00000000-0000-0000-0000-000000000000'
                  and m.month >= first) then
      delete from access_month m where m.operator_id = new.operator_id and m.month >= first;
    end if;
  end if;
  return null;
end
$$;
create trigger access_month_again after insert or update on access_record
  for each row execute function access_month_again();
