package dev.fairground.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fairground.format.CsvWriter;
import dev.fairground.format.DcatWriter;
import dev.fairground.format.JsonLines;
import dev.fairground.format.OdpsWriter;
import dev.fairground.format.ProductRows;
import dev.fairground.format.RowWriter;
import dev.fairground.format.XlsxWriter;
import dev.fairground.graphql.ErrorCode;
import dev.fairground.graphql.PagedQuery;
import dev.fairground.graphql.PagedQuery.Shape;
import dev.fairground.graphql.Refusal;
import dev.fairground.job.BulkJob.Status;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.BlockingTransaction;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes all rows of a connection into a file: asks the engine page by page, as of one moment, with
 * the rights of who started it. Keeps one page and one part of the file.
 */
final class ExportWork implements JobWork {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int[] SIZES = {100, 50, 20, 10, 5, 2, 1};
  private static final int MOST_TRIES = 6;
  private static final int PAUSE_MILLIS = 500;

  /** What may go better with a smaller page, or a little later. */
  private static final Set<String> PASSING =
      Set.of(
          ErrorCode.SERVICE_UNAVAILABLE.name(),
          ErrorCode.OVERLOADED.name(),
          ErrorCode.TIMEOUT.name());

  private final InstantSource clock;
  private final JobLimits limits;

  ExportWork(InstantSource clock, JobLimits limits) {
    this.clock = clock;
    this.limits = limits;
  }

  /** The rewritten query of a job's input. */
  static io.vertx.core.Future<PagedQuery> paged(
      dev.fairground.graphql.Engine engine,
      dev.fairground.format.FileFormat format,
      JsonObject input) {
    var variables = input.getString("variables");
    return engine.paged(
        input.getString("query"),
        variables == null || variables.isBlank() ? Map.of() : new JsonObject(variables).getMap(),
        true,
        format.isOfProducts() ? ProductRows.BY_TYPE : null);
  }

  @Override
  public JobQueue.End run(RunningJob running) throws Exception {
    var job = running.job();
    var paged = paged(running);
    awaitCommits(running);
    var name =
        "%s-%s.%s"
            .formatted(
                paged.field(), LocalDate.ofInstant(at(job), Moment.ZONE), job.format().ending());
    var file =
        new FileWriting(
            running.connection(),
            job,
            name,
            job.format().mediaType(),
            clock.instant(),
            limits.resultMegabytes() * 1_000_000L);
    var cut = 0;
    try (var writer = writer(running, paged, file)) {
      cut = write(running, paged, writer);
    } catch (Exception failure) {
      file.abandon();
      if (file.isTooLong()) {
        throw new JobFailed(
            "RESULT_TOO_LARGE",
            "The file would be larger than "
                + limits.resultMegabytes()
                + " MB. Select less, or filter more.");
      }
      throw failure;
    }
    return new JobQueue.End(
        cut == 0 ? Status.SUCCEEDED : Status.PARTIAL,
        running.rowsRead(),
        0,
        file.id(),
        null,
        null,
        cut == 0 ? null : "NESTED_LIST_CUT",
        cut == 0
            ? null
            : "Of %d lists within rows only the first %d were written. Export the inner list by itself."
                .formatted(cut, PagedQuery.NESTED_ROWS));
  }

  private static java.time.Instant at(ClaimedJob job) {
    return job.asOf() == null ? job.createdAt() : job.asOf();
  }

  private static PagedQuery paged(RunningJob running) throws JobFailed, InterruptedException {
    var job = running.job();
    try {
      return running.await(() -> paged(running.engine(), job.format(), job.input()));
    } catch (Refusal refused) {
      throw new JobFailed("QUERY_FAILED", refused.text());
    }
  }

  private static final String OWN_TRANSACTION = "select pg_current_xact_id()::text::bigint";

  private static final String ENDED =
      "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint > ?";

