-- A market of :products products (made after the reference data), the same at every run; loaded in one session of a superuser with
-- session_replication_role = replica. Each operator has a hundred products, each product uses five
-- of half as many resources. Every tenth product has the whole of what a product can have: prices
-- with steps, a scenario, a registration, a place in an edition. Every tenth has one of 60 rare words
-- in its title, every thousandth one of 20 rarer ones.

insert into organization (id, code, created_at)
select md5('institution')::uuid, 'INSTITUTION', timestamptz '2025-01-01Z'
union all
select md5('registrar')::uuid, 'REGISTRAR', '2025-01-01Z'
union all
select md5('holder ' || n)::uuid, 'HOLDER-' || n, '2025-01-01Z' from generate_series(0, 99) as n
union all
select md5('operator ' || n)::uuid, 'OPERATOR-' || n, '2025-01-01Z'
  from generate_series(0, :products / 100 - 1) as n;

insert into organization_version (organization_id, version, valid_from, code, name, locale,
       name_translations, kind, region_code, source, demonstration)
select id, 1, created_at, code,
       case split_part(code, '-', 1) when 'HOLDER' then '数据管理局第' || split_part(code, '-', 2) || '处'
            when 'OPERATOR' then '公共数据运营有限公司' || split_part(code, '-', 2)
            else code end,
       'zh', jsonb_build_object('en', 'Public Data ' || code), 'ENTERPRISE', '110000', 'benchmark', true
  from organization;

insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
select id, 'OPERATOR', '000000', '2025-01-01' from organization where code like 'OPERATOR-%';

insert into data_resource (id, code, created_at)
select md5('resource ' || n)::uuid, 'R-' || n, '2025-01-01Z'
  from generate_series(0, :products / 2 - 1) as n;

insert into data_resource_version (resource_id, version, valid_from, code, title, locale, summary,
       holder_id, holder_name, topic, region_code, update_frequency, openness, formats, keywords,
       landing_page, released_on, updated_on, source, demonstration)
select md5('resource ' || n)::uuid, 1, timestamptz '2025-01-01Z' + n * interval '1 second', 'R-' || n,
       (array['企业', '交通', '医疗', '气象', '教育', '社保', '不动产', '信用'])[1 + n % 8]
         || (array['登记', '监测', '许可', '处罚', '统计', '名录'])[1 + n % 6] || '信息' || n,
       'zh', '由数据提供单位按目录归集的公共数据资源，按月更新。', md5('holder ' || n % 100)::uuid,
       '数据管理局第' || n % 100 || '处', '公共服务', '110000', 'MONTHLY', 'CONDITIONAL', '{csv,json}',
       '{公共数据,授权运营}', 'https://data.example.org/' || n, '2025-01-01', '2025-06-01', 'benchmark', true
  from generate_series(0, :products / 2 - 1) as n;

insert into scenario (id, code, created_at)
select md5('scenario ' || n)::uuid, 'S-' || n, '2025-01-01Z' from generate_series(0, 49) as n;

insert into scenario_version (scenario_id, version, valid_from, code, title, locale,
       jurisdiction_code, purpose_class, demonstration)
select id, 1, created_at, code, '应用场景' || code, 'zh', '000000', 'INDUSTRY', true from scenario;

insert into authorization_grant (id, number, institution_id, operator_id, created_at)
select md5('grant ' || n)::uuid, 'G-' || n, md5('institution')::uuid, md5('operator ' || n)::uuid,
       '2025-01-01Z'
  from generate_series(0, :products / 100 - 1) as n;

insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id,
       operator_id, jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
select id, 1, created_at, number, institution_id, operator_id, '000000', '整体授权' || number, 'zh',
       'OVERALL', 'ACTIVE', '2025-01-01', '2029-12-31', true
  from authorization_grant;

-- Products are dealt to operators in turn, so that a page of the newest shows many operators.
create temporary table bench_product as
select n, md5('product ' || n)::uuid as id, n % (:products / 100) as operator_no,
       md5('operator ' || n % (:products / 100))::uuid as operator_id,
       case when n % 4 = 0 then 'SERVICE_CAPABILITY' else 'DATA_PRODUCT' end as kind,
       timestamptz '2025-01-01Z' + n * (interval '500 days' / :products) as published_at
  from generate_series(0, :products - 1) as n;

insert into product (operator_id, id, kind, code, created_at)
select operator_id, id, kind, 'P-' || n, published_at from bench_product;

insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title,
       locale, title_translations, summary, authorization_grant_id, form, tier, purpose_class, field,
       sector_code, region_code, deliveries, update_frequency, capability_kind, published_at, source,
       demonstration)
