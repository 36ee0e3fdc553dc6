package dev.fairground.event;

import dev.fairground.graphql.Cursors;
import dev.fairground.kernel.BadInput;
import java.util.List;

/** Places in the log: the same at all doors, whatever the filter. */
public final class EventCursors {
  /** Names the log and the form, so that another form can follow. */
  static final String SEAL = "events/1";

  private EventCursors() {}

  /** The place behind the event at {@code position}; 0 is before the first. */
  public static String write(long position) {
    return Cursors.write(SEAL, List.of(Long.toString(position)));
  }

  /**
   * The position in a cursor.
   *
   * @throws BadInput if it is none of ours
   */
  public static long read(String argument, String cursor) {
    return position(argument, Cursors.read(argument, SEAL, cursor));
  }

  static long position(String argument, List<String> values) {
    var written = values.size() == 1 ? values.getFirst() : "";
    if (written.matches("0|[1-9][0-9]{0,17}")) {
      return Long.parseLong(written);
    }
    throw new BadInput(argument, "the cursor is not one that this field handed out");
  }
}
