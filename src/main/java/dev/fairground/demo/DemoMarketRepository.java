package dev.fairground.demo;

import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** SQL that fills an empty database. */
final class DemoMarketRepository {
  private final Database database;

  DemoMarketRepository(Database database) {
    this.database = database;
  }

  // Two servers that start on one database take turns.
  private static final String LOCK = "-- demoLock\nselect pg_advisory_xact_lock(7214500)::text";

  private static final String EMPTY =
      "-- demoEmpty\nselect not exists (select 1 from organization)";

  private static final String JURISDICTIONS =
      """
      -- demoJurisdictions
      insert into jurisdiction (code, parent_code, level, name, name_en, time_zone)
      values ('000000', null, 'NATIONAL', '全国', 'the nation', 'Asia/Shanghai'),
             ('110000', '000000', 'PROVINCE', '北京市', 'Beijing', 'Asia/Shanghai')
          on conflict do nothing
      """;

  private static final String ORGANIZATIONS =
      """
      -- demoOrganizations
      with made as (
        insert into organization (id, code, created_at)
        select md5(code)::uuid, code, now()
          from (values ('DEMO-INSTITUTION'), ('DEMO-OPERATOR')) as wanted (code)
        returning id, code
      ), named as (
        insert into organization_version (organization_id, version, valid_from, code, name, locale,
               name_translations, kind, region_code, source, demonstration)
        select id, 1, now(), code,
               case code when 'DEMO-OPERATOR' then '示例运营机构' else '示例实施机构' end, 'zh',
               case code when 'DEMO-OPERATOR' then '{"en": "Example operator"}'::jsonb
                    else '{"en": "Example implementing institution"}'::jsonb end,
               case code when 'DEMO-OPERATOR' then 'ENTERPRISE' else 'ORGAN' end, '110000',
               'made up: the source names none', true
          from made
      )
      insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
      select id, case code when 'DEMO-OPERATOR' then 'OPERATOR' else 'IMPLEMENTING_INSTITUTION' end,
             '110000', current_date
        from made
      """;

  private static final String AUTHORIZATION =
      """
      -- demoAuthorization
      with made as (
        insert into authorization_grant (id, number, institution_id, operator_id, created_at)
        values (md5('DEMO-GRANT')::uuid, 'DEMO-1', md5('DEMO-INSTITUTION')::uuid,
                md5('DEMO-OPERATOR')::uuid, now())
        returning id, number, institution_id, operator_id
      )
      insert into authorization_grant_version (grant_id, version, valid_from, number,
             institution_id, operator_id, jurisdiction_code, title, locale, mode, state, starts_on,
             ends_on, source, demonstration)
      select id, 1, now(), number, institution_id, operator_id, '110000', '示例整体授权', 'zh',
             'OVERALL', 'ACTIVE', current_date, (current_date + interval '3 years')::date,
             'made up: the source names none', true
        from made
      """;

  private static final String PRODUCTS =
      """
      -- demoProducts
      with read as (
        select md5('DEMO-OPERATOR')::uuid as operator_id, md5('DEMO-PRODUCT' || code)::uuid as id,
               code, title, field, purpose_class, deliveries, source
          from jsonb_to_recordset($1) as row (code text, title text, field text,
               purpose_class text, deliveries text[], source text)
      ), made as (
        insert into product (operator_id, id, kind, code, created_at)
        select operator_id, id, 'DATA_PRODUCT', code, now() from read
        returning id
      )
      insert into product_version (operator_id, product_id, version, valid_from, kind, code, status,
             title, locale, authorization_grant_id, form, tier, purpose_class, field, region_code,
             deliveries, published_at, source, demonstration)
      select read.operator_id, read.id, 1, now(), 'DATA_PRODUCT', read.code, 'PUBLISHED',
             read.title, 'zh', md5('DEMO-GRANT')::uuid,
             case read.deliveries[1] when 'FILE' then 'DATASET' else read.deliveries[1] end, 'BASE',
             read.purpose_class, read.field, '110000', read.deliveries, now(), read.source, false
        from read
        join made on made.id = read.id
      """;

  /** Fills the database in one transaction, unless it holds an organization already. */
  Future<Boolean> fill(JsonArray products) {
    return database.inTransaction(
        transaction ->
            database
                .rows(transaction, LOCK, Tuple.tuple())
                .compose(
                    locked ->
                        database.first(transaction, EMPTY, Tuple.tuple(), row -> row.getBoolean(0)))
                .compose(
                    empty ->
                        Boolean.TRUE.equals(empty)
                            ? insert(transaction, products).map(true)
                            : Future.succeededFuture(false)));
  }

  private Future<?> insert(SqlConnection transaction, JsonArray products) {
    Future<?> done = Future.succeededFuture();
    for (var statement : List.of(JURISDICTIONS, ORGANIZATIONS, AUTHORIZATION)) {
      done = done.compose(before -> database.rows(transaction, statement, Tuple.tuple()));
    }
    return done.compose(before -> database.rows(transaction, PRODUCTS, Tuple.of(products)));
  }
}
