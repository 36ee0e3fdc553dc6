-- The demonstration market, from the temporary tables demo_platform, demo_resource and demo_product
-- that hold the files as they are. Beijing's list and all resources are real; operators,
-- institutions, registrars, authorizations, prices, registrations and the products of the other
-- platforms are made up and say so. Two moments, so that there is a past to read: the market opens
-- on 15 January 2026 and is renewed on 15 June 2026.

insert into jurisdiction (code, parent_code, level, name, name_en, time_zone)
values ('US', null, 'NATIONAL', '美国', 'United States', 'America/New_York')
    on conflict do nothing;

create temporary table demo_organization on commit drop as
select md5('organization ' || code)::uuid as id, code, name, locale, translations, kind, region, role,
       jurisdiction, source, demonstration
  from (
    select upper('DEMO-' || part.role || '-' || p.key) as code,
           case p.locale when 'zh' then '示例' || part.name || '（' || p.place || '）'
                else 'Example ' || part.name_en || ' (' || p.place || ')' end as name,
           p.locale,
           case p.locale when 'zh'
                then jsonb_build_object('en', 'Example ' || part.name_en || ' (' || p.place_en || ')')
           end as translations,
           part.kind, p.region, part.role, p.jurisdiction, 'made up: the source names none' as source,
           true as demonstration
      from demo_platform p
     cross join (values ('OPERATOR', 'ENTERPRISE', '运营机构', 'operator'),
                        ('IMPLEMENTING_INSTITUTION', 'ORGAN', '实施机构', 'implementing institution'),
                        ('REGISTRAR', 'PUBLIC_INSTITUTION', '登记机构', 'registrar'))
           as part (role, kind, name, name_en)
    union all
    select distinct holder_code(coalesce(p.region, p.catalogue), p.region_name, r.holder), r.holder, r.locale,
           null::jsonb, 'ORGAN', p.region, 'DATA_SOURCE_UNIT', p.jurisdiction, p.source, false
      from demo_resource r
      join demo_platform p on p.key = r.platform
     where r.holder is not null
  ) as found;

insert into organization (id, code, created_at)
select id, code, '2026-01-15 00:00+08' from demo_organization;

insert into organization_version (organization_id, version, valid_from, code, name, locale,
       name_translations, kind, region_code, source, demonstration)
select id, 1, '2026-01-15 00:00+08', code, name, locale, translations, kind, region, source,
       demonstration
  from demo_organization;

insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
select id, role, jurisdiction, '2026-01-15' from demo_organization;

-- An import of the platform's own catalogue finds its resources here.
insert into data_resource (id, code, created_at, catalogue, identifier)
select md5('resource ' || r.code)::uuid, r.code, '2026-01-15 00:00+08', p.catalogue, r.identifier
  from demo_resource r
  join demo_platform p on p.key = r.platform;

insert into data_resource_version (resource_id, version, valid_from, code, title, locale, summary,
       holder_id, holder_name, topic, region_code, update_frequency, update_frequency_text, openness,
       openness_text, formats, keywords, landing_page, released_on, updated_on, source, demonstration,
       catalogue, identifier)
select md5('resource ' || r.code)::uuid, 1, '2026-01-15 00:00+08', r.code, r.title, r.locale,
       nullif(r.summary, r.title), o.id, r.holder, r.topic, r.region, r.update_frequency,
       r.update_frequency_text, r.openness, r.openness_text,
       coalesce(string_to_array(r.formats, ';'), '{}'),
       coalesce(string_to_array(r.keywords, ';'), '{}'), r.landing_page, r.released_on, r.updated_on,
       p.source, false, p.catalogue, r.identifier
  from demo_resource r
  join demo_platform p on p.key = r.platform
  left join demo_organization o
    on o.code = holder_code(coalesce(p.region, p.catalogue), p.region_name, r.holder);

-- The scenarios of the list; the other platforms have a made-up one each.
create temporary table demo_scenario on commit drop as
select distinct on (code) md5('scenario ' || code)::uuid as id, code, platform, title, locale,
       jurisdiction, field, purpose_class, purpose_label, source, demonstration
  from (
    select d.scenario_code as code, 'beijing' as platform, d.scenario as title,
           'zh' as locale, '110000' as jurisdiction, d.field, d.purpose_class, d.purpose_label, d.source,
           false as demonstration
      from demo_product d
    union all
    select 'DEMO-S-' || upper(p.key), p.key,
           case p.locale when 'zh' then '示例场景：公共服务查询' else 'Example scenario: enquiries' end, p.locale,
           p.jurisdiction, null, 'INDUSTRY', null, 'made up', true
      from demo_platform p
     where p.key <> 'beijing'
  ) as found
 order by code, purpose_class;

