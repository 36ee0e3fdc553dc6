package dev.fairground.bench;

import dev.fairground.bench.SearchLine.Hits;
import dev.fairground.bench.Target.Request;
import dev.fairground.sql.Durability;
import dev.fairground.sql.EmbeddedDatabase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Measures the searches of {@link SearchLine} over markets of several sizes: one caller, so that
 * times are those of answers and not of waiting; other texts each time; answers are not shared.
 */
final class SearchBench {
  private static final int SAMPLES = Integer.getInteger("bench.samples", 400);
  private static final int WARM = 40;

  /** A line of slow answers is cut off. */
  private static final long MOST_NANOS = 30_000_000_000L;

  /** After a start the compiler's work would be counted as that of the first lines. */
  private static final int WARM_AT_FIRST = 2_000;

  private final Market market;
  private final MarketWords words;
  private final ServerProcess server;
  private final Target target;
  private final long postmaster;

  private SearchBench(
      Market market, MarketWords words, ServerProcess server, Target target, long postmaster) {
    this.market = market;
    this.words = words;
    this.server = server;
    this.target = target;
    this.postmaster = postmaster;
  }

  /** Arguments: sizes of markets in products, and names of lines; all of both when left out. */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var sizes = Arrays.stream(arguments).filter(word -> word.matches("\\d+")).toList();
    var names = Arrays.stream(arguments).filter(word -> !word.matches("\\d+")).toList();
    var directory = Path.of("target", "bench").toAbsolutePath();
    Files.createDirectories(directory);
    var vertx = Vertx.vertx();
    try (var database =
        EmbeddedDatabase.start(directory, directory.resolve("cluster"), Durability.FAST)) {
      Bench.quiet(database.address());
      for (var size : sizes.isEmpty() ? List.of("100000", "1000000") : sizes) {
        var market = Market.in(vertx, database.address(), Integer.parseInt(size));
        System.out.printf("%n### %,d products%n%n", market.products());
        try (var server = Bench.graphql(directory, market, 0);
            var target = new Target(vertx, Bench.GRAPHQL_PORT, 1)) {
          new SearchBench(
                  market, MarketWords.of(market), server, target, Bench.postmaster(directory))
              .measure(names);
        }
      }
    } finally {
      vertx.close().await();
    }
  }

  private void measure(List<String> names) throws Exception {
    var random = new Random(1);
    var end = System.nanoTime() + MOST_NANOS;
    for (int i = 0; i < WARM_AT_FIRST && System.nanoTime() < end; i++) {
      ask(SearchLine.values()[i % SearchLine.values().length], random);
    }
    System.out.println(
        "| search | p50 ms | p99 ms | CPU ms/request | of it PostgreSQL | answers | refused |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|");
    for (var line : SearchLine.values()) {
      if (names.isEmpty() || names.contains(line.name())) {
        measure(line);
      }
    }
  }

  private void measure(SearchLine line) throws Exception {
    var random = new Random(2);
    var end = System.nanoTime() + MOST_NANOS / 3;
    for (int i = 0; i < WARM && System.nanoTime() < end; i++) {
      check(line, ask(line, random));
    }
    var databaseBefore = ProcessorTime.withChildren(postmaster);
    var serverBefore = server.cpuSeconds();
    var nanos = new ArrayList<Long>();
    var refused = 0;
    end = System.nanoTime() + MOST_NANOS;
    while (nanos.size() < SAMPLES && System.nanoTime() < end) {
      var answer = ask(line, random);
      nanos.add(answer.nanos());
      refused += answer.isRefused() ? 1 : 0;
    }
    var serverCpu = (server.cpuSeconds() - serverBefore) * 1e3 / nanos.size();
    var databaseCpu =
        (ProcessorTime.withChildren(postmaster) - databaseBefore) * 1e3 / nanos.size();
    nanos.sort(null);
    System.out.printf(
        "| %s | %.1f | %.1f | %.1f | %.1f | %d | %d |%n",
        line.title,
        nanos.get(nanos.size() / 2) / 1e6,
        nanos.get(nanos.size() * 99 / 100) / 1e6,
        serverCpu + databaseCpu,
        databaseCpu,
        nanos.size(),
        refused);
  }

  private record Answer(JsonObject question, JsonObject answer, long nanos) {
    /** Statements have a time of their own, after which the server gives up. */
    boolean isRefused() {
      return answer.getValue("data") == null
          || answer.getJsonObject("data").getValue("found") == null;
    }
  }

  private Answer ask(SearchLine line, Random random) throws Exception {
    var question = line.ask(market, words, random);
    var request = Request.post(question);
    var sent = System.nanoTime();
    var reply = target.reply(request);
    var nanos = System.nanoTime() - sent;
    return new Answer(question, reply.body().toJsonObject(), nanos);
  }

  /** Fast and wrong is no answer: hits are there where they must be, and marked. */
  private static void check(SearchLine line, Answer asked) {
    if (asked.isRefused()) {
      return;
    }
    var found = asked.answer().getJsonObject("data").getValue("found");
    var hits =
        switch (found) {
          case JsonArray suggestions -> suggestions;
          case JsonObject list -> list.getJsonArray("edges");
          default -> new JsonArray();
        };
    var isRight =
        !asked.answer().containsKey("errors")
            && (line.hits == Hits.ANY || hits.isEmpty() == (line.hits == Hits.NONE));
    for (var hit : hits) {
      var marks =
          ((JsonObject) hit).getJsonArray(found instanceof JsonArray ? "ranges" : "highlights");
      isRight &= marks != null && !marks.isEmpty();
    }
    if (!isRight) {
      throw new IllegalStateException(
          line + ": " + asked.question().encode() + "\n" + asked.answer().encode());
    }
  }
}
