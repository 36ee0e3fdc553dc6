package dev.fairground.reference;

import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.Map;

/** SQL that adds reference data. */
final class ReferenceRepository {
  private final Database database;

  ReferenceRepository(Database database) {
    this.database = database;
  }

  /** Rows as the files have them. */
  record Content(
      JsonArray regions,
      JsonArray sectors,
      JsonArray jurisdictions,
      JsonArray ruleSets,
      JsonArray rules,
      JsonArray years,
      JsonArray days,
      JsonArray platformRules) {}

  // Two servers that start on one database take turns.
  private static final String LOCK =
      "-- referenceLock\nselect pg_advisory_xact_lock(7214501)::text";

  private static final String LISTS =
      """
      -- referenceLists
      insert into code_list (id, name, name_en, source, source_url)
      values ('REGION', '中华人民共和国行政区划代码', 'Administrative divisions of China', 'GB/T 2260',
              'https://openstd.samr.gov.cn/'),
             ('SECTOR', '国民经济行业分类', 'Industrial classification for national economic activities',
              'GB/T 4754-2017', 'https://openstd.samr.gov.cn/')
          on conflict do nothing
      """;

  private static final String ENTRIES =
      """
      insert into code_entry (list_id, code, valid_on, invalid_on, parent_code, level, name, name_en)
      select '%s', code, valid_on, invalid_on, parent, level, name, name_en
        from jsonb_to_recordset($1) as row (code text, valid_on date, invalid_on date, parent text,
             level integer, name text, name_en text)
          on conflict do nothing
      """;

  private static final String REGIONS = "-- referenceRegions\n" + ENTRIES.formatted("REGION");

  private static final String SECTORS = "-- referenceSectors\n" + ENTRIES.formatted("SECTOR");

  private static final String CALENDAR =
      """
      -- referenceCalendar
      insert into work_calendar (id, name, name_en, time_zone)
      values ('CN', '国务院办公厅节假日安排', 'Public holidays of China', 'Asia/Shanghai')
          on conflict do nothing
      """;

  private static final String YEARS =
      """
      -- referenceYears
      insert into work_calendar_year (calendar_id, year, source, notice_url)
      select 'CN', year, source, notice_url
        from jsonb_to_recordset($1) as row (year integer, source text, notice_url text)
          on conflict do nothing
      """;

  // Before the years: the days of a year that is there already are those of whoever published it.
  private static final String DAYS =
      """
      -- referenceDays
      insert into work_calendar_day (calendar_id, day, working, name)
      select 'CN', day, working, name
        from jsonb_to_recordset($1) as row (day date, working boolean, name text)
       where not exists (select 1
                           from work_calendar_year y
                          where y.calendar_id = 'CN' and y.year = extract(year from row.day))
          on conflict do nothing
      """;

  private static final String JURISDICTIONS =
      """
      -- referenceJurisdictions
      insert into jurisdiction (code, parent_code, level, name, name_en, time_zone, calendar_id)
      select code, parent, level, name, name_en, 'Asia/Shanghai', 'CN'
        from jsonb_to_recordset($1) as row (code text, parent text, level text, name text,
             name_en text)
          on conflict do nothing
      """;

  private static final String RULE_SETS =
      """
      -- referenceRuleSets
      insert into rule_set (id, jurisdiction_code, version, title, title_en, effective_on,
             published_at)
      select md5('fairground rule set ' || jurisdiction || ' ' || version)::uuid, jurisdiction,
             version, title, title_en, effective_on, published_at
        from jsonb_to_recordset($1) as row (jurisdiction text, version integer, title text,
             title_en text, effective_on date, published_at timestamptz)
          on conflict do nothing
      """;

  // A number that an authority of the market gave to a set of its own is not taken from it.
  private static final String RULES =
      """
      -- referenceRules
      insert into rule_parameter (rule_set_id, name, value, unit, description, description_en,
             document, clause, confidence)
      select md5('fairground rule set ' || jurisdiction || ' ' || version)::uuid, name, value, unit,
             description, description_en, document, clause, confidence
        from jsonb_to_recordset($1) as row (jurisdiction text, version integer, name text,
             value text, unit text, description text, description_en text, document text,
             clause text, confidence text)
       where exists (select 1
                       from rule_set s
                      where s.id = md5('fairground rule set ' || jurisdiction || ' ' || version)::uuid)
          on conflict do nothing
      """;

  private static final String PLATFORM_RULES =
      """
      -- referencePlatformRules
      insert into platform_rule (version, shown_on, effective_on, ranking_factors, text, text_en)
      select version, shown_on, effective_on, string_to_array(ranking_factors, ' '), text, text_en
        from jsonb_to_recordset($1) as row (version integer, shown_on date, effective_on date,
             ranking_factors text, text text, text_en text)
          on conflict do nothing
      """;

  /** In one transaction. */
  Future<Void> add(Content content) {
    var statements = new LinkedHashMap<String, Tuple>();
    statements.put(LOCK, Tuple.tuple());
    statements.put(LISTS, Tuple.tuple());
    statements.put(REGIONS, Tuple.of(content.regions()));
    statements.put(SECTORS, Tuple.of(content.sectors()));
    statements.put(CALENDAR, Tuple.tuple());
    statements.put(DAYS, Tuple.of(content.days()));
    statements.put(YEARS, Tuple.of(content.years()));
    statements.put(JURISDICTIONS, Tuple.of(content.jurisdictions()));
    statements.put(RULE_SETS, Tuple.of(content.ruleSets()));
    statements.put(RULES, Tuple.of(content.rules()));
    statements.put(PLATFORM_RULES, Tuple.of(content.platformRules()));
    return database.inTransaction(transaction -> inOrder(transaction, statements));
  }

  private Future<Void> inOrder(SqlConnection transaction, Map<String, Tuple> statements) {
    Future<?> done = Future.succeededFuture();
    for (var statement : statements.entrySet()) {
      done =
          done.compose(
              before -> database.rows(transaction, statement.getKey(), statement.getValue()));
    }
    return done.mapEmpty();
  }
}
