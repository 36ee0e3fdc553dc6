package dev.fairground.bulk;

import dev.fairground.harvest.Defect;
import dev.fairground.harvest.Defect.Rule;
import dev.fairground.harvest.HarvestedResource;
import dev.fairground.sql.BlockingTransaction;
import dev.fairground.sql.CopyRows;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * SQL that brings the resources of one catalogue in. The records stream into a temporary table;
 * then a few statements over all of them tell what is new, and write it.
 */
final class ResourceImport {
  /**
   * How many records are written by one statement, so that the database's memory is bounded too.
   */
  private static final int AT_ONCE = 20_000;

  /** Behind the columns that the file's order gives; the last, the source, is digested beside. */
  private static final int FIRST_COMPARED = 3;

  private final BlockingTransaction transaction;
  private final Digests digests = new Digests();
  private @Nullable CopyRows rows;
  private int records;

  ResourceImport(BlockingTransaction transaction) {
    this.transaction = transaction;
  }

  private static final String TABLE =
      """
      create temporary table import_row (
        ordinal integer not null, place text not null, digest text not null,
        identifier text not null, locale text not null, title text not null,
        title_translations jsonb, summary text, summary_translations jsonb, holder text, topic text,
        sector_code text, region_code text, update_frequency text, update_frequency_text text,
        openness text, openness_text text, formats text[] not null, keywords text[] not null,
        landing_page text, licence text, volume_text text, covers_from date, covers_until date,
        released_on date, updated_on date, items jsonb, source_record jsonb not null
      ) on commit drop
      """;

  private static final String COLUMNS =
      """
      import_row (ordinal, place, digest, identifier, locale, title, title_translations, summary,
             summary_translations, holder, topic, sector_code, region_code, update_frequency,
             update_frequency_text, openness, openness_text, formats, keywords, landing_page, licence,
             volume_text, covers_from, covers_until, released_on, updated_on, items, source_record)\
      """;

  /** Takes one more record, in the order of the file. */
  void add(HarvestedResource resource) throws SQLException {
    var rows = begin();
    var source = SourceRecord.canonical(resource.sourceRecord());
    var row = row(resource, source);
    row[0] = ++records;
    row[1] = resource.place();
    row[2] = digests.of(compared(row), source);
    rows.add(row);
  }

  /** Makes ready for records, be it for none at all. */
  CopyRows begin() throws SQLException {
    if (rows == null) {
      transaction.execute(TABLE);
      rows = new CopyRows(transaction.connection(), COLUMNS);
    }
    return rows;
  }

  /** How many records came. */
  int records() {
    return records;
  }

  /** A digest of all records in their order. */
  String digest() {
    return digests.ofAll();
  }

  /** The columns in their order; those of the file's own come first, and are filled in later. */
  private static @Nullable Object[] row(HarvestedResource resource, String source) {
    return new @Nullable Object[] {
      null,
      null,
      null,
      resource.identifier(),
      resource.locale(),
      resource.title(),
      Json.texts(resource.titleTranslations()),
      resource.summary(),
      Json.texts(resource.summaryTranslations()),
      resource.holder(),
      resource.topic(),
      resource.sectorCode(),
      resource.regionCode(),
      resource.updateFrequency(),
      resource.updateFrequencyText(),
      resource.openness(),
      resource.opennessText(),
      resource.formats(),
      resource.keywords(),
      resource.landingPage(),
      resource.licence(),
      resource.volumeText(),
      resource.coversFrom(),
      resource.coversUntil(),
      resource.releasedOn(),
      resource.updatedOn(),
      Json.items(resource.items()),
      source
    };
  }

  /** What is compared with the version of last time: all but the place in the file. */
  private static String compared(@Nullable Object[] row) {
    var text = new StringBuilder();
    for (int i = FIRST_COMPARED; i < row.length - 1; i++) {
      text.append(row[i]).append('\u0001');
    }
    return text.toString();
  }

