package dev.fairground.check;

import dev.fairground.fairaccess.Outcome;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Rows;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A closed flag, as everybody may read it.
 *
 * @param flagId never shown: a place in the list
 * @param closedAt never shown: a place in the list
 */
record CheckOutcomeRecord(
    UUID flagId,
    OffsetDateTime closedAt,
    String check,
    String subjectKind,
    @Nullable String operatorPseudonym,
    String jurisdictionCode,
    Outcome outcome,
    CheckFlag.Conclusion conclusion,
    LocalDate openedOn,
    LocalDate closedOn) {

  static final PageSelect<CheckOutcomeRecord> LIST =
      PageSelect.plain(
          "checkOutcomes",
          "f.id, f.closed_at, f.check_code, f.subject_kind, p.pseudonym, f.jurisdiction_code, f.outcome, f.conclusion,"
              + " f.opened_on, f.closed_on",
          "check_flag f left join check_pseudonym p on p.operator_id = f.operator_id",
          CheckOutcomeRecord::of);

  private static CheckOutcomeRecord of(Row row) {
    return new CheckOutcomeRecord(
        row.getUUID(0),
        row.getOffsetDateTime(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        Rows.value(row, 6, Outcome.class),
        Rows.value(row, 7, CheckFlag.Conclusion.class),
        row.getLocalDate(8),
        row.getLocalDate(9));
  }
}
