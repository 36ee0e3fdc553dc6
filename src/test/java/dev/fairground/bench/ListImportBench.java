package dev.fairground.bench;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures jobs: an operator's new list of so many entries from CSV and from XLSX, checked and made
 * into drafts, and the export of a published list of that size; with the most memory that the
 * server had while it did each, in a small heap.
 */
final class ListImportBench {
  private static final String HEAP = System.getProperty("bench.import.heap", "256m");
  private static final double LEAST_PER_SECOND = 1_000;
  private static final double MOST_GROWTH = 1.5;
  private static final int MOST_MINUTES = 20;
  private static final List<String> EXPORTS = List.of("JSONL", "CSV", "XLSX");

  private static final String EXPORT =
      """
      { products {
          nodes {
            id code title { value } summary { value } form purposeClass updateFrequency operator { code }
            resources { nodes { resource { code } } }
          } } }""";
  private static final String START =
      """
      mutation ($input: %sInput!) { %s(input: $input) { bulkJob { id } userErrors { code message path } } }""";
  private static final String JOB =
      """
      query ($id: ID!) {
        bulkJob(id: $id) {
          status rowsRead rowsFailed startedAt finishedAt errorCode errorMessage result { byteSize }
          errors(first: 3) { nodes { row column code message } }
        } }""";

  private final Path directory;
  private final OperatorLists lists;
  private final ServerProcess server;
  private final Target target;
  private final String token;
  private int keys;

  private ListImportBench(
      Path directory, OperatorLists lists, ServerProcess server, Target target, String token) {
    this.directory = directory;
    this.lists = lists;
    this.server = server;
    this.target = target;
    this.token = token;
  }

  /** What became of a job. */
  private record Run(int rows, double seconds, long megabytes) {
    double perSecond() {
      return rows / seconds;
    }
  }

