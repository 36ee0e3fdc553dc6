package dev.fairground.job;

import dev.fairground.event.EventRows;
import dev.fairground.sql.BlockingTransaction;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * SQL over a list that was read into {@code import_line}: its references are looked up, it is
 * compared with the operator's drafts and published products, and written as drafts. A statement
 * each for all rows.
 */
final class StagedList {
  private static final int MANY = 500;

  private final BlockingTransaction statements;
  private final ClaimedJob job;
  private final UUID operator;
  private final InstantSource clock;
  private final OffsetDateTime now;

  StagedList(BlockingTransaction statements, ClaimedJob job, InstantSource clock) {
    this.statements = statements;
    this.job = job;
    this.operator = job.organizationId();
    this.clock = clock;
    this.now = ImportWork.now(clock);
  }

  private static final String ENTRIES =
      """
      -- entriesOfImport
      create temporary table import_entry on commit drop as
      select row_number, sound, code, content::jsonb as content,
             coalesce(kind, case when content::jsonb ?? 'capabilityKind' then 'SERVICE_CAPABILITY' else 'DATA_PRODUCT' end) as kind
        from import_line
       where content is not null
      """;

  private static final String DOUBLES =
      """
      -- doublesOfImport
      insert into import_line (row_number, column_name, fault, message, note)
      select row_number, 'code', 'DUPLICATE_CODE', 'Row ' || first || ' has this code already.', false
        from (select row_number, first_value(row_number) over (partition by code order by row_number) as first
                from import_entry where code is not null) as e
       where row_number > first
      """;

  private static final String REFERENCES =
      """
      -- referencesOfImport
      create temporary table import_reference on commit drop as
      select e.row_number, 'resources' as place, r.value ->> 'resource' as name,
             nullif(r.value -> 'dataItems', 'null') as items, null::boolean as allowed, null::uuid as id
        from import_entry e
       cross join lateral jsonb_array_elements(e.content -> 'resources') as r
       where e.sound
      union all
      select e.row_number, 'scenarios', r.value ->> 'scenario', null, (r.value ->> 'allowed')::boolean, null
        from import_entry e
       cross join lateral jsonb_array_elements(e.content -> 'scenarios') as r
       where e.sound
      union all
      select e.row_number, 'authorization', e.content ->> 'authorization', null, null, null
        from import_entry e
       where e.sound and e.content ?? 'authorization'
      """;

  private static final String RESOURCES =
      """
      -- resourcesOfImport
      update import_reference r set id = d.id from data_resource d
       where r.place = 'resources'
         and (d.code = r.name or d.id = case when r.name ~ '^res_[0-9a-f]{32}$' then substr(r.name, 5)::uuid end)
      """;

  private static final String IDENTIFIERS =
      """
      -- identifiersOfImport
      update import_reference r set id = f.id
        from (select w.name, min(d.id::text)::uuid as id
                from (select distinct name from import_reference where place = 'resources' and id is null) as w
                join data_resource d on d.identifier = w.name
               group by w.name
              having count(*) = 1) as f
       where r.place = 'resources' and r.id is null and r.name = f.name
      """;

  private static final String SCENARIOS =
      """
      -- scenariosOfImport
      update import_reference r set id = s.id from scenario s
       where r.place = 'scenarios'
         and (s.code = r.name or s.id = case when r.name ~ '^sce_[0-9a-f]{32}$' then substr(r.name, 5)::uuid end)
      """;

  private static final String GRANTS =
      """
      -- authorizationsOfImport
      update import_reference r set id = g.id from authorization_grant g
       where r.place = 'authorization' and g.operator_id = ?
         and (g.number = r.name or g.id = case when r.name ~ '^ag_[0-9a-f]{32}$' then substr(r.name, 4)::uuid end)
      """;

  private static final String UNKNOWN =
      """
      -- unknownReferencesOfImport
      insert into import_line (row_number, column_name, fault, message, note)
      select row_number, place, 'NOT_FOUND',
             'There is no ' || case place when 'resources' then 'resource' when 'scenarios' then 'scenario'
                                          else 'authorization of this operator' end
             || ' of the code or id "' || left(name, 60) || '".', false
        from import_reference
       where id is null
      """;

