package dev.fairground.bench;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Measures how long an event takes from the commit of its change, as PostgreSQL notes it, to each
 * of many anonymous subscribers: publications of one entry, at a steady rate, for some seconds.
 */
final class EventsBench {
  private static final long MILLIS = Long.getLong("bench.millis", 5_000);
  private static final int PER_SECOND = Integer.getInteger("bench.rate", 10);
  private static final int PER_CONNECTION = 10;
  private static final String LIST = "1000";
  private static final int ENTRIES = 1_000;
  private static final double MOST_MILLIS = 250;

  private static final String PUBLISH =
      """
      mutation ($input: ProductListPublishInput!) {
        productListPublish(input: $input) { productList { id } userErrors { code message } }
      }""";

  /** What subscribers ask. */
  private enum Asked {
    SAME("all the same, with the edition"),
    DIFFERENT("each another document"),
    DIFFERENT_WITH_SUBJECT("each another document, with the edition");

    final String title;

    Asked(String title) {
      this.title = title;
    }

    JsonObject payload(int subscriber) {
      var edition = " subject { ... on ProductList { number listingCount digest } }";
      var query =
          "subscription ($types: [EventType!]) { events(filter: {types: $types}) { id type subjectId %s } }"
              .formatted(
                  switch (this) {
                    case SAME -> edition;
                    case DIFFERENT -> "e" + subscriber + ": subjectVersion";
                    case DIFFERENT_WITH_SUBJECT -> "e" + subscriber + ": subjectVersion" + edition;
                  });
      return new JsonObject()
          .put("query", query)
          .put("variables", new JsonObject().put("types", new JsonArray().add("LIST_PUBLISHED")));
    }
  }

  private final Vertx vertx;
  private final OperatorLists lists;
  private final List<ServerProcess> servers;
  private final long postmaster;
  private final AtomicInteger keys = new AtomicInteger();
  private final Deque<String> drafts = new ArrayDeque<>();
  private boolean met = true;

  private EventsBench(
      Vertx vertx, OperatorLists lists, List<ServerProcess> servers, long postmaster) {
    this.vertx = vertx;
    this.lists = lists;
    this.servers = servers;
    this.postmaster = postmaster;
  }

  /** Argument: how many subscribers; 1,000 when left out. */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var subscribers = arguments.length == 0 ? 1_000 : Integer.parseInt(arguments[0]);
    Path directory = ListServer.directory();
    var vertx = Vertx.vertx();
    try (var database = ListServer.cluster(directory);
        var lists =
            OperatorLists.fresh(vertx, database.address(), "events_bench", Map.of(LIST, ENTRIES));
        var first = ListServer.start(directory, lists.address(), 0)) {
      var postmaster = ListServer.postmaster(directory);
      System.out.printf(
          "%n%,d subscribers, %d events/s for %.0f s; p50 and p99 from the commit; CPU of servers and PostgreSQL.%n%n",
          subscribers, PER_SECOND, MILLIS / 1e3);
      System.out.println(
          "| servers | connections | subscribers ask | events/s | deliveries | lost | twice | p50 ms | p99 ms | worst ms |"
              + " CPU ms/event | of it PostgreSQL |");
      System.out.println("|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
      var one = new EventsBench(vertx, lists, List.of(first), postmaster);
      var some = Math.max(1, subscribers / PER_CONNECTION);
      for (var asked : Asked.values()) {
        one.measure(some, subscribers, asked, asked == Asked.SAME);
      }
      for (var asked : Asked.values()) {
        one.measure(subscribers, subscribers, asked, false);
      }
      boolean met;
      try (var second = ListServer.start(directory, lists.address(), 1)) {
        var two = new EventsBench(vertx, lists, List.of(first, second), postmaster);
        for (var asked : Asked.values()) {
          two.measure(some, subscribers, asked, asked == Asked.SAME);
        }
        met = one.met && two.met;
      }
      System.out.printf(
          "%nTarget: nothing lost, and a p99 of at most %.0f ms in each line: %s%n",
          MOST_MILLIS, met ? "met" : "missed");
    } finally {
      vertx.close().await();
    }
  }

