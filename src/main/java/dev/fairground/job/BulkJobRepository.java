package dev.fairground.job;

import dev.fairground.format.FileFormat;
import dev.fairground.graphql.Write;
import dev.fairground.job.BulkJob.BulkError;
import dev.fairground.job.BulkJob.Kind;
import dev.fairground.job.BulkJob.ListDifferenceCounts;
import dev.fairground.job.BulkJob.Status;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over jobs as their organizations see them. */
final class BulkJobRepository {
  private static final int KEPT_DAYS = 7;

  private static final String COLUMNS =
      "j.id, j.organization_id, j.kind, j.status, j.format, j.validate_only, j.progress, j.rows_read, j.rows_failed,"
          + " j.as_of, j.counts, j.error_code, j.error_message, j.actor_name, j.created_at, j.started_at, j.finished_at,"
          + " j.expires_at, r.id, r.name, r.media_type, r.part_bytes, r.byte_size, r.digest,"
          + " e.id, e.name, e.media_type, e.part_bytes, e.byte_size, e.digest";

  private static final String FROM =
      "bulk_job j left join stored_file r on r.id = j.result_id and r.digest is not null"
          + " left join stored_file e on e.id = j.errors_id and e.digest is not null";

  static final PageSelect<BulkJob> LIST =
      PageSelect.plain("bulkJobs", COLUMNS, FROM, BulkJobRepository::job);

  static final PageSelect<BulkError> ERRORS =
      PageSelect.plain(
              "errorsOfBulkJobs",
              "w.number, w.row_number, w.\"column\", w.severity, w.code, w.rule, w.message",
              "bulk_job_error w",
              BulkJobRepository::error)
          .linked("errorsOfBulkJobs", "w.job_id");

  private final Database database;

  BulkJobRepository(Database database) {
    this.database = database;
  }

  /** The jobs of organizations for which the viewer may run jobs. */
  static Clause visible(Viewer viewer) {
    return viewer.rights().everywhere(Scope.JOB_RUN)
        ? Clause.TRUE
        : Clause.of(
            "j.organization_id = any(?)", (Object) viewer.rights().organizations(Scope.JOB_RUN));
  }

  private static final String BY_ID =
      "-- bulkJobsById\nselect "
          + COLUMNS
          + " from "
          + FROM
          + " where j.id = any($1) and (j.organization_id = any($2) or $3)";

  Future<List<BulkJob>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(), BY_ID, visibleTo(reading.viewer(), ids), BulkJobRepository::job);
  }

  /** One job as its transaction sees it; null where there is none for the viewer. */
  Future<@Nullable BulkJob> find(SqlConnection transaction, Viewer viewer, UUID id) {
    return database.first(
        transaction, BY_ID, visibleTo(viewer, List.of(id)), BulkJobRepository::job);
  }

  private static Tuple visibleTo(Viewer viewer, Collection<UUID> ids) {
    return Tuple.of(
        Rows.ids(ids),
        viewer.rights().organizations(Scope.JOB_RUN),
        viewer.rights().everywhere(Scope.JOB_RUN));
  }

  private static final String INSERT =
      """
      -- insertBulkJob
      insert into bulk_job
             (id, organization_id, kind, status, format, input, validate_only, caller, actor, actor_name, rights,
              request_id, as_of, created_at, expires_at)
      values ($1, $2, $3, 'QUEUED', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """;

  Future<Void> insert(SqlConnection transaction, Write write, NewJob job) {
    var now = at(write.moment().now());
    return database
        .rows(
            transaction,
            INSERT,
            Tuple.from(
                new Object[] {
                  job.id(),
                  job.organizationId(),
                  job.kind().name(),
                  job.format().name(),
                  job.input(),
                  job.validateOnly(),
                  write.viewer().key(),
                  write.actor().subject(),
                  write.actor().name(),
                  RightsJson.write(write.viewer().rights()),
                  write.requestId(),
                  job.asOf() == null ? null : at(job.asOf()),
                  now,
                  now.plusDays(KEPT_DAYS)
                }))
        .mapEmpty();
  }

  private static final String WAITING =
      """
      -- countOpenBulkJobs
      select count(*)::int from bulk_job where organization_id = $1 and finished_at is null
      """;

  /** How many jobs of an organization have not ended. */
  Future<Integer> open(SqlConnection transaction, UUID organizationId) {
    return database
        .list(transaction, WAITING, Tuple.of(organizationId), row -> row.getInteger(0))
        .map(List::getFirst);
  }

  private static final String CANCEL =
      """
      -- cancelBulkJob
      update bulk_job
         set cancel_asked = true,
             status = case status when 'QUEUED' then 'CANCELLED' else status end,
             finished_at = case status when 'QUEUED' then $2::timestamptz end
       where id = $1 and finished_at is null
      returning status
      """;

  /** Ends a job that waits, and tells the worker of one that runs; false if it had ended. */
  Future<Boolean> cancel(SqlConnection transaction, UUID id, Instant now) {
    return database
        .list(transaction, CANCEL, Tuple.of(id, at(now)), row -> row.getString(0))
        .map(rows -> !rows.isEmpty());
  }

  static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static BulkJob job(Row row) {
    return new BulkJob(
        row.getUUID(0),
        row.getUUID(1),
        Kind.valueOf(row.getString(2)),
        Status.valueOf(row.getString(3)),
        FileFormat.valueOf(row.getString(4)),
        row.getBoolean(5),
        progress(row),
        row.getInteger(7),
        row.getInteger(8),
        row.getOffsetDateTime(9),
        file(row, 18),
        file(row, 24),
        counts(row.getJsonObject(10)),
        row.getString(11),
        row.getString(12),
        row.getString(13),
        row.getOffsetDateTime(14),
        row.getOffsetDateTime(15),
        row.getOffsetDateTime(16),
        row.getOffsetDateTime(17));
  }

  /** How long a list is, nobody knows before it was read. */
  private static @Nullable Double progress(Row row) {
    var progress = row.getDouble(6);
    return "EXPORT".equals(row.getString(2)) && progress > 0 && progress < 1 ? null : progress;
  }

  private static @Nullable StoredFile file(Row row, int first) {
    var id = row.getUUID(first);
    return id == null
        ? null
        : new StoredFile(
            id,
            row.getUUID(1),
            row.getString(first + 1),
            row.getString(first + 2),
            row.getInteger(first + 3),
            row.getLong(first + 4),
            row.getString(first + 5));
  }

  private static @Nullable ListDifferenceCounts counts(@Nullable JsonObject counts) {
    return counts == null
        ? null
        : new ListDifferenceCounts(
            counts.getInteger("added"),
            counts.getInteger("changed"),
            counts.getInteger("unchanged"),
            counts.getInteger("missing"));
  }

  private static BulkError error(Row row) {
    return new BulkError(
        row.getInteger(0),
        row.getInteger(1),
        row.getString(2),
        BulkJob.Severity.valueOf(row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6));
  }
}
