package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.jurisdiction.Rule;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** SQL that reads runs, each as its reader may see it. */
final class RunReader {
  private static final String COLUMNS =
      """
      r.id, r.subject, r.subject_kind, r.subject_id, r.subject_version, r.jurisdiction_code, r.day, r.read_at, r.run_at,
             r.rule_sets, r.digest, r.cause, r.results,
             array(select f.check_code from check_flag f
                    where f.subject_kind = r.subject_kind and f.subject_id = r.subject_id and f.state <> 'CLOSED'),
             %s, %s
      """;

  private static String columns(int first) {
    return COLUMNS.formatted(CheckAccess.insider("r", first), CheckAccess.ofParty("r", first));
  }

  private final Database database;

  RunReader(Database database) {
    this.database = database;
  }

  private static final String NEWEST =
      """
      -- checksOfSubjects
      select %s
        from unnest($2::uuid[]) as s (id)
       cross join lateral (
         select n.* from check_run n
          where n.subject_kind = $1 and n.subject_id = s.id and n.run_at <= $3
          order by n.number desc
          limit 1) as r
       where %s
      """
          .formatted(columns(4), CheckAccess.known("r", 4));

  /** The newest run of each subject, at the moment read. */
  Future<List<CheckRun>> newest(Reading reading, Check.Subject kind, Collection<UUID> subjects) {
    return database.list(
        reading.reads(),
        NEWEST,
        newest(
            CheckAccess.of(reading.viewer(), reading.moment().day()),
            kind,
            subjects,
            reading.moment().at().atOffset(ZoneOffset.UTC)),
        RunReader::run);
  }

  /** The newest run of each subject, within a transaction. */
  Future<List<CheckRun>> newest(
      SqlConnection transaction,
      Viewer viewer,
      Moment moment,
      Check.Subject kind,
      Collection<UUID> subjects) {
    // What another change kept meanwhile may be dated a little later.
    return database.list(
        transaction,
        NEWEST,
        newest(
            CheckAccess.of(viewer, moment.day()),
            kind,
            subjects,
            moment.at().atOffset(ZoneOffset.UTC).plusDays(1)),
        RunReader::run);
  }

  private static Tuple newest(
      CheckAccess access, Check.Subject kind, Collection<UUID> subjects, OffsetDateTime until) {
    return Tuple.of(
        kind.name(),
        Rows.ids(subjects),
        until,
        access.all(),
        access.organizations(),
        access.day(),
        access.parties());
  }

  private static final String BY_ID =
      """
      -- checkRunsById
      select %s
        from check_run r
       where r.id = any($1) and %s
      """
          .formatted(columns(2), CheckAccess.known("r", 2));

  Future<List<CheckRun>> findByIds(Reading reading, Collection<UUID> ids) {
    var access = CheckAccess.of(reading.viewer(), reading.moment().day());
    return database.list(
        reading.reads(),
        BY_ID,
        Tuple.of(
            Rows.ids(ids), access.all(), access.organizations(), access.day(), access.parties()),
        RunReader::run);
  }

  private static CheckRun run(Row row) {
    var results = (JsonArray) row.getValue(12);
    var read = Results.read(results);
    return new CheckRun(
        row.getUUID(0),
        Objects.requireNonNull(row.getString(1)),
        Rows.value(row, 2, Check.Subject.class),
        row.getUUID(3),
        row.getInteger(4),
        Objects.requireNonNull(row.getString(5)),
        row.getLocalDate(6),
        row.getOffsetDateTime(7),
        row.getOffsetDateTime(8),
        Objects.requireNonNull(row.getString(9)),
        Objects.requireNonNull(row.getString(10)),
        Rows.value(row, 11, Cause.class),
        read.stream().map(result -> new CheckRun.Kept(result, result.rules())).toList(),
        Rows.strings(row, 13),
        Rows.truth(row, 14),
        Rows.truth(row, 15));
  }

  private static final String RULES =
      """
      -- rulesOfCheckResults
      select s.jurisdiction_code, s.jurisdiction_code, s.version, p.name, p.value, p.unit, p.description,
             p.description_en, p.document, p.clause, p.url, p.confidence
        from unnest($1::text[], $2::integer[], $3::text[]) as wanted (code, version, name)
        join rule_set s on s.jurisdiction_code = wanted.code and s.version = wanted.version
        join rule_parameter p on p.rule_set_id = s.id and p.name = wanted.name
      """;

  /** The rules of results by their full names; those that no rule set says are left out. */
  Future<Map<List<String>, List<Rule>>> rules(Reading reading, Collection<List<String>> lists) {
    var names = new LinkedHashSet<String>();
    lists.forEach(names::addAll);
    names.removeIf(name -> name.indexOf('/') < 0);
    var codes = new ArrayList<String>();
    var versions = new ArrayList<Integer>();
    var parameters = new ArrayList<String>();
    for (var name : names) {
      codes.add(name.substring(0, name.indexOf(':')));
      versions.add(Integer.valueOf(name.substring(name.indexOf(':') + 1, name.indexOf('/'))));
      parameters.add(name.substring(name.indexOf('/') + 1));
    }
    return database
        .list(
            reading.reads(),
            RULES,
            Tuple.of(
                codes.toArray(String[]::new),
                versions.toArray(Integer[]::new),
                parameters.toArray(String[]::new)),
            Grounds::rule)
        .map(
            rules -> {
              var byName = new HashMap<String, Rule>();
              rules.forEach(
                  rule ->
                      byName.put(
                          rule.jurisdictionCode() + ":" + rule.ruleSetVersion() + "/" + rule.name(),
                          rule));
              var found = new HashMap<List<String>, List<Rule>>();
              lists.forEach(
                  list ->
                      found.put(
                          list, list.stream().map(byName::get).filter(Objects::nonNull).toList()));
              return found;
            });
  }
}
