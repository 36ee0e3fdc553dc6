package dev.fairground.bench;

import dev.fairground.check.Cause;
import dev.fairground.check.Checks;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.DatabaseLimits;
import dev.fairground.sql.Durability;
import dev.fairground.sql.EmbeddedDatabase;
import dev.fairground.sql.Reads;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Measures the checks of a long list, then the sweep of a whole market by a server that is asked
 * meanwhile: its time, its memory, and how long reads take against reads without it.
 */
final class ChecksBench {
  private static final int BATCH = 200;
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
  private static final long ROUND_MILLIS = Long.getLong("bench.millis", 5_000);
  private static final int CALLERS = Integer.getInteger("bench.callers", 2);
  private static final int PORT = 18_120;
  private static final int MANAGEMENT_PORT = 18_121;
  private static final double MOST = 1.2;

  private final Vertx vertx;
  private final Path directory;
  private final Market market;

  private ChecksBench(Vertx vertx, Path directory, Market market) {
    this.vertx = vertx;
    this.directory = directory;
    this.market = market;
  }

  /**
   * Arguments: how many entries the list has, 10,000 when left out; how many products the market
   * has, 1,000,000 when left out.
   */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    int entries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
    int products = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
    var directory = Path.of("target", "bench").toAbsolutePath();
    Files.createDirectories(directory);
    var vertx = Vertx.vertx();
    try (var cluster =
        EmbeddedDatabase.start(directory, directory.resolve("cluster"), Durability.FAST)) {
      Bench.quiet(cluster.address());
      var filled = Market.in(vertx, cluster.address(), products);
      var market = new Market(copy(cluster.address(), filled), products);
      var bench = new ChecksBench(vertx, directory, market);
      bench.list(entries);
      bench.sweep();
    } finally {
      vertx.close().await();
    }
  }

  /** A fresh copy of the market, with what checks look at: runs are kept for ever. */
  private static DatabaseAddress copy(DatabaseAddress cluster, Market filled) throws Exception {
    var name = "checks_" + filled.products();
    var begun = System.nanoTime();
    try (var maintenance = Market.connect(cluster)) {
      Market.execute(maintenance, "drop database if exists " + name);
      Market.execute(
          maintenance, "create database " + name + " template " + filled.address().name());
    }
    var address = cluster.withName(name);
    try (var connection = Market.connect(address);
        var in = ChecksBench.class.getResourceAsStream("/bench/checks.sql")) {
      Market.execute(connection, "set session_replication_role = replica");
      var content = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (var statement : content.split(";\n", -1)) {
        if (!statement.isBlank()) {
          Market.execute(connection, statement);
        }
      }
    }
    System.out.printf(
        "%,d products with scopes, ready after %.1f s%n%n",
        filled.products(), (System.nanoTime() - begun) / 1e9);
    return address;
  }

  /** The checks of a list's entries, in one process, 200 in a transaction. */
  private void list(int entries) throws Exception {
    var database =
        Database.connect(
            vertx, market.address(), DatabaseLimits.DEFAULTS, new SimpleMeterRegistry());
    var products =
        database
            .list(
                new Reads(),
                "-- benchProducts\nselect product_id from product_version where valid_to = 'infinity' order by product_id limit $1",
                Tuple.of(entries),
                row -> row.getUUID(0))
            .await(60, TimeUnit.SECONDS);
    System.out.println("| a list of | run | entries/s | checks/s | s |");
    System.out.println("|--:|---|--:|--:|--:|");
    for (int round = 0; round <= ROUNDS; round++) {
      var begun = System.nanoTime();
      long checks = 0;
      for (int from = 0; from < products.size(); from += BATCH) {
        checks += check(database, products.subList(from, Math.min(from + BATCH, products.size())));
      }
      var seconds = (System.nanoTime() - begun) / 1e9;
      System.out.printf(
          "| %,d | %s | %.0f | %.0f | %.2f |%n",
          products.size(),
          round == 0 ? "first, all kept, cold" : "again, nothing differs",
          products.size() / seconds,
          checks / seconds,
          seconds);
    }
    database.close().await(10, TimeUnit.SECONDS);
  }

  private static int check(Database database, List<UUID> products) throws Exception {
    var checks = new Checks(database);
    var write = Write.ofServer(Moment.present(Instant.now()), "bench");
    return database
        .inPrivateTransaction(
            transaction -> checks.ofProducts(transaction, write, Cause.REQUEST, products))
        .await(60, TimeUnit.SECONDS)
        .stream()
        .mapToInt(checked -> checked.results().size())
        .sum();
  }

  private void sweep() throws Exception {
    try (var connection = Market.connect(market.address())) {
      // The server finds today's sweep done, until this is taken away.
      hold(connection);
      try (var server = server();
          var target = new Target(vertx, PORT, CALLERS)) {
        System.out.printf(
            "%nReads: one product with everything, and first pages, by %d callers.%n%n", CALLERS);
        System.out.println("| | reads/s | p50 ms | p99 ms |");
        System.out.println("|---|--:|--:|--:|");
        for (int warm = 0; warm < 3; warm++) {
          reads(target);
        }
        var before = rounds("without a sweep", target, List.of());
        var first = during("the first sweep, all kept", connection, server, target);
        var second = during("a later sweep, nothing differs", connection, server, target);
        var after = rounds("without a sweep, again", target, List.of());
        var quiet = (before + after) / 2;
        System.out.printf(
            "%nTarget: p99 of reads at most %.1f times that without: %.2f and %.2f: %s%n",
            MOST, first / quiet, second / quiet, second / quiet <= MOST ? "met" : "missed");
      }
    }
  }

  private static void hold(Connection connection) throws Exception {
    Market.execute(
        connection,
        "insert into check_sweep (day, state, begun_at, ended_at)"
            + " select (now() at time zone 'Asia/Shanghai')::date, 'DONE', now(), now() on conflict do nothing");
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
            Map.entry("FAIRGROUND_DATA_DIR", directory.resolve("checks").toString()),
            Map.entry("FAIRGROUND_DEMO", "false"),
            Map.entry("FAIRGROUND_DEMO_TOKENS", "false"),
            Map.entry("FAIRGROUND_CHECK_SWEEP_AT", "00:00"),
            Map.entry(
                "FAIRGROUND_CHECK_SWEEP_PAUSE_MILLIS", System.getProperty("bench.pause", "1000")),
            Map.entry("FAIRGROUND_RATE_BURST", "100000000"),
            Map.entry("FAIRGROUND_RATE_RESTORE_PER_SECOND", "100000000"),
            Map.entry("FAIRGROUND_ANSWER_CACHE_MILLIS", "0")),
        PORT,
        directory.resolve("checks-server.log"));
  }

  /** A sweep from its beginning to its end, with reads all the while; gives their p99. */
  private double during(String title, Connection connection, ServerProcess server, Target target)
      throws Exception {
    Market.execute(connection, "delete from check_sweep_part");
    Market.execute(connection, "delete from check_sweep");
    server.forgetMostMemory();
    while (!state(connection).equals("RUNNING")) {
      Thread.sleep(200);
    }
    var begun = System.nanoTime();
    var all = new ArrayList<Target.Round>();
    while (state(connection).equals("RUNNING")) {
      all.add(reads(target));
    }
    var p99 = rounds(title, target, all);
    System.out.printf(
        "| | took %.0f s; the server's most memory %,d MB | %s |%n",
        (System.nanoTime() - begun) / 1e9, server.mostMemory(), told(connection));
    return p99;
  }

  private static String state(Connection connection) throws Exception {
    return value(connection, "select coalesce((select max(state) from check_sweep), '')");
  }

  private static String told(Connection connection) throws Exception {
    return value(
        connection,
        "select sum(checked) || ' checked, ' || sum(changed) || ' kept, ' || sum(suspended) || ' suspended' from check_sweep_part");
  }

  private static String value(Connection connection, String sql) throws Exception {
    try (var statement = connection.createStatement();
        var found = statement.executeQuery(sql)) {
      found.next();
      return Objects.requireNonNullElse(found.getString(1), "");
    }
  }

  private Target.Round reads(Target target) throws Exception {
    var random = new Random(1);
    return target.round(
        CALLERS,
        ROUND_MILLIS,
        200,
        () ->
            Target.Request.post(
                (random.nextInt(4) == 0 ? BenchQuery.FIRST_PAGE : BenchQuery.PRODUCT)
                    .ask(market, List.of(), random)
                    .body()));
  }

  /** The line of some rounds, measured now where none are given; gives the p99 of all. */
  private double rounds(String title, Target target, List<Target.Round> measured) throws Exception {
    var all = new ArrayList<>(measured);
    for (int round = 0; measured.isEmpty() && round < ROUNDS; round++) {
      all.add(reads(target));
    }
    var latencies =
        all.stream().flatMapToLong(round -> Arrays.stream(round.latencies())).sorted().toArray();
    var together = new Target.Round(latencies, all.stream().mapToLong(Target.Round::nanos).sum());
    System.out.printf(
        "| %s | %.0f | %.2f | %.2f |%n",
        title, together.perSecond(), together.millis(0.5), together.millis(0.99));
    return together.millis(0.99);
  }
}
