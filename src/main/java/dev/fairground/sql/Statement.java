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

  /** Every statement met so far; few, because SQL stands in constants. */
  static final class Known {
    /** A guard only: texts that are put together could be without end. */
    private static final int MOST = 2_000;

    private static final Pattern NAME =
        Pattern.compile("-- *([A-Za-z][A-Za-z0-9_]{0,60}) *\n.*", Pattern.DOTALL);

    private final Map<String, Statement> bySql = new ConcurrentHashMap<>();
    private final MeterRegistry metrics;

    Known(MeterRegistry metrics) {
      this.metrics = metrics;
    }

    Statement of(String sql) {
      var known = bySql.get(sql);
      return known == null ? meet(sql) : known;
    }

    private Statement meet(String sql) {
      var full = bySql.size() >= MOST;
      var named = NAME.matcher(sql);
      var name = !full && named.matches() ? named.group(1) : UNNAMED;
      var timer =
          Timer.builder("fairground.sql")
              .description("Time from sending a statement to the last of its rows")
              .tag("statement", name)
              .register(metrics);
      var statement = new Statement(name, sql, timer);
      if (!full) {
        bySql.put(sql, statement);
      }
      return statement;
    }
  }
}
