package dev.fairground.event;

import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.Refusal;
import dev.fairground.kernel.BadInput;
import java.util.List;
import java.util.Map;

/**
 * Where the log begins and ends.
 *
 * @param position of the newest event; 0 before the first
 * @param forgotten the position before the oldest event that is kept
 */
public record EventHead(long position, long forgotten) {
  /** The place behind the newest event. */
  public String cursor() {
    return EventCursors.write(position);
  }

  /** The oldest place that the log can be read from. */
  public String oldestCursor() {
    return EventCursors.write(forgotten);
  }

  /**
   * Whether the log can be read on from a place.
   *
   * @throws Refusal with {@code CURSOR_TOO_OLD} if events behind it were deleted
   * @throws BadInput if the log is not that long
   */
  public void check(String argument, long after) {
    if (after < forgotten) {
      throw new Refusal(
          ErrorCode.CURSOR_TOO_OLD,
          "Events behind this cursor are no longer kept. Take eventHead's cursor, read anew the lists"
              + " that you follow, and go on from that cursor.",
          List.of(),
          Map.of("argument", argument, "oldestCursor", oldestCursor(), "headCursor", cursor()));
    }
    if (after > position) {
      throw new BadInput(argument, "the log has no such place: the cursor is of another database");
    }
  }
}
