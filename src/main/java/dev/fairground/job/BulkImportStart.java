package dev.fairground.job;

import static java.util.Objects.requireNonNull;

import dev.fairground.format.FileFormat;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.UUID;

/** The mutation {@code bulkImportStart}: needs to write the operator's drafts, as by hand. */
final class BulkImportStart {
  private final Database database;
  private final JobDesk desk;

  BulkImportStart(Database database, JobDesk desk) {
    this.database = database;
    this.desk = desk;
  }

  Future<BulkJobPayload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var operator = requireNonNull(input.id("operatorId", PartyResolver.PREFIX));
    var upload = requireNonNull(input.id("uploadId", StoredFile.UPLOAD_PREFIX));
    return desk.start(
        "bulkImportStart",
        write,
        input,
        transaction ->
            isThere(transaction, write, upload)
                .map(there -> decide(write, input, operator, upload, there)));
  }

  private static final String UPLOAD =
      """
      -- uploadOfCaller
      select exists (
               select from stored_file
                where id = $1 and owner = $2 and organization_id is null and digest is not null and expires_at > $3)
      """;

  private Future<Boolean> isThere(SqlConnection transaction, Write write, UUID upload) {
    return database
        .list(
            transaction,
            UPLOAD,
            Tuple.of(upload, write.actor().subject(), BulkJobRepository.at(write.moment().now())),
            row -> row.getBoolean(0))
        .map(rows -> rows.getFirst());
  }

  private static Verdict<NewJob> decide(
      Write write, Arguments input, UUID operator, UUID upload, boolean there) {
    var errors = new ArrayList<UserError>();
    if (!write.viewer().may(Scope.JOB_RUN, operator)
        || !write.viewer().may(Scope.LIST_WRITE, operator)) {
      errors.add(InputError.notFound(input, "operatorId"));
    }
    if (!there) {
      errors.add(
          InputError.at(
              input,
              "uploadId",
              UserErrorCode.NOT_FOUND,
              "There is no such upload of yours, or it has expired. Send the file again."));
    }
    var format = requireNonNull(input.value("format", FileFormat.class));
    if (format == FileFormat.DCAT_JSONLD || format == FileFormat.DCAT_TURTLE) {
      errors.add(
          InputError.at(
              input,
              "format",
              UserErrorCode.INVALID,
              "Lists are read from JSONL, CSV, XLSX and ODPS_YAML."));
    }
    return errors.isEmpty()
        ? Verdict.accepted(
            new NewJob(
                UUID.randomUUID(),
                operator,
                BulkJob.Kind.IMPORT,
                format,
                new JsonObject()
                    .put("file", upload.toString())
                    .put("errorPolicy", requireNonNull(input.string("errorPolicy"))),
                Boolean.TRUE.equals(input.bool("validateOnly")),
                null))
        : Verdict.rejected(errors);
  }
}
