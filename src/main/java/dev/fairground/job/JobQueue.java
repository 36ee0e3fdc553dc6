package dev.fairground.job;

import dev.fairground.event.EventLog;
import dev.fairground.event.EventType;
import dev.fairground.event.NewEvent;
import dev.fairground.format.FileFormat;
import dev.fairground.graphql.Write;
import dev.fairground.job.BulkJob.Kind;
import dev.fairground.job.BulkJob.Status;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * SQL by which workers of all servers share out the jobs. A worker holds a lease, counted by the
 * database's clock, which all of them see; a job whose lease ran out is taken by another one.
 */
final class JobQueue {
  /** A job that ended its worker this often is given up. */
  static final int MOST_ATTEMPTS = 3;

  private final Database database;
  private final EventLog events;
  private final InstantSource clock;
  private final int leaseSeconds;

  JobQueue(Database database, EventLog events, InstantSource clock, int leaseSeconds) {
    this.database = database;
    this.events = events;
    this.clock = clock;
    this.leaseSeconds = leaseSeconds;
  }

  private static final String WAITING =
      """
      -- waitingBulkJobs
      select exists (
               select from bulk_job
                where finished_at is null and (status = 'QUEUED' or leased_until < clock_timestamp()))
      """;

  /** Whether a job waits for a worker. */
  Future<Boolean> waiting() {
    return database
        .list(new Reads(), WAITING, Tuple.tuple(), row -> row.getBoolean(0))
        .map(List::getFirst);
  }

  // The organization with the fewest running jobs comes first, and of its jobs the oldest.
  private static final String CLAIM =
      """
      -- claimBulkJob
      update bulk_job
         set status = 'RUNNING', worker = $1, leased_until = clock_timestamp() + make_interval(secs => $2),
             attempt = attempt + 1, started_at = coalesce(started_at, $3), progress = 0, rows_read = 0, rows_failed = 0
       where id = (
               select j.id
                 from bulk_job j
                where j.finished_at is null and (j.status = 'QUEUED' or j.leased_until < clock_timestamp())
                order by (select count(*) from bulk_job r
                           where r.organization_id = j.organization_id and r.finished_at is null and r.status = 'RUNNING'),
                         j.created_at, j.id
                  for update of j skip locked
                limit 1)
      returning id, organization_id, kind, format, input, validate_only, as_of, caller, actor, actor_name, rights,
                request_id, attempt, created_at
      """;

  /** Takes a job that waits, or that a lost worker left; null if there is none. */
  Future<@Nullable ClaimedJob> claim(UUID worker) {
    return database.inTransaction(
        transaction ->
            database
                .first(
                    transaction,
                    CLAIM,
                    Tuple.of(worker, (double) leaseSeconds, BulkJobRepository.at(clock.instant())),
                    JobQueue::claimed)
                .compose(
                    job ->
                        job == null
                            ? Future.succeededFuture()
                            : tell(transaction, job, "status").map(job)));
  }

  private static final String HOLD =
      """
      -- holdBulkJobs
      update bulk_job set leased_until = clock_timestamp() + make_interval(secs => $2)
       where worker = $1 and status = 'RUNNING'
      returning id, cancel_asked
      """;

