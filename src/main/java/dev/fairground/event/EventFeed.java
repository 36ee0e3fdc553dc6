package dev.fairground.event;

import dev.fairground.graphql.Feed;
import dev.fairground.kernel.Rights;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The events of one subscriber, from a position on: pages of the database until what is in memory
 * begins, and then from there.
 */
public final class EventFeed implements Feed {
  private static final int PAGE = 200;

  private final EventTail tail;
  private final EventRepository events;
  private final EventFilter filter;
  private final Rights rights;
  private final Reads reads = new Reads();
  private final Deque<Event> page = new ArrayDeque<>();
  private volatile @Nullable Promise<Void> waiting;
  private volatile boolean closed;
  private long position;

  EventFeed(
      EventTail tail, EventRepository events, EventFilter filter, Rights rights, long position) {
    this.tail = tail;
    this.events = events;
    this.filter = filter;
    this.rights = rights;
    this.position = position;
  }

  @Override
  public Future<@Nullable Happening> next() {
    return event().map(event -> event == null ? null : happening(event));
  }

  private static Happening happening(Event event) {
    return new Happening(event, event.position(), event.cursor(), event.occurredAt().toInstant());
  }

  /** The next event that is wanted; null only after {@link #close}. */
  public Future<@Nullable Event> event() {
    Promise<@Nullable Event> found = Promise.promise();
    seek(found);
    return found.future();
  }

  // A loop, and no chain of futures: who waits long for one event keeps nothing of the others.
  private void seek(Promise<@Nullable Event> found) {
    try {
      while (!closed) {
        var ahead = page.poll();
        if (ahead != null) {
          found.complete(ahead);
          return;
        }
        var window = tail.window();
        if (position >= window.head() || position + 1 < window.first()) {
          var more = position >= window.head() ? waitForMore() : readPage();
          if (!more.succeeded()) {
            more.onComplete(there -> seek(found), found::tryFail);
            return;
          }
        } else {
          for (var event : window.behind(position)) {
            position = event.position();
            if (filter.wants(event, rights)) {
              found.complete(event.shownTo(rights));
              return;
            }
          }
        }
      }
      found.complete(null);
    } catch (RuntimeException failure) {
      found.tryFail(failure);
    }
  }

  private Future<Void> waitForMore() {
    var there = tail.beyond(position);
    waiting = there;
    if (closed) {
      close();
    }
    return there.future();
  }

  private Future<Void> readPage() {
    return events
        .first(reads, EventRepository.Range.after(position), filter, rights, PAGE)
        .map(
            found -> {
              found.head().check("after", position);
              page.addAll(found.events());
              position =
                  found.events().size() < PAGE
                      ? found.head().position()
                      : found.events().getLast().position();
              return null;
            });
  }

  @Override
  public String reached() {
    var ahead = page.peek();
    return EventCursors.write(ahead == null ? position : ahead.position() - 1);
  }

  @Override
  public void close() {
    closed = true;
    reads.cancel();
    var there = waiting;
    if (there != null) {
      tail.leave(there);
      there.tryComplete();
    }
  }
}
