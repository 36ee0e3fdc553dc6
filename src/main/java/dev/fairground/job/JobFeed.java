package dev.fairground.job;

import dev.fairground.event.EventFeed;
import dev.fairground.graphql.Feed;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One job as it stands, and again after each change, until it has ended. What is told is read when
 * it is told: who is slow hears of the newest state, not of all before it.
 */
final class JobFeed implements Feed {
  private final BulkJobRepository jobs;
  private final EventFeed changes;
  private final Viewer viewer;
  private final UUID id;
  private final Reads reads = new Reads();
  private @Nullable BulkJob told;

  /** When it changed as it was not told yet; null for nothing that is to be told. */
  private @Nullable Instant changedAt;

  /**
   * @param changes begun before {@code job} was read, so that nothing is missed between
   * @param at when {@code job} was read
   */
  JobFeed(BulkJobRepository jobs, EventFeed changes, Viewer viewer, UUID id, Instant at) {
    this.jobs = jobs;
    this.changes = changes;
    this.viewer = viewer;
    this.id = id;
    this.changedAt = at;
  }

  @Override
  public Future<@Nullable Happening> next() {
    if (told != null && told.status().isEnd()) {
      return Future.succeededFuture(null);
    }
    var at = changedAt;
    if (at != null) {
      return read(at);
    }
    return changes
        .event()
        .compose(
            event -> {
              if (event == null) {
                return Future.succeededFuture(null);
              }
              // Kept until it is told: the read may fail and be tried again.
              changedAt = event.occurredAt().toInstant();
              return read(changedAt);
            });
  }

  private Future<@Nullable Happening> read(Instant at) {
    return jobs.findByIds(new Reading(reads, viewer, Moment.present(at)), List.of(id))
        .compose(
            found -> {
              changedAt = null;
              if (found.isEmpty()) {
                return Future.succeededFuture(null);
              }
              var job = found.getFirst();
              if (job.equals(told)) {
                return next();
              }
              told = job;
              return Future.succeededFuture(new Happening(job, null, null, at));
            });
  }

  @Override
  public void close() {
    reads.cancel();
    changes.close();
  }
}
