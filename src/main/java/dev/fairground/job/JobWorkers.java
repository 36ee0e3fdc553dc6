package dev.fairground.job;

import dev.fairground.draft.DraftCheck;
import dev.fairground.event.EventLog;
import dev.fairground.graphql.Engine;
import dev.fairground.job.BulkJob.Kind;
import dev.fairground.job.BulkJob.Status;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs that wait, as many at once as this process may, and works on each on a thread and a
 * connection of its own. Servers on one database share the jobs; those of a server that is lost are
 * begun anew by others.
 */
public final class JobWorkers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobWorkers.class);

  private final Vertx vertx;
  private final Context loop;
  private final DatabaseAddress address;
  private final Engine engine;
  private final InstantSource clock;
  private final JobLimits limits;
  private final JobQueue queue;
  private final FileKeeping keeping;
  private final Map<Kind, JobWork> work;
  private final UUID worker = UUID.randomUUID();
  private final Map<UUID, RunningJob> running = new ConcurrentHashMap<>();
  private final ThreadFactory threads = Thread.ofPlatform().daemon().name("jobs-", 0).factory();
  private boolean looking;
  private volatile boolean closed;

  public JobWorkers(
      Vertx vertx,
      Database database,
      DatabaseAddress address,
      Engine engine,
      InstantSource clock,
      JobLimits limits) {
    this.vertx = vertx;
    this.loop = vertx.getOrCreateContext();
    this.address = address;
    this.engine = engine;
    this.clock = clock;
    this.limits = limits;
    this.queue = new JobQueue(database, new EventLog(database), clock, limits.leaseSeconds());
    this.keeping = new FileKeeping(database, clock);
    this.work =
        Map.of(
            Kind.EXPORT,
            new ExportWork(clock, limits),
            Kind.IMPORT,
            new ImportWork(new DraftCheck(database), clock, limits));
  }

  /** Begins to look for jobs. */
  public JobWorkers start() {
    if (limits.workers() > 0) {
      loop.runOnContext(
          there -> {
            vertx.setPeriodic(limits.pollMillis(), tick -> look());
            vertx.setPeriodic(limits.leaseSeconds() * 1_000L / 3, tick -> hold());
          });
    }
    loop.runOnContext(
        there -> vertx.setPeriodic(FileKeeping.PAUSE_MILLIS, tick -> keeping.clean()));
    return this;
  }

  /** How many jobs are worked on here. */
  public int running() {
    return running.size();
  }

  private void look() {
    if (closed || looking || running.size() >= limits.workers()) {
      return;
    }
    looking = true;
    queue
        .waiting()
        .compose(waits -> waits ? queue.claim(worker) : io.vertx.core.Future.succeededFuture())
        .onComplete(
            job -> {
              looking = false;
              if (job != null) {
                begin(job);
                look();
              }
            },
            failure -> {
              looking = false;
              LOG.atDebug().setCause(failure).log("no job could be taken");
            });
  }

  private void hold() {
    if (running.isEmpty()) {
      return;
    }
    queue
        .hold(worker)
        .onSuccess(
            held ->
                running.forEach(
                    (id, job) -> {
                      var stop = held.get(id);
                      if (stop == null) {
                        job.stop();
                      } else if (stop) {
                        job.cancel();
                      }
                    }))
        .onFailure(failure -> LOG.warn("the leases of jobs could not be renewed", failure));
  }

  private void begin(ClaimedJob job) {
    if (closed) {
      return;
    }
    threads.newThread(() -> run(job)).start();
  }

  private void run(ClaimedJob job) {
    try (var connection = address.connect("fairground job")) {
      var handle = new RunningJob(job, worker, queue, engine, loop, connection);
      running.put(job.id(), handle);
      var end = end(handle);
      if (end != null && !handle.await(() -> queue.finish(job, worker, end))) {
        LOG.atWarn()
            .addKeyValue("job", job.id())
            .log("a job ended that was another worker's by then");
      }
    } catch (Exception failure) {
      // Its lease runs out, and it is begun anew.
      LOG.atError().addKeyValue("job", job.id()).setCause(failure).log("a job was lost");
    } finally {
      running.remove(job.id());
      loop.runOnContext(there -> look());
    }
  }

  /** Null for a job that is not ours any more. */
  private JobQueue.@org.jspecify.annotations.Nullable End end(RunningJob handle) {
    var job = handle.job();
    if (job.attempt() > JobQueue.MOST_ATTEMPTS) {
      return JobQueue.End.failed(
          0,
          "ATTEMPTS_EXHAUSTED",
          "Work on it broke off "
              + JobQueue.MOST_ATTEMPTS
              + " times. Start it again, with less in it.");
    }
    try {
      return java.util.Objects.requireNonNull(work.get(job.kind())).run(handle);
    } catch (JobFailed failed) {
      return JobQueue.End.failed(handle.rowsRead(), failed.code(), failed.text());
    } catch (JobStopped stopped) {
      return handle.isCancelled()
          ? new JobQueue.End(Status.CANCELLED, handle.rowsRead(), 0, null, null, null, null, null)
          : null;
    } catch (Exception | StackOverflowError | OutOfMemoryError defect) {
      LOG.atError()
          .addKeyValue("job", job.id())
          .addKeyValue("requestId", job.requestId())
          .setCause(defect)
          .log("a job failed by a defect of ours");
      return JobQueue.End.failed(
          handle.rowsRead(),
          "INTERNAL_SERVER_ERROR",
          "Something went wrong on our side; the log knows it by the request id "
              + job.requestId()
              + ".");
    }
  }

  /** Stops what is worked on; other servers take it over at once. */
  @Override
  public void close() throws Exception {
    closed = true;
    running.values().forEach(RunningJob::stop);
    for (int i = 0; i < 50 && !running.isEmpty(); i++) {
      Thread.sleep(100);
    }
    queue
        .release(worker)
        .toCompletionStage()
        .toCompletableFuture()
        .get(5, java.util.concurrent.TimeUnit.SECONDS);
  }
}