  /**
   * Waits until every transaction that began before us has ended: one that took its moment before
   * ours could otherwise show up between two pages. One of more than ten seconds is an import of
   * others' catalogues, which is not waited for.
   */
  private static void awaitCommits(RunningJob running)
      throws SQLException, InterruptedException, JobStopped {
    var statements = new BlockingTransaction(running.connection());
    var own = statements.only(OWN_TRANSACTION, row -> row.getLong(1));
    for (int i = 0; i < 100 && !statements.only(ENDED, row -> row.getBoolean(1), own); i++) {
      running.check();
      Thread.sleep(100);
    }
  }

  private static RowWriter writer(RunningJob running, PagedQuery paged, OutputStream file)
      throws IOException, SQLException {
    var job = running.job();
    return switch (job.format()) {
      case JSONL -> new JsonLines(paged.shape(), file);
      case CSV ->
          new CsvWriter(paged.shape(), file, job.input().getBoolean("byteOrderMark", false));
      case XLSX -> new XlsxWriter(paged.shape(), file);
      case ODPS_YAML -> new OdpsWriter(file);
      case DCAT_JSONLD -> DcatWriter.jsonLd(catalog(running, paged), file);
      case DCAT_TURTLE -> DcatWriter.turtle(catalog(running, paged), file);
    };
  }

  private static final String NAME =
      """
      -- organizationOfJob
      select name from organization_version where organization_id = ? and valid_to = 'infinity'
      """;

  private static DcatWriter.Catalog catalog(RunningJob running, PagedQuery paged)
      throws SQLException {
    var job = running.job();
    var name =
        new BlockingTransaction(running.connection())
            .one(NAME, row -> row.getString(1), job.organizationId());
    var publisher = name == null ? job.organizationId().toString() : name;
    return new DcatWriter.Catalog(
        Ids.write(BulkJob.PREFIX, job.id()),
        publisher + ": " + paged.field(),
        Ids.write("org", job.organizationId()),
        publisher);
  }

  /** How many lists within rows were longer than they were read. */
  private static int write(RunningJob running, PagedQuery paged, RowWriter writer)
      throws Exception {
    var asOf = at(running.job()).toString();
    var size = 0;
    var cut = 0;
    String after = null;
    for (int tries = 1; ; ) {
      var answer = running.ask(paged.text(), paged.page(SIZES[size], after, asOf));
      var body = JSON.readTree(answer.body().getBytes());
      var error = body.path("errors").path(0);
      if (!error.isMissingNode()) {
        var code = error.path("extensions").path("code").asText();
        var smaller = size < SIZES.length - 1;
        if (code.equals(ErrorCode.COST_LIMIT_EXCEEDED.name()) && smaller) {
          size++;
        } else if (PASSING.contains(code) && tries++ < MOST_TRIES) {
          size += smaller ? 1 : 0;
          Thread.sleep(PAUSE_MILLIS * (long) tries);
        } else {
          throw new JobFailed("QUERY_FAILED", code + ": " + error.path("message").asText());
        }
        running.check();
        continue;
      }
      tries = 1;
      var page = body.path("data").path(paged.field());
      for (var row : page.path("nodes")) {
        cut += cut(row, paged.shape());
        writer.write(row);
      }
      running.count(page.path("nodes").size(), 0, 0.5);
      if (!page.path("pageInfo").path("hasNextPage").asBoolean()) {
        return cut;
      }
      after = page.path("pageInfo").path("endCursor").asText();
    }
  }

  private static int cut(@Nullable JsonNode value, Shape shape) {
    if (value == null || value.isNull()) {
      return 0;
    }
    var cut = 0;
    if (value.isArray()) {
      for (var element : value) {
        cut += cut(element, shape);
      }
      return cut;
    }
    for (var field : shape.fields().entrySet()) {
      var inner = field.getValue();
      if (inner != null && inner.kind() == Shape.Kind.CONNECTION) {
        cut += value.path(field.getKey()).path("pageInfo").path("hasNextPage").asBoolean() ? 1 : 0;
      } else if (inner != null) {
        cut += cut(value.get(field.getKey()), inner);
      }
    }
    return cut;
  }
}