insert into scenario (id, code, created_at)
select id, code, '2026-01-15 00:00+08' from demo_scenario;

insert into scenario_version (scenario_id, version, valid_from, code, title, locale,
       jurisdiction_code, field, purpose_class, purpose_label, source, demonstration)
select id, 1, '2026-01-15 00:00+08', code, title, locale, jurisdiction, field, purpose_class,
       purpose_label, source, demonstration
  from demo_scenario;

insert into code_list (id, name, name_en, source)
values ('SCENARIO', '应用场景', 'Scenarios of use',
        '《拟提供的首批公共数据产品和服务清单》 (version 0804), as transcribed in wangnoran-a11y/beijing-data-map')
    on conflict do nothing;

insert into code_entry (list_id, code, level, name, purpose_class)
select 'SCENARIO', code, 1, title, purpose_class from demo_scenario where not demonstration
    on conflict do nothing;

insert into authorization_grant (id, number, institution_id, operator_id, created_at)
select md5('grant ' || p.key)::uuid, upper('DEMO-' || p.key || '-1'), i.id, o.id,
       '2026-01-15 00:00+08'
  from demo_platform p
  join demo_organization o on o.code = upper('DEMO-OPERATOR-' || p.key)
  join demo_organization i on i.code = upper('DEMO-IMPLEMENTING_INSTITUTION-' || p.key);

insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id,
       operator_id, jurisdiction_code, title, locale, mode, state, starts_on, ends_on, source,
       demonstration)
select g.id, 1, '2026-01-15 00:00+08', g.number, g.institution_id, g.operator_id, p.jurisdiction,
       case p.locale when 'zh' then '示例整体授权（' || p.place || '）' else 'Example overall authorization' end,
       p.locale, 'OVERALL', 'ACTIVE', '2026-01-15', '2029-01-14', 'made up', true
  from demo_platform p
  join authorization_grant g on g.id = md5('grant ' || p.key)::uuid;

insert into authorized_resource (grant_id, grant_version, resource_id, valid_from)
select md5('grant ' || platform)::uuid, 1, md5('resource ' || code)::uuid, '2026-01-15 00:00+08'
  from demo_resource;

insert into authorized_scenario (grant_id, grant_version, scenario_id, allowed, valid_from)
select md5('grant ' || platform)::uuid, 1, id, true, '2026-01-15 00:00+08' from demo_scenario;

-- Beijing's services as the list names them; which resources each uses it does not say.
insert into product (operator_id, id, kind, code, created_at)
select md5('organization DEMO-OPERATOR-BEIJING')::uuid, md5('product ' || code)::uuid,
       'DATA_PRODUCT', code, '2026-01-15 00:00+08'
  from demo_product;

insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title,
       locale, authorization_grant_id, form, tier, purpose_class, field, region_code, deliveries,
       published_at, source, demonstration)
select md5('organization DEMO-OPERATOR-BEIJING')::uuid, md5('product ' || code)::uuid, 1,
       '2026-01-15 00:00+08', 'DATA_PRODUCT', code, 'PUBLISHED', title, 'zh',
       md5('grant beijing')::uuid,
       case deliveries[1] when 'FILE' then 'DATASET' else deliveries[1] end, 'BASE', purpose_class,
       field, '110000', deliveries, '2026-01-15 00:00+08', source, false
  from demo_product;

insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
select md5('organization DEMO-OPERATOR-BEIJING')::uuid, md5('product ' || d.code)::uuid, 1, s.id,
       true, '2026-01-15 00:00+08'
  from demo_product d
  join demo_scenario s on s.code = d.scenario_code;

