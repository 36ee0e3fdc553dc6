package dev.fairground.check;

import dev.fairground.clock.Clocks;
import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.Result;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Opens flags, and closes those whose check passes again; many at once. */
final class FlagWriter {
  static final String ANSWER = "flagAnswerWd";

  private final Database database;
  private final Clocks clocks;

  FlagWriter(Database database) {
    this.database = database;
    this.clocks = new Clocks(database);
  }

  /** A result that people have to look at, of a run. */
  record Opening(UUID runId, Subject subject, Result result) {}

  /** A check that a run found nothing against. */
  record Passing(UUID runId, Subject subject, Check check) {}

  /** A subject whose flag was opened or closed, and the data authority that is told. */
  record Told(UUID subjectId, @Nullable UUID authorityId) {}

  private record Opened(
      UUID id,
      UUID subjectId,
      String jurisdictionCode,
      @Nullable UUID operatorId,
      @Nullable UUID authorityId,
      boolean timed) {
    static Opened of(Row row) {
      return new Opened(
          row.getUUID(0),
          row.getUUID(1),
          Objects.requireNonNull(row.getString(2)),
          row.getUUID(3),
          row.getUUID(4),
          Rows.truth(row, 5));
    }
  }

  // Of two servers that open the same, one does. One that gets graver stays the same flag, and what
  // was answered to the lesser is no answer to it.
  private static final String OPEN =
      """
      -- openCheckFlags
      with opened as (
        insert into check_flag (id, check_code, subject_kind, subject_id, subject, operator_id, institution_id,
               jurisdiction_code, outcome, opened_run, opened_at, opened_on)
        select f.id, f.code, f.kind, f.subject_id, f.subject, f.operator_id, f.institution_id, f.jurisdiction,
               f.outcome, f.run_id, $2, $3
          from jsonb_to_recordset($1) as f (id uuid, code text, kind text, subject_id uuid, subject text,
                 operator_id uuid, institution_id uuid, jurisdiction text, outcome text, run_id uuid)
         order by f.kind, f.subject_id, f.code
            on conflict (subject_kind, subject_id, check_code) where state <> 'CLOSED' do update
           set outcome = excluded.outcome, opened_run = excluded.opened_run, version = check_flag.version + 1,
               state = 'OPEN'
         where check_flag.outcome = 'FLAG' and excluded.outcome = 'BLOCK'
        returning id, subject_id, jurisdiction_code, operator_id
      ), named as (
        insert into check_pseudonym (operator_id)
        select distinct o.operator_id from opened o where o.operator_id is not null
            on conflict do nothing
      )
      select o.id, o.subject_id, o.jurisdiction_code, o.operator_id,
             (select r.organization_id from organization_role r
               where r.role = 'DATA_AUTHORITY' and r.jurisdiction_code = o.jurisdiction_code and r.starts_on <= $3
                 and (r.ends_on is null or r.ends_on >= $3)
               order by r.starts_on, r.organization_id limit 1),
             exists (select 1 from clock c where c.subject = global_id('cf', o.id) and c.state in ('RUNNING', 'PAUSED'))
        from opened o
      """;

  /**
   * Those that are not open yet, or less grave; with each begins the time to answer it unless that
   * runs already.
   *
   * @return the subjects whose flags were opened, each with who is told
   */
  Future<List<Told>> open(SqlConnection transaction, Write write, List<Opening> openings) {
    if (openings.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    var rows = new JsonArray();
    for (var opening : openings) {
      var subject = opening.subject();
      rows.add(
          new JsonObject()
              .put("id", UUID.randomUUID().toString())
              .put("code", opening.result().check().code())
              .put("kind", subject.kind().name())
              .put("subject_id", subject.id().toString())
              .put("subject", subject.globalId())
              .put("operator_id", text(subject.operatorId()))
              .put("institution_id", text(subject.institutionId()))
              .put("jurisdiction", subject.jurisdictionCode())
              .put("outcome", opening.result().outcome().name())
              .put("run_id", opening.runId().toString()));
    }
    return database
        .list(
            transaction,
            OPEN,
            Tuple.of(rows, write.moment().now().atOffset(ZoneOffset.UTC), write.moment().day()),
            Opened::of)
        .compose(opened -> begin(transaction, write, opened));
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }

  private Future<List<Told>> begin(SqlConnection transaction, Write write, List<Opened> opened) {
    var starts =
        opened.stream()
            .filter(flag -> !flag.timed())
            .map(
                flag ->
                    new Clocks.Start(
                        Ids.write(CheckFlag.PREFIX, flag.id()),
                        ANSWER,
                        flag.jurisdictionCode(),
                        flag.operatorId(),
                        flag.authorityId(),
                        write.moment().day()))
            .toList();
    return clocks
        .startAll(transaction, write, starts)
        .map(
            done ->
                opened.stream()
                    .map(flag -> new Told(flag.subjectId(), flag.authorityId()))
                    .toList());
  }

  private static final String CLOSE =
      """
      -- closeCheckFlags
      with closed as (
        update check_flag f
           set version = f.version + 1, state = 'CLOSED', conclusion = 'PASSED_AGAIN', closed_run = p.run_id,
               closed_at = $2, closed_on = $3, closed_by = $4
          from jsonb_to_recordset($1) as p (kind text, subject_id uuid, code text, run_id uuid)
         where f.subject_kind = p.kind and f.subject_id = p.subject_id and f.check_code = p.code and f.state <> 'CLOSED'
        returning f.id, f.subject_id, f.jurisdiction_code
      ), stopped as (
        update clock c set state = 'STOPPED', ended_on = $3, paused_on = null, left_when_paused = null
          from closed
         where c.subject = global_id('cf', closed.id) and c.state in ('RUNNING', 'PAUSED')
      )
      select closed.subject_id,
             (select r.organization_id from organization_role r
               where r.role = 'DATA_AUTHORITY' and r.jurisdiction_code = closed.jurisdiction_code and r.starts_on <= $3
                 and (r.ends_on is null or r.ends_on >= $3)
               order by r.starts_on, r.organization_id limit 1)
        from closed
      """;

  /**
   * Closes what has passed again.
   *
   * @return the subjects whose flags were closed
   */
  Future<List<Told>> close(SqlConnection transaction, Write write, List<Passing> passing) {
    if (passing.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    var rows = new JsonArray();
    for (var one : passing) {
      rows.add(
          new JsonObject()
              .put("kind", one.subject().kind().name())
              .put("subject_id", one.subject().id().toString())
              .put("code", one.check().code())
              .put("run_id", one.runId().toString()));
    }
    return database.list(
        transaction,
        CLOSE,
        Tuple.of(
            rows,
            write.moment().now().atOffset(ZoneOffset.UTC),
            write.moment().day(),
            write.actor().name()),
        row -> new Told(row.getUUID(0), row.getUUID(1)));
  }
}