  // A record that is there twice is one; others of the same identifier get a number behind it. A
  // made-up identifier that is taken in earnest gets the record's own digest.
  private static final String ENTRIES =
      """
      create temporary table import_entry on commit drop as
      with of_record as (
        select ordinal, identifier, digest,
               row_number() over (partition by identifier, digest order by ordinal) as copy
          from import_row
      ),
      of_identifier as (
        select ordinal, identifier, digest,
               row_number() over (partition by identifier order by ordinal) as number
          from of_record
         where copy = 1
      ),
      numbered as (
        select ordinal, digest, number,
               case number when 1 then identifier else identifier || '#' || number end as identifier
          from of_identifier
      ),
      named as (
        select ordinal, digest, number,
               case row_number() over (partition by identifier order by number, ordinal)
                    when 1 then identifier else identifier || '#' || digest end as identifier
          from numbered
      )
      select n.ordinal, n.identifier, n.digest, n.number,
             coalesce(r.id, gen_random_uuid()) as resource_id, v.version,
             coalesce(r.code,
                      case when length(n.identifier) + length(asked.catalogue) < 127
                           then asked.catalogue || ':' || n.identifier
                           else asked.catalogue || ':'
                                || left(encode(sha256(convert_to(n.identifier, 'UTF8')), 'hex'), 40) end) as code,
             case when r.id is null then 'ADDED'
                  when v.source_digest = n.digest and v.status = 'LISTED' then 'UNCHANGED'
                  else 'CHANGED' end as action
        from named n
       cross join (select ?::text as catalogue) as asked
        left join data_resource r
          on r.catalogue = asked.catalogue and md5(r.identifier) = md5(n.identifier) and r.identifier = n.identifier
        left join data_resource_version v on v.resource_id = r.id and v.valid_to = 'infinity'
      """;

  private static final String WITHDRAWN =
      """
      create temporary table import_withdrawn on commit drop as
      select r.id as resource_id, v.version
        from data_resource r
        join data_resource_version v on v.resource_id = r.id and v.valid_to = 'infinity'
       where r.catalogue = ?
         and v.status = 'LISTED'
         and not exists (select 1 from import_entry e where e.resource_id = r.id)
      """;

  private static final String DUPLICATES =
      """
      select r.place, r.identifier, e.ordinal is null as same
        from import_row r
        left join import_entry e on e.ordinal = r.ordinal
       where e.ordinal is null or e.number > 1
       order by r.ordinal
      """;

  private static final String COUNTS =
      """
      select count(*) filter (where action = 'ADDED'), count(*) filter (where action = 'CHANGED'),
             (select count(*) from import_withdrawn), count(*) filter (where action = 'UNCHANGED')
        from import_entry
      """;

  private static final String LISTED =
      """
      select count(*)
        from data_resource r
        join data_resource_version v on v.resource_id = r.id and v.valid_to = 'infinity'
       where r.catalogue = ? and v.status = 'LISTED'
      """;