-- The other platforms: twelve made-up products each, of three real resources each; the last four
-- came in June, and the first got another title then.
create temporary table demo_offer on commit drop as
select md5('organization DEMO-OPERATOR-' || upper(platform))::uuid as operator_id,
       md5('product ' || platform || ' ' || number)::uuid as id,
       platform, number, 'D-' || lpad(number::text, 3, '0') as code, locale,
       case when number > 10 then 'SERVICE_CAPABILITY' else 'DATA_PRODUCT' end as kind,
       min(title) filter (where place = 1) as title,
       case when number % 3 = 0 then 'PUBLIC_WELFARE' else 'INDUSTRY' end as purpose_class,
       case number % 4 when 0 then 'API' when 1 then 'DATASET' when 2 then 'REPORT' else 'VERIFICATION' end as form,
       substr('IMNRSJ', 1 + number % 6, 1) as sector,
       case when number > 8 then timestamptz '2026-06-15 00:00+08' else '2026-01-15 00:00+08' end as published_at,
       array_agg(resource_id) as resources
  from (
    select platform, locale, title, md5('resource ' || code)::uuid as resource_id,
           ((row_number() over in_order - 1) / 3 + 1)::integer as number,
           (row_number() over in_order - 1) % 3 + 1 as place
      from demo_resource
     where platform <> 'beijing'
    window in_order as (partition by platform order by code)
  ) as ranked
 where number <= 12
 group by platform, number, locale;

insert into product (operator_id, id, kind, code, created_at)
select operator_id, id, kind, code, published_at from demo_offer;

insert into product_version (operator_id, product_id, version, valid_from, valid_to, kind, code,
       status, title, locale, summary, authorization_grant_id, form, tier, purpose_class, sector_code,
       region_code, deliveries, update_frequency, capability_kind, capacity, lead_time_working_days,
       published_at, source, demonstration)
select o.operator_id, o.id, v.version, coalesce(v.valid_from, o.published_at), v.valid_to, o.kind,
       o.code, 'PUBLISHED',
       case when o.locale = 'zh' and o.kind = 'DATA_PRODUCT' then '示例产品：'
            when o.locale = 'zh' then '示例服务能力：'
            when o.kind = 'DATA_PRODUCT' then 'Example product: '
            else 'Example capability: ' end || o.title
         || case when v.mark then case o.locale when 'zh' then '（试用版）' else ' (trial)' end else '' end,
       o.locale, null, md5('grant ' || o.platform)::uuid, o.form, 'BASE', o.purpose_class, o.sector,
       p.region, array[case o.form when 'DATASET' then 'FILE' else o.form end], 'MONTHLY',
       case o.kind when 'SERVICE_CAPABILITY' then 'MODELLING' end,
       case o.kind when 'SERVICE_CAPABILITY' then '10' end,
       case o.kind when 'SERVICE_CAPABILITY' then 5 end, o.published_at, 'made up of real resources',
       true
  from demo_offer o
  join demo_platform p on p.key = o.platform
  join (values (1, null::timestamptz, timestamptz '2026-06-15 00:00+08', true, true),
               (2, '2026-06-15 00:00+08', 'infinity', false, true),
               (1, null, 'infinity', false, false)) as v (version, valid_from, valid_to, mark, renewed)
    on v.renewed = (o.number = 1);

insert into product_resource (operator_id, product_id, product_version, resource_id, valid_from, valid_to)
select v.operator_id, v.product_id, v.version, resource.id, v.valid_from, v.valid_to
  from demo_offer o
  join product_version v on v.operator_id = o.operator_id and v.product_id = o.id
 cross join unnest(o.resources) as resource (id);

insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed,
       valid_from, valid_to)
select v.operator_id, v.product_id, v.version, s.id, true, v.valid_from, v.valid_to
  from demo_offer o
  join product_version v on v.operator_id = o.operator_id and v.product_id = o.id
  join demo_scenario s on s.code = 'DEMO-S-' || upper(o.platform);

insert into tariff (operator_id, product_id, id, version, valid_from, item, item_class, position, unit,
       currency, purpose_classes, free_of_charge, trial, effective_on, source, demonstration)
select o.operator_id, o.id, md5('tariff ' || o.id)::uuid, 1, o.published_at,
       case o.locale when 'zh' then '调用' else 'call' end, 'call', 1, 'PER_CALL', p.currency,
       case o.purpose_class when 'INDUSTRY' then array['INDUSTRY']
            else array['PUBLIC_GOVERNANCE', 'PUBLIC_WELFARE'] end,
       o.purpose_class <> 'INDUSTRY', true, o.published_at::date, 'made up', true
  from demo_offer o
  join demo_platform p on p.key = o.platform;

