-- Clocks: what somebody has to do until a day, counted by the rule and the calendar that were in force when they began.
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
  started_on date not null,
  due_on date not null check (due_on >= started_on),
  provisional boolean not null,
  state text not null check (state in ('RUNNING', 'PAUSED', 'MET', 'STOPPED')),
  paused_on date,
  left_when_paused integer check (left_when_paused >= 0),
  pause_reason text,
  extended_by integer not null default 0 check (extended_by >= 0),
  extension_reason text,
  ended_on date,
  told text check (told in ('DUE_SOON', 'OVERDUE')),
  check ((state = 'PAUSED') = (paused_on is not null)),
  check ((state in ('MET', 'STOPPED')) = (ended_on is not null)),
  check ((extended_by > 0) = (extension_reason is not null))
);
comment on column clock.subject is 'global id of what it runs for';
comment on column clock.rule is 'the parameter of the rule set that says how long, for example acceptWd';
comment on column clock.rule_set_code is 'the jurisdiction whose rule set said it: the same, or one above';
comment on column clock.started_on is 'the day of the event; counting begins on the day after';
comment on column clock.provisional is 'it reaches a year whose calendar is not known yet';
comment on column clock.left_when_paused is 'days of its unit that were left';
comment on column clock.told is 'what its parties were told already';
create index clock_subject on clock (subject, started_on, id);
create unique index clock_one_at_a_time on clock (subject, rule) where state in ('RUNNING', 'PAUSED');
create index clock_responsible on clock (responsible_id, due_on, id) where state in ('RUNNING', 'PAUSED');
create index clock_running on clock (due_on, id) where state = 'RUNNING';
