package dev.fairground.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database's tables up to date: the files of {@code schema/database}, each applied once,
 * in the order of their numbers, forward only. Several servers may do so at once; one does the work
 * and the others wait.
 */
public final class Migrations {
  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
  private static final int OLDEST_VERSION = 150_000;
  private static final int LONGEST_PAUSE_MILLIS = 2_000;

  private final DatabaseAddress address;

  public Migrations(DatabaseAddress address) {
    this.address = address;
  }

  /**
   * Waits until the database answers, for as long as it takes, then applies what is missing.
   * Blocks: not for an event loop. An interrupt ends the waiting.
   */
  public void run() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    awaitDatabase();
    try {
      Flyway.configure()
          .dataSource(address.jdbcUrl(), address.user(), address.password())
          .jdbcProperties(address.jdbcProperties())
          .locations("classpath:schema/database")
          // Files are called 001-jurisdictions.sql.
          .sqlMigrationPrefix("")
          .sqlMigrationSeparator("-")
          .repeatableSqlMigrationPrefix("repeatable")
          .validateMigrationNaming(true)
          .table("migration")
          .cleanDisabled(true)
          .load()
          .migrate();
    } catch (FlywayException failure) {
      throw new DatabaseStartFailure(
          "the database " + address + " cannot be migrated: " + inOneLine(failure), failure);
    }
  }

  private static String inOneLine(Exception failure) {
    return String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
  }

  private void awaitDatabase() throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.jdbcLogin())) {
        checkUsable(connection);
        return;
      } catch (SQLException away) {
        if (!isPassing(away)) {
          throw new DatabaseStartFailure(
              "the database " + address + " does not let us in: " + inOneLine(away), away);
        }
        var longest = Math.min(LONGEST_PAUSE_MILLIS, 100 << Math.min(attempt, 10));
        if (Integer.bitCount(attempt) == 1) {
          LOG.warn("waiting for the database {}: {}", address, reasonOf(away));
        }
        Thread.sleep(ThreadLocalRandom.current().nextInt(longest / 2, longest));
      }
    }
  }

  /** Not there yet, starting, or full; a wrong password or name does not heal by waiting. */
  private static boolean isPassing(SQLException failure) {
    var state = failure.getSQLState();
    return state == null
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("53");
  }

  /** The driver says "the connection attempt failed", and why only in the cause. */
  private static String reasonOf(SQLException away) {
    return away.getCause() == null ? inOneLine(away) : String.valueOf(away.getCause());
  }

  private void checkUsable(Connection connection) throws SQLException {
    checkServer(connection);
    checkSchema(connection);
  }

  private void checkServer(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select current_setting('server_version_num')::int,
                       current_setting('server_version'),
                       current_setting('server_encoding')
                """)) {
      row.next();
      if (row.getInt(1) < OLDEST_VERSION) {
        throw new DatabaseStartFailure(
            "the database "
                + address
                + " is PostgreSQL "
                + row.getString(2)
                + ", but 15 or newer is needed");
      }
      if (!"UTF8".equals(row.getString(3))) {
        throw new DatabaseStartFailure(
            "the database "
                + address
                + " is encoded in "
                + row.getString(3)
                + ", but UTF8 is needed: create database ... encoding 'UTF8' template template0");
      }
    }
  }

  /** Tables of somebody else are no place for ours: names could mean two things. */
  private void checkSchema(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select current_schema(),
                       coalesce(has_schema_privilege(current_schema(), 'create'), false),
                       exists (select 1 from pg_attribute
                                where attrelid = to_regclass('migration')
                                  and attname = 'installed_rank'),
                       exists (select 1 from pg_class c
                                where c.relnamespace = to_regnamespace(quote_ident(current_schema()))
                                  and not exists (select 1 from pg_depend d
                                                   where d.objid = c.oid and d.deptype = 'e'))
                """)) {
      row.next();
      if (!row.getBoolean(2)) {
        throw new DatabaseStartFailure(
            "the database "
                + address
                + " has no schema in which its user may make tables: give it to the user, with"
                + " alter database ... owner to ...");
      }
      if (!row.getBoolean(3) && row.getBoolean(4)) {
        throw new DatabaseStartFailure(
            "the database "
                + address
                + " holds tables of somebody else in the schema "
                + row.getString(1)
                + ": an empty database is needed");
      }
    }
  }
}
