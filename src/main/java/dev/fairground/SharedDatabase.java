package dev.fairground;

import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseStartFailure;
import dev.fairground.sql.EmbeddedDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The embedded database of another process, a server or an import, with a session that says that we
 * use it. An import that started the database stops it, and so waits until no other one uses it.
 */
record SharedDatabase(DatabaseAddress address, Connection session) implements AutoCloseable {
  private static final String SESSION = "fairground import";
  private static final long LONGEST_START_MILLIS = 60_000;
  private static final long PAUSE_MILLIS = 200;

  private static final String USED =
      """
      select exists (
               select from pg_stat_activity
                where datname = current_database()
                  and application_name = ?
                  and pid <> pg_backend_pid())
      """;

  /** Null where no other process has one; waits while another starts or stops it. */
  static @Nullable SharedDatabase find(Path dataDirectory)
      throws SQLException, InterruptedException {
    for (long millis = 0; ; millis += PAUSE_MILLIS) {
      try {
        var running = EmbeddedDatabase.runningIn(dataDirectory).orElse(null);
        return running == null ? null : new SharedDatabase(running, running.connect(SESSION));
      } catch (SQLException | DatabaseStartFailure notYet) {
        if (millis >= LONGEST_START_MILLIS) {
          throw notYet;
        }
        if (millis == 0) {
          System.err.println("waiting for the database, which another process starts or stops");
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** Waits until nobody else uses our own database, unless we are told to stop. */
  static void awaitUnused(DatabaseAddress own, ImportStop stop) throws InterruptedException {
    try (var connection = own.connect(SESSION);
        var used = connection.prepareStatement(USED)) {
      used.setString(1, SESSION);
      for (var told = false; !stop.isAsked(); told = true) {
        try (var found = used.executeQuery()) {
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
    } catch (SQLException gone) {
      // Then nobody uses it.
    }
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }
}
