package dev.fairground;

import dev.fairground.sql.DatabaseAddress;
import java.sql.SQLException;

/**
 * Imports that share an embedded database: the one that started it stops it, and so waits for the
 * others.
 */
final class OtherImports {
  private static final int LONGEST_START_SECONDS = 60;
  private static final long PAUSE_MILLIS = 200;

  private static final String OTHERS =
      """
      select exists (
               select from pg_stat_activity
                where datname = current_database()
                  and application_name = 'fairground import'
                  and pid <> pg_backend_pid())
      """;

  private OtherImports() {}

  /** Waits for the database of another process, which may be starting it just now. */
  static void awaitDatabase(DatabaseAddress running) throws SQLException, InterruptedException {
    for (long millis = 0; ; millis += PAUSE_MILLIS) {
      try (var connection = running.connect("fairground import")) {
        return;
      } catch (SQLException notYet) {
        if (millis > 1_000 * LONGEST_START_SECONDS) {
          throw notYet;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** Waits for the others to end, unless we are told to stop. */
  static void awaitEnd(DatabaseAddress own, ImportStop stop)
      throws SQLException, InterruptedException {
    try (var connection = own.connect("fairground import's end");
        var others = connection.prepareStatement(OTHERS)) {
      for (var told = false; !stop.isAsked(); told = true) {
        try (var found = others.executeQuery()) {
          found.next();
          if (!found.getBoolean(1)) {
            return;
          }
        }
        if (!told) {
          System.err.println("waiting for another import that uses the same database");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }
}