  private static final String UNLISTED =
      """
      -- unlistedCodesOfImport
      insert into import_line (row_number, column_name, fault, message, note)
      select e.row_number, c.member, 'NOT_FOUND',
             'The code "' || left(e.content ->> c.member, 60) || '" is not in the list ' || c.list || '.', false
        from import_entry e
       cross join (values ('sectorCode', 'SECTOR'), ('regionCode', 'REGION')) as c (member, list)
       where e.content ->> c.member is not null
         and not exists (select from code_entry k where k.list_id = c.list and k.code = e.content ->> c.member)
      """;

  private static final String UNSOUND =
      """
      -- unsoundOfImport
      update import_entry e set sound = false
       where sound and exists (select from import_line l where l.row_number = e.row_number and l.fault is not null and not l.note)
      """;

  private static final String RESOLVED =
      """
      -- resolvedOfImport
      update import_entry e set content = e.content || f.found
        from (
          select row_number, jsonb_object_agg(place, found) as found
            from (
              select row_number, place,
                     case place
                       when 'authorization' then to_jsonb('ag_' || min(replace(id::text, '-', '')))
                       when 'resources' then
                         jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                           'resource', 'res_' || replace(id::text, '-', ''), 'dataItems', items)) order by id)
                       else jsonb_agg(jsonb_build_object(
                              'scenario', 'sce_' || replace(id::text, '-', ''), 'allowed', allowed) order by id)
                     end as found
                from (select distinct on (row_number, place, id) row_number, place, id, items, allowed
                        from import_reference order by row_number, place, id) as r
               group by row_number, place) as p
           group by row_number) as f
       where f.row_number = e.row_number and e.sound
      """;

  // A product that is drafted stands as its draft says; one that was taken off the list is not
  // there.
  private static final String CURRENT =
      """
      -- currentOfImport
      create temporary table import_current on commit drop as
      select coalesce(d.code, v.code) as code, coalesce(d.kind, v.kind) as kind, d.id as draft_id, d.status as draft_status,
             coalesce(d.product_id, v.product_id) as product_id, v.version as base_version,
             case when d.id is null then v.version else d.base_version end as draft_base,
             d.id is not null or v.status <> 'DELISTED' as listed,
             coalesce(d.content, (f.form::jsonb -> 'entry') - '{kind,code}'::text[]) as content
        from (select id, product_id, code, kind, status, base_version, content from product_draft where operator_id = ?) as d
        full join (select operator_id, product_id, code, kind, version, status
                     from product_version where operator_id = ? and valid_to = 'infinity') as v
          on v.product_id = d.product_id
        left join product_entry_form f
          on f.operator_id = v.operator_id and f.product_id = v.product_id and f.version = v.version
      """;

  // A text whose language the file does not name, or not wholly, keeps that which it has in the
  // list.
  private static final String LANGUAGES =
      """
      -- languagesOfImport
      update import_entry e
         set content = jsonb_set(
                         e.content, '{%1$s,0,locale}',
                         coalesce(w.known,
                                  case when split_part(e.content #>> '{title,0,locale}', '-', 1)
                                            = split_part(e.content #>> '{%1$s,0,locale}', '-', 1)
                                       then e.content #> '{title,0,locale}' end,
                                  e.content #> '{%1$s,0,locale}'))
                       #- '{%1$s,0,guessed}'
        from (select x.row_number, c.content #> '{%1$s,0,locale}' as known
                from import_entry x
                left join import_current c
                  on c.code = x.code
                 and (c.content #> '{%1$s,0,value}' = x.content #> '{%1$s,0,value}'
                      or split_part(c.content #>> '{%1$s,0,locale}', '-', 1)
                         = split_part(x.content #>> '{%1$s,0,locale}', '-', 1))) as w
       where w.row_number = e.row_number and e.content #> '{%1$s,0,guessed}' is not null
      """;

  private static final String DIFFERENCE =
      """
      -- differenceOfImport
      create temporary table import_difference on commit drop as
      select e.row_number, coalesce(e.code, c.code) as code, e.kind, e.content, c.kind as kind_before, c.draft_id,
             c.draft_status, c.product_id, c.base_version, c.draft_base,
             case when e.code is null then 'MISSING'
                  when c.code is null or not c.listed then 'ADDED'
                  when e.content = c.content and e.kind = c.kind then 'UNCHANGED'
                  else 'CHANGED' end as change,
             case when e.code is not null and c.listed then
               array(select k from jsonb_object_keys(e.content || c.content) as k
                      where e.content -> k is distinct from c.content -> k order by k)
             else '{}' end as fields
        from (select row_number, code, kind, content from import_entry where sound) as e
        full join import_current c on c.code = e.code
       where e.code is not null
          or c.listed and not exists (select from import_entry x where x.code = c.code)
      """;