insert into tariff_tier (operator_id, product_id, tariff_id, tariff_version, from_quantity, unit_price)
select o.operator_id, o.id, md5('tariff ' || o.id)::uuid, 1, step.quantity, step.price
  from demo_offer o
 cross join (values (0, 0.5), (10000, 0.4)) as step (quantity, price)
 where o.purpose_class = 'INDUSTRY';

insert into price_ceiling (id, version, valid_from, authorization_grant_id, set_by_id, item_class, unit,
       currency, trial, effective_on, ends_on, document, clause, source, demonstration)
select md5('ceiling ' || p.key)::uuid, 1, '2026-01-15 00:00+08', md5('grant ' || p.key)::uuid,
       md5('organization ' || upper('DEMO-IMPLEMENTING_INSTITUTION-' || p.key))::uuid, 'call',
       'PER_CALL', p.currency, true, '2026-01-15', '2028-01-14',
       case p.locale when 'zh' then '示例收费标准文件' else 'Example tariff order' end, '1', 'made up', true
  from demo_platform p
 where p.key <> 'beijing';

insert into price_ceiling_tier (ceiling_id, ceiling_version, from_quantity, unit_price)
select md5('ceiling ' || p.key)::uuid, 1, 0, 0.6 from demo_platform p where p.key <> 'beijing';

insert into revenue_cap (id, version, valid_from, operator_id, set_by_id, starts_on, ends_on, currency,
       amount, document, source, demonstration)
select md5('cap ' || p.key)::uuid, 1, '2026-01-15 00:00+08',
       md5('organization ' || upper('DEMO-OPERATOR-' || p.key))::uuid,
       md5('organization ' || upper('DEMO-IMPLEMENTING_INSTITUTION-' || p.key))::uuid, '2026-01-15',
       '2029-01-14', p.currency, 5000000,
       case p.locale when 'zh' then '示例最高准许收入文件' else 'Example revenue order' end, 'made up', true
  from demo_platform p
 where p.key <> 'beijing';

create temporary table demo_registration on commit drop as
select md5('registration ' || subject.id)::uuid as id,
       md5('organization ' || upper('DEMO-REGISTRAR-' || platform))::uuid as registrar_id,
       'DEMO-' || upper(left(md5('code ' || subject.id), 16)) as code, kind, resource_id, operator_id,
       product_id
  from (
    select o.id, o.platform, 'PRODUCT' as kind, null::uuid as resource_id, o.operator_id,
           o.id as product_id
      from demo_offer o
    union all
    select resource.id, o.platform, 'RESOURCE', resource.id, null, null
      from demo_offer o
     cross join unnest(o.resources) as resource (id)
  ) as subject;

insert into registration (id, registrar_id, code, subject_kind, resource_id, operator_id, product_id,
       created_at)
select id, registrar_id, code, kind, resource_id, operator_id, product_id, '2026-01-15 00:00+08'
  from demo_registration;

insert into registration_version (registration_id, version, valid_from, code, registrar_id,
       subject_kind, resource_id, product_id, kind, state, coded_on, valid_until, source, demonstration)
select id, 1, '2026-01-15 00:00+08', code, registrar_id, kind, resource_id, product_id, 'FIRST', 'VALID',
       '2026-01-15', '2029-01-14', 'made up', true
  from demo_registration;

-- Editions: Beijing's list is one; each other operator published one in January and one in June.
do $$
declare
  edition record;
begin
  for edition in
    select o.id as operator_id, o.locale, e.published_at, offered.demonstration, offered.source,
           md5('list ' || o.id || ' ' || e.number)::uuid as id
      from demo_organization o
     cross join (values (1, timestamptz '2026-01-15 00:00+08'), (2, '2026-06-15 00:00+08')) as e (number, published_at)
     cross join lateral (
       select bool_and(v.demonstration) as demonstration, min(v.source) as source
         from product_version v
        where v.operator_id = o.id
     ) as offered
     where o.role = 'OPERATOR'
     order by o.id, e.number
  loop
    perform publish_edition(
      edition.operator_id, edition.published_at, null,
      case when not edition.demonstration then '拟提供的首批公共数据产品和服务清单'
           when edition.locale = 'zh' then '示例产品和服务能力清单'
           else 'Example list of products and service capabilities' end,
      edition.locale, edition.source, edition.demonstration, null, edition.id);
  end loop;
end
$$;
