package dev.fairground.usage;

import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over records of use and their batches, for those who may read them. */
final class UsageRecordRepository {
  private static final String COLUMNS =
      """
      r.operator_id, r.grant_id, r.number, r.id, r.batch_id, r.reported_at, r.product_id, r.starts_on, r.ends_on,
      r.resource_id, r.scenario_id, r.unit, r.unit_text, r.quantity, r.calls, r.currency, r.billed, r.outcome,
      r.purpose_statement, r.reference, r.corrects, r.correction_reason, r.findings, r.settled, r.salt, r.previous_digest,
      r.position
      """;

  private static final String FROM =
      "usage_record r join access_grant g on g.operator_id = r.operator_id and g.id = r.grant_id";

  static final PageSelect<UsageRecord> LIST =
      PageSelect.plain("usageRecords", COLUMNS, FROM, UsageRecordRepository::record);

  static final PageSelect<UsageRecord> OF_GRANTS =
      LIST.linked("usageRecordsOfGrants", "r.grant_id");

  static final PageSelect<UsageRecord> OF_BATCHES =
      LIST.linked("usageRecordsOfBatches", "r.batch_id");

  private final Database database;

  UsageRecordRepository(Database database) {
    this.database = database;
  }

  private static final String BY_ID =
      "-- usageRecordsById\nselect "
          + COLUMNS
          + " from "
          + FROM
          + " where r.id = any($4) and "
          + UsageAccess.VISIBLE;

  /** Those that the reader may see. */
  Future<List<UsageRecord>> findByIds(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(),
        BY_ID,
        UsageAccess.of(reading.viewer(), reading.moment()).tuple().addValue(Rows.ids(ids)),
        UsageRecordRepository::record);
  }

  // Who sees some of its records is told how many of them there are: all others are of others.
  private static final String BATCHES =
      """
      -- usageBatchesById
      select b.id, b.operator_id, b.reported_at, seen.records, seen.grants, b.demonstration
        from usage_batch b
       cross join lateral (
               select b.records, b.grants
                where $1 or b.operator_id = any($2)
                union all
               select count(*)::int, count(distinct r.grant_id)::int
                 from usage_record r
                 join access_grant g on g.operator_id = r.operator_id and g.id = r.grant_id
                where not ($1 or b.operator_id = any($2)) and r.batch_id = b.id and
      """
          + UsageAccess.VISIBLE
          + """
             ) as seen
       where b.id = any($4)
         and seen.records > 0
      """;

  /** Those of which the reader may see a record. */
  Future<List<UsageBatch>> findBatches(Reading reading, Collection<UUID> ids) {
    return database.list(
        reading.reads(),
        BATCHES,
        UsageAccess.of(reading.viewer(), reading.moment()).tuple().addValue(Rows.ids(ids)),
        row ->
            new UsageBatch(
                row.getUUID(0),
                row.getUUID(1),
                row.getOffsetDateTime(2),
                Rows.number(row, 3),
                Rows.number(row, 4),
                Rows.truth(row, 5)));
  }

  static UsageRecord record(Row row) {
    var billed = row.getBigDecimal(16);
    return new UsageRecord(
        row.getUUID(0),
        row.getUUID(1),
        Rows.number(row, 2),
        row.getUUID(3),
        row.getUUID(4),
        row.getOffsetDateTime(5),
        row.getUUID(6),
        new Period(row.getLocalDate(7), row.getLocalDate(8)),
        row.getUUID(9),
        row.getUUID(10),
        row.getString(11),
        row.getString(12),
        Objects.requireNonNull(row.getBigDecimal(13)),
        calls(row.getLong(14)),
        billed == null ? null : new Money(billed, row.getString(15)),
        row.getString(17),
        row.getString(18),
        row.getString(19),
        row.getInteger(20),
        row.getString(21),
        findings(row, 22),
        findings(row, 23),
        Objects.requireNonNull(UsageGroundsRepository.bytes(row, 24)),
        UsageGroundsRepository.bytes(row, 25),
        Rows.number(row, 26));
  }

  private static @Nullable BigDecimal calls(@Nullable Long calls) {
    return calls == null ? null : BigDecimal.valueOf(calls);
  }

  private static List<UsageFinding> findings(Row row, int column) {
    return Rows.strings(row, column).stream().map(UsageFinding::valueOf).toList();
  }
}
