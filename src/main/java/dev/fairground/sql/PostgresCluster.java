package dev.fairground.sql;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL data directory, and what its programs do with it. */
final class PostgresCluster {
  private static final int ATTEMPTS = 5;

  private final PostgresBinaries binaries;
  private final PostgresAccount account;
  private final Path directory;
  private final Path data;

  PostgresCluster(PostgresBinaries binaries, PostgresAccount account, Path directory) {
    this.binaries = binaries;
    this.account = account;
    this.directory = directory;
    this.data = directory.resolve("cluster");
  }

  /**
   * Makes the data directory unless it is there. It is made under another name first: what a killed
   * start leaves is thrown away, never used.
   *
   * <p>The locale is PostgreSQL's own C.UTF-8: it sorts by code point on every machine, and knows
   * the letters of all scripts, which the plain C locale does not.
   */
  void initialise(String user, String password, Durability durability) throws IOException {
    if (Files.exists(data)) {
      checkVersion();
      account.takeOver(data);
      return;
    }
    var unfinished = directory.resolve("cluster.new");
    FileTrees.delete(unfinished);
    var passwordFile = directory.resolve("password.initdb");
    Files.deleteIfExists(passwordFile);
    Files.createFile(
        passwordFile,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passwordFile, password);
    account.takeOver(passwordFile);
    var command =
        new ArrayList<>(
            List.of(
                binaries.program("initdb").toString(),
                "--pgdata=" + unfinished,
                "--username=" + user,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions"));
    if (durability == Durability.FAST) {
      command.add("--no-sync");
    }
    account.run("initdb", command);
    Files.delete(passwordFile);
    Files.writeString(
        unfinished.resolve("postgresql.conf"),
        "\ninclude_if_exists = 'fairground.conf'\n",
        StandardOpenOption.APPEND);
    Files.move(unfinished, data);
  }

  private void checkVersion() throws IOException {
    var found = Files.readString(data.resolve("PG_VERSION")).strip();
    var said = "postgres (PostgreSQL) " + found + ".";
    var ours =
        account.run(
            "postgres --version", List.of(binaries.program("postgres").toString(), "--version"));
    if (!ours.startsWith(said)) {
      throw new DatabaseStartFailure(
          "the data in "
              + data
              + " was written by PostgreSQL "
              + found
              + ", which is not the one that comes with this server: dump it with the old one");
    }
  }

  /** Ends a postmaster whose server was killed, and forgets one that is long gone. */
  void stopLeftOver() throws IOException {
    var file = data.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    var pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
    if (ProcessHandle.of(Math.abs(pid)).filter(this::isOurPostmaster).isPresent()) {
      stop();
    } else {
      // We hold the directory's lock, and the number belongs to nobody or to a stranger.
      Files.deleteIfExists(file);
    }
  }

  /** By the directory it was told, or the one it works in: a postmaster goes to its data. */
  private boolean isOurPostmaster(ProcessHandle process) {
    var arguments = process.info().arguments();
    if (arguments.isPresent() && List.of(arguments.get()).contains(data.toString())) {
      return true;
    }
    try {
      return Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), data);
    } catch (IOException notOurs) {
      return false;
    }
  }

  /** Starts it at the port of last time, or at another one if that is taken now. */
  int start(Durability durability) throws IOException {
    var log = directory.resolve("startup.log");
    for (int attempt = 1; ; attempt++) {
      var port = port();
      Files.writeString(data.resolve("fairground.conf"), settings(port, durability));
      Files.deleteIfExists(log);
      try {
        account.run(
            "starting PostgreSQL",
            List.of(
                binaries.program("pg_ctl").toString(),
                "--pgdata=" + data,
                "--log=" + log,
                "--wait",
                "--timeout=120",
                "--silent",
                "start"));
        return port;
      } catch (DatabaseStartFailure failure) {
        var reason = Files.exists(log) ? Files.readString(log).strip() : "";
        if (attempt == ATTEMPTS || !reason.contains("could not bind")) {
          throw new DatabaseStartFailure(failure.getMessage() + "\n" + reason, failure);
        }
      }
    }
  }

  private int port() throws IOException {
    var file = directory.resolve("port");
    if (Files.exists(file)) {
      var port = Integer.parseInt(Files.readString(file).strip());
      if (isFree(port)) {
        return port;
      }
    }
    try (var probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Files.writeString(file, Integer.toString(probe.getLocalPort()));
      return probe.getLocalPort();
    }
  }

  private static boolean isFree(int port) {
    try (var probe = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /**
   * Seven log files of JSON, one a weekday, and no statement in them: they may hold personal data.
   */
  private static String settings(int port, Durability durability) {
    return """
        # Written at every start; changes here are lost.
        listen_addresses = '127.0.0.1'
        port = %d
        unix_socket_directories = ''
        timezone = 'UTC'
        log_timezone = 'UTC'
        lc_messages = 'C'
        logging_collector = on
        log_destination = 'jsonlog'
        log_directory = '../log'
        log_filename = 'postgres-%%a.json'
        log_rotation_age = 1d
        log_rotation_size = 0
        log_truncate_on_rotation = on
        log_min_error_statement = panic
        log_checkpoints = off
        password_encryption = 'scram-sha-256'
        random_page_cost = 1.1
        """
            .formatted(port)
        + durability.settings();
  }

  /** Fast: sessions are ended, not waited for. */
  void stop() {
    account.run(
        "stopping PostgreSQL",
        List.of(
            binaries.program("pg_ctl").toString(),
            "--pgdata=" + data,
            "--mode=fast",
            "--wait",
            "--timeout=30",
            "--silent",
            "stop"));
  }
}
