package dev.fairground.event;

import dev.fairground.event.EventRepository.Found;
import dev.fairground.event.EventRepository.Range;
import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Feature;
import dev.fairground.graphql.Loader;
import dev.fairground.graphql.Wiring;
import dev.fairground.kernel.Page;
import dev.fairground.kernel.PageRequest;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Binds {@code schema/event.graphqls}. */
public final class EventResolver implements Feature {
  private final EventRepository events;
  private final EventTail tail;
  private final Loader<UUID, Loader.None, Event> byId;

  public EventResolver(Database database, EventTail tail) {
    this.events = new EventRepository(database);
    this.tail = tail;
    this.byId = Loader.one("eventsById", events::findByIds, Event::id);
  }

  @Override
  public void wire(Wiring wiring) {
    wiring
        .type(Event.class)
        .identified(Event.PREFIX, Event::id, byId)
        .computed("cursor", Event::cursor)
        .loaded("subject", wiring.anyNode("subjectsOfEvents"), Event::subjectId);
    wiring.type(EventHead.class);
    wiring.extend(EventHead.class).computed("cursor", EventHead::cursor);
    wiring.extend(EventHead.class).computed("oldestCursor", EventHead::oldestCursor);
    wiring.type(EventPage.EventEdge.class);
    wiring
        .type("EventConnection", EventPage.class)
        .computed("nodes", page -> page.page().nodes())
        .computed("edges", EventPage::edges)
        .computed("pageInfo", EventPage::page)
        .computed("resumeCursor", EventPage::resumeCursor);
    wiring
        .query()
        .answered("eventLog", this::page)
        .answered("eventHead", (reading, arguments) -> events.head(reading.reads()));
    wiring.subscription().subscribed("events", this::follow);
  }

  private Future<EventFeed> follow(Reading reading, Arguments arguments) {
    var after = arguments.string("after");
    return tail.follow(
        after == null ? null : EventCursors.read("after", after),
        EventFilter.read(arguments.input("filter")),
        reading.viewer().rights());
  }

  private Future<EventPage> page(Reading reading, Arguments arguments) {
    var page = arguments.page(EventCursors.SEAL);
    var filter = EventFilter.read(arguments.input("filter"));
    var after = position("after", page.after());
    var before = position("before", page.before());
    var range = new Range(after == null ? 0 : after, before == null ? Long.MAX_VALUE : before);
    var rights = reading.viewer().rights();
    var size = page.size() + 1;
    var found =
        page.backward()
            ? events.last(reading.reads(), range, filter, rights, size)
            : events.first(reading.reads(), range, filter, rights, size);
    return found.map(
        rows -> {
          if (after != null) {
            rows.head().check("after", after);
          }
          return cut(rows, page, range);
        });
  }

  private static @Nullable Long position(String argument, @Nullable List<String> cursor) {
    return cursor == null ? null : (Long) EventCursors.position(argument, cursor);
  }

  private static EventPage cut(Found found, PageRequest wanted, Range range) {
    var rows = found.events();
    var more = rows.size() > wanted.size();
    var nodes =
        !more
            ? rows
            : wanted.backward() ? rows.subList(1, rows.size()) : rows.subList(0, wanted.size());
    var page =
        new Page<>(
            nodes,
            wanted.backward() ? wanted.before() != null : more,
            wanted.backward() ? more : wanted.after() != null,
            event -> List.of(Long.toString(event.position())),
            EventCursors.SEAL,
            "",
            event -> null);
    return new EventPage(page, reached(found, nodes, more && !wanted.backward(), range));
  }

  /** Behind the last event of the page if more follow; else as far as the log was looked at. */
  private static long reached(Found found, List<Event> nodes, boolean more, Range range) {
    if (more) {
      return nodes.isEmpty() ? range.after() : nodes.getLast().position();
    }
    return Math.min(found.head().position(), range.before() - 1);
  }
}