  private static final String LOCKED =
      """
      -- lockedOfImport
      insert into import_line (row_number, column_name, fault, message, note)
      select row_number, null, 'STATE_TRANSITION',
             'The draft of this product is ' || draft_status || '. Take it back before it is changed.', false
        from import_difference
       where change in ('ADDED', 'CHANGED') and draft_status not in ('DRAFT', 'RETURNED')
      union all
      select row_number, 'kind', 'KIND_CHANGED', 'A published product keeps its kind, which is ' || kind_before || '.', false
        from import_difference
       where change in ('ADDED', 'CHANGED') and base_version is not null and kind <> kind_before
      """;

  private static final String FORGET =
      """
      -- forgetRefusedOfImport
      delete from import_difference d
       using import_line l
       where l.row_number = d.row_number and l.fault is not null and not l.note
      """;

  /** Looks references up, and finds out what is other than before. */
  void compare(RunningJob running, StagedCheck check)
      throws SQLException, JobStopped, InterruptedException {
    for (var sql :
        new String[] {
          ENTRIES, "analyze import_entry", DOUBLES, REFERENCES, "analyze import_reference"
        }) {
      statements.execute(sql);
    }
    running.count(0, 0, 0.56);
    statements.execute(RESOURCES);
    statements.execute(IDENTIFIERS);
    statements.execute(SCENARIOS);
    statements.execute(GRANTS, operator);
    running.count(0, 0, 0.60);
    for (var sql : new String[] {UNKNOWN, UNLISTED, "analyze import_line", UNSOUND, RESOLVED}) {
      statements.execute(sql);
    }
    running.count(0, 0, 0.64);
    statements.execute(CURRENT, operator, operator);
    statements.execute("analyze import_current");
    statements.execute(LANGUAGES.formatted("title"));
    statements.execute(LANGUAGES.formatted("summary"));
    statements.execute(DIFFERENCE);
    statements.execute("analyze import_difference");
    statements.execute(LOCKED);
    running.count(0, 0, 0.7);
    check.run();
    statements.execute(FORGET);
  }

  /**
   * How the rows came out.
   *
   * @param header whether the headings were not understood
   */
  record Counted(
      int rows,
      int failed,
      int faults,
      boolean header,
      int sound,
      int added,
      int changed,
      int unchanged,
      int missing) {}

  private static final String COUNT =
      """
      -- countImport
      select (select count(distinct row_number) from import_line where content is not null or fault = 'UNREADABLE_ROW')::int,
             (select count(distinct row_number) from import_line where fault is not null and not note)::int,
             (select count(*) from import_line where fault is not null)::int,
             exists (select from import_line where fault in ('UNKNOWN_COLUMN', 'MISSING_COLUMN', 'DUPLICATE_COLUMN')),
             count(*) filter (where change <> 'MISSING')::int,
             count(*) filter (where change = 'ADDED')::int, count(*) filter (where change = 'CHANGED')::int,
             count(*) filter (where change = 'UNCHANGED')::int, count(*) filter (where change = 'MISSING')::int
        from import_difference
      """;

  Counted counted() throws SQLException {
    return statements.only(
        COUNT,
        row ->
            new Counted(
                row.getInt(1),
                row.getInt(2),
                row.getInt(3),
                row.getBoolean(4),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                row.getInt(8),
                row.getInt(9)));
  }

  private static final String INSERT =
      """
      -- insertDraftsOfImport
      insert into product_draft
             (operator_id, id, product_id, kind, code, base_version, content, created_at, created_by, updated_at, updated_by)
      select ?, gen_random_uuid(), coalesce(product_id, gen_random_uuid()), kind, code, base_version, content, w.at,
             w.name, w.at, w.name
        from import_difference
       cross join (select ?::timestamptz, ?::text) as w (at, name)
       where change in ('ADDED', 'CHANGED') and draft_id is null
      """;

