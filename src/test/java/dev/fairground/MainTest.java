package dev.fairground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.sql.DatabaseAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The server as a process of its own: what an administrator and a supervisor see of it. */
@ExtendWith(TestDatabase.class)
class MainTest {
  private static final long LONGEST_SECONDS = 60;

  private final HttpClient client = HttpClient.newHttpClient();
  private final DatabaseAddress database;
  private final int httpPort = freePort();
  private final int managementPort = freePort();
  @TempDir private Path home;
  private final Deque<Process> started = new ArrayDeque<>();

  MainTest(DatabaseAddress address) {
    database = address;
  }

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void a_signal_ends_it_with_0_and_takes_its_readiness_at_once() throws Exception {
    start(Map.of("FAIRGROUND_DATABASE_URL", url(database.port())));
    until("/health/ready", 200);

    started.element().destroy();
    until("/health/ready", 503);

    assertThat(exitCode()).isZero();
    assertThat(output()).isNotEmpty().allMatch(line -> line.startsWith("{") && line.endsWith("}"));
    // An external database is somebody's work, not a first look around.
    assertThat(output()).anyMatch(line -> line.contains("\"explorer\":\"off\""));
  }

  @Test
  void it_is_live_and_not_ready_while_it_waits_for_its_database_and_a_signal_ends_the_waiting()
      throws Exception {
    start(Map.of("FAIRGROUND_DATABASE_URL", url(freePort())));
    until("/health/live", 200);

    assertThat(status("/health/ready")).isEqualTo(503);
    while (output().noneMatch(line -> line.contains("waiting for the database"))) {
      Thread.sleep(20);
    }
    started.element().destroy();

    assertThat(exitCode()).isZero();
  }

  @Test
  void what_libraries_and_threads_write_goes_to_the_one_log() {
    Main.logAsOne();

    assertThat(Logger.getLogger("").getHandlers())
        .singleElement()
        .isInstanceOf(SLF4JBridgeHandler.class);
    assertThat(Thread.getDefaultUncaughtExceptionHandler()).isNotNull();
  }

  @Test
  void a_taken_port_is_told_in_one_line_that_names_the_setting() throws Exception {
    try (var taken = new ServerSocket(managementPort, 1, InetAddress.getByName("127.0.0.1"))) {
      start(Map.of("FAIRGROUND_DATABASE_URL", url(database.port())));

      assertThat(exitCode()).isPositive();
      assertThat(output())
          .singleElement()
          .asString()
          .startsWith("FAIRGROUND_MANAGEMENT_PORT is " + taken.getLocalPort());
    }
  }

  private void start(Map<String, String> settings) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var builder =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.fairground.Main")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FAIRGROUND_"));
    builder.environment().put("FAIRGROUND_HTTP_PORT", Integer.toString(httpPort));
    builder.environment().put("FAIRGROUND_MANAGEMENT_PORT", Integer.toString(managementPort));
    builder.environment().putAll(settings);
    started.push(builder.start());
  }

  private String url(int port) {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(database.user(), database.password(), database.host(), port, database.name());
  }

  private int exitCode() throws InterruptedException {
    assertThat(started.element().waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
    return started.element().exitValue();
  }

  private Stream<String> output() throws IOException {
    return Files.readAllLines(home.resolve("output")).stream();
  }

  private void until(String path, int status) throws Exception {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (status(path) != status) {
      assertThat(System.nanoTime()).as(path).isLessThan(end);
      Thread.sleep(20);
    }
  }

  /** 0 while nothing listens. */
  private int status(String path) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)).build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException notListening) {
      return 0;
    }
  }

  private static int freePort() {
    try (var probe = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return probe.getLocalPort();
    } catch (IOException none) {
      throw new IllegalStateException(none);
    }
  }
}
