package dev.fairground.job;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import dev.fairground.kernel.BadInput;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Scope;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over files as callers send and fetch them, part by part. */
public final class FileStore {
  private static final int UPLOAD_KEPT_DAYS = 1;

  private final Database database;
  private final InstantSource clock;
  private final JobLimits limits;

  public FileStore(Database database, InstantSource clock, JobLimits limits) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
  }

  private static final String FIND =
      """
      -- storedFile
      select id, organization_id, name, media_type, part_bytes, byte_size, digest
        from stored_file
       where id = $1 and digest is not null and expires_at > $2 and (organization_id = any($3) or $4)
         and organization_id is not null
      """;

  /** A file of an organization for which the viewer may run jobs; null where there is none. */
  public Future<@Nullable StoredFile> find(Viewer viewer, String id) {
    UUID known;
    try {
      known = Ids.read("id", id, List.of(StoredFile.PREFIX));
    } catch (BadInput noId) {
      return Future.succeededFuture();
    }
    return database.first(
        new Reads(),
        FIND,
        Tuple.of(
            known,
            BulkJobRepository.at(clock.instant()),
            viewer.rights().organizations(Scope.JOB_RUN),
            viewer.rights().everywhere(Scope.JOB_RUN)),
        row ->
            new StoredFile(
                row.getUUID(0),
                row.getUUID(1),
                row.getString(2),
                row.getString(3),
                row.getInteger(4),
                row.getLong(5),
                row.getString(6)));
  }

  private static final String PART =
      """
      -- storedFilePart
      select bytes from stored_file_part where file_id = $1 and position = $2
      """;

  public Future<Buffer> part(UUID file, int position) {
    return database
        .first(new Reads(), PART, Tuple.of(file, position), row -> row.getBuffer(0))
        .map(bytes -> Objects.requireNonNull(bytes, "the file has expired meanwhile"));
  }

  // The parts of an upload whose sender is lost are deleted with it, after a day.
  private static final String BEGIN =
      """
      -- beginUpload
      insert into stored_file (id, owner, name, media_type, part_bytes, created_at, expires_at)
      select $1, $2, $3, 'application/octet-stream', $4, $5, $6
       where (select count(*) from stored_file where owner = $2 and organization_id is null and expires_at > $5) < $7
      returning id
      """;

  /** Begins to take a file from somebody who may run jobs. */
  public Future<Upload> begin(Viewer viewer, String name, long length) {
    var actor = viewer.actor();
    if (actor == null || !viewer.rights().hold(Scope.JOB_RUN)) {
      return Future.failedFuture(
          new Refusal(
              ErrorCode.FORBIDDEN,
              "Sending files needs the scope job:run, which these credentials do not hold."));
    }
    if (length > most()) {
      return Future.failedFuture(tooLong());
    }
    var id = UUID.randomUUID();
    var now = BulkJobRepository.at(clock.instant());
    return database
        .inTransaction(
            transaction ->
                database.list(
                    transaction,
                    BEGIN,
                    Tuple.of(
                        id,
                        actor.subject(),
                        name,
                        FileWriting.PART_BYTES,
                        now,
                        now.plusDays(UPLOAD_KEPT_DAYS),
                        limits.uploads()),
                    row -> row.getUUID(0)))
        .compose(
            begun ->
                begun.isEmpty()
                    ? Future.failedFuture(
                        new Refusal(
                            ErrorCode.RATE_LIMITED,
                            "You have %d uploads. They are forgotten a day after they were sent."
                                .formatted(limits.uploads())))
                    : Future.succeededFuture(new Upload(id)));
  }

  private long most() {
    return limits.uploadMegabytes() * 1_000_000L;
  }

  private Refusal tooLong() {
    return new Refusal(
        ErrorCode.PAYLOAD_TOO_LARGE,
        "The file is longer than the %d MB that are taken.".formatted(limits.uploadMegabytes()));
  }

  private static final String WRITE =
      """
      -- writeUploadPart
      insert into stored_file_part (file_id, position, bytes) values ($1, $2, $3)
      """;

  private static final String END =
      """
      -- endUpload
      update stored_file set byte_size = $2, digest = $3 where id = $1
      """;

  private static final String ABANDON =
      """
      -- abandonUpload
      delete from stored_file where id = $1
      """;

  /** A file that is being taken; its calls follow each other. */
  public final class Upload {
    private final UUID id;
    private final MessageDigest digest = FileWriting.sha256();
    private Buffer waiting = Buffer.buffer();
    private int parts;
    private long bytes;

    private Upload(UUID id) {
      this.id = id;
    }

    /** Fails when the file becomes too long. */
    public Future<Void> write(Buffer more) {
      bytes += more.length();
      if (bytes > most()) {
        return Future.failedFuture(tooLong());
      }
      digest.update(more.getBytes());
      waiting.appendBuffer(more);
      return waiting.length() < FileWriting.PART_BYTES ? Future.succeededFuture() : full();
    }

    private Future<Void> full() {
      if (waiting.length() < FileWriting.PART_BYTES) {
        return Future.succeededFuture();
      }
      var part = waiting.getBuffer(0, FileWriting.PART_BYTES);
      waiting = waiting.getBuffer(FileWriting.PART_BYTES, waiting.length());
      return store(part).compose(stored -> full());
    }

    private Future<Void> store(Buffer part) {
      var position = parts++;
      return change(transaction -> database.rows(transaction, WRITE, Tuple.of(id, position, part)));
    }

    private Future<Void> change(java.util.function.Function<SqlConnection, Future<?>> statement) {
      return database.inTransaction(transaction -> statement.apply(transaction).mapEmpty());
    }

    /** What is told of the file once it is whole. */
    public Future<JsonObject> end() {
      var hex = HexFormat.of().formatHex(digest.digest());
      return (waiting.length() == 0 ? Future.<Void>succeededFuture() : store(waiting))
          .compose(
              stored ->
                  change(transaction -> database.rows(transaction, END, Tuple.of(id, bytes, hex))))
          .map(
              done ->
                  new JsonObject()
                      .put("uploadId", Ids.write(StoredFile.UPLOAD_PREFIX, id))
                      .put("byteSize", bytes)
                      .put("digest", hex)
                      .put(
                          "expiresAt",
                          clock.instant().plusSeconds(UPLOAD_KEPT_DAYS * 86_400L).toString()));
    }

    /** Nothing of it stays. */
    public Future<Void> abandon() {
      return change(transaction -> database.rows(transaction, ABANDON, Tuple.of(id)));
    }
  }
}
