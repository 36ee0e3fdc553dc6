package dev.fairground.sql;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The account PostgreSQL's programs run under. They refuse to run as root, and as a user without a
 * name; then the first of these ways is taken that works here:
 *
 * <ol>
 *   <li>an ordinary user with a name: as oneself;
 *   <li>the files already belong to an ordinary user: as that user (root only);
 *   <li>{@code unshare -U}: still the same account for the file system, but a nameless nobody for
 *       the programs;
 *   <li>{@code setpriv}: as user 65534, to whom the files are given (root only).
 * </ol>
 *
 * @param prefix the words before each command
 * @param owner the numeric user who must own the files; -1 if they stay with us
 */
record PostgresAccount(List<String> prefix, int owner) {
  private static final int NOBODY = 65_534;

  static PostgresAccount toOwn(Path directory) {
    var self = new UnixSystem().getUid();
    if (self != 0) {
      var nameless = "?".equals(System.getProperty("user.name"));
      return nameless && works(List.of("unshare", "-U"), "true")
          ? new PostgresAccount(List.of("unshare", "-U"), -1)
          : new PostgresAccount(List.of(), -1);
    }
    var owner = ownerOf(directory);
    if (owner != 0) {
      return as(owner, directory);
    }
    return works(List.of("unshare", "-U"), "test", "-w", directory.toString())
        ? new PostgresAccount(List.of("unshare", "-U"), -1)
        : as(NOBODY, directory);
  }

  private static PostgresAccount as(int user, Path directory) {
    var prefix = List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups", "--");
    if (!works(prefix, "true")) {
      throw new DatabaseStartFailure(
          "PostgreSQL refuses to run as root, and neither \"unshare -U\" nor \"setpriv\" works"
              + " here: start the server as an ordinary user, or set FAIRGROUND_DATABASE_URL");
    }
    var account = new PostgresAccount(prefix, user);
    try {
      account.takeOver(directory);
    } catch (IOException refused) {
      throw new DatabaseStartFailure(
          "cannot give " + directory + " to user " + user + ": " + refused, refused);
    }
    if (!works(prefix, "test", "-w", directory.toString())) {
      throw new DatabaseStartFailure(
          "PostgreSQL runs as user "
              + user
              + ", who may not enter "
              + directory
              + ": choose another FAIRGROUND_DATA_DIR, or start the server as an ordinary user");
    }
    return account;
  }

  private static int ownerOf(Path directory) {
    try {
      return (int) Files.getAttribute(directory, "unix:uid");
    } catch (IOException unreadable) {
      throw new DatabaseStartFailure("cannot read " + directory + ": " + unreadable, unreadable);
    }
  }

  private static boolean works(List<String> prefix, String... command) {
    var words = new ArrayList<>(prefix);
    words.addAll(List.of(command));
    try {
      var process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return awaitEnd(process) == 0;
    } catch (IOException notThere) {
      return false;
    }
  }

  /** Gives what we made to the account, where that is somebody else. */
  void takeOver(Path path) throws IOException {
    if (owner >= 0 && ownerOf(path) != owner) {
      FileTrees.give(path, owner);
    }
  }

  /** Runs a program to its end, and fails with what it said unless it ends well. */
  String run(String purpose, List<String> command) {
    var words = new ArrayList<>(prefix);
    words.addAll(command);
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    // Messages are recognised and shown in English, whatever the machine speaks.
    builder.environment().put("LC_ALL", "C");
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    try {
      var process = builder.start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (awaitEnd(process) != 0) {
        throw new DatabaseStartFailure(purpose + " failed: " + said.strip());
      }
      return said;
    } catch (IOException notThere) {
      throw new DatabaseStartFailure(purpose + " failed: " + notThere.getMessage(), notThere);
    }
  }

  /** An interrupt is kept for later: a postmaster that nobody waited for would outlive us. */
  private static int awaitEnd(Process process) {
    var interrupted = false;
    while (true) {
      try {
        var code = process.waitFor();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return code;
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
  }
}
