package dev.fairground.bench;

import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import dev.fairground.sql.Durability;
import dev.fairground.sql.EmbeddedDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures equal terms: the query over a market with many grants, and decisions at once on one
 * cohort. The cohort has 10,000 grants, or a quarter of all where there are fewer than 40,000.
 */
final class AccessBench {
  private static final int PRODUCTS = 1_000;
  private static final int BATCH = 1_000;
  private static final int CALLERS = Integer.getInteger("bench.callers", 8);
  private static final long ROUND_MILLIS = Long.getLong("bench.millis", 5_000);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
  private static final int PORT = 18_130;
  private static final int MANAGEMENT_PORT = 18_131;
  private static final String QUERY =
      """
      query Terms($id: ID!) { equalTerms(productId: $id, purpose: INDUSTRY) { since whole unlisted
        cohorts { scenarioClass volumeBand termBand size lowestPrice { amount } highestPrice { amount }
          prices { unitPrice { amount } grants } decisionDays { minimum median maximum }
          deviations { field standard granted factor grants } unjustified { field grants } }
        pools { size } } }
      """;

  private final Vertx vertx;
  private final Path directory;
  private final Market market;

  private AccessBench(Vertx vertx, Path directory, Market market) {
    this.vertx = vertx;
    this.directory = directory;
    this.market = market;
  }