  /** Arguments: numbers of rows; 1,000, 10,000 and 100,000 when left out. */
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var sizes =
        arguments.length == 0
            ? List.of(1_000, 10_000, 100_000)
            : Arrays.stream(arguments).map(Integer::valueOf).sorted().distinct().toList();
    var directory = ListServer.directory();
    var vertx = Vertx.vertx();
    var runs = new LinkedHashMap<String, LinkedHashMap<Integer, Run>>();
    try (var database = ListServer.cluster(directory)) {
      System.out.printf(
          "%nOne server with a heap of %s over PostgreSQL (%s); seconds from the job's beginning to its end.%n%n",
          HEAP, ListServer.DURABILITY);
      System.out.println("| job | rows | file MB | seconds | rows/s | server's most memory, MB |");
      System.out.println("|---|--:|--:|--:|--:|--:|");
      for (int size : sizes) {
        var named = new LinkedHashMap<String, Integer>();
        named.put("published", size);
        named.put("CSV", 0);
        named.put("XLSX", 0);
        try (var lists =
            OperatorLists.fresh(vertx, database.address(), "list_import_bench", named)) {
          for (var job : JOBS) {
            // Of its own, because Java does not give back what another job took.
            try (var server =
                    ListServer.start(
                        directory,
                        lists.address(),
                        0,
                        List.of("-XX:+UseParallelGC", "-Xms64m", "-Xmx" + HEAP));
                var target = ListServer.target(vertx, 0, 2, lists.token(job.list()))) {
              var run =
                  new ListImportBench(directory, lists, server, target, lists.token(job.list()))
                      .run(job, size);
              runs.computeIfAbsent(job.title(), first -> new LinkedHashMap<>()).put(size, run);
            }
          }
        }
      }
    } finally {
      vertx.close().await();
    }
    System.out.println();
    runs.forEach(ListImportBench::verdict);
  }

  /**
   * What is measured.
   *
   * @param list the name of the operator that it is for
   * @param file null for an export
   */
  private record Job(String title, String list, String format, ListFile file, boolean onTrial) {}

  private static final List<Job> JOBS =
      List.of(
          new Job("import CSV, on trial", "CSV", "CSV", ListFile.CSV, true),
          new Job("import CSV", "CSV", "CSV", ListFile.CSV, false),
          new Job("import XLSX", "XLSX", "XLSX", ListFile.XLSX, false),
          new Job("export JSONL", "published", "JSONL", null, false),
          new Job("export CSV", "published", "CSV", null, false),
          new Job("export XLSX", "published", "XLSX", null, false));

  private Run run(Job job, int rows) throws Exception {
    lists.vacuum();
    server.forgetMostMemory();
    return job.file() == null ? export(job) : read(job, rows);
  }

  private Run read(Job job, int rows) throws Exception {
    var file = directory.resolve("list." + job.format().toLowerCase(Locale.ROOT));
    job.file().write(file, job.list(), rows);
    var begun = System.nanoTime();
    var input =
        new JsonObject()
            .put("uploadId", upload(file))
            .put("format", job.format())
            .put("operatorId", lists.operator(job.list()))
            .put("errorPolicy", "REJECT_ALL")
            .put("validateOnly", job.onTrial());
    return tell(job, Files.size(file), begun, ended("bulkImportStart", input), rows);
  }

  private Run export(Job job) throws Exception {
    var input = new JsonObject().put("query", EXPORT).put("format", job.format());
    var begun = System.nanoTime();
    var ended = ended("bulkExportStart", input);
    var bytes = ended.getJsonObject("result").getLong("byteSize");
    return tell(job, bytes, begun, ended, ended.getInteger("rowsRead"));
  }

  private String upload(Path file) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var reply =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://127.0.0.1:"
                              + server.port()
                              + "/uploads?name="
                              + file.getFileName()))
                  .header("Authorization", "Bearer " + token)
                  .timeout(Duration.ofMinutes(5))
                  .POST(HttpRequest.BodyPublishers.ofFile(file))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (reply.statusCode() != 201) {
        throw new IllegalStateException(reply.statusCode() + " " + reply.body());
      }
      return new JsonObject(reply.body()).getString("uploadId");
    }
  }

  /** Starts a job and waits until it has done all that was asked. */
  private JsonObject ended(String mutation, JsonObject input) throws Exception {
    input.put("idempotencyKey", server.process().pid() + "-" + ++keys);
    var type = mutation.substring(0, 1).toUpperCase(Locale.ROOT) + mutation.substring(1);
    var started =
        ask(START.formatted(type, mutation), new JsonObject().put("input", input))
            .getJsonObject(mutation);
    if (started.getJsonObject("bulkJob") == null) {
      throw new IllegalStateException(started.encode());
    }
    var id = new JsonObject().put("id", started.getJsonObject("bulkJob").getString("id"));
    var end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MOST_MINUTES);
    while (System.nanoTime() < end) {
      var job = ask(JOB, id).getJsonObject("bulkJob");
      switch (job.getString("status")) {
        case "SUCCEEDED" -> {
          return job;
        }
        case "QUEUED", "RUNNING" -> Thread.sleep(100);
        default -> throw new IllegalStateException(job.encodePrettily());
      }
    }
    throw new IllegalStateException("the job does not end");
  }

  private JsonObject ask(String query, JsonObject variables) throws Exception {
    var answer = target.post(new JsonObject().put("query", query).put("variables", variables));
    if (answer.containsKey("errors")) {
      throw new IllegalStateException(answer.encode());
    }
    return answer.getJsonObject("data");
  }

  private Run tell(Job job, long bytes, long begun, JsonObject ended, int rows) {
    if (ended.getInteger("rowsFailed") != 0 || ended.getInteger("rowsRead") < rows) {
      throw new IllegalStateException(ended.encodePrettily());
    }
    var seconds =
        Math.max(
            0.001,
            Duration.between(
                        OffsetDateTime.parse(ended.getString("startedAt")),
                        OffsetDateTime.parse(ended.getString("finishedAt")))
                    .toMillis()
                / 1e3);
    var run = new Run(rows, seconds, server.mostMemory());
    System.out.printf(
        "| %s | %,d | %.1f | %.1f (%.1f with sending and waiting) | %,.0f | %,d |%n",
        job.title(),
        rows,
        bytes / 1e6,
        seconds,
        (System.nanoTime() - begun) / 1e9,
        run.perSecond(),
        run.megabytes());
    return run;
  }

  /** The largest and the next one: in bounded memory, and fast enough. */
  private static void verdict(String title, LinkedHashMap<Integer, Run> runs) {
    var all = List.copyOf(runs.values());
    var largest = all.getLast();
    var growth =
        all.size() < 2
            ? 1
            : (double) largest.megabytes() / Math.max(1, all.get(all.size() - 2).megabytes());
    System.out.printf(
        "%s: %,.0f rows/s of %,d, target at least %,.0f: %s; memory %.2f times that of the size before, target at most %.1f: %s%n",
        title,
        largest.perSecond(),
        largest.rows(),
        LEAST_PER_SECOND,
        largest.perSecond() >= LEAST_PER_SECOND ? "met" : "missed",
        growth,
        MOST_GROWTH,
        growth <= MOST_GROWTH ? "met" : "missed");
  }
}
