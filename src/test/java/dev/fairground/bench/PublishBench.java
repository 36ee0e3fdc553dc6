package dev.fairground.bench;

import dev.fairground.bench.Target.Request;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures updates of drafts, and publications of so many changes in lists of several sizes, over
 * HTTP with the operators' tokens. Lists take turns, so that a busy machine is busy for all.
 */
final class PublishBench {
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 24);
  private static final long ROUND_MILLIS = Long.getLong("bench.millis", 3_000);
  private static final int[] CHANGES = {1, 10, 100, 1_000};
  private static final int[] CALLERS = {1, 8};
  private static final int DRAFTS = 80;
  private static final double MOST_BY_LIST = 1.5;
  private static final double MOST_BY_CHANGES = 10;

  private static final String UPDATE =
      """
      mutation ($input: ProductDraftUpdateInput!) {
        productDraftUpdate(input: $input) { productDraft { id version title { value } } userErrors { code message } }
      }""";
  private static final String PUBLISH =
      """
      mutation ($input: ProductListPublishInput!) {
        productListPublish(input: $input) {
          productList { number listingCount digest } changeCount changes(first: 20) { kind code fields }
          userErrors { code message path }
        }
      }""";

  private final Vertx vertx;
  private final OperatorLists lists;
  private final ServerProcess server;
  private final long postmaster;
  private final Map<Integer, Target> targets = new TreeMap<>();
  private final AtomicInteger keys = new AtomicInteger();

  private PublishBench(Vertx vertx, OperatorLists lists, ServerProcess server, long postmaster) {
    this.vertx = vertx;
    this.lists = lists;
    this.server = server;
    this.postmaster = postmaster;
  }

  /** Arguments: sizes of lists; 10, 1,000 and 10,000 when left out. */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var sizes =
        arguments.length == 0
            ? List.of(10, 1_000, 10_000)
            : Arrays.stream(arguments).map(Integer::valueOf).sorted().distinct().toList();
    Path directory = ListServer.directory();
    var vertx = Vertx.vertx();
    try (var database = ListServer.cluster(directory)) {
      var named = new LinkedHashMap<String, Integer>();
      sizes.forEach(size -> named.put(Integer.toString(size), size));
      try (var lists = OperatorLists.fresh(vertx, database.address(), "publish_bench", named);
          var server = ListServer.start(directory, lists.address(), 0)) {
        new PublishBench(vertx, lists, server, ListServer.postmaster(directory)).measure(sizes);
      }
    } finally {
      vertx.close().await();
    }
  }

  private void measure(List<Integer> sizes) throws Exception {
    for (int size : sizes) {
      targets.put(size, ListServer.target(vertx, 0, 8, lists.token(Integer.toString(size))));
    }
    System.out.printf(
        "%nOne server over PostgreSQL (%s); processor time is that of both.%n%n",
        ListServer.DURABILITY);
    // The compiler's work for the first ones would be counted as theirs.
    for (int size : sizes) {
      updates(size, 8, ROUND_MILLIS);
    }
    System.out.println(
        "| update drafts: list of | callers | updates/s | p50 ms | p99 ms | CPU ms/update | of it PostgreSQL | refused |");
    System.out.println("|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (int size : sizes) {
      for (int callers : CALLERS) {
        System.out.println(updates(size, callers, ROUND_MILLIS));
      }
    }
    var before = ListServer.statements(vertx, 0);
    publications(sizes);
    ListServer.tellStatements(vertx, 0, before, 12);
    for (var target : targets.values()) {
      target.close();
    }
  }

  /** Each caller writes on drafts of its own, and sends its next update when the last is done. */
  private String updates(int size, int callers, long millis) throws Exception {
    lists.discardDrafts();
    lists.vacuum();
    var drafts = lists.draft(Integer.toString(size), Math.min(size, DRAFTS));
    var latencies = new Latencies();
    var refused = new AtomicInteger();
    var before = Work.now(server, postmaster);
    var begun = System.nanoTime();
    var end = begun + millis * 1_000_000;
    try (var pool = Executors.newFixedThreadPool(callers)) {
      var calls = new ArrayList<Callable<Void>>();
      for (int caller = 0; caller < callers; caller++) {
        var first = caller;
        calls.add(
            () -> {
              for (int turn = 0; System.nanoTime() < end; turn++) {
                var mine = (drafts.size() - first + callers - 1) / callers;
                if (mine == 0) {
                  return null;
                }
                var draft = drafts.get(first + turn % mine * callers);
                refused.addAndGet(update(size, draft, 1 + turn / mine, latencies) ? 0 : 1);
              }
              return null;
            });
      }
      for (var done : pool.invokeAll(calls)) {
        done.get();
      }
    }
    var seconds = (System.nanoTime() - begun) / 1e9;
    lists.awaitEvents();
    var work = Work.now(server, postmaster).since(before);
    lists.discardDrafts();
    var count = Math.max(1, latencies.count());
    return "| %,d | %d | %.0f | %.1f | %.1f | %.2f | %.2f | %d |"
        .formatted(
            size,
            callers,
            latencies.count() / seconds,
            latencies.millis(0.5),
            latencies.millis(0.99),
            work.millis(count),
            work.databaseMillis(count),
            refused.get());
  }

  private boolean update(int size, String draft, int version, Latencies latencies)
      throws Exception {
    var content =
        new JsonObject()
            .put(
                "title",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("locale", "zh")
                            .put("value", "企业信用查询服务，第 " + version + " 稿")));
    var input =
        new JsonObject().put("id", draft).put("expectedVersion", version).put("content", content);
    var sent = System.nanoTime();
    var payload = ask(size, UPDATE, "productDraftUpdate", input);
    if (payload == null || !payload.getJsonArray("userErrors").isEmpty()) {
      return false;
    }
    latencies.add(System.nanoTime() - sent);
    return true;
  }

  /** The mutation's payload; null where there is none, which is said once. */
  private JsonObject ask(int size, String query, String field, JsonObject input) throws Exception {
    var target = targets.get(size);
    var reply =
        target.reply(
            Request.post(
                new JsonObject()
                    .put("query", query)
                    .put("variables", new JsonObject().put("input", input))));
    var answer = reply.body().toJsonObject();
    var data = answer.getJsonObject("data");
    if (data == null || data.getJsonObject(field) == null) {
      System.err.println(reply.status() + " " + answer.encode());
      return null;
    }
    return data.getJsonObject(field);
  }

  /** What publications of so many changes in one list cost. */
  private static final class Cell {
    final Latencies latencies = new Latencies();
    Work work = Work.NONE;
    int refused;

    double cpu() {
      return work.millis(Math.max(1, latencies.count()));
    }
  }

  private void publications(List<Integer> sizes) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      for (int size : sizes) {
        publish(size, Math.min(10, size), new Cell());
      }
    }
    System.out.println();
    System.out.println(
        "| publish: list of | changes | p50 ms | p99 ms | CPU ms | of it PostgreSQL | changes/s | times | refused |");
    System.out.println("|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    var cells = new TreeMap<Integer, Map<Integer, Cell>>();
    for (int changes : CHANGES) {
      var fitting = sizes.stream().filter(size -> size >= changes).toList();
      lists.vacuum();
      var row = new TreeMap<Integer, Cell>();
      fitting.forEach(size -> row.put(size, new Cell()));
      cells.put(changes, row);
      for (int round = 0; round < rounds(changes); round++) {
        for (int size : fitting) {
          publish(size, changes, row.get(size));
        }
      }
      row.forEach((size, cell) -> System.out.println(line(size, changes, cell)));
    }
    System.out.println();
    var most = sizes.getLast();
    var least = sizes.getFirst();
    verdict(
        "10 changes in a list of %,d to a list of %,d".formatted(most, least),
        cell(cells, 10, most),
        cell(cells, 10, least),
        MOST_BY_LIST);
    verdict(
        "1,000 changes to 100 in a list of %,d".formatted(most),
        cell(cells, 1_000, most),
        cell(cells, 100, most),
        MOST_BY_CHANGES);
  }

  private static int rounds(int changes) {
    return Math.max(4, changes <= 10 ? ROUNDS : changes <= 100 ? ROUNDS / 2 : ROUNDS / 4);
  }

  private static Cell cell(Map<Integer, Map<Integer, Cell>> cells, int changes, int size) {
    return cells.get(changes).get(size);
  }

  private void publish(int size, int changes, Cell cell) throws Exception {
    var key = Integer.toString(size);
    lists.draft(key, changes);
    var input =
        new JsonObject()
            .put("operatorId", lists.operator(key))
            .put("idempotencyKey", "bench-" + keys.incrementAndGet());
    var before = Work.now(server, postmaster);
    var sent = System.nanoTime();
    var payload = ask(size, PUBLISH, "productListPublish", input);
    var nanos = System.nanoTime() - sent;
    if (payload == null || payload.getInteger("changeCount") != changes) {
      cell.refused++;
      if (payload != null) {
        System.err.println(payload.encode());
      }
      lists.discardDrafts();
      return;
    }
    lists.awaitEvents();
    cell.work = cell.work.plus(Work.now(server, postmaster).since(before));
    cell.latencies.add(nanos);
  }

  private static String line(int size, int changes, Cell cell) {
    return "| %,d | %,d | %.1f | %.1f | %.1f | %.1f | %.0f | %d | %d |"
        .formatted(
            size,
            changes,
            cell.latencies.millis(0.5),
            cell.latencies.millis(0.99),
            cell.cpu(),
            cell.work.databaseMillis(Math.max(1, cell.latencies.count())),
            changes * 1e3 / cell.latencies.millis(0.5),
            cell.latencies.count(),
            cell.refused);
  }

  private static void verdict(String what, Cell dear, Cell cheap, double target) {
    if (dear == null || cheap == null || dear == cheap) {
      return;
    }
    var time = dear.latencies.millis(0.5) / cheap.latencies.millis(0.5);
    var cpu = dear.cpu() / cheap.cpu();
    System.out.printf(
        "%s: %.2f times the time (p50), %.2f times the processor time; target at most %.1f: %s%n",
        what,
        time,
        cpu,
        target,
        time <= target && cpu <= target
            ? "met"
            : time <= target || cpu <= target ? "met by one of the two" : "missed");
  }
}
