package dev.fairground.sql;

import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A PostgreSQL of our own, kept in a directory: unpacked and initialised once, started with the
 * server, stopped with it, its data there at the next start.
 *
 * <p>It listens on the loopback address only, at a port that is kept in a file and taken again if
 * it is free, and asks for a password that was drawn at random and lies beside it, for the owner's
 * eyes alone. A postmaster that outlived a killed server is stopped first: its sessions belong to
 * nobody, and it may have other settings than those of today.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String USER = "fairground";

  private final DirectoryLock lock;
  private final PostgresCluster cluster;
  private final DatabaseAddress address;

  private EmbeddedDatabase(DirectoryLock lock, PostgresCluster cluster, DatabaseAddress address) {
    this.lock = lock;
    this.cluster = cluster;
    this.address = address;
  }

  /** The durable database of the server that owns {@code dataDirectory}. */
  public static EmbeddedDatabase start(Path dataDirectory) {
    var directory = dataDirectory.resolve("postgres");
    return start(directory, directory, Durability.DURABLE);
  }

  /**
   * Where the database of a running server listens that owns {@code dataDirectory}; empty where
   * none runs. One that is just starting may not listen yet.
   */
  public static Optional<DatabaseAddress> runningIn(Path dataDirectory) {
    var directory = dataDirectory.resolve("postgres");
    try {
      return DirectoryLock.isHeld(directory)
          ? Optional.of(
              new DatabaseAddress(
                  HOST,
                  Integer.parseInt(Files.readString(directory.resolve("port")).strip()),
                  USER,
                  USER,
                  Files.readString(directory.resolve("password")).strip(),
                  SslMode.DISABLE))
          : Optional.empty();
    } catch (IOException unfinished) {
      throw new DatabaseStartFailure(
          "a server is being started in " + directory + " for the first time: wait until it serves",
          unfinished);
    }
  }

  /**
   * Blocks until it answers: three seconds the first time, a fraction of one afterwards.
   *
   * @param programs where PostgreSQL's programs are, or are put
   * @param directory where the data is
   */
  public static EmbeddedDatabase start(Path programs, Path directory, Durability durability) {
    var lock = claim(directory);
    try {
      var binaries = PostgresBinaries.unpackedBelow(programs);
      var cluster = new PostgresCluster(binaries, PostgresAccount.toOwn(directory), directory);
      var password = password(directory);
      cluster.initialise(USER, password, durability);
      cluster.stopLeftOver();
      var port = cluster.start(durability);
      var address = new DatabaseAddress(HOST, port, "postgres", USER, password, SslMode.DISABLE);
      createDatabase(address);
      return new EmbeddedDatabase(lock, cluster, address.withName(USER));
    } catch (IOException failure) {
      lock.close();
      throw new DatabaseStartFailure(
          "the embedded database in " + directory + " does not start: " + failure, failure);
    } catch (RuntimeException failure) {
      lock.close();
      throw failure;
    }
  }

  private static DirectoryLock claim(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException refused) {
      throw new DatabaseStartFailure("cannot make " + directory + ": " + refused, refused);
    }
    return DirectoryLock.claim(directory);
  }

  private static String password(Path directory) throws IOException {
    var file = directory.resolve("password");
    if (!Files.exists(file)) {
      var bits = new byte[24];
      new SecureRandom().nextBytes(bits);
      var ownerOnly =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      var unfinished = directory.resolve("password.new");
      Files.deleteIfExists(unfinished);
      Files.createFile(unfinished, ownerOnly);
      Files.writeString(unfinished, HexFormat.of().formatHex(bits));
      Files.move(unfinished, file);
    }
    return Files.readString(file).strip();
  }

  /** Our own database beside {@code postgres}, which stays free for looking after the cluster. */
  private static void createDatabase(DatabaseAddress maintenance) {
    try (var connection =
            DriverManager.getConnection(maintenance.jdbcUrl(), maintenance.jdbcLogin());
        var statement = connection.createStatement();
        var found =
            statement.executeQuery("select from pg_database where datname = '" + USER + "'")) {
      if (!found.next()) {
        statement.execute("create database " + USER);
      }
    } catch (SQLException refused) {
      throw new DatabaseStartFailure(
          "the embedded database does not let us in: " + refused.getMessage(), refused);
    }
  }

  /** Where it listens now, and its password. */
  public DatabaseAddress address() {
    return address;
  }

  /** Ends its sessions, writes everything down and stops it; the data stays. */
  @Override
  public void close() {
    try {
      cluster.stop();
    } finally {
      lock.close();
    }
  }
}
