package dev.fairground.event;

import dev.fairground.kernel.Rights;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reads;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest events of the log, kept in memory once for all who follow it. One for each process: it
 * reads on when a notice comes, and every second in case one was lost.
 *
 * <p>Who follows has nothing but a position. What lies behind it is taken from here, or from the
 * database if it is older than what is kept; positions have no gaps, so there is no seam between
 * the two, and a slow reader costs no memory.
 */
public final class EventTail implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventTail.class);
  private static final String CHANNEL = "fairground_event";
  private static final int KEPT = 4_096;
  private static final int PAGE = 500;
  private static final int EVERY_MILLIS = 1_000;

  private final Database database;
  private final EventRepository events;
  private final int kept;
  private final AtomicBoolean reading = new AtomicBoolean();
  private final Set<Promise<Void>> waiting = ConcurrentHashMap.newKeySet();
  private @Nullable Future<Void> begun;
  private volatile Window window = new Window(List.of(), 0);
  private volatile boolean wokenMeanwhile;
  private volatile long timer = -1;

  /**
   * The newest events.
   *
   * @param head the position of the last one
   */
  record Window(List<Event> events, long head) {
    /** The first position that is here, or would be the next to come. */
    long first() {
      return head - events.size() + 1;
    }

    /** The events behind a position that is not before the first. */
    List<Event> behind(long position) {
      return events.subList((int) (position - first() + 1), events.size());
    }
  }

  public EventTail(Database database) {
    this(database, KEPT);
  }

  /**
   * @param kept how many events are kept in memory
   */
  EventTail(Database database, int kept) {
    this.database = database;
    this.events = new EventRepository(database);
    this.kept = kept;
  }

  /**
   * Follows the log.
   *
   * @param after the position behind which to begin; null for the newest. One that the log does not
   *     have, or no longer, makes the future fail as {@link EventHead#check} says
   */
  public Future<EventFeed> follow(@Nullable Long after, EventFilter filter, Rights rights) {
    return begin()
        .compose(begun -> events.head(new Reads()))
        .map(
            head -> {
              if (after != null) {
                head.check("after", after);
              }
              return new EventFeed(
                  this, events, filter, rights, after == null ? head.position() : after);
            });
  }

  /** The first one who follows makes it begin to read. */
  private synchronized Future<Void> begin() {
    if (begun == null || begun.failed()) {
      begun =
          events
              .head(new Reads())
              .map(
                  head -> {
                    window = new Window(List.of(), head.position());
                    if (timer < 0) {
                      database.hear(CHANNEL, this::wake);
                      timer = database.vertx().setPeriodic(EVERY_MILLIS, tick -> wake());
                    }
                    return null;
                  });
    }
    return begun;
  }

  Window window() {
    return window;
  }

  /**
   * Completes when there is an event behind {@code position}; who no longer waits hands it to
   * {@link #leave}.
   */
  Promise<Void> beyond(long position) {
    Promise<Void> there = Promise.promise();
    waiting.add(there);
    if (window.head() > position) {
      leave(there);
      there.tryComplete();
    }
    return there;
  }

  void leave(Promise<Void> there) {
    waiting.remove(there);
  }

  /** How many wait for the next event. */
  public int waiting() {
    return waiting.size();
  }

  private void wake() {
    wokenMeanwhile = true;
    if (reading.compareAndSet(false, true)) {
      wokenMeanwhile = false;
      readOn()
          .onComplete(
              done -> {
                reading.set(false);
                if (wokenMeanwhile) {
                  wake();
                }
              },
              away -> {
                reading.set(false);
                LOG.debug("events wait to be read: {}", String.valueOf(away.getMessage()));
              });
    }
  }

  private Future<Void> readOn() {
    return events
        .follow(window.head(), PAGE)
        .compose(
            found -> {
              add(found);
              return found.size() < PAGE ? Future.succeededFuture() : readOn();
            });
  }

  void add(List<Event> found) {
    if (found.isEmpty()) {
      return;
    }
    var all = new ArrayList<>(window.events());
    if (found.getFirst().position() != window.head() + 1) {
      // Those between are deleted already: only who follows from here on takes from here.
      all.clear();
    }
    all.addAll(found);
    var newest = List.copyOf(all.subList(Math.max(0, all.size() - kept), all.size()));
    window = new Window(newest, newest.getLast().position());
    for (var there : waiting) {
      leave(there);
      there.tryComplete();
    }
  }

  @Override
  public void close() {
    if (timer >= 0) {
      database.vertx().cancelTimer(timer);
    }
  }
}
