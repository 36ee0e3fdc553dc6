package dev.fairground.bench;

import dev.fairground.bench.BenchQuery.Ask;
import dev.fairground.bench.Target.Request;
import dev.fairground.bench.Target.Round;
import dev.fairground.sql.DatabaseAddress;
import dev.fairground.sql.Durability;
import dev.fairground.sql.EmbeddedDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Measures the server beside {@link BareServer} over markets of several sizes: in one run, in
 * turns, on the same PostgreSQL, after both gave the same answers. Figures are medians of the
 * rounds; timings of a shared machine are noisy, their ratios less so.
 */
public final class Bench {
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
  private static final int CALLERS = Integer.getInteger("bench.callers", 4);
  private static final long ROUND_MILLIS = Long.getLong("bench.millis", 4_000);
  private static final int SAMPLES = 20;

  static final int GRAPHQL_PORT = 18_080;
  private static final int MANAGEMENT_PORT = 18_090;
  private static final int BARE_PORT = 18_081;

  private final Path directory;
  private final Vertx vertx;
  private final DatabaseAddress cluster;
  private final long postmaster;

  private Bench(Path directory, Vertx vertx, DatabaseAddress cluster, long postmaster) {
    this.directory = directory;
    this.vertx = vertx;
    this.cluster = cluster;
    this.postmaster = postmaster;
  }

