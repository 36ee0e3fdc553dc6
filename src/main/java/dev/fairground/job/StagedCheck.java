package dev.fairground.job;

import dev.fairground.draft.DraftCheck;
import dev.fairground.draft.DraftCheck.Entry;
import dev.fairground.draft.DraftCheck.Problem;
import dev.fairground.draft.ProductDraft;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.BlockingTransaction;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Reads;
import io.vertx.core.json.JsonObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Tells of a staged list what would stand against its entries as drafts, before there are any: what
 * a draft must not be as an error, what stands against submitting it as a warning.
 */
final class StagedCheck {
  private static final int PAGE = 500;

  private final BlockingTransaction statements;
  private final RunningJob running;
  private final DraftCheck check;
  private final InstantSource clock;
  private final List<Entry> page = new ArrayList<>(PAGE);

  StagedCheck(
      BlockingTransaction statements, RunningJob running, DraftCheck check, InstantSource clock) {
    this.statements = statements;
    this.running = running;
    this.check = check;
    this.clock = clock;
  }

  private static final String INDEX =
      "create index import_reference_row on import_reference (row_number)";

  // A draft that is as the file says is looked at as well: it may not be submitted yet.
  private static final String ENTRIES =
      """
      -- entriesToCheckOfImport
      select row_number, product_id, kind, code, draft_base, content::text, product_draft_missing(kind, content)
        from import_difference
       where change in ('ADDED', 'CHANGED') or change = 'UNCHANGED' and draft_status in ('DRAFT', 'RETURNED')
       order by row_number
      """;

  void run() throws SQLException, JobStopped, InterruptedException {
    statements.execute(INDEX);
    try {
      statements.each(ENTRIES, this::take);
      tell();
    } catch (Stopped stopped) {
      throw new JobStopped();
    }
  }

  /** Leaves the reading of rows. */
  private static final class Stopped extends SQLException {
    private static final long serialVersionUID = 1L;
  }

  private void take(ResultSet row) throws SQLException {
    page.add(
        new Entry(
            row.getInt(1),
            running.job().organizationId(),
            row.getObject(2, UUID.class),
            ProductDraft.Kind.valueOf(row.getString(3)),
            row.getString(4),
            row.getObject(5, Integer.class),
            new JsonObject(row.getString(6)),
            List.of((String[]) row.getArray(7).getArray())));
    if (page.size() == PAGE) {
      try {
        tell();
      } catch (JobStopped stopped) {
        throw new Stopped();
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
        throw new Stopped();
      }
    }
  }

  private static final String PROBLEM =
      """
      -- problemOfImport
      insert into import_line (row_number, column_name, fault, rule, message, note)
      select w.row_number, w.member, w.code, w.rule,
             w.message || coalesce((
               select ' It is "' || left(min(r.name), 60) || '".' from import_reference r
                where r.row_number = w.row_number and r.id = w.offending), ''),
             w.note
        from (select ?::integer, ?::text, ?::text, ?::text, ?::text, ?::boolean, ?::uuid)
               as w (row_number, member, code, rule, message, note, offending)
      """;

  private void tell() throws SQLException, JobStopped, InterruptedException {
    if (page.isEmpty()) {
      return;
    }
    var entries = List.copyOf(page);
    page.clear();
    var reading = new Reading(new Reads(), running.job().viewer(), Moment.present(clock.instant()));
    var problems = running.await(() -> check.of(reading, entries));
    try (var statement = statements.connection().prepareStatement(PROBLEM)) {
      for (Problem problem : problems) {
        statement.setInt(1, problem.row());
        statement.setString(2, problem.member());
        statement.setString(3, problem.code());
        statement.setString(4, problem.rule());
        statement.setString(5, problem.message());
        statement.setBoolean(6, !problem.refused());
        statement.setObject(7, problem.offending());
        statement.addBatch();
      }
      statement.executeBatch();
    }
    running.count(0, 0, 0.75);
  }
}
