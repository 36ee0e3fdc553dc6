package dev.fairground.event;

import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Scope;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change that was committed. Told at least once: who needs each only once knows it by its id.
 *
 * @param position its place in the log: 1, 2, 3 and so on, in the order of commits
 * @param subjectId the global id of what changed
 * @param subjectVersion its version after the change; null for what has none
 * @param organizationId whose event it is; null for nobody's
 * @param open whether everybody may read it, or only its organization
 * @param changedFields the names of the schema's fields that are other than before; empty for what
 *     is new
 * @param actor who did it, for people to read; told to its organization only
 */
public record Event(
    long position,
    UUID id,
    OffsetDateTime occurredAt,
    EventType type,
    String subjectId,
    @Nullable Integer subjectVersion,
    @Nullable UUID organizationId,
    boolean open,
    List<String> changedFields,
    String actor) {
  /** The prefix of events' ids. */
  public static final String PREFIX = "event";

  private static final String SOME_OPERATOR = "operator";
  private static final String THE_MARKETPLACE = "marketplace";

  public Event {
    changedFields = List.copyOf(changedFields);
  }

  /** Its global id. */
  public String globalId() {
    return Ids.write(PREFIX, id);
  }

  /** The place behind it, at all doors. */
  public String cursor() {
    return EventCursors.write(position);
  }

  /** The same as somebody may read it: no names of people for those outside its organization. */
  public Event shownTo(Rights rights) {
    return organizationId != null && rights.allow(Scope.EVENT_READ, organizationId)
        ? this
        : new Event(
            position,
            id,
            occurredAt,
            type,
            subjectId,
            subjectVersion,
            organizationId,
            open,
            changedFields,
            actorForOthers(organizationId));
  }

  /** Who did it, as others are told it. */
  public static String actorForOthers(@Nullable UUID organizationId) {
    return organizationId == null ? THE_MARKETPLACE : SOME_OPERATOR;
  }
}
