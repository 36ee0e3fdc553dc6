package dev.fairground.bench;

import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import dev.fairground.sql.Durability;
import dev.fairground.sql.EmbeddedDatabase;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures access: equal terms over a market with many grants, eligibility, decisions at once on
 * one cohort, and reports of use. The cohort has 10,000 grants, or a quarter of all where there are
 * fewer than 40,000.
 */
final class AccessBench {
  private static final int PRODUCTS = 1_000;
  private static final int BATCH = 100_000;
  private static final int CALLERS = Integer.getInteger("bench.callers", 8);
  private static final long ROUND_MILLIS = Long.getLong("bench.millis", 5_000);
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);

  /** More requests than are decided in a second, and grants whose use is reported. */
  private static final long MOST_A_SECOND = 500;

  private static final int GRANTS_USED = 1_000;
  private static final int PORT = 18_130;
  private static final int MANAGEMENT_PORT = 18_131;
  // So that requests for its products may be handed in and approved.
  private static final String GROUND =
      """
      insert into organization (id, code, created_at)
      select md5('applicant ' || n)::uuid, 'APPLICANT-' || n, '2025-01-01Z' from generate_series(0, 9999) as n;

      insert into organization_version (organization_id, version, valid_from, code, name, locale, kind, demonstration)
      select id, 1, created_at, code, code, 'zh', 'ENTERPRISE', true
        from organization where code like 'APPLICANT-%';

      insert into authorized_resource (grant_id, grant_version, resource_id, valid_from)
      select distinct v.authorization_grant_id, 1, r.resource_id, g.valid_from
        from product_version v
        join authorization_grant_version g on g.grant_id = v.authorization_grant_id
        join product_resource r on r.operator_id = v.operator_id and r.product_id = v.product_id
       where v.product_id in (md5('product 5')::uuid, md5('product 15')::uuid);

      insert into price_ceiling (id, version, valid_from, authorization_grant_id, set_by_id, item_class, unit, currency,
             trial, effective_on, document, demonstration)
      select md5('ceiling of ' || number)::uuid, 1, created_at, id, institution_id, 'call', 'PER_CALL', 'CNY', false,
             '2025-01-01', '-', true
        from authorization_grant;

      insert into price_ceiling_tier (ceiling_id, ceiling_version, from_quantity, unit_price)
      select id, 1, 0, 0.6 from price_ceiling;
      """;
  private static final String QUERY =
      """
      query Terms($id: ID!) { equalTerms(productId: $id, purpose: INDUSTRY) { since whole unlisted
        cohorts { scenarioClass volumeBand termBand size lowestPrice { amount } highestPrice { amount }
          prices { unitPrice { amount } grants } decisionDays { minimum median maximum }
          deviations { field standard granted factor grants } unjustified { field grants } }
        pools { size } } }
      """;

  private static final String ELIGIBILITY =
      """
      query Eligible($id: ID!) { eligibility(productId: $id, ask: {purpose: INDUSTRY, unit: PER_CALL, quantity: "15000"}) {
        eligible standing
        checks { code outcome title { value } message { value } clause { document clause } evidence remedy { value } }
        quote { total { amount currency } unitPrice { amount } ceilingTotal { amount } headroom { amount } validUntil
          items { item steps { quantity unitPrice { amount } amount { amount } } fee { times total { amount } } } }
        decisionDueOn requiredDocuments { code given } policyVersion termsNumber validUntil } }
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
      if (!Boolean.getBoolean("bench.noquery")) {
        bench.query(grants, cohort);
      }
      bench.work(cohort);
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
    var content = AccessBenchWork.resource("/bench/access.sql");
    try (var connection = Market.connect(address)) {
      Market.execute(connection, "set session_replication_role = replica");
      Market.execute(connection, "set work_mem = '256MB'");
      Market.execute(connection, GROUND);
      for (int from = 0; from < grants; from += BATCH) {
        Market.execute(
            connection,
            content
                .replace(":from", Integer.toString(from))
                .replace(":to", Integer.toString(Math.min(grants, from + BATCH)))
                .replace(":grants", Integer.toString(grants))
                .replace(":cohort", Integer.toString(cohort))
                .replace(":products", Integer.toString(PRODUCTS)));
      }
      Market.execute(connection, "analyze access_grant, access_grant_deviation");
      Market.execute(connection, AccessBenchWork.resource("/bench/equal-terms.sql"));
      Market.execute(connection, "vacuum (analyze, freeze)");
      Market.execute(connection, "checkpoint");
    }
    System.out.printf(
        "%,d grants, one cohort of %,d, ready after %.1f s%n%n",
        grants, cohort, (System.nanoTime() - begun) / 1e9);
    return address;
  }

  private void query(int grants, int cohort) throws Exception {
    try (var server = server();
        var target = new Target(vertx, PORT, CALLERS)) {
      Objects.requireNonNull(server);
      System.out.printf("`equalTerms` at %,d grants:%n%n", grants);
      System.out.println("| product | callers | answers/s | p50 ms | p99 ms |");
      System.out.println("|---|--:|--:|--:|--:|");
      for (int callers : new int[] {1, CALLERS}) {
        ask(target, QUERY, "%,d grants in one cohort".formatted(cohort), 15, callers);
        ask(target, QUERY, "%,d grants in sixty cohorts".formatted(grants / 5), 5, callers);
        ask(target, QUERY, "one of the others", -1, callers);
      }
      System.out.printf("%n`eligibility` with a quote:%n%n");
      System.out.println("| product | callers | answers/s | p50 ms | p99 ms |");
      System.out.println("|---|--:|--:|--:|--:|");
      for (int callers : new int[] {1, CALLERS}) {
        ask(target, ELIGIBILITY, "one of a hundred with prices", -1, callers);
      }
    }
  }

  private void ask(Target target, String query, String title, int product, int callers)
      throws Exception {
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
                          .put("query", query)
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
   * Decisions on the cohort by callers at once, each by its mutation: all that stands against it is
   * looked at, the terms are compared, and the grant is written and told. Then use of its grants.
   */
  private void work(int cohort) throws Exception {
    var metrics = new SimpleMeterRegistry();
    var database = Database.connect(vertx, market.address(), DatabaseLimits.DEFAULTS, metrics);
    try (var connection = Market.connect(market.address())) {
      var work = new AccessBenchWork(database, metrics, connection, PRODUCTS);
      decisions(work, cohort);
      if (Boolean.getBoolean("bench.statements")) {
        statements(metrics);
      }
      use(work);
    }
    database.close().await(10, TimeUnit.SECONDS);
  }

  private static void decisions(AccessBenchWork work, int cohort) throws Exception {
    System.out.printf("%n`accessRequestDecide` on one cohort of %,d:%n%n", cohort);
    System.out.println("| callers | round | decisions/s | p50 ms | p99 ms | too busy |");
    System.out.println("|--:|--:|--:|--:|--:|--:|");
    for (int callers : new int[] {1, CALLERS}) {
      for (int round = 0; round <= ROUNDS; round++) {
        work.prepare((int) (ROUND_MILLIS * MOST_A_SECOND / 1_000));
        var measured = work.round(callers, ROUND_MILLIS).await(120, TimeUnit.SECONDS);
        var refused = work.refused();
        if (round > 0) {
          System.out.printf(
              "| %d | %d | %.0f | %.2f | %.2f | %d |%n",
              callers,
              round,
              measured.perSecond(),
              measured.millis(0.5),
              measured.millis(0.99),
              refused);
        }
      }
    }
  }

  private static void statements(SimpleMeterRegistry metrics) {
    System.out.println();
    metrics.find("fairground.sql").timers().stream()
        .sorted(
            Comparator.comparingDouble((Timer one) -> one.totalTime(TimeUnit.MILLISECONDS))
                .reversed())
        .limit(40)
        .forEach(
            one ->
                System.out.printf(
                    "%-40s %,8d %,10.0f ms %8.2f%n",
                    one.getId().getTag("statement"),
                    one.count(),
                    one.totalTime(TimeUnit.MILLISECONDS),
                    one.mean(TimeUnit.MILLISECONDS)));
  }

  private static void use(AccessBenchWork work) throws Exception {
    System.out.printf("%n`usageReport` by one caller, and places in the log:%n%n");
    System.out.println("| records a call | records | reported/s | placed/s |");
    System.out.println("|--:|--:|--:|--:|");
    work.use(GRANTS_USED, 1, 1_000);
    for (int[] size : new int[][] {{20, 100}, {10, 1_000}, {3, 10_000}}) {
      var result = work.use(GRANTS_USED, size[0], size[1]);
      System.out.printf(
          "| %,d | %,d | %.0f | %.0f |%n",
          size[1], result.records(), result.reported(), result.placed());
    }
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
