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

  /** Starts {@code main} with the classes of this JVM and waits until it listens. */
  static ServerProcess start(
      String main, List<String> arguments, Map<String, String> environment, int port, Path log)
      throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseParallelGC",
                "-Xms1g",
                "-Xmx1g"));
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

  @Override
  public void close() throws Exception {
    process.destroy();
    process.waitFor(20, TimeUnit.SECONDS);
  }
}
