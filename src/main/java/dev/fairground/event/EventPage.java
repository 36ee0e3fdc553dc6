package dev.fairground.event;

import dev.fairground.kernel.Page;
import java.util.List;

/**
 * A part of the log.
 *
 * @param reached the position behind which to go on: all before it was looked at
 */
record EventPage(Page<Event> page, long reached) {
  /** One event with its place. */
  record EventEdge(String cursor, Event node) {}

  List<EventEdge> edges() {
    return page.nodes().stream().map(event -> new EventEdge(event.cursor(), event)).toList();
  }

  String resumeCursor() {
    return EventCursors.write(reached);
  }
}
