package dev.fairground.harvest;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the columns of Chinese portals mean; each portal has its own names for them. */
final class PortalColumns {
  private static final Map<String, PortalColumns> OF_PORTALS = new HashMap<>();
  private static final PortalColumns COMMON = new PortalColumns(Map.of());

  static {
    for (var row : Tables.rows("/harvest/portal-columns.csv")) {
      var portal = requireNonNull(row.get("portal"));
      var columns =
          portal.isEmpty()
              ? COMMON
              : OF_PORTALS.computeIfAbsent(portal, key -> new PortalColumns(COMMON.columns));
      columns.columns.put(
          folded(requireNonNull(row.get("column"))),
          new Column(
              Meaning.valueOf(requireNonNull(row.get("meaning"))),
              requireNonNull(row.get("unit"))));
    }
  }

  private final Map<String, Column> columns;

  private PortalColumns(Map<String, Column> columns) {
    this.columns = new HashMap<>(columns);
  }

  /** What the values of a column tell. */
  enum Meaning {
    TITLE,
    HOLDER,
    TOPIC,
    SECTOR,
    SUMMARY,
    KEYWORDS,
    FORMATS,
    FREQUENCY,
    OPENNESS,
    VOLUME,
    RELEASED,
    UPDATED,
    ADDRESS,
    /** Of persons; never read. */
    CONTACT,
    /** Known, and kept in the source record only. */
    OTHER
  }

  /**
   * One column.
   *
   * @param unit of a bare number in it; empty where the column's name tells none
   */
  record Column(Meaning meaning, String unit) {}

  /** The columns of a portal; those that all portals share where it is not known. */
  static PortalColumns of(Portals.@Nullable Portal portal) {
    return portal == null ? COMMON : OF_PORTALS.getOrDefault(portal.key(), COMMON);
  }

  @Nullable Column column(String name) {
    var column = columns.get(name);
    return column == null ? columns.get(folded(name)) : column;
  }

  /**
   * Whether these are the columns of a catalogue: the title of something, and two other things that
   * are told of resources; one is enough where the title's own name says that it is a resource's
   * (资源名称, 目录名称), as words like 标题 do not.
   */
  boolean areOfCatalogue(Iterable<String> names) {
    var told = EnumSet.noneOf(Meaning.class);
    var needed = 3;
    for (var name : names) {
      var column = column(name);
      if (column != null) {
        told.add(column.meaning());
        if (column.meaning() == Meaning.TITLE && name.endsWith("名称") && name.length() > 2) {
          needed = 2;
        }
      }
    }
    var found = told.contains(Meaning.TITLE);
    told.removeAll(EnumSet.of(Meaning.CONTACT, Meaning.OTHER));
    return found && told.size() >= needed;
  }

  /** Names end in colons where a portal's page was read. */
  private static String folded(String name) {
    var folded = WordTable.folded(name);
    return folded.endsWith(":") ? folded.substring(0, folded.length() - 1) : folded;
  }
}
