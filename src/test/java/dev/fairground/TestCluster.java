package dev.fairground;

import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.Durability;
import dev.fairground.sql.EmbeddedDatabase;
import dev.fairground.sql.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The PostgreSQL under all tests of this JVM: our own one, without durability and gone at the end,
 * or the one that {@code FAIRGROUND_TEST_DATABASE_URL} names. A migrated template is made once;
 * copying it takes a tenth of a second.
 */
final class TestCluster {
  private static final String EXTERNAL = "FAIRGROUND_TEST_DATABASE_URL";
  private static final String TEMPLATE =
      "fairground_test_template_" + ProcessHandle.current().pid();
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static @Nullable DatabaseAddress template;

  private TestCluster() {}

  /** A fresh copy of the migrated database. */
  static DatabaseAddress create() throws Exception {
    var source = template();
    var name = TEMPLATE + "_" + NUMBER.incrementAndGet();
    // One at a time: a template must not be in use.
    synchronized (TestCluster.class) {
      maintain(source, "create database " + name + " template " + TEMPLATE);
    }
    return source.withName(name);
  }

  /** A database without a table. */
  static DatabaseAddress createEmpty() throws Exception {
    var source = template();
    var name = TEMPLATE + "_" + NUMBER.incrementAndGet();
    maintain(source, "create database " + name + " encoding 'UTF8' template template0");
    return source.withName(name);
  }

  static void drop(DatabaseAddress address) throws Exception {
    maintain(address, "drop database " + address.name() + " with (force)");
  }

  private static synchronized DatabaseAddress template() throws Exception {
    if (template == null) {
      var external = System.getenv(EXTERNAL);
      var cluster = external == null ? startOwn() : DatabaseAddress.parse(external);
      maintain(cluster, "create database " + TEMPLATE + " encoding 'UTF8' template template0");
      var made = cluster.withName(TEMPLATE);
      new Migrations(made).run();
      if (external != null) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> dropQuietly(made)));
      }
      template = made;
    }
    return template;
  }

  private static DatabaseAddress startOwn() throws IOException {
    var directory = Files.createTempDirectory("fairground-test-");
    var own =
        EmbeddedDatabase.start(
            Path.of("target", "postgres").toAbsolutePath(), directory, Durability.FAST);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  own.close();
                  delete(directory);
                }));
    return own.address();
  }

  private static void dropQuietly(DatabaseAddress made) {
    try {
      drop(made);
    } catch (Exception left) {
      System.err.println("the template " + made + " stays: " + left);
    }
  }

  /** Runs a statement that cannot run in a transaction, on the cluster's maintenance database. */
  private static void maintain(DatabaseAddress address, String sql) throws Exception {
    // Not over Vert.x, which cannot be started any more when the JVM is ending.
    var url = "jdbc:postgresql://%s:%d/postgres".formatted(address.host(), address.port());
    try (var connection = DriverManager.getConnection(url, address.user(), address.password());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      paths.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException alreadyGone) {
      // Nothing left to delete.
    }
  }
}
