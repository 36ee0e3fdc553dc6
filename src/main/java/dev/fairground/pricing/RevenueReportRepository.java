package dev.fairground.pricing;

import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over reports of income, for those who may read them. */
final class RevenueReportRepository {
  private static final String COLUMNS =
      """
      r.id, r.version, r.valid_from, r.operator_id, r.cap_id, r.starts_on, r.ends_on, r.currency, r.income,
      r.cost_platform, r.cost_acquisition, r.cost_transfer, r.cost_aggregation, r.cost_storage, r.cost_governance,
      r.cost_other, r.tax, r.correction_reason, r.note, r.demonstration
      """;

  private static final VersionedSql BY_ID =
      VersionedSql.of(
          6,
          "-- revenueReportsById\nselect "
              + COLUMNS
              + """
                  from revenue_report r
                  join revenue_cap c on c.id = r.cap_id and c.valid_to = 'infinity'
                 where r.id = any($1)
                   and {r}
                   and
                """
              + RevenueAccess.VISIBLE);

  private static final VersionedSql OF_CAPS =
      VersionedSql.of(
          6,
          "-- revenueReportsOfCaps\nselect "
              + COLUMNS
              + """
                  from revenue_cap c
                 cross join lateral (
                   select * from revenue_report r where r.cap_id = c.id and {r} order by r.starts_on, r.id limit 100
                 ) as r
                 where c.id = any($1)
                   and c.valid_to = 'infinity'
                   and
                """
              + RevenueAccess.VISIBLE
              + " order by r.starts_on, r.id");

  private static final VersionedSql SUMS =
      VersionedSql.of(
          6,
          """
          -- incomeUnderCaps
          select c.id, price_authority_of($3, c.operator_id, $6) is not null, c.starts_on, c.ends_on, c.currency,
                 c.amount - c.carried_deduction, reported.income, reported.last_day, reported.days
            from revenue_cap c
           cross join lateral (
             select sum(r.income) as income, max(r.ends_on) as last_day, sum(r.ends_on - r.starts_on + 1) as days
               from revenue_report r
              where r.cap_id = c.id
                and {r}
           ) as reported
           where c.id = any($1)
             and {c}
             and
          """
              + RevenueAccess.VISIBLE);

  private final Database database;

  RevenueReportRepository(Database database) {
    this.database = database;
  }

  /**
   * What is known of a cap to somebody who may know.
   *
   * @param income null where nothing is reported
   * @param mayChange whether the reader is a price authority for it
   */
  record Sums(UUID capId, boolean mayChange, @Nullable CapIncome income) {}

  Future<List<RevenueReport>> findByIds(Reading reading, Collection<UUID> ids) {
    return read(BY_ID, reading, ids, RevenueReportRepository::report);
  }

  Future<List<RevenueReport>> findOfCaps(Reading reading, Collection<UUID> caps) {
    return read(OF_CAPS, reading, caps, RevenueReportRepository::report);
  }

  Future<List<Sums>> findSums(Reading reading, Collection<UUID> caps) {
    return read(SUMS, reading, caps, RevenueReportRepository::sums);
  }

  private <T> Future<List<T>> read(
      VersionedSql statement,
      Reading reading,
      Collection<UUID> ids,
      java.util.function.Function<Row, T> mapping) {
    if (!reading.viewer().signedIn()) {
      return Future.succeededFuture(List.of());
    }
    var access = RevenueAccess.of(reading.viewer());
    return statement.list(
        database,
        reading,
        mapping,
        Rows.ids(ids),
        access.own(),
        access.pricing(),
        access.supervising(),
        access.all(),
        reading.moment().day());
  }

  private static Sums sums(Row row) {
    var income = row.getBigDecimal(6);
    return new Sums(
        row.getUUID(0),
        Rows.truth(row, 1),
        income == null
            ? null
            : CapIncome.of(
                income,
                row.getLocalDate(7),
                row.getLong(8),
                new Period(row.getLocalDate(2), row.getLocalDate(3)),
                row.getBigDecimal(5),
                row.getString(4)));
  }

  static RevenueReport report(Row row) {
    return new RevenueReport(
        row.getUUID(0),
        Rows.number(row, 1),
        row.getOffsetDateTime(2),
        row.getUUID(3),
        row.getUUID(4),
        new Period(row.getLocalDate(5), row.getLocalDate(6)),
        new Money(row.getBigDecimal(8), row.getString(7)),
        new RevenueReport.Costs(
            money(row, 9),
            money(row, 10),
            money(row, 11),
            money(row, 12),
            money(row, 13),
            money(row, 14),
            money(row, 15)),
        money(row, 16),
        row.getString(17),
        row.getString(18),
        Rows.truth(row, 19));
  }

  private static @Nullable Money money(Row row, int amount) {
    var value = row.getBigDecimal(amount);
    return value == null ? null : new Money(value, row.getString(7));
  }
}
