-- What checks look at, added to a copy of the market in market.sql, in one session of a superuser with
-- session_replication_role = replica: each authorization covers what its products use, one in five of it by data items;
-- resources are graded, registered, and have data items; ceilings cover the prices; operators declared their links.

update data_resource_version
   set origin = 'ORIGINAL', grade = 'GENERAL_2', personal_information = false, openness = 'UNCONDITIONAL';

-- Their lists say what a check asks: nothing is suspended, so that a sweep is measured and not its editions.
update product_version set grade = 'GENERAL_2', personal_information = false, purpose_class = 'INDUSTRY';

insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
select p.operator_id, p.product_id, p.version, md5('scenario 1')::uuid, true, p.valid_from
  from product_version p
 where not exists (select 1 from product_scenario s where s.product_id = p.product_id);

with priced as (
  insert into tariff (operator_id, product_id, id, version, valid_from, item, item_class, position, unit, currency,
         purpose_classes, free_of_charge, trial, effective_on, demonstration)
  select p.operator_id, p.product_id, md5('tariff of ' || p.product_id)::uuid, 1, p.valid_from, '项目', 'call', 1, 'PER_CALL',
         'CNY', '{INDUSTRY}', false, false, '2025-01-01', true
    from product_version p
   where not exists (select 1 from tariff t where t.product_id = p.product_id)
  returning operator_id, product_id, id)
insert into tariff_tier (operator_id, product_id, tariff_id, tariff_version, from_quantity, unit_price)
select operator_id, product_id, id, 1, 0, 0.5 from priced;

insert into data_item (resource_id, resource_version, name, position, type, sensitive)
select r.resource_id, 1, 'item' || n, n, 'string', n = 1
  from data_resource_version r cross join generate_series(1, 6) as n;

insert into authorized_resource (grant_id, grant_version, resource_id, data_items, valid_from)
select distinct p.authorization_grant_id, 1, u.resource_id,
       case when get_byte(uuid_send(u.resource_id), 0) % 5 = 0 then '{item1,item2,item3,item4,item5,item6}'::text[] end,
       timestamptz '2025-01-01Z'
  from product_version p
  join product_resource u on u.operator_id = p.operator_id and u.product_id = p.product_id;

update product_resource u set data_items = '{item1,item2,item3}'
 where get_byte(uuid_send(u.resource_id), 0) % 5 = 0;

insert into authorized_scenario (grant_id, grant_version, scenario_id, allowed, valid_from)
select g.id, 1, s.id, true, g.created_at from authorization_grant g cross join scenario s;

insert into registration (id, registrar_id, code, subject_kind, resource_id, created_at)
select md5('registration of ' || r.id)::uuid, md5('registrar')::uuid, 'RR-' || r.code, 'RESOURCE', r.id, r.created_at
  from data_resource r;

insert into registration_version (registration_id, version, valid_from, code, registrar_id, subject_kind, resource_id,
       kind, state, coded_on, valid_until, demonstration)
select id, 1, created_at, code, registrar_id, 'RESOURCE', resource_id, 'FIRST', 'VALID', '2025-01-01', '2029-12-31', true
  from registration where subject_kind = 'RESOURCE';

insert into price_ceiling (id, version, valid_from, authorization_grant_id, set_by_id, item_class, unit, currency, trial,
       effective_on, document, demonstration)
select md5('ceiling ' || g.id)::uuid, 1, g.created_at, g.id, md5('institution')::uuid, 'call', 'PER_CALL', 'CNY', false,
       '2025-01-01', 'benchmark', true
  from authorization_grant g;

insert into price_ceiling_tier (ceiling_id, ceiling_version, from_quantity, unit_price)
select md5('ceiling ' || g.id)::uuid, 1, 0, 1 from authorization_grant g;

insert into affiliation_declaration (id, organization_id, declared_on, declared_at, declared_by, demonstration)
select gen_random_uuid(), id, '2025-01-01', '2025-01-01Z', 'benchmark', true
  from organization where code like 'OPERATOR-%';

vacuum (analyze, freeze);
