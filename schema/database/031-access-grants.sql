-- Access grants: the right that an approval gives, with its terms. The terms stay as they were given; a grant's state is
-- versioned. Read by the holder, the operator, the institution and the data authority.

create table access_grant (
  operator_id uuid not null,
  id uuid not null,
  number text not null check (length(number) between 1 and 64),
  request_id uuid not null,
  decision_id uuid not null,
  product_id uuid not null,
  product_version integer not null,
  authorization_grant_id uuid not null references authorization_grant (id),
  institution_id uuid not null references organization (id),
  jurisdiction_code text not null references jurisdiction (code),
  holder_id uuid not null references organization (id),
  scenario_id uuid references scenario (id),
  scenario_class text not null,
  purpose_class text not null check (purpose_class in ('PUBLIC_GOVERNANCE', 'PUBLIC_WELFARE', 'INDUSTRY')),
  policy_version integer not null check (policy_version >= 0),
  terms_number integer not null check (terms_number >= 0),
  tariff_id uuid,
  tariff_version integer,
  free_of_charge boolean not null,
  unit text check (unit in ('PER_PRODUCT', 'PER_SERVICE', 'PER_TIME', 'PER_CALL', 'PER_VOLUME')),
  unit_text text,
  currency text check (currency ~ '^[A-Z]{3}$'),
  unit_price numeric(20, 6) check (unit_price >= 0),
  discount_percent numeric(7, 4) not null default 0 check (discount_percent between 0 and 100),
  quantity numeric(20, 6) check (quantity > 0),
  volume_band text not null,
  term_band text not null,
  delivery text,
  payment_days integer check (payment_days >= 0),
  deposit numeric(20, 2) check (deposit > 0),
  minimum_quantity numeric(20, 6) check (minimum_quantity > 0),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  decided_on date not null,
  decision_days integer check (decision_days >= 0),
  affiliate boolean,
  small_or_micro boolean,
  agreement text check (length(agreement) between 2 and 1000000),
  created_at timestamptz not null,
  demonstration boolean not null,
  primary key (operator_id, id),
  unique (operator_id, number),
  unique (operator_id, request_id),
  foreign key (operator_id, request_id) references access_request (operator_id, id),
  foreign key (operator_id, decision_id) references access_decision (operator_id, id),
  foreign key (operator_id, product_id, product_version) references product_version (operator_id, product_id, version),
  check ((tariff_id is null) = (tariff_version is null)),
  check (purpose_class = 'INDUSTRY' or coalesce(unit_price, 0) = 0 and deposit is null)
);
comment on column access_grant.unit_price is 'what one unit costs for the quantity in all, discounts taken off; 0 where it is free, null where no quantity was said';
comment on column access_grant.volume_band is 'which quantities it is compared with; NONE where none was said';
comment on column access_grant.term_band is 'which lengths of term it is compared with';
comment on column access_grant.decision_days is 'working days from the request to the decision, pauses left out';
comment on column access_grant.affiliate is 'whether its holder was linked with the operator on that day; null where the operator did not declare its links';
comment on column access_grant.agreement is 'what both sides sign: an ODRL agreement as canonical JSON; null where it is written out when it is read';
create index access_grant_id on access_grant (id);
create index access_grant_number on access_grant (number);
create index access_grant_request on access_grant (request_id);
create index access_grant_cohort on access_grant
  (product_id, purpose_class, scenario_class, unit, volume_band, term_band, decided_on desc, id);
create index access_grant_holder on access_grant (holder_id, created_at desc, id desc);
create index access_grant_operator on access_grant (operator_id, created_at desc, id desc);
create index access_grant_product on access_grant (product_id, created_at desc, id desc);
create index access_grant_institution on access_grant (institution_id, created_at desc, id desc);
create index access_grant_jurisdiction on access_grant (jurisdiction_code, created_at desc, id desc);
create index access_grant_recent on access_grant (created_at desc, id desc);
create index access_grant_told on access_grant (operator_id, product_id, authorization_grant_id, id);
create index access_grant_authorization on access_grant (authorization_grant_id, created_at desc, id desc);
create trigger access_grant_never_change before update or delete on access_grant
  for each row execute function never_change();

