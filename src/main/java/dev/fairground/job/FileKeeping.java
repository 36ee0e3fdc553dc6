package dev.fairground.job;

import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes jobs and files whose time is over, a little at a time. */
final class FileKeeping {
  private static final Logger LOG = LoggerFactory.getLogger(FileKeeping.class);
  static final long PAUSE_MILLIS = 60_000;

  private final Database database;
  private final InstantSource clock;

  FileKeeping(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  // Files that were never finished belong to workers or callers that were lost.
  private static final String OLD =
      """
      -- oldStoredFile
      select exists (
               select from stored_file
                where expires_at < $1 or digest is null and created_at < $1 - interval '1 day')
             or exists (select from bulk_job where expires_at < $1 and finished_at is not null)
      """;

  private static final String PARTS =
      """
      -- deleteStoredFileParts
      delete from stored_file_part
       where (file_id, position) in (
               select p.file_id, p.position
                 from stored_file f
                 join stored_file_part p on p.file_id = f.id
                where f.expires_at < $1 or f.digest is null and f.created_at < $1 - interval '1 day'
                limit 500)
      """;

  private static final String FILES =
      """
      -- deleteStoredFiles
      delete from stored_file f
       where (f.expires_at < $1 or f.digest is null and f.created_at < $1 - interval '1 day')
         and not exists (select from stored_file_part p where p.file_id = f.id)
      """;

  private static final String JOBS =
      """
      -- deleteBulkJobs
      delete from bulk_job where id in (
        select id from bulk_job where expires_at < $1 and finished_at is not null limit 50)
      """;

  Future<Void> clean() {
    var now = BulkJobRepository.at(clock.instant());
    return database
        .list(new Reads(), OLD, Tuple.of(now), row -> row.getBoolean(0))
        .compose(
            old ->
                !old.getFirst()
                    ? Future.<Void>succeededFuture()
                    : database.inTransaction(
                        transaction ->
                            database
                                .rows(transaction, PARTS, Tuple.of(now))
                                .compose(done -> database.rows(transaction, FILES, Tuple.of(now)))
                                .compose(done -> database.rows(transaction, JOBS, Tuple.of(now)))
                                .mapEmpty()))
        .onFailure(failure -> LOG.warn("old files could not be deleted", failure));
  }
}
