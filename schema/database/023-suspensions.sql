-- When what a product rests on is gone, it is offered no more: many products of an operator at once, each by a version
-- that differs in its status only, and one edition that tells it.

-- Suspends those of the products that are PUBLISHED, and gives them back. The caller's transaction waits for the
-- operator's turn to publish.
create function suspend_products(
  operator uuid, products uuid[], moment timestamptz, reason text, publisher text, list_id uuid default gen_random_uuid())
returns table (product_id uuid, kind text, version integer, edition_id uuid, edition_number integer)
language plpgsql as $$
declare
  at_moment timestamptz;
  touched uuid[];
  edition record;
begin
  perform take_turn_to_publish(operator);
  select array_agg(v.product_id order by v.product_id),
         greatest(moment, max(v.valid_from) + interval '1 microsecond',
                  (select max(l.published_at) + interval '1 microsecond' from product_list l where l.operator_id = operator))
    into touched, at_moment
    from product_version v
   where v.operator_id = operator and v.product_id = any(products) and v.valid_to = 'infinity' and v.status = 'PUBLISHED';
  if touched is null then
    return;
  end if;

  update product_version v set valid_to = at_moment
   where v.operator_id = operator and v.product_id = any(touched) and v.valid_to = 'infinity';
  update product_resource u set valid_to = at_moment
   where u.operator_id = operator and u.product_id = any(touched) and u.valid_to = 'infinity';
  update product_scenario u set valid_to = at_moment
   where u.operator_id = operator and u.product_id = any(touched) and u.valid_to = 'infinity';

  insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, status_reason, title,
         locale, title_translations, summary, summary_translations, authorization_grant_id, form, tier,
         purpose_class, field, sector_code, region_code, deliveries, update_frequency, data_updated_on, grade,
         personal_information, capability_kind, capacity, lead_time_working_days, access_terms, trading_venue,
         starts_on, ends_on, published_at, source, demonstration, source_record)
  select v.operator_id, v.product_id, v.version + 1, at_moment, v.kind, v.code, 'SUSPENDED', reason, v.title, v.locale,
         v.title_translations, v.summary, v.summary_translations, v.authorization_grant_id, v.form, v.tier,
         v.purpose_class, v.field, v.sector_code, v.region_code, v.deliveries, v.update_frequency,
         v.data_updated_on, v.grade, v.personal_information, v.capability_kind, v.capacity,
         v.lead_time_working_days, v.access_terms, v.trading_venue, v.starts_on, v.ends_on, v.published_at,
         v.source, v.demonstration, v.source_record
    from product_version v
   where v.operator_id = operator and v.product_id = any(touched) and v.valid_to = at_moment;
  insert into product_resource (operator_id, product_id, product_version, resource_id, data_items, valid_from)
  select u.operator_id, u.product_id, u.product_version + 1, u.resource_id, u.data_items, at_moment
    from product_resource u
   where u.operator_id = operator and u.product_id = any(touched) and u.valid_to = at_moment;
  insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
  select u.operator_id, u.product_id, u.product_version + 1, u.scenario_id, u.allowed, at_moment
    from product_scenario u
   where u.operator_id = operator and u.product_id = any(touched) and u.valid_to = at_moment;

  select e.id, e.number into edition
    from organization_version o
   cross join lateral publish_edition(
           operator, at_moment, publisher,
           case when not exists (select 1 from product_list l where l.operator_id = operator) then o.name end,
           case when not exists (select 1 from product_list l where l.operator_id = operator) then o.locale end,
           null, o.demonstration, touched, list_id) as e
   where o.organization_id = operator and o.valid_to = 'infinity';
  return query
    select v.product_id, v.kind, v.version, edition.id, edition.number
      from product_version v
     where v.operator_id = operator and v.product_id = any(touched) and v.valid_to = 'infinity';
end
$$;

-- Products whose checks have to be run because something that they rest on changed: written in the transaction of the
-- change, taken by whichever server is free.
create table check_due (
  id uuid primary key default gen_random_uuid(),
  operator_id uuid not null,
  product_id uuid,
  cause text not null,
  due_at timestamptz not null
);
comment on column check_due.product_id is 'null for all that the operator has';
comment on column check_due.cause is 'what changed, as a value of check.Cause';
create index check_due_order on check_due (due_at, id);
