-- What the database itself holds of "content that was public is never overwritten or deleted", beyond versions.

-- A version can be closed, also where a column is computed: before an update that column is still
-- empty in the new row, so the comparison took every closing of a product or resource for a change.
create or replace function close_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE'
     and old.valid_to = 'infinity'
     and (to_jsonb(new) - array['valid_to', 'tokens']) = (to_jsonb(old) - array['valid_to', 'tokens']) then
    return new;
  end if;
  raise exception 'public content of % is closed by a new version, never changed or deleted', tg_table_name
    using errcode = 'restrict_violation';
end
$$;

-- A row that names a thing is never changed: its versions and all links lean on it.
do $$
declare
  name text;
begin
  foreach name in array array['organization', 'data_resource', 'scenario', 'authorization_grant', 'product',
                              'registration', 'rule_parameter']
  loop
    execute format('create trigger %I before update or delete on %I for each row execute function never_change()',
                   name || '_never_change', name);
  end loop;
end
$$;

-- A dated row may be given its end, once: the first argument names the column, and columns in the
-- other arguments may be set with it.
create function end_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE'
     and to_jsonb(old) ->> tg_argv[0] is null
     and to_jsonb(new) ->> tg_argv[0] is not null
     and (to_jsonb(new) - tg_argv) = (to_jsonb(old) - tg_argv) then
    return new;
  end if;
  raise exception 'public content of % is given its end, never changed or deleted', tg_table_name
    using errcode = 'restrict_violation';
end
$$;
create trigger code_entry_end_only before update or delete on code_entry
  for each row execute function end_only('invalid_on', 'replaced_by');
create trigger rule_set_end_only before update or delete on rule_set
  for each row execute function end_only('ends_on');
create trigger organization_role_end_only before update or delete on organization_role
  for each row execute function end_only('ends_on');
create trigger affiliation_end_only before update or delete on affiliation
  for each row execute function end_only('ends_on');

-- Triggers of rows do not see a table that is emptied at once.
do $$
declare
  name text;
begin
  foreach name in array array[
    'code_list', 'code_entry', 'jurisdiction', 'rule_set', 'rule_parameter', 'work_calendar', 'work_calendar_year',
    'work_calendar_day', 'organization', 'organization_version', 'organization_role', 'affiliation', 'data_resource',
    'data_resource_version', 'data_item', 'scenario', 'scenario_version', 'authorization_grant',
    'authorization_grant_version', 'authorized_resource', 'authorized_scenario', 'product', 'product_version',
    'product_resource', 'product_scenario', 'product_list', 'product_listing', 'registration', 'registration_version',
    'tariff', 'tariff_tier', 'price_ceiling', 'price_ceiling_tier', 'revenue_cap']
  loop
    execute format('create trigger %I before truncate on %I for each statement execute function never_change()',
                   name || '_never_truncate', name);
  end loop;
end
$$;

-- A version begins at the moment its predecessor ends, so that every past moment has exactly one.
-- The arguments are the columns of the key without the version.
create function follow_on() returns trigger language plpgsql as $$
declare
  ended timestamptz;
begin
  execute format('select valid_to from %I.%I where %s and version = ($1).version - 1', tg_table_schema, tg_table_name,
                 (select string_agg(format('%I = ($1).%I', key, key), ' and ') from unnest(tg_argv) as key))
     into ended using new;
  if ended is distinct from new.valid_from then
    raise exception 'version % of % does not begin when the one before it ends', new.version, tg_table_name
      using errcode = 'check_violation';
  end if;
  return null;
end
$$;
create trigger organization_version_follow_on after insert on organization_version
  for each row when (new.version > 1) execute function follow_on('organization_id');
create trigger data_resource_version_follow_on after insert on data_resource_version
  for each row when (new.version > 1) execute function follow_on('resource_id');
create trigger scenario_version_follow_on after insert on scenario_version
  for each row when (new.version > 1) execute function follow_on('scenario_id');
create trigger authorization_grant_version_follow_on after insert on authorization_grant_version
  for each row when (new.version > 1) execute function follow_on('grant_id');
create trigger product_version_follow_on after insert on product_version
  for each row when (new.version > 1) execute function follow_on('operator_id', 'product_id');
create trigger registration_version_follow_on after insert on registration_version
  for each row when (new.version > 1) execute function follow_on('registration_id');
create trigger tariff_follow_on after insert on tariff
  for each row when (new.version > 1) execute function follow_on('operator_id', 'product_id', 'id');
create trigger price_ceiling_follow_on after insert on price_ceiling
  for each row when (new.version > 1) execute function follow_on('id');
create trigger revenue_cap_follow_on after insert on revenue_cap
  for each row when (new.version > 1) execute function follow_on('id');

-- Versions repeat what never changes, for the indexes; they may not say something else.
alter table authorization_grant
  add unique (id, operator_id),
  add unique (id, number, institution_id, operator_id);
alter table authorization_grant_version
  drop constraint authorization_grant_version_grant_id_fkey,
  add foreign key (grant_id, number, institution_id, operator_id)
    references authorization_grant (id, number, institution_id, operator_id);
alter table registration add unique (id, registrar_id, code, subject_kind);
alter table registration_version
  drop constraint registration_version_registration_id_fkey,
  add foreign key (registration_id, registrar_id, code, subject_kind)
    references registration (id, registrar_id, code, subject_kind);

-- An operator offers on an authorization of its own.
alter table product_version
  drop constraint product_version_authorization_grant_id_fkey,
  add foreign key (authorization_grant_id, operator_id) references authorization_grant (id, operator_id);

-- An edition carries the digest of the edition before it, without a gap in the numbers.
alter table product_list
  add column previous_number integer generated always as (nullif(number, 1) - 1) stored,
  add unique (operator_id, number, digest),
  add foreign key (operator_id, previous_number, previous_digest) references product_list (operator_id, number, digest);

-- An edition that is complete takes no further entry.
create function within_edition() returns trigger language plpgsql as $$
begin
  if exists (select 1
               from added
               join product_list l on l.operator_id = added.operator_id and l.number = added.list_number
              where added.position > l.listing_count) then
    raise exception 'a published edition takes no further entry' using errcode = 'restrict_violation';
  end if;
  return null;
end
$$;
create trigger product_listing_within_edition after insert on product_listing
  referencing new table as added for each statement execute function within_edition();
