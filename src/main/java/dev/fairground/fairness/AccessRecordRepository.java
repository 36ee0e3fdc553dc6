package dev.fairground.fairness;

import dev.fairground.sql.Clause;
import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over the public records of requests for access. */
final class AccessRecordRepository {
  /** The last day of a request whose clock is paused. */
  private static final LocalDate WAITING = LocalDate.of(9999, 12, 30);

  private static final String COLUMNS =
      """
      r.id, r.operator_id, r.product_id, r.purpose_class, r.submitted_in, r.outcome, r.ended_in, r.reasons, r.working_days,
      r.on_time,
      case when r.outcome is null
           then (select v.due_on
                   from access_request_version v
                  where v.operator_id = r.operator_id and v.request_id = r.request_id and v.valid_to = 'infinity') end,
      r.escalated_in, r.review_asked_in, r.review_outcome, r.reviewed_in, r.granted_in, r.free, r.affiliate,
      r.small_or_micro, r.told_in is not null, r.demonstration
      """;

  static final PageSelect<AccessRecord> LIST =
      PageSelect.plain("accessRecords", COLUMNS, "access_record r", AccessRecordRepository::record);

  private static final String BY_ID =
      "-- accessRecordsById\nselect "
          + COLUMNS
          + """
              from access_record r
             where r.id = any($1)
            """;

  private final Database database;

  AccessRecordRepository(Database database) {
    this.database = database;
  }

  /** How many records had a number of working days. */
  public record DecisionDays(int workingDays, int records) {}

  Future<List<AccessRecord>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(), BY_ID, Tuple.of((Object) Rows.ids(ids)), AccessRecordRepository::record);
  }

  /** How many there are, however many. */
  Future<Integer> count(Reading reading, Clause where) {
    return database
        .list(
            reading.reads(),
            "-- accessRecordCount\nselect count(*)::int from access_record r where "
                + numbered(where),
            Tuple.wrap(new java.util.ArrayList<>(where.arguments())),
            row -> row.getInteger(0))
        .map(List::getFirst);
  }

  /** How many records have which number of working days; fewest days first. */
  Future<List<DecisionDays>> days(Reading reading, Clause where) {
    return database.list(
        reading.reads(),
        """
        -- accessRecordDays
        select r.working_days, count(*)::int
          from access_record r
         where r.working_days is not null
           and (%s)
         group by r.working_days
         order by r.working_days
        """
            .formatted(numbered(where)),
        Tuple.wrap(new java.util.ArrayList<>(where.arguments())),
        row -> new DecisionDays(row.getInteger(0), row.getInteger(1)));
  }

  /** The clause's text with its arguments by number. */
  private static String numbered(Clause where) {
    var text = new StringBuilder();
    var next = 1;
    for (int i = 0; i < where.text().length(); i++) {
      var character = where.text().charAt(i);
      if (character == '?') {
        text.append('$').append(next++);
      } else {
        text.append(character);
      }
    }
    return text.toString();
  }

  private static AccessRecord record(Row row) {
    var due = row.getLocalDate(10);
    var granted = row.getLocalDate(15);
    var told = Rows.truth(row, 19);
    return new AccessRecord(
        row.getUUID(0),
        row.getUUID(1),
        row.getUUID(2),
        row.getString(3),
        row.getLocalDate(4),
        row.getString(5),
        row.getLocalDate(6),
        Rows.strings(row, 7),
        row.getInteger(8),
        row.getBoolean(9),
        due,
        WAITING.equals(due),
        row.getLocalDate(11),
        row.getLocalDate(12),
        row.getString(13),
        row.getLocalDate(14),
        granted,
        row.getBoolean(16),
        granted == null ? null : trait(told, row.getBoolean(17)),
        granted == null ? null : trait(told, row.getBoolean(18)),
        Rows.truth(row, 20));
  }

  private static HolderTrait trait(boolean told, @Nullable Boolean known) {
    if (!told) {
      return HolderTrait.WITHHELD;
    }
    return known == null ? HolderTrait.UNKNOWN : known ? HolderTrait.YES : HolderTrait.NO;
  }
}
