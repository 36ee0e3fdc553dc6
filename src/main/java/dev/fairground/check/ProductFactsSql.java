package dev.fairground.check;

/** What a product has for itself, as one statement: of published ones, and of drafts. */
final class ProductFactsSql {
  private ProductFactsSql() {}

  // Published products.
  private static final String LISTED =
      """
      -- factsOfProducts
      with p as materialized (
        select v.product_id, v.product_id as source_id, v.version, v.operator_id, v.kind, v.form, v.tier,
               v.purpose_class, v.grade, v.personal_information, v.deliveries, v.starts_on, v.ends_on,
               v.authorization_grant_id, greatest(v.valid_from, $2) as read_at,
               (v.valid_from at time zone 'Asia/Shanghai')::date as made_on,
               (select max(o.valid_to) from product_version o
                 where o.operator_id = v.operator_id and o.product_id = v.product_id and o.version < v.version
                   and o.authorization_grant_id <> v.authorization_grant_id) as bound_since
          from product_version v
         where v.product_id = any($1) and {v}
      ), used as materialized (
        select u.product_id as source_id, jsonb_agg(jsonb_build_object('r', u.resource_id, 'i', u.data_items)
                 order by u.resource_id) as list
          from product_resource u
         where u.product_id = any($1) and {u}
         group by u.product_id
      ), offered as materialized (
        select u.product_id as source_id, jsonb_agg(jsonb_build_object('s', u.scenario_id, 'a', u.allowed,
                 'c', s.purpose_class) order by u.scenario_id) as list
          from product_scenario u
          join scenario_version s on s.scenario_id = u.scenario_id and {s}
         where u.product_id = any($1) and {u}
         group by u.product_id
      )
      """;

  // Drafts, as they would be published.
  private static final String DRAFTED =
      """
      -- factsOfDrafts
      with d as materialized (
        select d.id, d.operator_id, d.product_id, d.kind, d.content, d.authorization_grant_id
          from product_draft d
         where d.id = any($1)
      ), p as materialized (
        select d.product_id, d.id as source_id, coalesce(v.version, 0) + 1 as version, d.operator_id, d.kind,
               coalesce(d.content ->> 'form', 'OTHER') as form, coalesce(d.content ->> 'tier', 'BASE') as tier,
               coalesce(d.content ->> 'purposeClass', 'INDUSTRY') as purpose_class, d.content ->> 'grade' as grade,
               (d.content ->> 'personalInformation')::boolean as personal_information,
               array(select jsonb_array_elements_text(d.content -> 'deliveries')) as deliveries,
               (d.content ->> 'startsOn')::date as starts_on, (d.content ->> 'endsOn')::date as ends_on,
               d.authorization_grant_id, $2::timestamptz as read_at, $3::date as made_on,
               case when v.version is null then null
                    when v.authorization_grant_id <> d.authorization_grant_id
                      or exists (
                           select 1 from jsonb_array_elements(d.content -> 'scenarios') as u
                            where (u ->> 'allowed')::boolean
                              and not exists (
                                    select 1 from product_scenario n
                                     where n.operator_id = d.operator_id and n.product_id = d.product_id and {n}
                                       and n.allowed and n.scenario_id = substr(u ->> 'scenario', 5)::uuid))
                    then $2::timestamptz
                    else (select max(o.valid_to) from product_version o
                           where o.operator_id = d.operator_id and o.product_id = d.product_id
                             and o.version < v.version and o.authorization_grant_id <> v.authorization_grant_id)
               end as bound_since
          from d
          left join product_version v
            on v.operator_id = d.operator_id and v.product_id = d.product_id and {v}
      ), used as materialized (
        select d.id as source_id, jsonb_agg(jsonb_build_object('r', substr(u ->> 'resource', 5)::uuid,
                 'i', u -> 'dataItems') order by substr(u ->> 'resource', 5)::uuid) as list
          from d
         cross join lateral jsonb_array_elements(d.content -> 'resources') as u
         group by d.id
      ), offered as materialized (
        select d.id as source_id, jsonb_agg(jsonb_build_object('s', s.scenario_id, 'a', (u ->> 'allowed')::boolean,
                 'c', s.purpose_class) order by s.scenario_id) as list
          from d
         cross join lateral jsonb_array_elements(d.content -> 'scenarios') as u
          join scenario_version s on s.scenario_id = substr(u ->> 'scenario', 5)::uuid and {s}
         group by d.id
      )
      """;

