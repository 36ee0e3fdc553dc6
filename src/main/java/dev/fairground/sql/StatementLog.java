package dev.fairground.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * The statements that one operation sent, in order. Arguments are left out: they may be personal.
 */
public final class StatementLog {
  private final List<Entry> entries = new ArrayList<>();

  /**
   * A statement that was answered.
   *
   * @param name the word after {@code --} in its first line, or "other"
   * @param rows how many came; -1 if it failed
   */
  public record Entry(String name, String sql, long nanos, int rows) {}

  /** What has been sent so far, in the order of sending, answered or not. */
  public synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }

  /** Notes a statement at its sending. The place is for {@link #answered}. */
  synchronized int sent(String name, String sql) {
    entries.add(new Entry(name, sql, 0, -1));
    return entries.size() - 1;
  }

  synchronized void answered(int place, long nanos, int rows) {
    var sent = entries.get(place);
    entries.set(place, new Entry(sent.name(), sent.sql(), nanos, rows));
  }
}
