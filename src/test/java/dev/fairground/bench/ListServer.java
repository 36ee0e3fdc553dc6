package dev.fairground.bench;

import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.Durability;
import dev.fairground.sql.EmbeddedDatabase;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What benchmarks of writes run on: a cluster that keeps what it commits, and servers over it. */
final class ListServer {
  /** Of the first server; another one takes those behind it. */
  static final int PORT = 18_100;

  private static final int MANAGEMENT_PORT = 18_110;
  private static final List<String> MEMORY = List.of("-XX:+UseParallelGC", "-Xms512m", "-Xmx512m");

  private ListServer() {}

  /** DURABLE unless {@code -Dbench.durability=FAST} is said. */
  static final Durability DURABILITY =
      Durability.valueOf(System.getProperty("bench.durability", "DURABLE"));

  static Path directory() throws Exception {
    var directory = Path.of("target", "bench", "lists").toAbsolutePath();
    Files.createDirectories(directory);
    return directory;
  }

  /** The cluster, which tells when transactions were committed. */
  static EmbeddedDatabase cluster(Path directory) throws Exception {
    var database = start(directory);
    try (var connection = Market.connect(database.address());
        var statement = connection.createStatement()) {
      statement.execute("alter system set autovacuum = off");
      statement.execute("alter system set max_wal_size = '8GB'");
      statement.execute("alter system set track_commit_timestamp = on");
    }
    database.close();
    return start(directory);
  }

  private static EmbeddedDatabase start(Path directory) {
    return EmbeddedDatabase.start(directory.getParent(), directory.resolve("cluster"), DURABILITY);
  }

  static long postmaster(Path directory) throws Exception {
    return Bench.postmaster(directory);
  }

  static ServerProcess start(Path directory, DatabaseAddress address, int number) throws Exception {
    return start(directory, address, number, MEMORY);
  }

  /**
   * A server with its usual limits, but for those on what one address or caller may do at once: all
   * callers are here.
   */
  static ServerProcess start(
      Path directory, DatabaseAddress address, int number, List<String> memory) throws Exception {
    var settings =
        new HashMap<>(
            Map.of(
                "FAIRGROUND_HTTP_PORT",
                Integer.toString(PORT + number),
                "FAIRGROUND_MANAGEMENT_PORT",
                Integer.toString(MANAGEMENT_PORT + number),
                "FAIRGROUND_DATABASE_URL",
                Bench.url(address),
                "FAIRGROUND_DATA_DIR",
                directory.resolve("data").toString(),
                "FAIRGROUND_DEMO",
                "false",
                "FAIRGROUND_DEMO_TOKENS",
                "false",
                "FAIRGROUND_RATE_BURST",
                "100000000",
                "FAIRGROUND_RATE_RESTORE_PER_SECOND",
                "100000000"));
    settings.put("FAIRGROUND_HTTP_CONNECTIONS_PER_ADDRESS", "10000");
    settings.put("FAIRGROUND_HTTP_IN_FLIGHT_PER_CALLER", "1000");
    settings.put("FAIRGROUND_HTTP_WAITING_PER_CALLER", "10000");
    settings.put("FAIRGROUND_HTTP_WAITING", "10000");
    settings.put("FAIRGROUND_HTTP_WAIT_MILLIS", "10000");
    settings.put("FAIRGROUND_DOCUMENT_QUEUE", "10000");
    return ServerProcess.start(
        memory,
        "dev.fairground.Main",
        List.of(),
        settings,
        PORT + number,
        directory.resolve("server-" + number + ".log"));
  }

  static Target target(Vertx vertx, int number, int callers, String token) {
    return new Target(vertx, PORT + number, callers, token);
  }

  /** Statements of a server by the time that they took so far, in seconds, as its metrics tell. */
  static Map<String, Double> statements(Vertx vertx, int number) throws Exception {
    try (var management = new Target(vertx, MANAGEMENT_PORT + number, 1)) {
      var seconds = new HashMap<String, Double>();
      management
          .reply(Target.Request.get("/metrics"))
          .body()
          .toString()
          .lines()
          .filter(line -> line.startsWith("fairground_sql_seconds_sum"))
          .forEach(
              line ->
                  seconds.merge(
                      line.replaceFirst(".*statement=\"([^\"]*)\".*", "$1"),
                      Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)),
                      Double::sum));
      return seconds;
    }
  }

  /** Says which statements took most of the time since {@code before}. */
  static void tellStatements(Vertx vertx, int number, Map<String, Double> before, int most)
      throws Exception {
    var since = statements(vertx, number);
    before.forEach((name, seconds) -> since.merge(name, -seconds, Double::sum));
    System.out.println();
    since.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(most)
        .forEach(one -> System.out.printf("%10.3f s  %s%n", one.getValue(), one.getKey()));
  }
}
