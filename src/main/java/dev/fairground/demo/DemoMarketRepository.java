package dev.fairground.demo;

import static java.util.Objects.requireNonNull;

import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** SQL that fills an empty database: the files as temporary tables, the rest in a file of SQL. */
final class DemoMarketRepository {
  private static final String MARKET = "/demo/market.sql";
  private static final String ACCESS = "/demo/access.sql";

  private final Database database;

  DemoMarketRepository(Database database) {
    this.database = database;
  }

  /** Rows as the files have them. */
  record Content(JsonArray platforms, JsonArray resources, JsonArray products) {}

  // Two servers that start on one database take turns.
  private static final String LOCK = "-- demoLock\nselect pg_advisory_xact_lock(7214500)::text";

  private static final String EMPTY =
      "-- demoEmpty\nselect not exists (select 1 from organization)";

  // A market that was filled by an earlier version gets requests too, unless somebody was quicker.
  private static final String UNASKED =
      """
      -- demoUnasked
      select exists (select 1 from organization where code = 'DEMO-OPERATOR-BEIJING')
         and not exists (select 1 from access_request)
      """;

  private static final String TABLES =
      """
      create temporary table demo_platform (key text, catalogue text, jurisdiction text, region text,
        region_name text, locale text, place text, place_en text, currency text, source text)
        on commit drop;
      create temporary table demo_resource (platform text, code text, identifier text, title text, locale text,
        summary text, holder text, topic text, region text, update_frequency text,
        update_frequency_text text, openness text, openness_text text, formats text, keywords text,
        landing_page text, released_on date, updated_on date) on commit drop;
      create temporary table demo_product (code text, title text, scenario_code text, scenario text,
        field text, purpose_class text, purpose_label text, deliveries text[], source text)
        on commit drop;
      """;

  private static final String PLATFORMS =
      """
      -- demoPlatforms
      insert into demo_platform (key, catalogue, jurisdiction, region, region_name, locale, place,
             place_en, currency, source)
      select key, catalogue, jurisdiction, region, region_name, locale, place, place_en, currency, source
        from jsonb_populate_recordset(null::demo_platform, $1)
      """;

  private static final String RESOURCES =
      """
      -- demoResources
      insert into demo_resource (platform, code, identifier, title, locale, summary, holder, topic, region,
             update_frequency, update_frequency_text, openness, openness_text, formats, keywords,
             landing_page, released_on, updated_on)
      select platform, code, identifier, title, locale, summary, holder, topic, region, update_frequency,
             update_frequency_text, openness, openness_text, formats, keywords, landing_page,
             released_on, updated_on
        from jsonb_populate_recordset(null::demo_resource, $1)
      """;

  private static final String PRODUCTS =
      """
      -- demoProducts
      insert into demo_product (code, title, scenario_code, scenario, field, purpose_class,
             purpose_label, deliveries, source)
      select code, title, scenario_code, scenario, field, purpose_class, purpose_label, deliveries,
             source
        from jsonb_populate_recordset(null::demo_product, $1)
      """;

  // Who else takes part in Beijing's market. A market that was filled by an earlier version gets
  // them too.
  private static final String OTHERS =
      """
      -- demoOthers
      with made as (
        select md5('organization DEMO-' || part.role || '-BEIJING')::uuid as id,
               'DEMO-' || part.role || '-BEIJING' as code, part.role, part.kind,
               '示例' || part.name || '（北京市）' as name,
               jsonb_build_object('en', 'Example ' || part.name_en || ' (Beijing)') as translations
          from (values ('DATA_AUTHORITY', 'ORGAN', '数据主管部门', 'data authority'),
                       ('PRICE_AUTHORITY', 'ORGAN', '价格主管部门', 'price authority'),
                       ('DATA_SOURCE_UNIT', 'ORGAN', '数据源单位', 'data source unit'),
                       ('DEVELOPER', 'ENTERPRISE', '开发企业', 'developer'),
                       ('AUDITOR', 'ORGAN', '审计机构', 'auditor'))
               as part (role, kind, name, name_en)
         where exists (select 1 from organization where code = 'DEMO-OPERATOR-BEIJING')
      ), organizations as (
        insert into organization (id, code, created_at)
        select id, code, '2026-01-15 00:00+08' from made
            on conflict do nothing
        returning id
      ), versions as (
        insert into organization_version (organization_id, version, valid_from, code, name, locale,
               name_translations, kind, region_code, source, demonstration)
        select id, 1, '2026-01-15 00:00+08', code, name, 'zh', translations, kind, '110000',
               'made up: the source names none', true
          from made
          join organizations using (id)
      )
      insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
      select id, role, '110000', '2026-01-15'
        from made
        join organizations using (id)
      """;