select operator_id, id, 1, published_at, kind, 'P-' || n, 'PUBLISHED',
       (array['北京', '上海', '杭州', '贵阳', '济南', '福州', '成都'])[1 + n % 7]
         || case when n % 10 = 3
                 then (string_to_array('窨井 路灯 绿道 公厕 古树 水库 堤防 渔港 牧场 茶园 粮库 冷链 苗圃 矿山 危房 公墓 殡葬 慈善 彩票 福利'
                         ' 养老 托育 疫苗 献血 急救 药店 医保 公交 地铁 轮渡 航标 驾校 停车 充电 光伏 风电 燃气 热力 污水 垃圾'
                         ' 噪声 辐射 地震 滑坡 台风 雷电 渔业 林权 农机 种子 化肥 兽药 屠宰 民宿 景区 剧院 廉租 尾矿 名木 自来', ' '))[1 + n / 10 % 60]
                 when n % 1000 = 7
                 then (string_to_array('鲸豚 陨石 冰雹 蜜蜂 桑蚕 岩画 灯塔 界碑 古井 驿站 钟楼 编钟 皮影 木偶 剪纸 漆器 锦绣 龙舟 舞狮 糖画', ' '))[1 + n / 1000 % 20]
                 else '' end
         || (array['企业信用', '道路交通', '医疗健康', '气象服务', '教育培训', '社会保障', '不动产', '物流供应链'])[1 + n % 8]
         || (array['查询服务', '核验接口', '分析报告', '指数模型', '数据集'])[1 + n % 5] || n,
       'zh', jsonb_build_object('en', 'Public data service ' || n),
       '面向企业和公众的公共数据产品，由授权运营机构依据授权协议加工并提供。',
       md5('grant ' || operator_no)::uuid,
       (array['API', 'DATASET', 'REPORT', 'MODEL'])[1 + n % 4], 'BASE',
       (array['INDUSTRY', 'PUBLIC_WELFARE', 'PUBLIC_GOVERNANCE'])[1 + n % 3], '公共服务',
       (array['I', 'G', 'Q', 'M', 'P', 'O'])[1 + n % 6], '110000',
       array[(array['API', 'FILE', 'REPORT', 'MODEL'])[1 + n % 4]], 'MONTHLY',
       case kind when 'SERVICE_CAPABILITY' then 'MODELLING' end, published_at, 'benchmark', true
  from bench_product;

insert into product_resource (operator_id, product_id, product_version, resource_id, valid_from)
select p.operator_id, p.id, 1, md5('resource ' || (p.n * 7 + place * 13) % (:products / 2))::uuid,
       p.published_at
  from bench_product p
 cross join generate_series(0, 4) as place;

create temporary table bench_whole as
select n, operator_no, operator_id, id, published_at
  from bench_product
 where n % 10 = 5;

insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed, valid_from)
select operator_id, id, 1, md5('scenario ' || (n / 10 + place) % 50)::uuid, true, published_at
  from bench_whole
 cross join generate_series(0, 2) as place;

insert into tariff (operator_id, product_id, id, version, valid_from, item, item_class, position, unit,
       currency, purpose_classes, free_of_charge, trial, effective_on, demonstration)
select operator_id, id, md5('tariff ' || n || ' ' || place)::uuid, 1, published_at, '项目' || place,
       'call', place, 'PER_CALL', 'CNY', '{INDUSTRY}', false, true, '2025-01-01', true
  from bench_whole
 cross join generate_series(1, 2) as place;

insert into tariff_tier (operator_id, product_id, tariff_id, tariff_version, from_quantity, unit_price)
select operator_id, id, md5('tariff ' || n || ' ' || place)::uuid, 1, step.quantity, step.price
  from bench_whole
 cross join generate_series(1, 2) as place
 cross join (values (0, 0.5), (10000, 0.45), (100000, 0.375)) as step (quantity, price);

insert into registration (id, registrar_id, code, subject_kind, operator_id, product_id, created_at)
select md5('registration ' || n)::uuid, md5('registrar')::uuid, 'REG-' || n, 'PRODUCT', operator_id, id,
       published_at
  from bench_whole;

insert into registration_version (registration_id, version, valid_from, code, registrar_id,
       subject_kind, product_id, kind, state, coded_on, valid_until, demonstration)
select md5('registration ' || n)::uuid, 1, published_at, 'REG-' || n, md5('registrar')::uuid, 'PRODUCT',
       id, 'FIRST', 'VALID', '2025-01-01', '2027-12-31', true
  from bench_whole;

analyze;
select count(*)
  from (select operator_id, operator_no, array_agg(id) as products from bench_whole group by operator_id, operator_no) as b
 cross join lateral publish_edition(b.operator_id, '2026-06-01Z', null, '产品和服务能力清单', 'zh', null, true, b.products,
                                    md5('list ' || b.operator_no)::uuid) as e;

drop table bench_whole;
drop table bench_product;

-- Triggers did not write it.
select rebuild_search();
