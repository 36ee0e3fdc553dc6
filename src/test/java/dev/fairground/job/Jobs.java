package dev.fairground.job;

import dev.fairground.Asking;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Role;
import dev.fairground.sql.BlockingTransaction;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Starts jobs of a test, waits for them, and fetches what they wrote. */
final class Jobs implements AutoCloseable {
  static final UUID OPERATOR = UUID.fromString("00000000-0000-4000-8000-000000000001");
  static final String FIELDS =
      "id status rowsRead rowsFailed progress errorCode errorMessage asOf difference { added changed unchanged missing }"
          + " result { name path mediaType byteSize digest } errorFile { name path byteSize }"
          + " errors(first: 100) { totalCount nodes { row column severity code rule message } }";

  private final Asking asking;
  private final DatabaseAddress address;
  private final JobWorkers workers;
  private final FileStore files;
  private int keys;

  Jobs(Asking asking, Vertx vertx, Database database, DatabaseAddress address) {
    this(
        asking,
        vertx,
        database,
        address,
        JobLimits.read(
            (name, standard, least, most) ->
                name.equals("FAIRGROUND_JOB_POLL_MILLIS") ? 20 : standard));
  }

  Jobs(Asking asking, Vertx vertx, Database database, DatabaseAddress address, JobLimits limits) {
    this.asking = asking.as(Role.OPERATOR, OPERATOR);
    this.address = address;
    this.files = new FileStore(database, InstantSource.system(), limits);
    this.workers =
        new JobWorkers(vertx, database, address, asking.engine(), InstantSource.system(), limits)
            .start();
  }

  Asking asking() {
    return asking;
  }

  JsonObject start(String mutation, Map<String, Object> input) {
    var all = new HashMap<>(input);
    all.putIfAbsent("idempotencyKey", "key-" + ++keys);
    var type = Character.toUpperCase(mutation.charAt(0)) + mutation.substring(1) + "Input!";
    return asking.mutate(
        "mutation ($input: %s) { %s(input: $input) { bulkJob { id status } userErrors { code message path } } }"
            .formatted(type, mutation),
        all);
  }

  JsonObject export(String query, String format) throws Exception {
    return ended(start("bulkExportStart", Map.of("query", query, "format", format)));
  }

  JsonObject ended(JsonObject payload) throws Exception {
    if (payload.getJsonObject("bulkJob") == null) {
      throw new AssertionError(payload.encodePrettily());
    }
    return ended(payload.getJsonObject("bulkJob").getString("id"));
  }

  JsonObject ended(String id) throws Exception {
    for (int i = 0; i < 12_000; i++) {
      var job = job(id);
      if (!job.getString("status").equals("QUEUED") && !job.getString("status").equals("RUNNING")) {
        return job;
      }
      Thread.sleep(50);
    }
    throw new AssertionError("the job does not end: " + job(id).encodePrettily());
  }

  JsonObject job(String id) {
    return asking
        .data("{ bulkJob(id: \"%s\") { %s } }".formatted(id, FIELDS))
        .getJsonObject("bulkJob");
  }

  byte[] file(JsonObject job, String field) throws Exception {
    var path = job.getJsonObject(field).getString("path");
    var bytes = new ByteArrayOutputStream();
    try (var connection = address.connect("test")) {
      connection.setAutoCommit(false);
      new BlockingTransaction(connection)
          .each(
              "select bytes from stored_file_part where file_id = ? order by position",
              row -> bytes.writeBytes(row.getBytes(1)),
              Ids.uuid(path));
    }
    return bytes.toByteArray();
  }

  String upload(byte[] file) throws Exception {
    var upload = files.begin(asking.viewer(), "list", file.length).await();
    for (int i = 0; i < file.length; i += 100_000) {
      upload
          .write(
              Buffer.buffer(
                  java.util.Arrays.copyOfRange(file, i, Math.min(file.length, i + 100_000))))
          .await();
    }
    return upload.end().await().getString("uploadId");
  }

  /** An upload that is written text by text. */
  interface Uploading {
    void accept(String text) throws Exception;

    default String end() throws Exception {
      throw new UnsupportedOperationException();
    }
  }

  Uploading uploading() throws Exception {
    var upload = files.begin(asking.viewer(), "list", -1).await();
    return new Uploading() {
      @Override
      public void accept(String text) {
        upload.write(Buffer.buffer(text)).await();
      }

      @Override
      public String end() {
        return upload.end().await().getString("uploadId");
      }
    };
  }

  JsonObject importing(byte[] file, String format, boolean validateOnly, String policy)
      throws Exception {
    return ended(
        start(
            "bulkImportStart",
            Map.of(
                "uploadId", upload(file),
                "format", format,
                "operatorId", Ids.write("org", OPERATOR),
                "errorPolicy", policy,
                "validateOnly", validateOnly)));
  }

  String text(JsonObject job) throws Exception {
    return new String(file(job, "result"), java.nio.charset.StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws Exception {
    workers.close();
  }
}
