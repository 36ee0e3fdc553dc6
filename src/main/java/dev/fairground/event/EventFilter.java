package dev.fairground.event;

import dev.fairground.graphql.Arguments;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Scope;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; all members must hold.
 *
 * @param types these only; empty for all
 * @param subject of this object only, by its global id; null for all
 * @param organizationId of this organization only; null for all
 * @param mine of the reader's organizations only
 */
public record EventFilter(
    Set<EventType> types, @Nullable String subject, @Nullable UUID organizationId, boolean mine) {
  public static final EventFilter ALL = new EventFilter(Set.of(), null, null, false);

  public EventFilter {
    types = Set.copyOf(types);
  }

  /** Reads the input type of the same name; null stands for all events. */
  public static EventFilter read(@Nullable Arguments filter) {
    if (filter == null) {
      return ALL;
    }
    var types = EnumSet.noneOf(EventType.class);
    types.addAll(filter.values("types", EventType.class));
    var subject = filter.string("subject");
    if (subject != null) {
      Ids.prefix("filter.subject", subject);
    }
    return new EventFilter(
        types, subject, filter.id("organization", "org"), Boolean.TRUE.equals(filter.bool("mine")));
  }

  /**
   * Whether an event is wanted by somebody who may read it. The same as {@link
   * EventRepository#WANTED} says of rows.
   */
  public boolean wants(Event event, Rights rights) {
    return isReadable(event, rights)
        && (types.isEmpty() || types.contains(event.type()))
        && (subject == null || subject.equals(event.subjectId()))
        && (organizationId == null || organizationId.equals(event.organizationId()))
        && (!mine || isOfReader(event, rights));
  }

  private static boolean isReadable(Event event, Rights rights) {
    return event.open() || rights.everywhere(Scope.EVENT_READ) || isOfReader(event, rights);
  }

  private static boolean isOfReader(Event event, Rights rights) {
    return event.organizationId() != null
        && rights
            .organizations()
            .getOrDefault(Scope.EVENT_READ, Set.of())
            .contains(event.organizationId());
  }
}
