package dev.fairground.job;

import static java.util.Objects.requireNonNull;

import dev.fairground.event.EventFilter;
import dev.fairground.event.EventLog;
import dev.fairground.event.EventTail;
import dev.fairground.event.EventType;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Engine;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Listing;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Refusal;
import dev.fairground.graphql.Wiring;
import dev.fairground.job.BulkJob.BulkError;
import dev.fairground.job.BulkJob.Kind;
import dev.fairground.job.BulkJob.Status;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Scope;
import dev.fairground.mutation.Mutations;
import dev.fairground.party.PartyResolver;
import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.Key;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Binds {@code schema/job.graphqls}. */
public final class JobResolver implements Feature {
  private final PartyResolver party;
  private final EventTail tail;
  private final BulkJobRepository jobs;
  private final Listing<BulkJob> list;
  private final Listing<BulkError> errors;
  private final Loader<UUID, Loader.None, BulkJob> byId;
  private final AtomicReference<Engine> engine = new AtomicReference<>();
  private final BulkExportStart exportStart;
  private final BulkImportStart importStart;
  private final BulkJobCancel cancel;

  public JobResolver(Database database, PartyResolver party, EventTail tail, JobLimits limits) {
    this.party = party;
    this.tail = tail;
    jobs = new BulkJobRepository(database);
    var events = new EventLog(database);
    var mutations = Mutations.ofHiddenContent(database);
    var desk = new JobDesk(mutations, jobs, events, limits);
    byId = Loader.one("bulkJobsById", jobs::findByIds, BulkJob::id);
    list =
        Listing.hidden(
            database,
            BulkJobRepository.LIST,
            (arguments, moment) -> filtered(arguments),
            arguments ->
                List.of(
                    Key.instant("j.created_at", true, BulkJob::createdAt),
                    Key.id("j.id", true, BulkJob::id)),
            BulkJobRepository::visible);
    errors =
        new Listing<>(
            database,
            BulkJobRepository.ERRORS,
            (arguments, moment) -> Clause.TRUE,
            arguments -> List.of(Key.integer("w.number", false, BulkError::number)));
    exportStart = new BulkExportStart(desk, () -> requireNonNull(engine.get(), "no engine yet"));
    importStart = new BulkImportStart(database, desk);
    cancel = new BulkJobCancel(mutations, jobs, events, desk);
  }

  private static Clause filtered(Arguments arguments) {
    var all = new ArrayList<Clause>();
    var organization = arguments.id("organizationId", PartyResolver.PREFIX);
    if (organization != null) {
      all.add(Clause.of("j.organization_id = ?", organization));
    }
    var kind = arguments.value("kind", Kind.class);
    if (kind != null) {
      all.add(Clause.of("j.kind = ?", kind.name()));
    }
    var status = arguments.values("status", Status.class);
    if (!status.isEmpty()) {
      all.add(
          Clause.of(
              "j.status = any(?)",
              (Object) status.stream().map(Status::name).toArray(String[]::new)));
    }
    return Clause.all(all);
  }

  /** The job as it stands, and after each change; hidden ones are missing. */
  private Future<JobFeed> follow(Reading reading, Arguments arguments) {
    var id = requireNonNull(arguments.id("id", BulkJob.PREFIX));
    return jobs.findByIds(reading, List.of(id))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.failedFuture(
                        new Refusal(
                            ErrorCode.NOT_FOUND,
                            "There is no such job, or none that these credentials may read. Look in bulkJobs."))
                    : tail.follow(null, changesOf(id), reading(found.getFirst().organizationId())))
        .map(changes -> new JobFeed(jobs, changes, reading.viewer(), id, reading.moment().now()));
  }

  private static EventFilter changesOf(UUID id) {
    return new EventFilter(
        Set.of(EventType.JOB_CHANGED), Ids.write(BulkJob.PREFIX, id), null, false);
  }

  /** Who may run an organization's jobs hears of their changes, and of nothing else by this. */
  private static Rights reading(UUID organization) {
    return new Rights(Map.of(Scope.EVENT_READ, Set.of(organization)), Set.of(), List.of());
  }

  @Override
  public void wire(Wiring wiring) {
    wiring.onEngine(engine::set);
    wiring
        .type(BulkJob.class)
        .identified(BulkJob.PREFIX, BulkJob::id, byId)
        .loaded("organization", party.byId(), BulkJob::organizationId)
        .loaded("errors", errors.of(BulkJobRepository.ERRORS), BulkJob::id, errors::cut);
    wiring.type("Attachment", StoredFile.class).computed("path", StoredFile::path);
    wiring.type(BulkJob.ListDifferenceCounts.class);
    wiring.type(BulkError.class);
    wiring.type(BulkJobPayload.class);
    wiring.connection("BulkJob", list);
    wiring.connection("BulkError", errors);
    wiring
        .query()
        .found("bulkJob", byId, arguments -> requireNonNull(arguments.id("id", BulkJob.PREFIX)))
        .answered("bulkJobs", list::page);
    wiring
        .mutation()
        .mutated("bulkExportStart", exportStart::run)
        .mutated("bulkImportStart", importStart::run)
        .mutated("bulkJobCancel", cancel::run);
    wiring.subscription().subscribed("bulkJob", this::follow);
  }
}