  // As by productDraftUpdate, a returned draft stays so, with the reasons, until it is submitted
  // again.
  private static final String UPDATE =
      """
      -- updateDraftsOfImport
      update product_draft d
         set content = f.content, kind = f.kind, version = d.version + 1, updated_at = ?, updated_by = ?
        from import_difference f
       where d.operator_id = ? and d.id = f.draft_id and f.change = 'CHANGED' and d.status in ('DRAFT', 'RETURNED')
      """;

  private static final String TELL =
      EventRows.appendFrom(
          """
          select 'DRAFT_CHANGED', 'pd_' || replace(d.id::text, '-', ''), d.version, d.operator_id, f.fields
            from import_difference f
            join product_draft d on d.operator_id = ? and d.code = f.code
           where f.change in ('ADDED', 'CHANGED')
          """);

  /** Makes drafts of what is new, and changes those of what is other. */
  void apply() throws SQLException {
    var name = actor().name();
    var written = statements.execute(UPDATE, now, name, operator);
    written += statements.execute(INSERT, operator, now, name);
    if (written >= MANY) {
      // The next statement joins what was just written, of which statistics know nothing yet.
      statements.execute("analyze product_draft");
    }
    statements.execute(TELL, operator, now, actor().subject(), name, job.requestId());
  }

  private dev.fairground.kernel.Viewer.Actor actor() {
    return java.util.Objects.requireNonNull(job.viewer().actor());
  }

  private static final String FAULTS =
      """
      -- faultsOfImport
      select row_number, column_name, case when note then 'WARNING' else 'ERROR' end, fault, rule, message from import_line
       where fault is not null
       order by row_number, column_name, fault, message
      """;

  void eachFault(BlockingTransaction.Takes takes) throws SQLException {
    statements.each(FAULTS, takes);
  }

  private static final String DIFFERENCES =
      """
      -- differencesOfImport
      select jsonb_strip_nulls(jsonb_build_object(
               'code', code, 'change', change, 'row', row_number,
               'fields', case when change = 'CHANGED' then to_jsonb(fields) end))::text
        from import_difference
       where change <> 'UNCHANGED'
       order by row_number nulls last, code
      """;

  void eachDifference(BlockingTransaction.Takes takes) throws SQLException {
    statements.each(DIFFERENCES, takes);
  }

  private static final String KEEP =
      """
      -- keepFaultsOfImport
      insert into bulk_job_error (job_id, number, row_number, "column", severity, code, rule, message)
      select ?, row_number() over (order by row_number, column_name, fault, message), nullif(row_number, 0), column_name,
             case when note then 'WARNING' else 'ERROR' end, fault, rule, message
        from (select row_number, column_name, fault, rule, message, note
                from import_line
               where fault is not null
               order by note, row_number, column_name, fault, message
               limit 10000) as first
      """;

  void keepFaults() throws SQLException {
    statements.execute(KEEP, job.id());
  }

  private static final String FINISH =
      """
      -- finishImport
      update bulk_job
         set status = ?, rows_read = ?, rows_failed = ?, result_id = ?, errors_id = ?, counts = ?::jsonb, error_code = ?,
             error_message = ?, finished_at = ?, leased_until = null, progress = 1
       where id = ? and worker = ? and attempt = ? and status = 'RUNNING'
      """;

  private static final String TELL_END =
      EventRows.appendFrom(
          "select 'JOB_CHANGED', 'job_' || replace(id::text, '-', ''), null::integer, organization_id,"
              + " '{status,result}'::text[] from bulk_job where id = ?");

  /** Ends the job with what it did, unless it is another worker's by now. */
  void finish(RunningJob running, JobQueue.End end) throws SQLException, JobStopped {
    var ended =
        statements.execute(
            FINISH,
            end.status().name(),
            end.rowsRead(),
            end.rowsFailed(),
            end.result(),
            end.errors(),
            end.counts() == null ? null : end.counts().encode(),
            end.errorCode(),
            end.errorMessage(),
            ImportWork.now(clock),
            job.id(),
            running.worker(),
            job.attempt());
    if (ended == 0) {
      running.stop();
      throw new JobStopped();
    }
    statements.execute(TELL_END, job.id(), now, actor().subject(), actor().name(), job.requestId());
  }
}