  // A price that is only given an earlier end was set when it was set first; but under an
  // authorization, or for a
  // scenario, no earlier than the product came to it: it has to keep the ceilings that it finds
  // there.
  private static final String FACTS =
      """
      select p.source_id, p.product_id, p.version, p.operator_id, p.kind, p.form, p.tier, p.purpose_class, p.grade,
             p.personal_information, p.deliveries, p.starts_on, p.ends_on, p.authorization_grant_id,
             greatest(p.read_at, priced.latest), used.list, offered.list, priced.list, registered.list, declared.list, bundled.list, delivered.on_day,
             p.made_on, applied.on_day
        from p
        left join used on used.source_id = p.source_id
        left join offered on offered.source_id = p.source_id
        left join lateral (
          select jsonb_agg(jsonb_build_object('id', t.id, 'item', t.item, 'class', t.item_class, 'unit', t.unit,
                   'text', t.unit_text, 'currency', t.currency, 'base', t.base_fee::text, 'period', t.base_fee_period,
                   'purposes', t.purpose_classes, 'free', t.free_of_charge, 'trial', t.trial,
                   'from', t.effective_on, 'to', t.ends_on, 'set', greatest(p.bound_since, case when t.version = 1 then t.valid_from else (
                     select min(o.valid_from) from tariff o
                      where o.operator_id = t.operator_id and o.product_id = t.product_id and o.id = t.id
                        and o.version <= t.version
                        and o.version > coalesce((
                              select max(m.version) from tariff m
                               where m.operator_id = t.operator_id and m.product_id = t.product_id and m.id = t.id
                                 and m.version < t.version and tariff_asks_other(m, t)), 0)) end) at time zone 'UTC',
                   'tiers', (select jsonb_agg(jsonb_build_array(r.from_quantity::text, r.unit_price::text)
                                     order by r.from_quantity)
                               from tariff_tier r
                              where r.tariff_id = t.id and r.tariff_version = t.version))
                   order by t.position, t.effective_on, t.id) as list, max(t.valid_from) as latest
            from tariff t
           where t.product_id = p.product_id and {t} and (t.ends_on is null or t.ends_on >= $3)) as priced on true
        left join lateral (
          select jsonb_agg(jsonb_build_object('id', g.registration_id, 'state', g.state, 'on', g.coded_on,
                   'until', g.valid_until, 'disputed', g.dispute_mark) order by g.coded_on, g.registration_id) as list
            from registration_version g
           where g.product_id = p.product_id and {g}) as registered on true
        left join lateral (
          select jsonb_agg(jsonb_build_object('id', c.id, 'kind', c.kind, 'text', c.text, 'evidence', c.evidence,
                   'developer', c.developer_id, 'base', c.base_product_id, 'baseOperator', b.operator_id,
                   'baseOn', b.delivered_on, 'baseKind', b.kind) order by c.declared_on, c.id) as list
            from product_declaration c
            left join lateral (
              select b.operator_id, b.kind,
                     (select f.delivered_on from product_first_delivery f
                       where f.product_id = b.id and f.reported_at <= $2) as delivered_on
                from product b
               where b.id = c.base_product_id
               limit 1) as b on true
           where c.product_id = p.product_id and {c} and c.state = 'DECLARED') as declared on true
        left join lateral (
          select jsonb_agg(jsonb_build_object('id', b.id, 'price', b.price::text, 'currency', b.currency,
                   'members', (select jsonb_agg(jsonb_build_object('p', o.product_id, 'kind', v.kind,
                                        'listed', v.status = 'PUBLISHED' and alone.prices > 0, 'alone', alone.price::text)
                                        order by o.position, o.product_id)
                                 from product_bundle_member o
                                 left join product_version v
                                   on v.operator_id = o.operator_id and v.product_id = o.product_id and {v}
                                 left join lateral (
                                   select count(*) as prices,
                                          min(r.unit_price) filter (where a.unit = b.unit and a.currency = b.currency) as price
                                     from tariff a
                                     join tariff_tier r on r.tariff_id = a.id and r.tariff_version = a.version
                                    where a.product_id = o.product_id and {a} and a.effective_on <= $3
                                      and (a.ends_on is null or a.ends_on >= $3)
                                      and r.from_quantity = (
                                            select min(q.from_quantity) from tariff_tier q
                                             where q.tariff_id = a.id and q.tariff_version = a.version)) as alone on true
                                where o.operator_id = b.operator_id and o.bundle_id = b.id
                                  and o.bundle_version = b.version),
                   'conditions', (select jsonb_agg(jsonb_build_array(n.text, n.technical_need) order by n.position)
                                    from product_bundle_condition n
                                   where n.operator_id = b.operator_id and n.bundle_id = b.id
                                     and n.bundle_version = b.version)) order by b.id) as list
            from product_bundle_member m
            join product_bundle b
              on b.operator_id = m.operator_id and b.id = m.bundle_id and b.version = m.bundle_version and {b}
           where m.product_id = p.product_id and (b.ends_on is null or b.ends_on >= $3)) as bundled on true
        left join lateral (
          select f.delivered_on as on_day
            from product_first_delivery f
           where f.operator_id = p.operator_id and f.product_id = p.product_id and f.reported_at <= $2) as delivered on true
        left join lateral (
          select min((a.submitted_at at time zone 'Asia/Shanghai')::date) as on_day
            from registration_application a
           where a.product_id = p.product_id and a.kind = 'FIRST' and a.submitted_at <= $2
             and (a.state in ('SUBMITTED', 'SUPPLEMENT_REQUIRED', 'ACCEPTED', 'IN_PUBLICITY', 'OBJECTED')
                  or a.updated_at > $2)) as applied on true
      """;

  /** Of published products by their ids. */
  static final FactSql LISTED_PRODUCTS = FactSql.of(LISTED + FACTS);

  /** Of drafts by their ids, as they would be published. */
  static final FactSql DRAFTS = FactSql.of(DRAFTED + FACTS);
}
