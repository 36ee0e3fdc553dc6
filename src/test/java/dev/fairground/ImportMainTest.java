package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.sql.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An import as a process of its own: what a script around it sees. */
@ExtendWith(TestDatabase.class)
class ImportMainTest {
  private static final long LONGEST_SECONDS = 60;
  private static final int TERMINATED = 128 + 15;
  private static final Path FIXTURE =
      Path.of("src", "test", "resources", "harvest", "guangxi_baise.json").toAbsolutePath();

  private final DatabaseAddress database;
  private final List<Process> started = new ArrayList<>();
  @TempDir private Path home;

  ImportMainTest(DatabaseAddress database) {
    this.database = database;
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.fairground.ImportMain"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FAIRGROUND_"));
    builder.environment().put("FAIRGROUND_DATA_DIR", home.resolve("data").toString());
    builder
        .environment()
        .put(
            "FAIRGROUND_DATABASE_URL",
            "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                    database.user(),
                    database.password(),
                    database.host(),
                    database.port(),
                    database.name()));
    var process = builder.start();
    started.add(process);
    return process;
  }

  private int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private String output() throws IOException {
    return Files.readString(home.resolve("output"));
  }

  @Test
  void a_call_that_makes_no_sense_ends_with_2_and_the_use() throws Exception {
    assertThat(exitCode(start("--frob"))).isEqualTo(2);
    assertThat(output()).startsWith("there is no option --frob\n" + ImportWish.USE);
  }

  @Test
  void a_good_file_ends_with_0_and_a_missing_one_beside_it_with_1_and_paths_are_as_they_were_named()
      throws Exception {
    Files.copy(FIXTURE, home.resolve("guangxi_baise.json"));
    assertThat(exitCode(start("--report", "report.jsonl", "guangxi_baise.json"))).isZero();
    assertThat(output()).startsWith("guangxi_baise.json: ").endsWith(" report.jsonl\n");
    assertThat(Files.readString(home.resolve("report.jsonl")))
        .contains("\"file\":\"guangxi_baise.json\"");

    assertThat(exitCode(start("none.json", "guangxi_baise.json"))).isEqualTo(1);
    assertThat(output())
        .contains("  none.json\n    not imported: there is no such file", Importing.NOTHING_NEW);
    assertThat(home.resolve("data").resolve("imports").toFile().list()).hasSize(1);
  }

  @Test
  void a_report_that_cannot_be_written_ends_it_before_anything_is_imported() throws Exception {
    assertThat(exitCode(start("--report", "no/such/folder.jsonl", FIXTURE.toString())))
        .isEqualTo(1);
    assertThat(output())
        .isEqualTo(
            "the import ended early: the report no/such/folder.jsonl cannot be written: there is no"
                + " such folder\n");
  }

  @Test
  void a_signal_leaves_the_catalogue_at_hand_out() throws Exception {
    try (var other = database.connect("test");
        var statement = other.createStatement()) {
      other.setAutoCommit(false);
      // As another import of the catalogue does.
      statement.execute("select pg_advisory_xact_lock(7214501, hashtext('slow'))");
      var process = start("--catalogue", "slow", FIXTURE.toString());
      // Of this database: others have locks of their own.
      var waiting =
          "select count(*) from pg_locks where locktype = 'advisory' and not granted"
              + " and database = (select oid from pg_database where datname = current_database())";
      for (var waits = 0; waits == 0; ) {
        try (var found = statement.executeQuery(waiting)) {
          found.next();
          waits = found.getInt(1);
        }
        assertThat(process.isAlive()).isTrue();
      }
      process.destroy();

      assertThat(exitCode(process)).isEqualTo(TERMINATED);
      assertThat(output()).contains("not imported: the import was told to stop");
      other.rollback();
      try (var found =
          statement.executeQuery("select count(*) from data_resource where catalogue = 'slow'")) {
        found.next();
        assertThat(found.getInt(1)).isZero();
      }
    }
  }
}