  /** Arguments: how many grants there are, 1,000,000 when left out. */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    int grants = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    var directory = Path.of("target", "bench").toAbsolutePath();
    Files.createDirectories(directory);
    var vertx = Vertx.vertx();
    try (var cluster =
        EmbeddedDatabase.start(directory, directory.resolve("cluster"), Durability.FAST)) {
      Bench.quiet(cluster.address());
      var filled = Market.in(vertx, cluster.address(), PRODUCTS);
      int cohort = Math.min(10_000, grants / 4);
      var market = new Market(copy(cluster.address(), filled, grants, cohort), PRODUCTS);
      var bench = new AccessBench(vertx, directory, market);
      bench.query(grants, cohort);
      bench.decisions(cohort);
    } finally {
      vertx.close().await();
    }
  }

  /** A fresh copy of the market with grants: those that a run decides on are kept for ever. */
  private static DatabaseAddress copy(
      DatabaseAddress cluster, Market filled, int grants, int cohort) throws Exception {
    var name = "access_" + grants;
    var begun = System.nanoTime();
    try (var maintenance = Market.connect(cluster)) {
      Market.execute(maintenance, "drop database if exists " + name);
      Market.execute(
          maintenance, "create database " + name + " template " + filled.address().name());
    }
    var address = cluster.withName(name);
    var content = content();
    try (var connection = Market.connect(address)) {
      Market.execute(
          connection, "alter table access_grant enable always trigger access_grant_equal_terms");
      Market.execute(connection, "set session_replication_role = replica");
      for (int from = 0; from < grants; from += BATCH) {
        Market.execute(
            connection,
            content
                .replace(":from", Integer.toString(from))
                .replace(":to", Integer.toString(Math.min(grants, from + BATCH)))
                .replace(":grants", Integer.toString(grants))
                .replace(":cohort", Integer.toString(cohort))
                .replace(":products", Integer.toString(PRODUCTS)));
        if (from % 100_000 == 0) {
          Market.execute(connection, "vacuum analyze equal_cohort, equal_step, equal_terms");
        }
      }
      Market.execute(
          connection, "alter table access_grant enable trigger access_grant_equal_terms");
      Market.execute(connection, "vacuum (analyze, freeze)");
    }
    System.out.printf(
        "%,d grants, one cohort of %,d, ready after %.1f s%n%n",
        grants, cohort, (System.nanoTime() - begun) / 1e9);
    return address;
  }

  private static String content() throws IOException {
    try (var in = AccessBench.class.getResourceAsStream("/bench/access.sql")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void query(int grants, int cohort) throws Exception {
    try (var server = server();
        var target = new Target(vertx, PORT, CALLERS)) {
      Objects.requireNonNull(server);
      System.out.printf("`equalTerms` at %,d grants:%n%n", grants);
      System.out.println("| product | callers | answers/s | p50 ms | p99 ms |");
      System.out.println("|---|--:|--:|--:|--:|");
      for (int callers : new int[] {1, CALLERS}) {
        ask(target, "%,d grants in one cohort".formatted(cohort), 5, callers);
        ask(target, "%,d grants in sixty cohorts".formatted(grants / 5), 15, callers);
        ask(target, "one of the others", -1, callers);
      }
    }
  }

  private void ask(Target target, String title, int product, int callers) throws Exception {
    var next = new AtomicInteger();
    for (int round = 0; round < 2; round++) {
      var measured =
          target.round(
              callers,
              ROUND_MILLIS,
              200,
              () ->
                  Target.Request.post(
                      new JsonObject()
                          .put("query", QUERY)
                          .put(
                              "variables",
                              new JsonObject()
                                  .put(
                                      "id",
                                      "dp_"
                                          + Market.md5(
                                              "product "
                                                  + (product >= 0
                                                      ? product
                                                      : (next.incrementAndGet() % 98 + 2) * 10
                                                          + 5))))));
      if (round == 1) {
        System.out.printf(
            "| %s | %d | %.0f | %.2f | %.2f |%n",
            title, callers, measured.perSecond(), measured.millis(0.5), measured.millis(0.99));
      }
    }
  }

  /**
   * Decisions on the cohort by callers at once: the comparison, the rows of a grant, and who is
   * told of it, in a transaction. A decision by its mutation is measured here when there is one.
   */
  private void decisions(int cohort) throws Exception {
    var database =
        Database.connect(
            vertx, market.address(), DatabaseLimits.DEFAULTS, new SimpleMeterRegistry());
    var work = new AccessBenchWork(database);
    System.out.printf("%nDecisions on one cohort of %,d, by %d callers:%n%n", cohort, CALLERS);
    System.out.println("| round | decisions/s | p50 ms | p99 ms |");
    System.out.println("|--:|--:|--:|--:|");
    for (int round = 0; round <= ROUNDS; round++) {
      var measured = work.round(CALLERS, ROUND_MILLIS).await(120, TimeUnit.SECONDS);
      if (round > 0) {
        System.out.printf(
            "| %d | %.0f | %.2f | %.2f |%n",
            round, measured.perSecond(), measured.millis(0.5), measured.millis(0.99));
      }
    }
    database.close().await(10, TimeUnit.SECONDS);
  }

  private ServerProcess server() throws Exception {
    return ServerProcess.start(
        List.of("-XX:+UseParallelGC", "-Xms256m", "-Xmx256m"),
        "dev.fairground.Main",
        List.of(),
        Map.ofEntries(
            Map.entry("FAIRGROUND_HTTP_PORT", Integer.toString(PORT)),
            Map.entry("FAIRGROUND_MANAGEMENT_PORT", Integer.toString(MANAGEMENT_PORT)),
            Map.entry("FAIRGROUND_DATABASE_URL", Bench.url(market.address())),
            Map.entry("FAIRGROUND_DATA_DIR", directory.resolve("access").toString()),
            Map.entry("FAIRGROUND_DEMO", "false"),
            Map.entry("FAIRGROUND_DEMO_TOKENS", "false"),
            Map.entry("FAIRGROUND_CHECK_SWEEP_AT", "00:00"),
            Map.entry("FAIRGROUND_RATE_BURST", "100000000"),
            Map.entry("FAIRGROUND_RATE_RESTORE_PER_SECOND", "100000000"),
            Map.entry("FAIRGROUND_ANSWER_CACHE_MILLIS", "0")),
        PORT,
        directory.resolve("access-server.log"));
  }
}