create table access_grant_version (
  operator_id uuid not null,
  grant_id uuid not null,
  version integer not null check (version > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null default 'infinity' check (valid_to > valid_from),
  state text not null check (state in ('AWAITING_SIGNATURE', 'ACTIVE', 'SUSPENDED', 'ENDED')),
  state_reason text check (length(state_reason) between 1 and 10000),
  suspended_by text check (suspended_by in ('OPERATOR', 'HOLDER', 'INSTITUTION', 'AUTHORITY', 'SERVER')),
  suspended_for text check (suspended_for in ('MISUSE', 'SECURITY', 'ORDER', 'PAUSE')),
  end_kind text
    check (end_kind in ('EXPIRED', 'AGREED', 'BREACH', 'SECURITY', 'PRODUCT_EXIT', 'AUTHORIZATION_EXIT', 'BY_HOLDER', 'NOT_SIGNED')),
  signed_by_operator_on date,
  signed_by_holder_on date,
  correction_due_on date,
  ends_on date not null,
  sign_by date,
  ended_on date,
  end_planned text check (end_planned in ('AGREED', 'PRODUCT_EXIT', 'AUTHORIZATION_EXIT', 'BY_HOLDER')),
  end_proposed_by text check (end_proposed_by in ('OPERATOR', 'HOLDER')),
  end_proposed_on date,
  end_proposed_reason text check (length(end_proposed_reason) between 1 and 10000),
  replacement_product_id uuid,
  step text check (step in ('GIVEN', 'SIGNED', 'SUSPENDED', 'RESUMED', 'END_PROPOSED', 'END_DROPPED', 'END_SET', 'ENDED')),
  changed_by text check (changed_by in ('OPERATOR', 'HOLDER', 'INSTITUTION', 'AUTHORITY', 'SERVER')),
  changed_by_subject text,
  primary key (operator_id, grant_id, version),
  foreign key (operator_id, grant_id) references access_grant (operator_id, id),
  check ((state = 'ENDED') = (end_kind is not null)),
  check (state = 'ENDED' or ended_on is null),
  check ((end_proposed_by is null) = (end_proposed_on is null)),
  check (state <> 'SUSPENDED' or suspended_by is not null)
);
comment on column access_grant_version.ends_on is 'its last day as known now: that of its terms, or an earlier one';
comment on column access_grant_version.sign_by is 'the last day on which both sides may sign; null where no rule says it';
comment on column access_grant_version.end_planned is 'why its last day is an earlier one than that of its terms';
comment on column access_grant_version.end_proposed_on is 'the last day that one side proposes';
comment on column access_grant_version.replacement_product_id is 'what its holder is offered instead by who leaves';
comment on column access_grant_version.step is 'what made this version';
comment on column access_grant_version.changed_by is 'as what somebody took the step';
create unique index access_grant_version_one_current on access_grant_version (operator_id, grant_id) where valid_to = 'infinity';
create index access_grant_version_current on access_grant_version (grant_id) where valid_to = 'infinity';
create index access_grant_version_end on access_grant_version (ends_on, grant_id) where valid_to = 'infinity' and state <> 'ENDED';
create index access_grant_version_operator_end on access_grant_version (operator_id, ends_on, grant_id) where valid_to = 'infinity';
create index access_grant_version_unsigned on access_grant_version (sign_by, grant_id)
  where valid_to = 'infinity' and state = 'AWAITING_SIGNATURE';
create trigger access_grant_version_close_only before update or delete on access_grant_version
  for each row execute function close_only();

-- In what a grant differs from the standard terms and its cohort, and for which reason of the closed list.
create table access_grant_deviation (
  operator_id uuid not null,
  grant_id uuid not null,
  position integer not null check (position > 0),
  field text not null
    check (field in ('UNIT_PRICE', 'DISCOUNT', 'DELIVERY', 'PAYMENT_DAYS', 'DEPOSIT', 'MINIMUM_QUANTITY', 'DECISION_DAYS', 'CLAUSE')),
  standard text not null,
  granted text not null,
  factor text not null
    check (factor in ('SCALE', 'TERM', 'CREDIT', 'DELIVERY_COST', 'SECURITY_LEVEL', 'TRADE_STAGE', 'STATUTORY_DISCOUNT',
                      'KEY_SCENARIO', 'SMALL_FIRM', 'NEW_USER_TRIAL')),
  justification text not null check (length(justification) between 1 and 10000),
  evidence text check (length(evidence) between 1 and 10000),
  primary key (operator_id, grant_id, position),
  foreign key (operator_id, grant_id) references access_grant (operator_id, id)
);
create trigger access_grant_deviation_never_change before update or delete on access_grant_deviation
  for each row execute function never_change();

-- What was agreed beyond the standard terms.
create table access_grant_clause (
  operator_id uuid not null,
  grant_id uuid not null,
  position integer not null check (position > 0),
  kind text not null
    check (kind in ('DELIVERY', 'SECURITY', 'SERVICE_LEVEL', 'LIABILITY', 'ADDITIONAL_PURCHASE', 'LOYALTY_DISCOUNT', 'OTHER')),
  text text not null check (length(text) between 1 and 10000),
  reason text check (length(reason) between 1 and 10000),
  primary key (operator_id, grant_id, position),
  foreign key (operator_id, grant_id) references access_grant (operator_id, id)
);
comment on column access_grant_clause.kind is 'a clause that excludes others cannot be agreed, and has no kind here';
comment on column access_grant_clause.reason is 'why it is needed; the technical need of an additional purchase';
create trigger access_grant_clause_never_change before update or delete on access_grant_clause
  for each row execute function never_change();

-- What a side put its name to: the digest of the agreement as it read it.
create table access_grant_signature (
  operator_id uuid not null,
  grant_id uuid not null,
  side text not null check (side in ('OPERATOR', 'HOLDER')),
  agreement_digest text not null check (agreement_digest ~ '^[0-9a-f]{64}$'),
  agreement_number text not null check (length(agreement_number) between 1 and 128),
  signatory text check (length(signatory) between 1 and 200),
  signed_on date not null,
  signed_at timestamptz not null,
  signed_by text not null,
  primary key (operator_id, grant_id, side),
  foreign key (operator_id, grant_id) references access_grant (operator_id, id)
);
comment on column access_grant_signature.agreement_number is 'by which the side files it';
comment on column access_grant_signature.signatory is 'the name of who signs for it, for people to read';
create trigger access_grant_signature_never_change before update or delete on access_grant_signature
  for each row execute function never_change();

-- On what grants rest, as their holders were told last: a sweep compares it with what is, and tells them.
create table access_grant_ground (
  operator_id uuid not null,
  product_id uuid not null,
  authorization_grant_id uuid not null references authorization_grant (id),
  standing text not null,
  telling text,
  told_until uuid,
  primary key (operator_id, product_id, authorization_grant_id),
  foreign key (operator_id, product_id) references product (operator_id, id),
  check (told_until is null or telling is not null)
);
comment on column access_grant_ground.standing is 'the status of the product and the state of the authorization';
comment on column access_grant_ground.telling is 'the standing that is being told, while not all have heard of it';
comment on column access_grant_ground.told_until is 'the grant up to which it was told, in the order of their ids';

-- The data authorities of a jurisdiction on a day.
create function data_authorities(jurisdiction text, on_day date) returns uuid[]
language sql stable parallel safe as $$
  select coalesce(array_agg(distinct r.organization_id), '{}')
    from organization_role r
   where r.role = 'DATA_AUTHORITY' and r.jurisdiction_code = jurisdiction
     and r.starts_on <= on_day and (r.ends_on is null or r.ends_on >= on_day)
$$;
