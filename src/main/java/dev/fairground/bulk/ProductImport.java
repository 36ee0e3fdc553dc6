package dev.fairground.bulk;

import dev.fairground.harvest.Defect;
import dev.fairground.harvest.Defect.Rule;
import dev.fairground.harvest.HarvestedProduct;
import dev.fairground.sql.BlockingTransaction;
import dev.fairground.sql.CopyRows;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * SQL that brings a published list of products in, and publishes what it changes as the next
 * edition of its operator's list. The lists that are read name no operator and no authorization:
 * unless an operator offers these products already, both are made up and say so.
 */
final class ProductImport {
  private final BlockingTransaction transaction;
  private final ImportEvents events;
  private final Digests digests = new Digests();
  private @Nullable CopyRows rows;
  private int records;

  ProductImport(BlockingTransaction transaction, ImportEvents events) {
    this.transaction = transaction;
    this.events = events;
  }

  private static final String TABLE =
      """
      create temporary table import_product (
        position integer not null, place text not null, code text not null, title text not null,
        locale text not null, scenario_code text, scenario text, field text,
        purpose_class text not null, purpose_label text, deliveries text[] not null,
        region_code text, source_record jsonb not null
      ) on commit drop
      """;

  private static final String COLUMNS =
      """
      import_product (position, place, code, title, locale, scenario_code, scenario, field,
             purpose_class, purpose_label, deliveries, region_code, source_record)\
      """;

  /** Takes one more entry, in the order of the list. */
  void add(HarvestedProduct product) throws SQLException {
    if (rows == null) {
      transaction.execute(TABLE);
      rows = new CopyRows(transaction.connection(), COLUMNS);
    }
    var source = SourceRecord.canonical(product.sourceRecord());
    digests.of(product.code(), source);
    rows.add(
        ++records,
        product.place(),
        product.code(),
        product.title(),
        product.locale(),
        product.scenarioCode(),
        product.scenario(),
        product.field(),
        product.purposeClass(),
        product.purposeLabel(),
        product.deliveries(),
        product.regionCode(),
        source);
  }

  /** How many entries came. */
  int records() {
    return records;
  }

  /** A digest of all entries in their order. */
  String digest() {
    return digests.ofAll();
  }

  private static final String REPEATED =
      """
      with repeated as (
        delete from import_product p
         where exists (
                 select 1 from import_product q where q.code = p.code and q.position < p.position)
        returning p.place, p.code)
      select place, code from repeated
      """;

  // Whoever offers the list's products already, as in the demonstration market.
  private static final String OPERATOR =
      """
      select v.operator_id
        from import_product i
        join product_version v on v.code = i.code and v.valid_to = 'infinity'
        join organization_version o on o.organization_id = v.operator_id and o.valid_to = 'infinity'
       where o.demonstration
       group by v.operator_id
       order by count(*) desc, v.operator_id
       limit 1
      """;

  private static final String ENTRIES =
      """
      create temporary table import_offer on commit drop as
      select i.position, i.code, p.id as product_id, v.version,
             case when p.id is null then 'ADDED'
                  when v.status = 'PUBLISHED' and v.title = i.title
                   and v.purpose_class = i.purpose_class and v.deliveries = i.deliveries
                   and v.field is not distinct from i.field
                   and v.region_code is not distinct from i.region_code
                   and i.scenario_code is not distinct from (
                         select min(s.code)
                           from product_scenario u
                           join scenario s on s.id = u.scenario_id
                          where u.operator_id = v.operator_id and u.product_id = v.product_id
                            and u.product_version = v.version)
                  then 'UNCHANGED'
                  else 'CHANGED' end as action
        from import_product i
        left join product p on p.operator_id = ? and p.code = i.code
        left join product_version v
          on v.operator_id = p.operator_id and v.product_id = p.id and v.valid_to = 'infinity'
      """;

  private static final String WITHDRAWN =
      """
      create temporary table import_delisted on commit drop as
      select p.id as product_id, v.version
        from product p
        join product_version v
          on v.operator_id = p.operator_id and v.product_id = p.id and v.valid_to = 'infinity'
       where p.operator_id = ?
         and v.status = 'PUBLISHED'
         and not exists (select 1 from import_offer e where e.code = p.code)
      """;