  /** Finds out what the records are to those of last time; writes nothing yet. */
  Outcome compare(String catalogue, Consumer<Defect> defects) throws SQLException {
    if (rows == null) {
      return Outcome.NONE;
    }
    rows.close();
    transaction.execute("create unique index on import_row (ordinal)");
    transaction.execute("analyze import_row");
    transaction.execute(ENTRIES, catalogue);
    transaction.execute("create index on import_entry (resource_id)");
    transaction.execute("create unique index on import_entry (ordinal)");
    transaction.execute("analyze import_entry");
    transaction.execute(WITHDRAWN, catalogue);
    transaction.each(
        DUPLICATES,
        row ->
            defects.accept(
                new Defect(
                    row.getString(1),
                    null,
                    row.getBoolean(3) ? Rule.DUPLICATE_RECORD : Rule.DUPLICATE_IDENTIFIER,
                    row.getString(2))));
    return transaction.only(
        COUNTS, row -> new Outcome(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)));
  }

  /** How many records of the catalogue are listed before this import. */
  int listed(String catalogue) throws SQLException {
    return transaction.only(LISTED, row -> row.getInt(1), catalogue);
  }

  /** Forgets what would be withdrawn: the file is not the whole catalogue. */
  void keepMissing() throws SQLException {
    if (rows != null) {
      transaction.execute("delete from import_withdrawn");
    }
  }

  // Products are found by the titles of their resources.
  private static final String PRODUCT_SEARCH =
      """
      select refresh_product_search(array(
               select distinct u.product_id
                 from import_entry e
                 join product_resource u on u.resource_id = e.resource_id and u.valid_to = 'infinity'
                where e.action = 'CHANGED'))::text
      """;

  // The longest spelling of a body is its name.
  private static final String HOLDERS =
      """
      create temporary table import_holder on commit drop as
      with named as (
        select distinct r.holder, r.locale, r.region_code, coalesce(r.region_code, ?::text) as scope
          from import_row r
         where r.holder is not null
      ),
      coded as (
        select n.holder, n.locale, n.region_code, n.scope,
               holder_code(n.scope, coalesce(region.name, ''), n.holder) as code
          from named n
          left join lateral (
            select e.name
              from code_entry e
             where e.list_id = 'REGION' and e.code = n.region_code
             order by e.valid_on desc
             limit 1
          ) as region on true
      )
      select holder, locale, region_code, scope, code,
             first_value(holder) over (partition by code order by length(holder) desc, holder) as name,
             null::uuid as organization_id
        from coded
      """;

  private static final String HOLDER_IDS =
      """
      update import_holder h
         set organization_id = coalesce(
               (select id from organization o where o.code = h.code), md5('organization ' || h.code)::uuid)
      """;

  // In one order, so that two imports with bodies in common never wait for each other.
  private static final String ORGANIZATIONS =
      """
      insert into organization (id, code, created_at)
      select distinct organization_id, code, ?::timestamptz from import_holder
       order by code
          on conflict do nothing
      """;

  private static final String ORGANIZATION_VERSIONS =
      """
      insert into organization_version (organization_id, version, valid_from, code, name, locale, kind,
             region_code, source, demonstration)
      select distinct on (h.organization_id) h.organization_id, 1, ?::timestamptz, h.code, h.name, h.locale,
             'UNKNOWN', h.region_code, ?, false
        from import_holder h
       where not exists (
               select 1 from organization_version v where v.organization_id = h.organization_id)
       order by h.organization_id, h.holder
      """;

  private static final String RESOURCES =
      """
      insert into data_resource (id, code, created_at, catalogue, identifier)
      select resource_id, code, ?::timestamptz, ?, identifier
        from import_entry
       where action = 'ADDED'
         and ordinal between ? and ?
      """;

  // By an array, so that the versions are looked up and never read through.
  private static final String CLOSE_CHANGED =
      """
      update data_resource_version v
         set valid_to = ?::timestamptz
       where v.valid_to = 'infinity'
         and v.resource_id = any(array(
               select resource_id from import_entry where action = 'CHANGED' and ordinal between ? and ?))
      """;

  private static final String CLOSE_WITHDRAWN =
      """
      update data_resource_version v
         set valid_to = ?::timestamptz
       where v.valid_to = 'infinity'
         and v.resource_id = any(array(select resource_id from import_withdrawn))
      """;

  private static final String VERSIONS =
      """
      insert into data_resource_version (resource_id, version, valid_from, code, title, locale,
             title_translations, summary, summary_translations, holder_id, holder_name, topic,
             sector_code, region_code, update_frequency, update_frequency_text, openness,
             openness_text, formats, keywords, landing_page, licence, volume_text, covers_from,
             covers_until, released_on, updated_on, source, source_record, source_digest,
             import_number, status, demonstration, catalogue, identifier)
      select e.resource_id, coalesce(e.version, 0) + 1, ?::timestamptz, e.code, r.title, r.locale,
             r.title_translations, r.summary, r.summary_translations, h.organization_id, r.holder,
             r.topic, r.sector_code, r.region_code, r.update_frequency, r.update_frequency_text,
             r.openness, r.openness_text, r.formats, r.keywords, r.landing_page, r.licence,
             r.volume_text, r.covers_from, r.covers_until, r.released_on, r.updated_on, ?,
             r.source_record, r.digest, ?, 'LISTED', false, ?, e.identifier
        from import_entry e
        join import_row r on r.ordinal = e.ordinal
        left join import_holder h
          on h.holder = r.holder and h.locale = r.locale and h.scope = coalesce(r.region_code, ?)
       where e.action in ('ADDED', 'CHANGED')
         and e.ordinal between ? and ?
       order by e.ordinal
      """;

  private static final String ITEMS =
      """
      insert into data_item (resource_id, resource_version, name, position, type, description)
      select e.resource_id, coalesce(e.version, 0) + 1, item.value ->> 'name', item.position,
             item.value ->> 'type', item.value ->> 'description'
        from import_entry e
        join import_row r on r.ordinal = e.ordinal
       cross join lateral jsonb_array_elements(r.items) with ordinality as item (value, position)
       where e.action in ('ADDED', 'CHANGED')
         and e.ordinal between ? and ?
         and length(item.value ->> 'name') between 1 and 500
          on conflict do nothing
      """;

  private static final String WITHDRAWALS =
      """
      insert into data_resource_version (resource_id, version, valid_from, code, title, locale,
             title_translations, summary, summary_translations, holder_id, holder_name, origin,
             provider_consent, topic, sector_code, region_code, update_frequency,
             update_frequency_text, openness, openness_text, grade, personal_information, formats,
             keywords, landing_page, licence, released_on, updated_on, source, source_record,
             demonstration, sharing, sharing_text, volume_text, covers_from, covers_until,
             next_review_on, catalogue, identifier, status, source_digest, import_number)
      select v.resource_id, v.version + 1, ?::timestamptz, v.code, v.title, v.locale,
             v.title_translations, v.summary, v.summary_translations, v.holder_id, v.holder_name,
             v.origin, v.provider_consent, v.topic, v.sector_code, v.region_code, v.update_frequency,
             v.update_frequency_text, v.openness, v.openness_text, v.grade, v.personal_information,
             v.formats, v.keywords, v.landing_page, v.licence, v.released_on, v.updated_on, v.source,
             v.source_record, v.demonstration, v.sharing, v.sharing_text, v.volume_text,
             v.covers_from, v.covers_until, v.next_review_on, v.catalogue, v.identifier, 'WITHDRAWN',
             v.source_digest, ?
        from import_withdrawn w
        join data_resource_version v on v.resource_id = w.resource_id and v.version = w.version
      """;

  private static final String WITHDRAWN_ITEMS =
      """
      insert into data_item (resource_id, resource_version, name, position, type, description, sensitive)
      select i.resource_id, i.resource_version + 1, i.name, i.position, i.type, i.description, i.sensitive
        from import_withdrawn w
        join data_item i on i.resource_id = w.resource_id and i.resource_version = w.version
      """;

  // Versions begin at the moment the ones before them end, which may be later than our clock says.
  private static final String NOT_BEFORE =
      """
      select max(v.valid_from) + interval '1 microsecond'
        from data_resource_version v
       where v.valid_to = 'infinity'
         and v.resource_id in (select resource_id from import_entry where action = 'CHANGED'
                               union all select resource_id from import_withdrawn)
      """;

  /**
   * Writes what is new, all at the same moment.
   *
   * @param source where the catalogue is from, for people
   * @param number of the import in its catalogue
   */
  void write(String catalogue, String source, int number, OffsetDateTime now) throws SQLException {
    if (rows == null) {
      return;
    }
    var earliest = transaction.one(NOT_BEFORE, row -> row.getObject(1, OffsetDateTime.class));
    var moment = earliest != null && earliest.isAfter(now) ? earliest : now;
    transaction.execute(HOLDERS, catalogue);
    transaction.execute(HOLDER_IDS);
    transaction.execute(ORGANIZATIONS, moment);
    transaction.execute(ORGANIZATION_VERSIONS, moment, source);
    transaction.execute("analyze import_holder");
    // PostgreSQL remembers each row of a statement until its triggers have run.
    for (int from = 1; from <= records; from += AT_ONCE) {
      var to = from + AT_ONCE - 1;
      transaction.execute(RESOURCES, moment, catalogue, from, to);
      transaction.execute(CLOSE_CHANGED, moment, from, to);
      transaction.execute(VERSIONS, moment, source, number, catalogue, catalogue, from, to);
      transaction.execute(ITEMS, from, to);
    }
    transaction.execute(CLOSE_WITHDRAWN, moment);
    transaction.execute(WITHDRAWALS, moment, number);
    transaction.execute(WITHDRAWN_ITEMS);
    transaction.execute(PRODUCT_SEARCH);
  }

  private static final String CHANGES =
      """
      select action, identifier, title
        from (
          select e.action, e.identifier, r.title, e.ordinal
            from import_entry e
            join import_row r on r.ordinal = e.ordinal
           where e.action <> 'UNCHANGED'
          union all
          select 'WITHDRAWN', d.identifier, v.title, null
            from import_withdrawn w
            join data_resource d on d.id = w.resource_id
            join data_resource_version v on v.resource_id = w.resource_id and v.version = w.version
        ) as found
       order by ordinal nulls last, identifier
      """;

  /** Tells each record that was added, changed or withdrawn. */
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
