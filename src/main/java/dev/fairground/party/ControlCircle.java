package dev.fairground.party;

import dev.fairground.kernel.Period;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether a link that controls would close a circle: an organization that controls itself, on one
 * day, through others. Pure.
 */
final class ControlCircle {
  private ControlCircle() {}

  /**
   * A link that controls.
   *
   * @param id null for the one that is about to be declared
   */
  record Control(@Nullable UUID id, UUID controller, UUID controlled, Period term) {}

  /** What one day shows: the links, from the controlled one back to the controller. */
  record Circle(LocalDate on, List<UUID> links) {}

  /**
   * The first day on which {@code declared} closes a circle, and a shortest one of that day; null
   * where it never does.
   *
   * @param known links that control, all that may be on the way
   */
  static @Nullable Circle of(Control declared, Collection<Control> known) {
    for (var day : days(declared.term(), known)) {
      var way = way(declared.controlled(), declared.controller(), day, known);
      if (way != null) {
        return new Circle(day, way);
      }
    }
    return null;
  }

  /** Something new can be seen only on the first day of a link. */
  private static List<LocalDate> days(Period within, Collection<Control> known) {
    var days = new LinkedHashSet<LocalDate>();
    days.add(within.startsOn());
    known.stream()
        .map(link -> link.term().startsOn())
        .filter(within::contains)
        .sorted()
        .forEach(days::add);
    return List.copyOf(days);
  }

  private static @Nullable List<UUID> way(
      UUID from, UUID to, LocalDate day, Collection<Control> known) {
    var of = new HashMap<UUID, List<Control>>();
    for (var link : known) {
      if (link.term().contains(day)) {
        of.computeIfAbsent(link.controller(), unseen -> new ArrayList<>()).add(link);
      }
    }
    record Step(UUID at, List<UUID> way) {}
    var seen = new HashSet<UUID>(List.of(from));
    var next = new ArrayDeque<Step>(List.of(new Step(from, List.of())));
    while (!next.isEmpty()) {
      var step = next.remove();
      if (step.at().equals(to)) {
        return step.way();
      }
      for (var link : of.getOrDefault(step.at(), List.of())) {
        if (seen.add(link.controlled())) {
          var way = new ArrayList<>(step.way());
          way.add(link.id());
          next.add(new Step(link.controlled(), way));
        }
      }
    }
    return null;
  }
}
