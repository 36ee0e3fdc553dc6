-- Clocks: what somebody has to do until a day, counted by the rule and the calendar that were in force when they began;
-- and calendars that keep what they said before.

-- A year of a calendar that is published again is a new version of the year and of all its days.
alter table work_calendar_year
  add column version integer not null default 1 check (version > 0),
  add column valid_from timestamptz not null default '-infinity',
  add column valid_to timestamptz not null default 'infinity',
  add check (valid_to > valid_from),
  drop constraint work_calendar_year_pkey,
  add primary key (calendar_id, year, version);
create unique index work_calendar_year_now on work_calendar_year (calendar_id, year) where valid_to = 'infinity';
alter table work_calendar_day
  add column version integer not null default 1 check (version > 0),
  add column valid_from timestamptz not null default '-infinity',
  add column valid_to timestamptz not null default 'infinity',
  add check (valid_to > valid_from),
  drop constraint work_calendar_day_pkey,
  add primary key (calendar_id, day, version);
create unique index work_calendar_day_now on work_calendar_day (calendar_id, day) where valid_to = 'infinity';
comment on column work_calendar_year.valid_from is '-infinity: known as far back as anybody asks';
comment on column work_calendar_day.version is 'the version of its year';
create trigger work_calendar_year_close_only before update or delete on work_calendar_year
  for each row execute function close_only();
create trigger work_calendar_day_close_only before update or delete on work_calendar_day
  for each row execute function close_only();

-- A rule set may be in force for one day.
alter table rule_set drop constraint rule_set_check, add check (ends_on >= effective_on);

-- What a set was said to end by stays as it was published; that a later set took its place is a fact of its own, with the
-- moment since which it is known, so that what was decided before can be repeated.
alter table rule_set
  add column replaced_on date,
  add column replaced_at timestamptz,
  add check ((replaced_on is null) = (replaced_at is null)),
  add check (replaced_on > effective_on);
comment on column rule_set.replaced_on is 'the first day of a later set that replaces it; not in force from then on';
drop trigger rule_set_end_only on rule_set;
create trigger rule_set_end_only before update or delete on rule_set
  for each row execute function end_only('replaced_on', 'replaced_at');

create or replace function rule_value(jurisdiction text, parameter text, day date) returns text
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
     and (s.replaced_on is null or s.replaced_on > day)
    join rule_parameter p on p.rule_set_id = s.id and p.name = parameter
   order by chain.distance, s.version desc
   limit 1
$$;

create table clock (
  id uuid primary key,
  subject text not null,
  rule text not null,
  jurisdiction_code text not null references jurisdiction (code),
  rule_set_code text not null,
  rule_set_version integer not null,
  responsible_id uuid references organization (id),
  waiting_id uuid references organization (id),
  calendar_id text references work_calendar (id),
  unit text not null check (unit in ('WORKING_DAYS', 'DAYS', 'MONTHS', 'YEARS')),
  length integer not null check (length >= 0),
  warning_days integer not null check (warning_days >= 0),
  started_on date not null,
  counted_from date not null,
  counted_days integer check (counted_days >= 0),
  due_soon_on date not null,
  due_on date not null check (due_on >= due_soon_on),
  unknown_years integer[] not null default '{}',
  state text not null check (state in ('RUNNING', 'PAUSED', 'MET', 'STOPPED')),
  paused_on date,
  left_when_paused integer check (left_when_paused >= 0),
  pause_reason text,
  extensions integer not null default 0 check (extensions >= 0),
  extended_by integer not null default 0 check (extended_by >= 0),
  extension_reason text,
  ended_on date,
  told text check (told in ('DUE_SOON', 'OVERDUE')),
  check ((state = 'PAUSED') = (paused_on is not null)),
  check ((state = 'PAUSED') = (left_when_paused is not null)),
  check ((state in ('MET', 'STOPPED')) = (ended_on is not null)),
  check ((extensions > 0) = (extension_reason is not null)),
  check (counted_days is not null or unit <> 'WORKING_DAYS')
);
comment on column clock.subject is 'global id of what it runs for';
comment on column clock.rule is 'the parameter of the rule set that says how long, for example acceptWd';
comment on column clock.rule_set_code is 'the jurisdiction whose rule set said it: the same, or one above';
comment on column clock.warning_days is 'working days before its last day from which it is due soon';
comment on column clock.started_on is 'the day of the event; counting begins on the day after';
comment on column clock.counted_from is 'the day from which its last day is counted: of the event, or of the resumption';
comment on column clock.counted_days is 'working days or days counted from there; null for months and years of the calendar';
comment on column clock.due_soon_on is 'the first day on which it is due soon';
comment on column clock.unknown_years is 'years that it reaches and whose calendar was not known when its last day was counted';
comment on column clock.left_when_paused is 'working days, or days, that were left';
comment on column clock.told is 'what its parties were told already of this last day';
create index clock_subject on clock (subject, started_on, id);
create unique index clock_one_at_a_time on clock (subject, rule) where state in ('RUNNING', 'PAUSED');
create index clock_responsible on clock (responsible_id, due_on, id);
create index clock_waiting on clock (waiting_id, due_on, id);
create index clock_due on clock (due_on, id);
create index clock_to_tell on clock (due_soon_on, id) where state = 'RUNNING' and told is distinct from 'OVERDUE';
create index clock_provisional on clock (calendar_id) where state = 'RUNNING' and unknown_years <> '{}';
create index clock_calendar on clock (calendar_id, due_on) where state = 'RUNNING';

-- What happened to a clock after it began, and why.
create table clock_step (
  clock_id uuid not null references clock (id),
  number integer not null check (number > 0),
  kind text not null check (kind in ('PAUSED', 'RESUMED', 'EXTENDED', 'RECOUNTED')),
  on_day date not null,
  at timestamptz not null,
  reason text,
  days integer,
  due_before date not null,
  due_on date not null,
  primary key (clock_id, number)
);
comment on column clock_step.days is 'that were left when it was paused or resumed, or that were added';
comment on table clock_step is 'RECOUNTED: its calendar was published anew';
