package dev.fairground.bench;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a JVM of its own, so that its processor time can be told from that of others. */
record ServerProcess(Process process, int port) implements AutoCloseable {
  private static final long START_SECONDS = 60;

  private static final List<String> MEMORY = List.of("-XX:+UseParallelGC", "-Xms1g", "-Xmx1g");

  /** Starts {@code main} with the classes of this JVM and waits until it listens. */
  static ServerProcess start(
      String main, List<String> arguments, Map<String, String> environment, int port, Path log)
      throws Exception {
    return start(MEMORY, main, arguments, environment, port, log);
  }

  /**
   * The same with memory of another size.
   *
   * @param memory options of the JVM
   */
  static ServerProcess start(
      List<String> memory,
      String main,
      List<String> arguments,
      Map<String, String> environment,
      int port,
      Path log)
      throws Exception {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(memory);
    // For a profile, say: -Dbench.server.options=-XX:StartFlightRecording:filename=x.jfr
    command.addAll(Arrays.asList(System.getProperty("bench.server.options", "").split(" ", 0)));
    command.removeIf(String::isEmpty);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    var server = new ServerProcess(builder.start(), port);
    Runtime.getRuntime().addShutdownHook(new Thread(server.process::destroyForcibly));
    server.awaitListening(log);
    return server;
  }

  private void awaitListening(Path log) throws Exception {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < end && process.isAlive()) {
      try (var probe = new Socket("127.0.0.1", port)) {
        if (probe.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("did not start; see " + log + ":\n" + Files.readString(log));
  }

  /** Processor time it has used, in seconds. */
  double cpuSeconds() throws IOException {
    return ProcessorTime.of(process.pid());
  }

  /** Forgets the most memory that it had so far; does nothing where the system cannot. */
  void forgetMostMemory() {
    try {
      Files.writeString(Path.of("/proc/" + process.pid() + "/clear_refs"), "5");
    } catch (IOException cannot) {
      // Then the most is that since the start.
    }
  }

  /** The most memory that it had at any time, in MB; 0 where the system does not tell. */
  long mostMemory() {
    return mostMemory(process.pid()) / 1024;
  }

  /** The most memory that a process had, in kB; 0 where the system does not tell. */
  static long mostMemory(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      return 0;
    }
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    process.waitFor(20, TimeUnit.SECONDS);
  }
}
