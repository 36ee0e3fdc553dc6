package dev.fairground.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
  private static final Path PROGRAMS = Path.of("target", "postgres").toAbsolutePath();

  @TempDir Path directory;

  @Test
  void data_outlives_a_restart() throws Exception {
    try (var first = start(Durability.DURABLE)) {
      run(first, "create table note (text text); insert into note values ('kept')");
    }

    try (var second = start(Durability.DURABLE)) {
      assertThat(ask(second, "select text from note")).isEqualTo("kept");
    }
  }

  @Test
  void a_commit_is_on_the_disk_when_it_is_answered() throws Exception {
    try (var database = start(Durability.DURABLE)) {
      assertThat(ask(database, "show fsync")).isEqualTo("on");
      assertThat(ask(database, "show synchronous_commit")).isEqualTo("on");
      assertThat(ask(database, "show full_page_writes")).isEqualTo("on");
    }
  }

  @Test
  void text_sorts_by_code_point_and_knows_the_letters_of_all_scripts() throws Exception {
    try (var database = start(Durability.FAST)) {
      assertThat(ask(database, "show server_encoding")).isEqualTo("UTF8");
      assertThat(ask(database, "select upper('ä') || ('数' ~ '\\w')::text")).isEqualTo("Ätrue");
      assertThat(ask(database, "select ('Z' < 'a')::text")).isEqualTo("true");
    }
  }

  @Test
  void only_this_machine_and_only_with_the_password_gets_in() throws Exception {
    try (var database = start(Durability.FAST)) {
      var address = database.address();
      var stranger =
          new DatabaseAddress(
              address.host(),
              address.port(),
              address.name(),
              "fairground",
              "guess",
              address.sslMode());

      assertThat(ask(database, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThatThrownBy(
              () -> DriverManager.getConnection(stranger.jdbcUrl(), stranger.jdbcLogin()))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
      assertThat(Files.getPosixFilePermissions(directory.resolve("password")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void a_second_server_on_the_same_directory_is_refused() {
    try (var first = start(Durability.FAST)) {
      assertThatThrownBy(() -> start(Durability.FAST))
          .isInstanceOf(DatabaseStartFailure.class)
          .hasMessageContaining("another server uses " + directory)
          .hasMessageContaining("FAIRGROUND_DATA_DIR");
      assertThat(first.address().port()).isPositive();
    }
  }

  @Test
  void a_postmaster_that_outlived_its_server_is_replaced_and_keeps_its_port(@TempDir Path abandoned)
      throws Exception {
    var account = PostgresAccount.toOwn(abandoned);
    var left = new PostgresCluster(PostgresBinaries.unpackedBelow(PROGRAMS), account, abandoned);
    Files.writeString(abandoned.resolve("password"), "left");
    left.initialise("fairground", "left", Durability.FAST);
    var port = left.start(Durability.FAST);
    var postmaster = ProcessHandle.of(pid(abandoned)).orElseThrow();

    try (var database = EmbeddedDatabase.start(PROGRAMS, abandoned, Durability.DURABLE)) {
      assertThat(postmaster.onExit()).succeedsWithin(Duration.ofSeconds(10));
      assertThat(database.address().port()).isEqualTo(port);
      assertThat(ask(database, "show fsync")).isEqualTo("on");
    }
  }

  @Test
  void a_killed_postmaster_recovers_what_was_committed() throws Exception {
    try (var database = start(Durability.DURABLE)) {
      run(database, "create table note (text text); insert into note values ('committed')");
      kill(pid(directory));
    } catch (DatabaseStartFailure nothingLeftToStop) {
      assertThat(nothingLeftToStop).hasMessageContaining("stopping PostgreSQL");
    }

    try (var database = start(Durability.DURABLE)) {
      assertThat(ask(database, "select text from note")).isEqualTo("committed");
    }
  }

  @Test
  void a_start_that_was_killed_half_way_is_begun_anew() throws Exception {
    Files.createDirectories(directory.resolve("cluster.new"));
    Files.writeString(directory.resolve("cluster.new").resolve("PG_VERSION"), "half");

    try (var database = start(Durability.FAST)) {
      assertThat(ask(database, "select 'whole'")).isEqualTo("whole");
    }
  }

  private EmbeddedDatabase start(Durability durability) {
    return EmbeddedDatabase.start(PROGRAMS, directory, durability);
  }

  private static long pid(Path of) throws Exception {
    return Long.parseLong(
        Files.readAllLines(of.resolve("cluster").resolve("postmaster.pid")).getFirst());
  }

  private static void kill(long pid) throws Exception {
    var postmaster = ProcessHandle.of(pid).orElseThrow();
    postmaster.destroyForcibly();
    postmaster.onExit().get(10, TimeUnit.SECONDS);
  }

  private static String ask(EmbeddedDatabase database, String sql) throws SQLException {
    var address = database.address();
    try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.jdbcLogin());
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void run(EmbeddedDatabase database, String sql) throws SQLException {
    var address = database.address();
    try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.jdbcLogin());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
