package dev.fairground.job;

import dev.fairground.event.EventLog;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.InputError;
import dev.fairground.mutation.Mutations;
import dev.fairground.mutation.Mutations.Attempt;
import dev.fairground.mutation.UserErrorCode;
import dev.fairground.mutation.Verdict;
import dev.fairground.party.PartyResolver;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all starts of jobs have in common. */
final class JobDesk {
  private final Mutations mutations;
  private final BulkJobRepository jobs;
  private final EventLog events;
  private final JobLimits limits;

  JobDesk(Mutations mutations, BulkJobRepository jobs, EventLog events, JobLimits limits) {
    this.mutations = mutations;
    this.jobs = jobs;
    this.events = events;
    this.limits = limits;
  }

  /**
   * The organization that {@code member} names, or the only one for which the caller may run jobs;
   * null where that is not one.
   */
  static @Nullable UUID organization(Write write, Arguments input, String member) {
    var named = input.id(member, PartyResolver.PREFIX);
    if (named != null) {
      return write.viewer().may(Scope.JOB_RUN, named) ? named : null;
    }
    var own = write.viewer().rights().organizations(Scope.JOB_RUN);
    return own.length == 1 ? own[0] : null;
  }

  static InputError noOrganization(Arguments input, String member) {
    return input.has(member)
        ? InputError.notFound(input, member)
        : InputError.at(
            input,
            member,
            UserErrorCode.REQUIRED,
            "You may run jobs for several organizations. Say for which one this is.");
  }

  /** Starts a job once for its idempotency key. */
  Future<BulkJobPayload> start(
      String mutation,
      Write write,
      Arguments input,
      Function<SqlConnection, Future<Verdict<NewJob>>> decide) {
    return mutations.once(
        new Attempt<>(
            mutation, write, input.withoutMember("validateOnly"), BulkJobPayload::refused),
        transaction ->
            decide
                .apply(transaction)
                .compose(
                    verdict ->
                        switch (verdict) {
                          case Verdict.Rejected<NewJob> rejected ->
                              Future.succeededFuture(Verdict.rejected(rejected.errors()));
                          case Verdict.Accepted<NewJob> accepted ->
                              insert(transaction, write, input, accepted.payload());
                        }),
        (transaction, made) -> payload(transaction, write, Ids.uuid(made)));
  }

  private Future<Verdict<BulkJobPayload>> insert(
      SqlConnection transaction, Write write, Arguments input, NewJob job) {
    return jobs.open(transaction, job.organizationId())
        .compose(
            open ->
                open >= limits.openJobs()
                    ? Future.succeededFuture(
                        Verdict.rejected(
                            InputError.at(
                                input,
                                "organizationId",
                                UserErrorCode.QUOTA,
                                "%d jobs of this organization have not ended. Wait for one, or cancel one."
                                    .formatted(open))))
                    : jobs.insert(transaction, write, job)
                        .compose(
                            done ->
                                events.append(
                                    transaction,
                                    write,
                                    List.of(
                                        JobQueue.changed(
                                            job.id(), job.organizationId(), List.of()))))
                        .compose(done -> payload(transaction, write, job.id()))
                        .map(
                            payload ->
                                Verdict.accepted(payload, Ids.write(BulkJob.PREFIX, job.id()))));
  }

  Future<BulkJobPayload> payload(SqlConnection transaction, Write write, UUID id) {
    return jobs.find(transaction, write.viewer(), id)
        .map(job -> new BulkJobPayload(job, List.of()));
  }
}