  // What the made-up operators declare: what was done to the data that data sets are made of, and
  // that they have no links. A market that was filled by an earlier version gets it too.
  private static final String DECLARED =
      """
      -- demoDeclared
      with processed as (
        insert into product_declaration (operator_id, product_id, id, version, valid_from, kind, state, text, evidence,
               declared_on, declared_by)
        select v.operator_id, v.product_id, md5('processed ' || v.product_id)::uuid, 1, '2026-06-15 00:00+08',
               'PROCESSED', 'DECLARED', case v.locale when 'zh' then '示例：已脱敏并按月汇总'
                                        else 'Example: names taken out, summed up by month' end,
               'made up', '2026-06-15', 'demonstration'
          from product_version v
         where v.demonstration and v.valid_to = 'infinity' and v.form = 'DATASET'
           and v.source = 'made up of real resources'
            on conflict do nothing
      )
      insert into affiliation_declaration (id, organization_id, declared_on, declared_at, declared_by, demonstration)
      select md5('links ' || o.id)::uuid, o.id, '2026-01-15', '2026-01-15 00:00+08', 'demonstration', true
        from organization o
       where o.code like 'DEMO-OPERATOR-%'
          on conflict do nothing
      """;

  // It is no request that somebody waits for, and a small machine takes its time.
  private static final String PATIENT = "-- demoPatience\nset local statement_timeout = 60000";

  /** Fills the database in one transaction, unless it holds an organization already. */
  Future<Boolean> fill(Content content) throws IOException {
    var market = sql(MARKET);
    var access = sql(ACCESS);
    var policies = new DemoPolicies(database).prepared();
    return database.inTransaction(
        transaction ->
            database
                .rows(transaction, PATIENT, Tuple.tuple())
                .compose(patient -> database.rows(transaction, LOCK, Tuple.tuple()))
                .compose(
                    locked ->
                        database.first(transaction, EMPTY, Tuple.tuple(), row -> row.getBoolean(0)))
                .compose(
                    empty ->
                        Boolean.TRUE.equals(empty)
                            ? insert(transaction, content, market).map(true)
                            : Future.succeededFuture(false))
                .compose(filled -> database.rows(transaction, OTHERS, Tuple.tuple()).map(filled))
                .compose(filled -> database.rows(transaction, DECLARED, Tuple.tuple()).map(filled))
                .compose(filled -> policies.apply(transaction).map(filled))
                .compose(filled -> ask(transaction, access).map(filled)));
  }

  private Future<?> ask(SqlConnection transaction, String access) {
    return database
        .first(transaction, UNASKED, Tuple.tuple(), row -> row.getBoolean(0))
        .compose(
            unasked ->
                Boolean.TRUE.equals(unasked)
                    ? transaction.query(access).execute()
                    : Future.succeededFuture());
  }

  private Future<?> insert(SqlConnection transaction, Content content, String market) {
    return transaction
        .query(TABLES)
        .execute()
        .compose(done -> database.rows(transaction, PLATFORMS, Tuple.of(content.platforms())))
        .compose(done -> database.rows(transaction, RESOURCES, Tuple.of(content.resources())))
        .compose(done -> database.rows(transaction, PRODUCTS, Tuple.of(content.products())))
        .compose(done -> transaction.query(market).execute());
  }

  private static String sql(String file) throws IOException {
    try (var in = requireNonNull(DemoMarketRepository.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
