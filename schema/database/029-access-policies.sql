-- On what terms a product is given: its access policy and its standard terms, each numbered, none ever overwritten. A
-- policy is published on one day and judges the requests that are handed in from another on.

create table standard_terms (
  operator_id uuid not null,
  product_id uuid not null,
  number integer not null check (number > 0),
  id uuid not null,
  title text not null check (length(title) between 1 and 500),
  locale text not null,
  title_translations jsonb,
  text text not null check (length(text) between 1 and 100000),
  text_translations jsonb,
  odrl jsonb not null check (jsonb_typeof(odrl) = 'object'),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  exclusive boolean not null default false check (not exclusive),
  published_at timestamptz not null,
  published_by text not null,
  source text,
  demonstration boolean not null,
  primary key (operator_id, product_id, number),
  foreign key (operator_id, product_id) references product (operator_id, id)
);
comment on column standard_terms.digest is 'SHA-256 of all that is said, as docs/access-policies.md tells to compute it';
comment on column standard_terms.exclusive is 'never';
create index standard_terms_id on standard_terms (id);
create index standard_terms_product on standard_terms (product_id, number desc);
create trigger standard_terms_never_change before update or delete on standard_terms
  for each row execute function never_change();
create trigger standard_terms_never_truncate before truncate on standard_terms
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on standard_terms
  for each statement execute function announce_change();

create table access_policy (
  operator_id uuid not null,
  product_id uuid not null,
  version integer not null check (version > 0),
  id uuid not null,
  published_at timestamptz not null,
  shown_on date not null,
  effective_on date not null check (effective_on >= shown_on),
  change text not null check (change in ('FIRST', 'LOOSER', 'NEUTRAL', 'TIGHTER')),
  change_note text check (length(change_note) between 1 and 10000),
  differences jsonb not null default '[]' check (jsonb_typeof(differences) = 'array'),
  decision_days integer check (decision_days between 1 and 250),
  difference_factors text[] not null default '{}',
  terms_number integer not null,
  minimum_quantity numeric(20, 6) check (minimum_quantity > 0),
  minimum_quantity_reason text check (length(minimum_quantity_reason) between 1 and 10000),
  deposit numeric(20, 2) check (deposit > 0),
  deposit_currency text check (deposit_currency ~ '^[A-Z]{3}$'),
  deposit_reason text check (length(deposit_reason) between 1 and 10000),
  payment_days integer check (payment_days between 0 and 3650),
  published_by text not null,
  source text,
  demonstration boolean not null,
  primary key (operator_id, product_id, version),
  foreign key (operator_id, product_id) references product (operator_id, id),
  foreign key (operator_id, product_id, terms_number) references standard_terms (operator_id, product_id, number),
  check ((deposit is null) = (deposit_currency is null))
);
comment on column access_policy.shown_on is 'the day on which it was published';
comment on column access_policy.differences is 'in what it differs from what held before on its day: part, code, direction, before, after each';
comment on column access_policy.effective_on is 'requests handed in from this day on are judged by it';
comment on column access_policy.decision_days is 'working days, never more than the rules allow; null for those of the rules';
comment on column access_policy.difference_factors is 'for which reasons grants may differ from the standard terms';
comment on column access_policy.payment_days is 'within which an invoice is to be paid';
create index access_policy_id on access_policy (id);
create index access_policy_product on access_policy (product_id, version desc);
create trigger access_policy_never_change before update or delete on access_policy
  for each row execute function never_change();
create trigger access_policy_never_truncate before truncate on access_policy
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on access_policy
  for each statement execute function announce_change();

create table access_policy_condition (
  operator_id uuid not null,
  product_id uuid not null,
  policy_version integer not null,
  position integer not null check (position > 0),
  code text not null check (code ~ '^[A-Z][A-Z0-9_]{1,63}$'),
  text text not null check (length(text) between 1 and 10000),
  locale text not null,
  text_translations jsonb,
  reason text not null check (length(reason) between 1 and 10000),
  rule text
    check (rule in ('APPLICANT_KIND', 'APPLICANT_ROLE', 'APPLICANT_REGION', 'APPLICANT_CREDIT_CODE', 'PURPOSE_CLASS',
                    'SCENARIO', 'TERM_MONTHS_AT_MOST', 'QUANTITY_AT_LEAST', 'QUANTITY_AT_MOST', 'DOCUMENT',
                    'NO_UNCORRECTED_MISUSE')),
  rule_values text[] not null default '{}',
  primary key (operator_id, product_id, policy_version, position),
  unique (operator_id, product_id, policy_version, code),
  foreign key (operator_id, product_id, policy_version) references access_policy (operator_id, product_id, version)
);
comment on column access_policy_condition.reason is 'why it is asked for';
comment on column access_policy_condition.rule is 'how a machine tests it; null where people have to look';
comment on column access_policy_condition.rule_values is 'kinds, roles, beginnings of region codes, classes, ids of scenarios, one number, or the code of a document';
create index access_policy_condition_product on access_policy_condition (product_id, policy_version, position);
create trigger access_policy_condition_never_change before update or delete on access_policy_condition
  for each row execute function never_change();
create trigger access_policy_condition_never_truncate before truncate on access_policy_condition
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on access_policy_condition
  for each statement execute function announce_change();

-- The reasons for which requests may be refused, as they were published before the requests.
create table access_policy_reason (
  operator_id uuid not null,
  product_id uuid not null,
  policy_version integer not null,
  position integer not null check (position > 0),
  code text not null
    check (code in ('SCENARIO_NOT_ALLOWED', 'OUTSIDE_AUTHORIZED_SCOPE', 'CLASSIFICATION', 'SECURITY_NOT_PROVED',
                    'BAD_CREDIT', 'UNCORRECTED_MISUSE', 'FORBIDDEN_BY_LAW', 'CAPACITY_EXHAUSTED',
                    'INCOMPLETE_AFTER_NOTICE')),
  text text check (length(text) between 1 and 10000),
  locale text,
  text_translations jsonb,
  primary key (operator_id, product_id, policy_version, position),
  unique (operator_id, product_id, policy_version, code),
  foreign key (operator_id, product_id, policy_version) references access_policy (operator_id, product_id, version)
);
comment on column access_policy_reason.text is 'what it means for this product';
create index access_policy_reason_product on access_policy_reason (product_id, policy_version, position);
create trigger access_policy_reason_never_change before update or delete on access_policy_reason
  for each row execute function never_change();
create trigger access_policy_reason_never_truncate before truncate on access_policy_reason
  for each statement execute function never_change();
create trigger announce after insert or update or delete or truncate on access_policy_reason
  for each statement execute function announce_change();