  private void measure(int connections, int subscribers, Asked asked, boolean afterStart)
      throws Exception {
    var ports = servers.stream().map(ServerProcess::port).toList();
    try (var target = ListServer.target(vertx, 0, 2, lists.token(LIST));
        var all = Subscribers.open(vertx, ports, connections, subscribers, asked::payload)) {
      // Nothing tells that a subscription has begun but its first event.
      var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      do {
        publish(target);
        Thread.sleep(500);
      } while (all.unheard() > 0 && System.nanoTime() < end);
      // The compiler's work for the first ones would be counted as theirs.
      for (int i = 0; afterStart && i < 30; i++) {
        publish(target);
      }
      awaitQuiet(all, 1_000);
      all.forget();
      var number = lists.number(LIST);
      var before = work();
      var begun = System.nanoTime();
      var events = (int) (MILLIS * PER_SECOND / 1_000);
      for (int i = 0; i < events; i++) {
        var wait = begun + i * 1_000_000_000L / PER_SECOND - System.nanoTime();
        if (wait > 0) {
          TimeUnit.NANOSECONDS.sleep(wait);
        }
        publish(target);
      }
      var rate = events * 1e9 / (System.nanoTime() - begun);
      awaitQuiet(all, 2_000);
      var work = work().since(before);
      tell(all, connections, subscribers, asked, rate, lists.commits(LIST, number), work);
    }
  }

  private Work work() throws Exception {
    var server = 0.0;
    for (var one : servers) {
      server += one.cpuSeconds();
    }
    return new Work(server, ProcessorTime.withChildren(postmaster));
  }

  /** Until nothing has come for a while: what is late is not lost. */
  private static void awaitQuiet(Subscribers all, long quietMillis) throws InterruptedException {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    var heard = -1;
    while (heard != all.heard() && System.nanoTime() < end) {
      heard = all.heard();
      Thread.sleep(quietMillis);
    }
  }

  private void tell(
      Subscribers all,
      int connections,
      int subscribers,
      Asked asked,
      double rate,
      Map<String, Long> commits,
      Work work) {
    var latencies = all.latencies(commits);
    var different =
        all.receipts.stream()
            .filter(receipt -> commits.containsKey(receipt.subject()))
            .map(receipt -> receipt.subscriber() + receipt.subject())
            .distinct()
            .count();
    var lost = (long) commits.size() * subscribers - different;
    met &= lost == 0 && latencies.millis(0.99) <= MOST_MILLIS;
    System.out.printf(
        "| %d | %,d | %s | %.1f | %,d | %,d | %,d | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
        servers.size(),
        connections,
        asked.title,
        rate,
        latencies.count(),
        lost,
        latencies.count() - different,
        latencies.millis(0.5),
        latencies.millis(0.99),
        latencies.millis(1),
        work.millis(commits.size()),
        work.databaseMillis(commits.size()));
    all.troubles.stream()
        .distinct()
        .limit(3)
        .forEach(trouble -> System.out.println("  ! " + trouble));
  }

  private void publish(Target target) throws Exception {
    if (drafts.isEmpty()) {
      lists.discardDrafts();
      drafts.addAll(lists.draft(LIST, 500));
    }
    var input =
        new JsonObject()
            .put("operatorId", lists.operator(LIST))
            .put("draftIds", new JsonArray().add(drafts.poll()))
            .put("idempotencyKey", servers.size() + "-" + keys.incrementAndGet());
    var answer =
        target.post(
            new JsonObject()
                .put("query", PUBLISH)
                .put("variables", new JsonObject().put("input", input)));
    var data = answer.getJsonObject("data");
    var payload = data == null ? null : data.getJsonObject("productListPublish");
    if (payload == null || payload.getJsonObject("productList") == null) {
      throw new IllegalStateException(answer.encode());
    }
  }
}