  private static final String COUNTS =
      """
      select count(*) filter (where action = 'ADDED'), count(*) filter (where action = 'CHANGED'),
             (select count(*) from import_delisted), count(*) filter (where action = 'UNCHANGED')
        from import_offer
      """;

  /** Finds out what the entries are to those of last time; writes nothing yet. */
  Outcome compare(String catalogue, Consumer<Defect> defects) throws SQLException {
    if (rows == null) {
      return Outcome.NONE;
    }
    rows.close();
    transaction.each(
        REPEATED,
        row ->
            defects.accept(
                new Defect(row.getString(1), null, Rule.DUPLICATE_RECORD, row.getString(2))));
    var operator = operator(catalogue);
    transaction.execute(ENTRIES, operator);
    transaction.execute(WITHDRAWN, operator);
    return transaction.only(
        COUNTS, row -> new Outcome(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)));
  }

  private static final String LISTED =
      """
      select count(*) from product_version
       where operator_id = ? and valid_to = 'infinity' and status = 'PUBLISHED'
      """;

  /** How many products of the list's operator are published before this import. */
  int listed(String catalogue) throws SQLException {
    return rows == null ? 0 : transaction.only(LISTED, row -> row.getInt(1), operator(catalogue));
  }

  private UUID operator(String catalogue) throws SQLException {
    var known = transaction.one(OPERATOR, row -> row.getObject(1, UUID.class));
    return known != null ? known : madeUp("organization", "DEMO-OPERATOR-" + catalogue);
  }

  /** Forgets what would be withdrawn: the file is not the whole list. */
  void keepMissing() throws SQLException {
    if (rows != null) {
      transaction.execute("delete from import_delisted");
    }
  }

  /** The ids of made-up rows follow from their codes, as in the demonstration market. */
  private UUID madeUp(String what, String code) throws SQLException {
    return transaction.only(
        "select md5(?)::uuid", row -> row.getObject(1, UUID.class), what + ' ' + code);
  }

  private static final String ORGANIZATION =
      """
      insert into organization (id, code, created_at) values (?, ?, ?::timestamptz)
          on conflict do nothing
      """;

  private static final String ORGANIZATION_VERSION =
      """
      insert into organization_version (organization_id, version, valid_from, code, name, locale,
             name_translations, kind, region_code, source, demonstration)
      select ?, 1, ?::timestamptz, ?, ?, 'zh', jsonb_build_object('en', ?::text), ?, min(region_code),
             'made up: the list names none', true
        from import_product
          on conflict do nothing
      """;

  private static final String ROLE =
      """
      insert into organization_role (organization_id, role, jurisdiction_code, starts_on)
      select ?, ?, j.code, ?::timestamptz::date from (%s) as j
          on conflict do nothing
      """;

  // The province of the list where it is one of ours, else the nation.
  private static final String JURISDICTION =
      """
      select coalesce(
               (select code from jurisdiction
                 where code = (select left(min(region_code), 2) || '0000' from import_product)),
               '000000') as code
      """;

  private static final String GRANT =
      """
      insert into authorization_grant (id, number, institution_id, operator_id, created_at)
      values (?, ?, ?, ?, ?::timestamptz)
          on conflict do nothing
      """;

  private static final String GRANT_VERSION =
      """
      insert into authorization_grant_version (grant_id, version, valid_from, number, institution_id,
             operator_id, jurisdiction_code, title, locale, mode, state, starts_on, ends_on, source,
             demonstration)
      select g.id, 1, g.created_at, g.number, g.institution_id, g.operator_id, j.code, '示例整体授权', 'zh',
             'OVERALL', 'ACTIVE', g.created_at::date, (g.created_at + interval '3 years')::date,
             'made up: the list names none', true
        from authorization_grant g
       cross join (%s) as j
       where g.id = ?
          on conflict do nothing
      """
          .formatted(JURISDICTION);

  private static final String SCENARIOS =
      """
      insert into scenario (id, code, created_at)
      select distinct md5('scenario ' || scenario_code)::uuid, scenario_code, ?::timestamptz
        from import_product
       where scenario_code is not null
       order by scenario_code
          on conflict do nothing
      """;

  private static final String SCENARIO_VERSIONS =
      """
      insert into scenario_version (scenario_id, version, valid_from, code, title, locale,
             jurisdiction_code, field, purpose_class, purpose_label, source, demonstration)
      select distinct on (s.id) s.id, 1, ?::timestamptz, s.code, coalesce(i.scenario, s.code), i.locale,
             j.code, i.field, i.purpose_class, i.purpose_label, ?, false
        from import_product i
        join scenario s on s.code = i.scenario_code
       cross join (%s) as j
       where not exists (select 1 from scenario_version v where v.scenario_id = s.id)
       order by s.id, i.position
      """
          .formatted(JURISDICTION);

  private static final String PRODUCTS =
      """
      insert into product (operator_id, id, kind, code, created_at)
      select ?, gen_random_uuid(), 'DATA_PRODUCT', code, ?::timestamptz
        from import_offer
       where action = 'ADDED'
      """;

  private static final String CLOSE_LINKS =
      """
      update product_scenario u
         set valid_to = ?::timestamptz
        from import_offer e
       where e.action = 'CHANGED' and u.operator_id = ? and u.product_id = e.product_id
         and u.valid_to = 'infinity'
      """;

  private static final String CLOSE =
      """
      update product_version v
         set valid_to = ?::timestamptz
        from (
          select product_id from import_offer where action = 'CHANGED'
          union all
          select product_id from import_delisted
        ) as ended
       where v.operator_id = ? and v.product_id = ended.product_id and v.valid_to = 'infinity'
      """;

  private static final String VERSIONS =
      """
      insert into product_version (operator_id, product_id, version, valid_from, kind, code, status,
             title, locale, authorization_grant_id, form, tier, purpose_class, field, region_code,
             deliveries, published_at, source, demonstration, source_record)
      select p.operator_id, p.id, coalesce(e.version, 0) + 1, ?::timestamptz, p.kind, p.code,
             'PUBLISHED', i.title, i.locale,
             (select g.id from authorization_grant g where g.operator_id = p.operator_id
               order by g.created_at, g.id limit 1),
             case i.deliveries[1] when 'FILE' then 'DATASET' when 'API' then 'API'
                  when 'MODEL' then 'MODEL' when 'REPORT' then 'REPORT' else 'OTHER' end,
             'BASE', i.purpose_class, i.field, i.region_code, i.deliveries,
             coalesce((select min(v.published_at) from product_version v
                        where v.operator_id = p.operator_id and v.product_id = p.id), ?::timestamptz),
             ?, false, i.source_record
        from import_offer e
        join import_product i on i.position = e.position
        join product p on p.operator_id = ? and p.code = e.code
       where e.action in ('ADDED', 'CHANGED')
      """;

  private static final String LINKS =
      """
      insert into product_scenario (operator_id, product_id, product_version, scenario_id, allowed,
             valid_from)
      select v.operator_id, v.product_id, v.version, s.id, true, v.valid_from
        from import_offer e
        join import_product i on i.position = e.position
        join product_version v on v.operator_id = ? and v.code = e.code and v.valid_to = 'infinity'
        join scenario s on s.code = i.scenario_code
       where e.action in ('ADDED', 'CHANGED')
      """;

  private static final String DELISTINGS =
      """
      insert into product_version (operator_id, product_id, version, valid_from, kind, code, status,
             status_reason, title, locale, title_translations, summary, summary_translations,
             authorization_grant_id, form, tier, purpose_class, field, sector_code, region_code,
             deliveries, update_frequency, data_updated_on, grade, personal_information,
             capability_kind, capacity, lead_time_working_days, access_terms, trading_venue,
             starts_on, ends_on, published_at, source, demonstration, source_record)
      select v.operator_id, v.product_id, v.version + 1, ?::timestamptz, v.kind, v.code, 'DELISTED',
             'not in the list any more', v.title, v.locale, v.title_translations, v.summary,
             v.summary_translations, v.authorization_grant_id, v.form, v.tier, v.purpose_class,
             v.field, v.sector_code, v.region_code, v.deliveries, v.update_frequency,
             v.data_updated_on, v.grade, v.personal_information, v.capability_kind, v.capacity,
             v.lead_time_working_days, v.access_terms, v.trading_venue, v.starts_on, v.ends_on,
             v.published_at, v.source, v.demonstration, v.source_record
        from import_delisted w
        join product_version v
          on v.operator_id = ? and v.product_id = w.product_id and v.version = w.version
      """;

  private static final String TAKE_TURN = "select take_turn_to_publish(?)";

  // The list is called as it was, or else by its catalogue.
  private static final String PUBLISH =
      """
      select edition.id
        from (select ?::uuid as id) as operator
       cross join lateral publish_edition(
               operator.id, ?::timestamptz, null,
               case when not exists (select 1 from product_list l where l.operator_id = operator.id)
                    then ? end, 'zh', ?, false,
               array(
                 select p.id
                   from import_offer e
                   join product p on p.operator_id = operator.id and p.code = e.code
                  where e.action <> 'UNCHANGED'
                 union all
                 select product_id from import_delisted)) as edition
      """;

  /**
   * Writes what is new, all at the same moment.
   *
   * @param source where the list is from, for people
   */
  void write(String catalogue, String source, OffsetDateTime now) throws SQLException {
    if (rows == null) {
      return;
    }
    var operator = operator(catalogue);
    organization(operator, "OPERATOR", "ENTERPRISE", "运营机构", "operator", catalogue, now);
    grant(operator, catalogue, now);
    transaction.execute(TAKE_TURN, operator);
    transaction.execute(SCENARIOS, now);
    transaction.execute(SCENARIO_VERSIONS, now, source);
    transaction.execute(PRODUCTS, operator, now);
    transaction.execute(CLOSE_LINKS, now, operator);
    transaction.execute(CLOSE, now, operator);
    transaction.execute(VERSIONS, now, now, source, operator);
    transaction.execute(LINKS, operator);
    transaction.execute(DELISTINGS, now, operator);
    var edition =
        transaction.one(
            PUBLISH, row -> row.getObject(1, UUID.class), operator, now, catalogue, source);
    events.listChanged(operator, edition, now);
  }

  private void grant(UUID operator, String catalogue, OffsetDateTime now) throws SQLException {
    var has =
        transaction.one(
            "select true from authorization_grant where operator_id = ? limit 1",
            row -> row.getBoolean(1),
            operator);
    if (has != null) {
      return;
    }
    var institution = madeUp("organization", "DEMO-IMPLEMENTING_INSTITUTION-" + catalogue);
    organization(
        institution,
        "IMPLEMENTING_INSTITUTION",
        "ORGAN",
        "实施机构",
        "implementing institution",
        catalogue,
        now);
    var grant = madeUp("grant", catalogue);
    transaction.execute(GRANT, grant, "DEMO-" + catalogue + "-1", institution, operator, now);
    transaction.execute(GRANT_VERSION, grant);
  }

  private void organization(
      UUID id,
      String role,
      String kind,
      String name,
      String english,
      String catalogue,
      OffsetDateTime now)
      throws SQLException {
    var known =
        transaction.one("select true from organization where id = ?", row -> row.getBoolean(1), id);
    if (known != null) {
      return;
    }
    var code = "DEMO-" + role + "-" + catalogue;
    // Names that differ only behind what a code holds still differ.
    var shortened =
        code.length() <= 64 ? code : code.substring(0, 51) + '-' + id.toString().substring(24);
    transaction.execute(ORGANIZATION, id, shortened, now);
    transaction.execute(
        ORGANIZATION_VERSION,
        id,
        now,
        shortened,
        "示例" + name + "（" + catalogue + "）",
        "Example " + english + " (" + catalogue + ")",
        kind);
    transaction.execute(ROLE.formatted(JURISDICTION), id, role, now);
  }

  private static final String CHANGES =
      """
      select e.action, e.code, i.title
        from import_offer e
        join import_product i on i.position = e.position
       where e.action <> 'UNCHANGED'
      union all
      select 'WITHDRAWN', p.code, null
        from import_delisted w
        join product p on p.id = w.product_id
      """;

  /** Tells each entry that was added, changed or withdrawn. */
  void tellChanges(ImportReport report) throws SQLException {
    if (rows != null) {
      transaction.each(
          CHANGES, row -> report.change(row.getString(1), row.getString(2), row.getString(3)));
    }
  }

  /** Stops in the middle; the transaction is of no use any more. */
  void abandon() throws SQLException {
    if (rows != null) {
      rows.abandon();
    }
  }
}