  /** Renews the leases of a worker; its jobs, and whether each is to be stopped. */
  Future<Map<UUID, Boolean>> hold(UUID worker) {
    return database.inTransaction(
        transaction ->
            database
                .list(
                    transaction,
                    HOLD,
                    Tuple.of(worker, (double) leaseSeconds),
                    row -> Map.entry(row.getUUID(0), row.getBoolean(1)))
                .map(
                    rows ->
                        rows.stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
  }

  private static final String PROGRESS =
      """
      -- progressOfBulkJob
      update bulk_job set progress = $3, rows_read = $4, rows_failed = $5
       where id = $1 and worker = $2 and status = 'RUNNING' and attempt = $6
      returning id
      """;

  /** Writes how far a job is; false if it is the worker's no more. */
  Future<Boolean> progress(
      ClaimedJob job, UUID worker, double progress, int rowsRead, int rowsFailed) {
    return database.inTransaction(
        transaction ->
            database
                .rows(
                    transaction,
                    PROGRESS,
                    Tuple.of(job.id(), worker, progress, rowsRead, rowsFailed, job.attempt()))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture(false)
                            : tell(transaction, job, "progress", "rowsRead", "rowsFailed")
                                .map(true)));
  }

  /** How a job ended. */
  record End(
      Status status,
      int rowsRead,
      int rowsFailed,
      @Nullable UUID result,
      @Nullable UUID errors,
      @Nullable JsonObject counts,
      @Nullable String errorCode,
      @Nullable String errorMessage) {
    static End failed(int rowsRead, String code, String message) {
      return new End(Status.FAILED, rowsRead, 0, null, null, null, code, message);
    }
  }

  private static final String FINISH =
      """
      -- finishBulkJob
      update bulk_job
         set status = $4, rows_read = $5, rows_failed = $6, result_id = $7, errors_id = $8, counts = $9, error_code = $10,
             error_message = $11, finished_at = $12, leased_until = null,
             progress = case when $4 in ('SUCCEEDED', 'PARTIAL') then 1 else progress end
       where id = $1 and worker = $2 and attempt = $3 and status = 'RUNNING'
      returning id
      """;

  /** Ends a job; false if it is the worker's no more. */
  Future<Boolean> finish(ClaimedJob job, UUID worker, End end) {
    return database.inTransaction(
        transaction ->
            database
                .rows(
                    transaction,
                    FINISH,
                    Tuple.from(
                        new @Nullable Object[] {
                          job.id(),
                          worker,
                          job.attempt(),
                          end.status().name(),
                          end.rowsRead(),
                          end.rowsFailed(),
                          end.result(),
                          end.errors(),
                          end.counts(),
                          end.errorCode(),
                          end.errorMessage(),
                          BulkJobRepository.at(clock.instant())
                        }))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture(false)
                            : tell(transaction, job, "status", "result").map(true)));
  }

  private static final String RELEASE =
      """
      -- releaseBulkJobs
      update bulk_job set leased_until = clock_timestamp(), attempt = attempt - 1
       where worker = $1 and status = 'RUNNING'
      """;

  /** Leaves a worker's jobs to others. */
  Future<Void> release(UUID worker) {
    return database.inTransaction(
        transaction -> database.rows(transaction, RELEASE, Tuple.of(worker)).mapEmpty());
  }

  private Future<Void> tell(SqlConnection transaction, ClaimedJob job, String... fields) {
    return events.append(
        transaction,
        new Write(job.viewer(), Moment.present(clock.instant()), job.requestId()),
        List.of(changed(job.id(), job.organizationId(), List.of(fields))));
  }

  /** The event of a job that changed. */
  static NewEvent changed(UUID id, UUID organizationId, List<String> fields) {
    return new NewEvent(
        EventType.JOB_CHANGED, Ids.write(BulkJob.PREFIX, id), null, organizationId, false, fields);
  }

  private static ClaimedJob claimed(Row row) {
    var asOf = row.getOffsetDateTime(6);
    return new ClaimedJob(
        row.getUUID(0),
        row.getUUID(1),
        Kind.valueOf(row.getString(2)),
        FileFormat.valueOf(row.getString(3)),
        row.getJsonObject(4),
        row.getBoolean(5),
        asOf == null ? null : asOf.toInstant(),
        new Viewer(
            row.getString(7),
            new Viewer.Actor(row.getString(8), row.getString(9), null),
            RightsJson.read(row.getJsonObject(10))),
        row.getString(11),
        row.getInteger(12),
        row.getOffsetDateTime(13).toInstant());
  }
}
