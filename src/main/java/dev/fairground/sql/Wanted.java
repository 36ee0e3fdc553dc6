package dev.fairground.sql;

import java.util.HashMap;
import java.util.Map;

/**
 * What a caller wants of the records that are read: their fields by name, and below each what is
 * wanted of what it leads to. A read may leave out the columns of other fields, and may bring along
 * what a field leads to.
 */
public final class Wanted {
  /** Every field, and nothing brought along: for who does not know what will be asked of them. */
  public static final Wanted ALL = new Wanted(true, Map.of());

  private static final Wanted NOTHING = new Wanted(false, Map.of());

  private final boolean all;
  private final Map<String, Wanted> fields;

  private Wanted(boolean all, Map<String, Wanted> fields) {
    this.all = all;
    this.fields = fields;
  }

  /** These fields only. */
  public static Wanted of(Map<String, Wanted> fields) {
    return new Wanted(false, Map.copyOf(fields));
  }

  public boolean has(String field) {
    return all || fields.containsKey(field);
  }

  /** Whether the field is known to be asked for, so that what it leads to may be brought along. */
  public boolean leadsTo(String field) {
    return fields.containsKey(field);
  }

  /** What is wanted of what the field leads to. */
  public Wanted below(String field) {
    return all ? ALL : fields.getOrDefault(field, NOTHING);
  }

  /** What is wanted of the rows, if this is wanted of a page of them. */
  Wanted ofRows() {
    return all ? ALL : below("nodes").and(below("edges").below("node"));
  }

  /** What either wants. */
  public Wanted and(Wanted other) {
    if (all || other.all) {
      return ALL;
    }
    if (fields.isEmpty() || this == other) {
      return other;
    }
    if (other.fields.isEmpty()) {
      return this;
    }
    var either = new HashMap<>(fields);
    other.fields.forEach((field, below) -> either.merge(field, below, Wanted::and));
    return new Wanted(false, either);
  }
}
