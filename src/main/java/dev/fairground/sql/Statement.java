package dev.fairground.sql;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A text of SQL with the name it is measured under: the word after {@code --} in its first line.
 */
record Statement(String name, String sql, Timer timer) {
  private static final String UNNAMED = "other";

  /**
   * The timers of all names met so far. The texts are not remembered: those of filters are put
   * together, and callers can make them long and without end.
   */
  static final class Known {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,60}");

    /** A guard only: names stand in constants. */
    private static final int MOST = 1_000;

    private final Map<String, Timer> byName = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;

    Known(MeterRegistry metrics) {
      this.metrics = metrics;
    }

    Statement of(String sql) {
      var name = firstLine(sql);
      var timer = byName.get(name);
      return timer == null ? meet(name, sql) : new Statement(name, sql, timer);
    }

    private static String firstLine(String sql) {
      var end = sql.startsWith("--") ? sql.indexOf('\n') : -1;
      return end < 0 ? UNNAMED : sql.substring(2, end).strip();
    }

    private Statement meet(String written, String sql) {
      var usable = NAME.matcher(written).matches() && byName.size() < MOST;
      var name = usable ? written : UNNAMED;
      return new Statement(name, sql, byName.computeIfAbsent(name, this::timer));
    }

    private Timer timer(String name) {
      return Timer.builder("fairground.sql")
          .description("Time from sending a statement to the last of its rows")
          .tag("statement", name)
          .register(metrics);
    }
  }
}
