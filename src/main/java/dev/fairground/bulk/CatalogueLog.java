package dev.fairground.bulk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fairground.harvest.Defect.Rule;
import dev.fairground.sql.BlockingTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQL over the imports of a catalogue. */
final class CatalogueLog {
  private final BlockingTransaction transaction;

  CatalogueLog(BlockingTransaction transaction) {
    this.transaction = transaction;
  }

  /**
   * One import.
   *
   * @param number from 1, in its catalogue
   * @param datedOn the day that the file's name says
   * @param complete whether it held the whole catalogue
   */
  record Entry(
      int number, OffsetDateTime importedAt, @Nullable LocalDate datedOn, boolean complete) {}

  private static final String LOCK = "select pg_advisory_xact_lock(7214501, hashtext(?))::text";

  /** Waits for other imports of the catalogue to end, and keeps them waiting. */
  void lock(String catalogue) throws SQLException {
    transaction.execute(LOCK, catalogue);
  }

  private static final String LAST =
      """
      select number, imported_at, dated_on, complete
        from catalogue_import
       where catalogue = ?
       order by number desc
       limit 1
      """;

  @Nullable Entry last(String catalogue) throws SQLException {
    return transaction.one(LAST, CatalogueLog::entry, catalogue);
  }

  private static final String OF_CONTENT =
      """
      select number, imported_at, dated_on, complete
        from catalogue_import
       where catalogue = ?
         and digest = ?
       order by number desc
       limit 1
      """;

  /** The last import of this very content. */
  @Nullable Entry ofContent(String catalogue, String digest) throws SQLException {
    return transaction.one(OF_CONTENT, CatalogueLog::entry, catalogue, digest);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getInt(1),
        row.getObject(2, OffsetDateTime.class),
        row.getObject(3, LocalDate.class),
        row.getBoolean(4));
  }

  private static final String ADD =
      """
      insert into catalogue_import (catalogue, number, imported_at, file, format, source, dated_on,
             digest, complete, records, lost, added, changed, withdrawn, unchanged, defects)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
      """;

  /** What was read of one file, or of one archive of a catalogue. */
  record Read(
      String file,
      String format,
      String source,
      @Nullable LocalDate datedOn,
      String digest,
      boolean complete,
      int records,
      int lost,
      Map<Rule, Integer> defects) {}

  void add(String catalogue, int number, OffsetDateTime now, Read read, Outcome outcome)
      throws SQLException {
    var defects = JsonNodeFactory.instance.objectNode();
    read.defects().forEach((rule, count) -> defects.put(rule.name(), count));
    transaction.execute(
        ADD,
        catalogue,
        number,
        now,
        read.file(),
        read.format(),
        read.source(),
        read.datedOn(),
        read.digest(),
        read.complete(),
        read.records(),
        read.lost(),
        outcome.added(),
        outcome.changed(),
        outcome.withdrawn(),
        outcome.unchanged(),
        defects.toString());
  }
}
