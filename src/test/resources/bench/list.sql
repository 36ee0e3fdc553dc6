-- An operator :key with a published list of :size entries, the same at every run; loaded in one session of a superuser with
-- session_replication_role = replica, after the reference data. Each entry uses five of the hundred resources of the
-- operator's authorization. What all lists share is there once.

insert into organization (id, code, created_at)
values (md5('institution')::uuid, 'INSTITUTION', '2025-01-01Z'), (md5('list :key')::uuid, 'LIST-:key', '2025-01-01Z')
    on conflict do nothing;

insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, region_code, source,
       demonstration)
select id, 1, created_at, code, '公共数据运营有限公司' || code, 'zh', 'ENTERPRISE', '110000', 'benchmark', true
  from organization
 where code in ('INSTITUTION', 'LIST-:key')
    on conflict do nothing;

insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
values (md5('list :key')::uuid, 'OPERATOR', '000000', '2025-01-01');

insert into data_resource (id, code, created_at)
select md5('resource ' || n)::uuid, 'R-' || n, '2025-01-01Z' from generate_series(0, 99) as n
    on conflict do nothing;

insert into data_resource_version (resource_id, version, valid_from, code, title, locale, summary, holder_id, holder_name,
       update_frequency, openness, source, demonstration)
select md5('resource ' || n)::uuid, 1, '2025-01-01Z', 'R-' || n, '企业登记信息' || n, 'zh', '按目录归集的公共数据资源，按月更新。',
       md5('institution')::uuid, '数据管理局', 'MONTHLY', 'CONDITIONAL', 'benchmark', true
  from generate_series(0, 99) as n
    on conflict do nothing;

insert into scenario (id, code, created_at)
values (md5('scenario')::uuid, 'S-1', '2025-01-01Z')
    on conflict do nothing;

insert into scenario_version (scenario_id, version, valid_from, code, title, locale, jurisdiction_code, purpose_class,
       demonstration)
select id, 1, created_at, code, '应用场景', 'zh', '000000', 'INDUSTRY', true from scenario
    on conflict do nothing;

insert into authorization_grant (id, number, institution_id, operator_id, created_at)
values (md5('grant :key')::uuid, 'G-:key', md5('institution')::uuid, md5('list :key')::uuid, '2025-01-01Z');

insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
       jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
select id, 1, created_at, number, institution_id, operator_id, '000000', '整体授权' || number, 'zh', 'OVERALL', 'ACTIVE',
       '2025-01-01', '2099-12-31', true
  from authorization_grant
 where number = 'G-:key';

insert into authorized_resource (grant_id, grant_version, resource_id, valid_from)
select md5('grant :key')::uuid, 1, md5('resource ' || n)::uuid, '2025-01-01Z' from generate_series(0, 99) as n;

insert into authorized_scenario (grant_id, grant_version, scenario_id, allowed, valid_from)
values (md5('grant :key')::uuid, 1, md5('scenario')::uuid, true, '2025-01-01Z');

create temporary table bench_entry as
select n, md5('list :key ' || n)::uuid as id, md5('list :key')::uuid as operator_id,
       case when n % 4 = 0 then 'SERVICE_CAPABILITY' else 'DATA_PRODUCT' end as kind
  from generate_series(0, :size - 1) as n;

insert into product (operator_id, id, kind, code, created_at)
select operator_id, id, kind, 'P-' || n, '2025-01-01Z' from bench_entry;

insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
       title_translations, summary, authorization_grant_id, form, tier, purpose_class, field, sector_code, region_code,
       deliveries, update_frequency, capability_kind, published_at, demonstration)
select operator_id, id, 1, '2025-01-01Z', kind, 'P-' || n, 'PUBLISHED', '企业信用查询服务' || n, 'zh',
       jsonb_build_object('en', 'Public data service ' || n),
       '面向企业和公众的公共数据产品，由授权运营机构依据授权协议加工并提供。', md5('grant :key')::uuid,
       (array['API', 'DATASET', 'REPORT', 'MODEL'])[1 + n % 4], 'BASE', 'INDUSTRY', '公共服务', 'I', '110000',
       array[(array['API', 'FILE', 'REPORT', 'MODEL'])[1 + n % 4]], 'MONTHLY',
       case kind when 'SERVICE_CAPABILITY' then 'MODELLING' end, '2025-01-01Z', true
  from bench_entry;

insert into product_resource (operator_id, product_id, product_version, resource_id, valid_from)
select operator_id, id, 1, md5('resource ' || (n * 7 + place * 13) % 100)::uuid, '2025-01-01Z'
  from bench_entry
 cross join generate_series(0, 4) as place;

insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
select operator_id, id, 1, md5('scenario')::uuid, true, '2025-01-01Z' from bench_entry;

drop table bench_entry;

analyze;
select e.number
  from publish_edition(md5('list :key')::uuid, '2026-06-01Z', null, '产品和服务能力清单', 'zh', null, true) as e;
