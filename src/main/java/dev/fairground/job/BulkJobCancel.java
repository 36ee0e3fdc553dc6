package dev.fairground.job;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.EventLog;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.StateTransitionError;
import dev.fairground.mutation.Verdict;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/** The mutation {@code bulkJobCancel}. */
final class BulkJobCancel {
  private final Mutations mutations;
  private final BulkJobRepository jobs;
  private final EventLog events;
  private final JobDesk desk;

  BulkJobCancel(Mutations mutations, BulkJobRepository jobs, EventLog events, JobDesk desk) {
    this.mutations = mutations;
    this.jobs = jobs;
    this.events = events;
    this.desk = desk;
  }

  Future<BulkJobPayload> run(Write write, Arguments arguments) {
    var input = requireNonNull(arguments.input("input"));
    var id = requireNonNull(input.id("id", BulkJob.PREFIX));
    return mutations.run(
        new Attempt<>("bulkJobCancel", write, input, BulkJobPayload::refused),
        transaction ->
            jobs.find(transaction, write.viewer(), id)
                .compose(
                    job ->
                        job == null
                            ? Future.succeededFuture(
                                Verdict.rejected(InputError.notFound(input, "id")))
                            : cancel(transaction, write, input, id, job)));
  }

  private Future<Verdict<BulkJobPayload>> cancel(
      SqlConnection transaction, Write write, Arguments input, UUID id, BulkJob job) {
    return jobs.cancel(transaction, id, write.moment().now())
        .compose(
            done ->
                !done
                    ? Future.succeededFuture(
                        Verdict.<BulkJobPayload>rejected(
                            new StateTransitionError(
                                "The job has ended. There is nothing to stop.",
                                input.path("id"),
                                job.status().name(),
                                List.of())))
                    : events
                        .append(
                            transaction,
                            write,
                            List.of(JobQueue.changed(id, job.organizationId(), List.of("status"))))
                        .compose(told -> desk.payload(transaction, write, id))
                        .map(Verdict::accepted));
  }
}
