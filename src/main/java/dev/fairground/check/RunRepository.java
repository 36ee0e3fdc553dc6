package dev.fairground.check;

import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.Result;
import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that keeps runs, many at once. */
final class RunRepository {
  private final Database database;

  RunRepository(Database database) {
    this.database = database;
  }

  /** What the newest run of a subject said. */
  record Newest(UUID runId, String digest, JsonArray kept) {
    List<Result> results() {
      return Results.read(kept);
    }
  }

  private static final String NEWEST =
      """
      -- newestCheckRuns
      select s.id, n.id, n.digest, n.results
        from unnest($2::uuid[]) as s (id)
       cross join lateral (
         select r.id, r.digest, r.results
           from check_run r
          where r.subject_kind = $1 and r.subject_id = s.id
          order by r.number desc
          limit 1) as n
      """;

  Future<Map<UUID, Newest>> newest(
      SqlConnection transaction, Check.Subject kind, Collection<UUID> subjects) {
    return database
        .list(
            transaction,
            NEWEST,
            Tuple.of(kind.name(), (Object) Rows.ids(subjects)),
            row ->
                Map.entry(
                    row.getUUID(0),
                    new Newest(row.getUUID(1), row.getString(2), (JsonArray) row.getValue(3))))
        .map(
            rows -> {
              var newest = new HashMap<UUID, Newest>();
              rows.forEach(row -> newest.put(row.getKey(), row.getValue()));
              return newest;
            });
  }

  private static final String INSERT =
      """
      -- insertCheckRuns
      insert into check_run (id, subject_kind, subject_id, subject, subject_version, operator_id, institution_id,
             jurisdiction_code, day, read_at, run_at, rule_sets, digest, results, cause, run_by, party_id)
      select r.id, r.kind, r.subject_id, r.subject, r.version, r.operator_id, r.institution_id, r.jurisdiction,
             r.day, r.read_at, $2, r.rule_sets, r.digest, r.results, $3, $4, r.party_id
        from jsonb_to_recordset($1) as r (id uuid, kind text, subject_id uuid, subject text, version integer,
               operator_id uuid, institution_id uuid, jurisdiction text, day date, read_at timestamptz,
               rule_sets text, digest text, results jsonb, party_id uuid)
       order by r.kind, r.subject_id
      """;

  /** Keeps runs. */
  Future<Void> insert(SqlConnection transaction, Write write, Cause cause, JsonArray rows) {
    if (rows.isEmpty()) {
      return Future.succeededFuture();
    }
    return database
        .rows(
            transaction,
            INSERT,
            Tuple.of(
                rows,
                write.moment().now().atOffset(ZoneOffset.UTC),
                cause.name(),
                write.actor().name()))
        .mapEmpty();
  }

  /** Runs as rows, under the ids that they get. */
  static JsonArray rows(Map<UUID, Examined> runs) {
    var rows = new JsonArray();
    runs.forEach((id, run) -> rows.add(row(id, run)));
    return rows;
  }

  private static JsonObject row(UUID id, Examined run) {
    var subject = run.subject();
    return new JsonObject()
        .put("id", id.toString())
        .put("kind", subject.kind().name())
        .put("subject_id", subject.id().toString())
        .put("subject", subject.globalId())
        .put("version", subject.version())
        .put("operator_id", text(subject.operatorId()))
        .put("institution_id", text(subject.institutionId()))
        .put("party_id", text(subject.partyId()))
        .put("jurisdiction", subject.jurisdictionCode())
        .put("day", run.ground().day().toString())
        .put("read_at", subject.readAt().toString())
        .put("rule_sets", run.ground().rules().version())
        .put("digest", run.digest())
        .put("results", Results.write(run.ground(), run.results()));
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }
}
