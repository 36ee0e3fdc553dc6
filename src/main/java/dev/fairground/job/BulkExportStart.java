package dev.fairground.job;

import static java.util.Objects.requireNonNull;

import dev.fairground.format.FileFormat;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Engine;
import dev.fairground.graphql.Refusal;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.UserError;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The mutation {@code bulkExportStart}: the query is checked before anything is written. */
final class BulkExportStart {
  private final JobDesk desk;
  private final Supplier<Engine> engine;

  BulkExportStart(JobDesk desk, Supplier<Engine> engine) {
    this.desk = desk;
    this.engine = engine;
  }

  Future<BulkJobPayload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var format = requireNonNull(input.value("format", FileFormat.class));
    var kept =
        new JsonObject()
            .put("query", input.string("query"))
            .put("variables", input.string("variables"))
            .put("byteOrderMark", Boolean.TRUE.equals(input.bool("byteOrderMark")));
    return fault(input, format, kept)
        .compose(
            fault ->
                desk.start(
                    "bulkExportStart",
                    write,
                    input,
                    transaction ->
                        Future.succeededFuture(decide(write, input, format, kept, fault))));
  }

  /** What is wrong with the query; null for nothing. */
  private Future<@Nullable UserError> fault(Arguments input, FileFormat format, JsonObject kept) {
    try {
      return ExportWork.paged(engine.get(), format, kept)
          .<@Nullable UserError>map(fine -> null)
          .recover(
              failure ->
                  failure instanceof Refusal refused
                      ? Future.succeededFuture(
                          InputError.at(input, "query", UserErrorCode.INVALID, refused.text()))
                      : Future.failedFuture(failure));
    } catch (DecodeException noJson) {
      return Future.succeededFuture(
          InputError.at(
              input,
              "variables",
              UserErrorCode.INVALID,
              "This is no JSON object. Write the variables as one."));
    }
  }

  private static Verdict<NewJob> decide(
      Write write, Arguments input, FileFormat format, JsonObject kept, @Nullable UserError fault) {
    var errors = new ArrayList<UserError>();
    if (fault != null) {
      errors.add(fault);
    }
    var organization = JobDesk.organization(write, input, "organizationId");
    if (organization == null) {
      errors.add(JobDesk.noOrganization(input, "organizationId"));
    }
    var now = write.moment().now();
    Instant asOf = input.instant("asOf");
    if (asOf != null && asOf.isAfter(now)) {
      errors.add(
          InputError.at(
              input,
              "asOf",
              UserErrorCode.INVALID,
              "This moment is still to come. Give one that is past."));
    }
    return organization == null || !errors.isEmpty()
        ? Verdict.rejected(List.copyOf(errors))
        : Verdict.accepted(
            new NewJob(
                UUID.randomUUID(),
                organization,
                BulkJob.Kind.EXPORT,
                format,
                kept,
                false,
                asOf == null ? now : asOf));
  }
}