  /** Arguments: sizes of markets in products, and names of queries; all of both when left out. */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var sizes =
        Arrays.stream(arguments)
            .filter(word -> word.matches("\\d+"))
            .map(Integer::valueOf)
            .toList();
    var names = Arrays.stream(arguments).filter(word -> !word.matches("\\d+")).toList();
    var directory = Path.of("target", "bench").toAbsolutePath();
    Files.createDirectories(directory);
    var vertx = Vertx.vertx();
    try (var database =
        EmbeddedDatabase.start(directory, directory.resolve("cluster"), Durability.FAST)) {
      quiet(database.address());
      var bench = new Bench(directory, vertx, database.address(), postmaster(directory));
      for (var size : sizes.isEmpty() ? List.of(1_000, 100_000, 1_000_000) : sizes) {
        bench.measure(size, names);
      }
    } finally {
      vertx.close().await();
    }
  }

  /** Nothing runs in the background that would be counted as somebody's work. */
  static void quiet(DatabaseAddress cluster) throws Exception {
    try (var connection = Market.connect(cluster);
        var statement = connection.createStatement()) {
      statement.execute("alter system set autovacuum = off");
      statement.execute("alter system set max_wal_size = '8GB'");
      statement.execute("select pg_reload_conf()");
    }
  }

  static long postmaster(Path directory) throws Exception {
    return Long.parseLong(
        Files.readAllLines(directory.resolve("cluster/cluster/postmaster.pid")).getFirst());
  }

  private void measure(int products, List<String> names) throws Exception {
    System.out.printf("%n## %,d products%n%n", products);
    var begun = System.nanoTime();
    var market = Market.in(vertx, cluster, products);
    System.out.printf("market ready after %.1f s%n%n", (System.nanoTime() - begun) / 1e9);
    try (var server = graphql(directory, market, 0);
        var bare =
            ServerProcess.start(
                BareServer.class.getName(),
                List.of(url(market.address()), Integer.toString(BARE_PORT)),
                Map.of(),
                BARE_PORT,
                directory.resolve("bare.log"));
        var ours = new Target(vertx, GRAPHQL_PORT, CALLERS);
        var limit = new Target(vertx, BARE_PORT, CALLERS)) {
      var cursors = BenchQuery.deepCursors(ours);
      // The compiler's work for the first queries would be counted as theirs.
      for (int warm = 0; warm < 2; warm++) {
        for (var query : BenchQuery.values()) {
          if (names.isEmpty() || names.contains(query.name())) {
            warm(query, market, cursors, ours, limit);
          }
        }
      }
      header();
      for (var query : BenchQuery.values()) {
        if (names.isEmpty() || names.contains(query.name())) {
          sameAnswers(query, market, cursors, ours, limit);
          compare(query, market, cursors, new Side(server, ours), new Side(bare, limit));
        }
      }
    }
    if (names.isEmpty() || names.contains("CACHED")) {
      cached(market);
    }
  }

  static ServerProcess graphql(Path directory, Market market, int cacheMillis) throws Exception {
    return ServerProcess.start(
        "dev.fairground.Main",
        List.of(),
        Map.of(
            "FAIRGROUND_HTTP_PORT", Integer.toString(GRAPHQL_PORT),
            "FAIRGROUND_MANAGEMENT_PORT", Integer.toString(MANAGEMENT_PORT),
            "FAIRGROUND_DATABASE_URL", url(market.address()),
            "FAIRGROUND_DEMO", "false",
            "FAIRGROUND_RATE_BURST", "100000000",
            "FAIRGROUND_RATE_RESTORE_PER_SECOND", "100000000",
            "FAIRGROUND_ANSWER_CACHE_MILLIS", Integer.toString(cacheMillis)),
        GRAPHQL_PORT,
        directory.resolve("server.log"));
  }

  static String url(DatabaseAddress address) {
    return "postgresql://%s:%s@%s:%d/%s"
        .formatted(
            address.user(), address.password(), address.host(), address.port(), address.name());
  }

  /** A server and the client that asks it. */
  private record Side(ServerProcess process, Target target) {}

  /** The limit is one only for the same work. */
  private static void sameAnswers(
      BenchQuery query, Market market, List<String> cursors, Target ours, Target limit)
      throws Exception {
    var random = new Random(1);
    for (int sample = 0; sample < SAMPLES; sample++) {
      var ask = query.ask(market, cursors, random);
      var answer = ours.post(ask.body());
      var wanted = limit.json(Request.get(ask.barePath()));
      var data = new JsonObject().put("data", answer.getValue("data"));
      // Beyond the bound each counts the rows that it meets first.
      var bounded = data.encode().contains("\"totalCountIsExact\":false");
      if (answer.containsKey("errors") || (!bounded && !data.encode().equals(wanted.encode()))) {
        throw new IllegalStateException(
            query + " is answered differently:\n" + answer.encode() + "\n" + wanted.encode());
      }
    }
  }

  /** One round's figures; processor time in milliseconds for each request. */
  private record Figures(Round round, double serverCpu, double databaseCpu, double statements) {
    double cpu() {
      return serverCpu + databaseCpu;
    }
  }

  private void compare(BenchQuery query, Market market, List<String> cursors, Side ours, Side limit)
      throws Exception {
    Supplier<Request> graphql = requests(query, market, cursors, ask -> Request.post(ask.body()));
    Supplier<Request> path = requests(query, market, cursors, ask -> Request.get(ask.barePath()));
    var mine = new ArrayList<Figures>();
    var bare = new ArrayList<Figures>();
    for (int round = 0; round < ROUNDS; round++) {
      mine.add(round(ours, graphql, true));
      bare.add(round(limit, path, false));
    }
    row(query.name(), mine, bare);
  }

  private static void warm(
      BenchQuery query, Market market, List<String> cursors, Target ours, Target limit)
      throws Exception {
    ours.round(
        CALLERS,
        ROUND_MILLIS,
        200,
        requests(query, market, cursors, ask -> Request.post(ask.body())));
    limit.round(
        CALLERS,
        ROUND_MILLIS,
        200,
        requests(query, market, cursors, ask -> Request.get(ask.barePath())));
  }

  private static Supplier<Request> requests(
      BenchQuery query,
      Market market,
      List<String> cursors,
      java.util.function.Function<Ask, Request> as) {
    var random = new Random(2);
    return () -> {
      synchronized (random) {
        return as.apply(query.ask(market, cursors, random));
      }
    };
  }

  private Figures round(Side side, Supplier<Request> next, boolean counted) throws Exception {
    return round(side, next, counted, 200);
  }

  private Figures round(Side side, Supplier<Request> next, boolean counted, int status)
      throws Exception {
    var statementsBefore = counted ? statements() : 0;
    var databaseBefore = ProcessorTime.withChildren(postmaster);
    var serverBefore = side.process().cpuSeconds();
    var round = side.target().round(CALLERS, ROUND_MILLIS, status, next);
    var requests = round.latencies().length;
    return new Figures(
        round,
        (side.process().cpuSeconds() - serverBefore) * 1e3 / requests,
        (ProcessorTime.withChildren(postmaster) - databaseBefore) * 1e3 / requests,
        counted ? (statements() - statementsBefore) / requests : 0);
  }

  /** Statements sent so far, as the server's own metrics tell it. */
  private double statements() throws Exception {
    try (var management = new Target(vertx, MANAGEMENT_PORT, 1)) {
      return management
          .reply(Request.get("/metrics"))
          .body()
          .toString()
          .lines()
          .filter(line -> line.startsWith("fairground_sql_seconds_count"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }

  /** Answers from the cache, and answers that the caller has already, beside the least query. */
  private void cached(Market market) throws Exception {
    try (var server = graphql(directory, market, 1_000);
        var target = new Target(vertx, GRAPHQL_PORT, CALLERS)) {
      var side = new Side(server, target);
      var body = new JsonObject().put("query", BenchQuery.FIRST_PAGE.text);
      var least = Request.post(new JsonObject().put("query", BenchQuery.TYPENAME.text));
      var page = Request.post(body);
      var known = new Request(page.path(), page.body(), target.reply(page).tag());
      for (int warm = 0; warm < 2; warm++) {
        target.round(CALLERS, ROUND_MILLIS, 200, () -> least);
        target.round(CALLERS, ROUND_MILLIS, 200, () -> page);
        target.round(CALLERS, ROUND_MILLIS, 304, () -> known);
      }
      var leasts = new ArrayList<Figures>();
      var shared = new ArrayList<Figures>();
      var unchanged = new ArrayList<Figures>();
      for (int round = 0; round < ROUNDS; round++) {
        leasts.add(round(side, () -> least, true));
        shared.add(round(side, () -> page, true));
        unchanged.add(round(side, () -> known, true, 304));
      }
      System.out.println();
      System.out.println("The last columns compare with { __typename } of the same server:");
      System.out.println();
      header();
      row("cached FIRST_PAGE", shared, leasts);
      row("unchanged FIRST_PAGE (304)", unchanged, leasts);
    }
  }

  private static void header() {
    System.out.println(
        "| query | requests/s | p50 ms | p99 ms | CPU ms/request | of it PostgreSQL | statements |"
            + " limit: CPU ms | of it PostgreSQL | CPU ratio | requests/s ratio | p50 ratio |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
  }

  private static void row(String name, List<Figures> mine, List<Figures> bare) {
    System.out.printf(
        "| %s | %.0f | %.2f | %.2f | %.3f | %.3f | %.1f | %.3f | %.3f | %.2f | %.2f | %.2f |%n",
        name,
        median(mine, one -> one.round().perSecond()),
        median(mine, one -> one.round().millis(0.5)),
        median(mine, one -> one.round().millis(0.99)),
        median(mine, Figures::cpu),
        median(mine, Figures::databaseCpu),
        median(mine, Figures::statements),
        median(bare, Figures::cpu),
        median(bare, Figures::databaseCpu),
        ratio(mine, bare, Figures::cpu),
        ratio(mine, bare, one -> one.round().perSecond()),
        ratio(mine, bare, one -> one.round().millis(0.5)));
  }

  private static double median(List<Figures> rounds, ToDoubleFunction<Figures> figure) {
    return middle(rounds.stream().mapToDouble(figure).sorted().toArray());
  }

  /** The median of the ratios of rounds that followed each other. */
  private static double ratio(
      List<Figures> mine, List<Figures> bare, ToDoubleFunction<Figures> figure) {
    var ratios = new double[mine.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figure.applyAsDouble(mine.get(i)) / figure.applyAsDouble(bare.get(i));
    }
    Arrays.sort(ratios);
    return middle(ratios);
  }

  private static double middle(double[] sorted) {
    return sorted[sorted.length / 2];
  }
}
