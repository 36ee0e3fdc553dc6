package dev.fairground;

/**
 * Two operators, each with a grant over two resources and three products, the third of them a
 * service capability: what tests of registrations and prices hang their rows on.
 *
 * <p>Ids end in the operator's number and the product's: product 2 of operator 1 is ...0012.
 */
public final class SmallMarket {
  private SmallMarket() {}

  public static void into(Asking asking) {
    asking.change(
        "insert into jurisdiction (code, level, name, name_en, time_zone) values ('000000', 'NATIONAL', '全国', 'the nation', 'Asia/Shanghai') on conflict do nothing");
    asking.change(
        """
        insert into organization (id, code, created_at)
        select ('00000000-0000-4000-8000-00000000000' || n)::uuid, 'org-' || n, '2024-01-01Z'
          from generate_series(0, 2) as n
        """);
    asking.change(
        """
        insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
        select id, 1, created_at, code, code, 'zh', 'ENTERPRISE', true from organization
        """);
    asking.change(
        """
        insert into data_resource (id, code, created_at)
        select ('00000000-0000-4000-9000-00000000000' || n)::uuid, 'res-' || n, '2024-01-01Z'
          from generate_series(1, 2) as n
        """);
    asking.change(
        """
        insert into data_resource_version (resource_id, version, valid_from, code, title, locale, source, demonstration)
        select id, 1, created_at, code, code, 'zh', 'test', true from data_resource
        """);
    asking.change(
        """
        insert into authorization_grant (id, number, institution_id, operator_id, created_at)
        select ('00000000-0000-4000-a000-00000000000' || n)::uuid, 'grant-' || n,
               '00000000-0000-4000-8000-000000000000', ('00000000-0000-4000-8000-00000000000' || n)::uuid, '2024-01-01Z'
          from generate_series(1, 2) as n
        """);
    asking.change(
        """
        insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id, operator_id,
               jurisdiction_code, title, locale, mode, state, starts_on, ends_on, demonstration)
        select id, 1, created_at, number, institution_id, operator_id, '000000', '授权', 'zh', 'OVERALL', 'ACTIVE',
               '2024-01-01', '2026-12-31', true
          from authorization_grant
        """);
    asking.change(
        """
        insert into authorized_resource (grant_id, grant_version, resource_id, valid_from)
        select g.id, 1, r.id, g.created_at from authorization_grant g cross join data_resource r
        """);
    asking.change(
        """
        insert into product (operator_id, id, kind, code, created_at)
        select g.operator_id, ('00000000-0000-4000-b000-0000000000' || right(g.number, 1) || n)::uuid,
               case n when 3 then 'SERVICE_CAPABILITY' else 'DATA_PRODUCT' end, 'prod-' || n, '2024-01-01Z'
          from authorization_grant g cross join generate_series(1, 3) as n
        """);
    asking.change(
        """
        insert into product_version (operator_id, product_id, version, valid_from, kind, code, status, title, locale,
               authorization_grant_id, form, tier, purpose_class, capability_kind, published_at, demonstration)
        select p.operator_id, p.id, 1, p.created_at, p.kind, p.code, 'PUBLISHED', p.code, 'zh', g.id, 'API', 'BASE',
               'INDUSTRY', case p.kind when 'SERVICE_CAPABILITY' then 'ADVISORY' end, p.created_at, true
          from product p join authorization_grant g on g.operator_id = p.operator_id
        """);
    asking.change(
        """
        insert into product_resource (operator_id, product_id, product_version, resource_id, valid_from)
        select p.operator_id, p.id, 1, r.id, p.created_at from product p cross join data_resource r
        """);
  }
}
