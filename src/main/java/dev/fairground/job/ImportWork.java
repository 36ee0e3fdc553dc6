package dev.fairground.job;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairground.draft.DraftCheck;
import dev.fairground.format.CsvWriter;
import dev.fairground.format.FileFormat;
import dev.fairground.format.ListColumns;
import dev.fairground.format.ListFault;
import dev.fairground.format.ListReader;
import dev.fairground.format.ListSink;
import dev.fairground.format.UnreadableList;
import dev.fairground.job.BulkJob.Status;
import dev.fairground.sql.BlockingTransaction;
import dev.fairground.sql.CopyRows;
import io.vertx.core.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file as an operator's list, and makes drafts of what is new or other. Rows stream into a
 * temporary table; a few statements over all of them do the rest, in one transaction with the end
 * of the job: nothing half done.
 */
final class ImportWork implements JobWork {
  private static final JsonMapper JSON = new JsonMapper();

  private final DraftCheck check;
  private final InstantSource clock;
  private final JobLimits limits;

  ImportWork(DraftCheck check, InstantSource clock, JobLimits limits) {
    this.check = check;
    this.clock = clock;
    this.limits = limits;
  }

  @Override
  public JobQueue.@Nullable End run(RunningJob running) throws Exception {
    var file = Files.createTempFile("fairground-import-", ".part");
    try {
      fetch(running, file);
      running.connection().setAutoCommit(false);
      try {
        var statements = new BlockingTransaction(running.connection());
        stage(running, statements, file);
        var staged = new StagedList(statements, running.job(), clock);
        staged.compare(running, new StagedCheck(statements, running, check, clock));
        var end = end(running, staged);
        running.check();
        staged.finish(running, end);
        running.connection().commit();
      } catch (Exception failure) {
        running.connection().rollback();
        throw failure;
      } finally {
        running.connection().setAutoCommit(true);
      }
      return null;
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static final String PART =
      """
      -- partOfUpload
      select p.bytes
        from stored_file f
        join stored_file_part p on p.file_id = f.id
       where f.id = ? and p.position = ? and f.digest is not null
      """;

  /** The upload on disk, because workbooks are read from their end; one part in memory. */
  private static void fetch(RunningJob running, Path file)
      throws SQLException, IOException, JobFailed, JobStopped {
    var id = UUID.fromString(running.job().input().getString("file"));
    var statements = new BlockingTransaction(running.connection());
    try (var out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int position = 0; ; position++) {
        running.check();
        var part = statements.one(PART, row -> row.getBytes(1), id, position);
        if (part == null) {
          break;
        }
        out.write(part);
      }
    }
    if (Files.size(file) == 0) {
      throw new JobFailed(
          "EMPTY_FILE", "The upload is empty, or has expired meanwhile. Send the file again.");
    }
  }

  private static final String STAGE =
      """
      -- stageImport
      create temporary table import_line (
        row_number integer not null,
        sound boolean,
        code text,
        kind text,
        content text,
        column_name text,
        fault text,
        rule text,
        message text,
        note boolean
      ) on commit drop
      """;

  private void stage(RunningJob running, BlockingTransaction statements, Path file)
      throws Exception {
    statements.execute(STAGE);
    var lines =
        new CopyRows(
            statements.connection(),
            "import_line (row_number, sound, code, kind, content, column_name, fault, rule, message, note)");
    try {
      var reader =
          new ListReader(
              new ListColumns(running.engine()::fields),
              limits.importRows(),
              limits.unpackedMegabytes() * 1_000_000L);
      reader.read(
          FileFormat.valueOf(running.job().format().name()), file, new Staging(running, lines));
      lines.close();
    } catch (UnreadableList unreadable) {
      lines.abandon();
      throw new JobFailed(unreadable.code(), unreadable.text());
    } catch (Stopped stopped) {
      lines.abandon();
      throw new JobStopped();
    } catch (Exception failure) {
      lines.abandon();
      throw failure;
    }
  }

  /** Leaves the reader of a file. */
  private static final class Stopped extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private static final class Staging implements ListSink {
    private static final int TOLD_ROWS = 500;
    private final RunningJob running;
    private final CopyRows lines;
    private int rows;

    Staging(RunningJob running, CopyRows lines) {
      this.running = running;
      this.lines = lines;
    }

    @Override
    public void entry(int row, ObjectNode entry, boolean sound) throws IOException {
      var code = text(entry, "code");
      var kind = text(entry, "kind");
      sorted(entry, "title");
      sorted(entry, "summary");
      add(
          row,
          sound,
          code,
          kind,
          JSON.writeValueAsString(entry).replace("\\u0000", ""),
          null,
          null,
          null,
          null,
          null);
      if (++rows % TOLD_ROWS == 0) {
        try {
          running.count(TOLD_ROWS, 0, 0.01 + 0.5 * rows / (rows + 50_000.0));
        } catch (JobStopped stop) {
          throw new Stopped();
        } catch (InterruptedException ended) {
          Thread.currentThread().interrupt();
          throw new Stopped();
        }
      }
    }

    /** The main language first, then the others in the order of their tags, as lists write them. */
    private static void sorted(ObjectNode entry, String member) {
      if (!(entry.get(member) instanceof com.fasterxml.jackson.databind.node.ArrayNode texts)) {
        return;
      }
      for (int i = 1; i < texts.size(); i++) {
        if (texts.get(i) instanceof ObjectNode text) {
          text.remove("guessed");
        }
      }
      if (texts.size() > 2) {
        var rest = new java.util.ArrayList<com.fasterxml.jackson.databind.JsonNode>();
        texts.forEach(rest::add);
        var first = rest.removeFirst();
        rest.sort(java.util.Comparator.comparing(text -> text.path("locale").asText()));
        texts.removeAll().add(first).addAll(rest);
      }
    }

    private static @Nullable String text(ObjectNode entry, String member) {
      var value = entry.remove(member);
      return value == null || value.isNull() ? null : value.asText();
    }

    @Override
    public void fault(ListFault fault) throws IOException {
      add(
          fault.row(),
          null,
          null,
          null,
          null,
          fault.column(),
          fault.code(),
          fault.code().equals("REQUIRED") ? "completeEntry" : null,
          fault.message(),
          fault.note());
    }

    private void add(@Nullable Object... values) throws IOException {
      try {
        lines.add(values);
      } catch (SQLException failure) {
        throw new IOException(failure);
      }
    }
  }

  private JobQueue.End end(RunningJob running, StagedList staged) throws Exception {
    var job = running.job();
    var counted = staged.counted();
    var failed = counted.failed();
    var rejectsAll = "REJECT_ALL".equals(job.input().getString("errorPolicy"));
    var refused =
        counted.header()
            || counted.sound() == 0 && failed > 0
            || rejectsAll && failed > 0 && !job.validateOnly();
    if (!refused && !job.validateOnly()) {
      staged.apply();
    }
    var errors = counted.faults() == 0 ? null : errorFile(running, staged);
    var result = counted.sound() == 0 ? null : resultFile(running, staged);
    staged.keepFaults();
    return new JobQueue.End(
        refused ? Status.FAILED : failed > 0 ? Status.PARTIAL : Status.SUCCEEDED,
        counted.rows(),
        failed,
        result,
        errors,
        new JsonObject()
            .put("added", counted.added())
            .put("changed", counted.changed())
            .put("unchanged", counted.unchanged())
            .put("missing", counted.missing()),
        failed == 0 ? null : counted.header() ? "HEADER_NOT_UNDERSTOOD" : "ROWS_FAILED",
        failed == 0
            ? null
            : counted.header()
                ? "The first row has headings that are not known, or lacks some. Nothing was read."
                : refused
                    ? "%d rows cannot be taken, so nothing was changed.".formatted(failed)
                    : "%d rows cannot be taken; the errors say why.".formatted(failed));
  }

  private UUID errorFile(RunningJob running, StagedList staged) throws Exception {
    var file = file(running, "errors.csv", FileFormat.CSV);
    try (var out = new OutputStreamWriter(file, StandardCharsets.UTF_8)) {
      out.write('\uFEFF');
      CsvWriter.line(out, Arrays.asList("row", "column", "severity", "code", "rule", "message"));
      staged.eachFault(
          row -> {
            try {
              var number = row.getInt(1);
              CsvWriter.line(
                  out,
                  Arrays.asList(
                      number == 0 ? null : number,
                      row.getString(2),
                      row.getString(3),
                      row.getString(4),
                      row.getString(5),
                      row.getString(6)));
            } catch (IOException failure) {
              throw new SQLException(failure);
            }
          });
    }
    return file.id();
  }

  private UUID resultFile(RunningJob running, StagedList staged) throws Exception {
    var file = file(running, "difference.jsonl", FileFormat.JSONL);
    try (var out = new OutputStreamWriter(file, StandardCharsets.UTF_8)) {
      staged.eachDifference(
          row -> {
            try {
              out.write(row.getString(1));
              out.write('\n');
            } catch (IOException failure) {
              throw new SQLException(failure);
            }
          });
    }
    return file.id();
  }

  private FileWriting file(RunningJob running, String name, FileFormat format) throws SQLException {
    return new FileWriting(
        running.connection(),
        running.job(),
        name,
        format.mediaType(),
        clock.instant(),
        limits.resultMegabytes() * 1_000_000L);
  }

  static java.time.OffsetDateTime now(InstantSource clock) {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
