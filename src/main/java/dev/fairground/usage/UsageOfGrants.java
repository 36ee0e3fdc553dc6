package dev.fairground.usage;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Money;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.usage.UsageMonth.UsageFindingCount;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** SQL over what grants are used for in all, for those who may read their records. */
final class UsageOfGrants {
  private final Database database;

  UsageOfGrants(Database database) {
    this.database = database;
  }

  private static final String MONTHS =
      """
      -- usageMonthsOfGrants
      select m.grant_id, m.month, m.records, m.quantity, m.billed, m.currency, m.outside_term, m.while_suspended,
             m.outside_scenario, m.other_unit, m.over_volume, m.other_resource, m.billed_otherwise
        from usage_month m
        join access_grant g on g.operator_id = m.operator_id and g.id = m.grant_id
       where m.grant_id = any($4)
         and
      """
          + UsageAccess.VISIBLE
          + " order by m.month";

  Future<List<UsageMonth>> findMonths(Reading reading, Collection<UUID> grants) {
    return database.list(reading.reads(), MONTHS, arguments(reading, grants), UsageOfGrants::month);
  }

  private static Tuple arguments(Reading reading, Collection<UUID> grants) {
    return UsageAccess.of(reading.viewer(), reading.moment()).tuple().addValue(Rows.ids(grants));
  }

  private static UsageMonth month(Row row) {
    var findings = new ArrayList<UsageFindingCount>();
    for (var finding : UsageFinding.values()) {
      // Their columns stand in the order of the values.
      var count = Rows.number(row, 6 + finding.ordinal());
      if (count > 0) {
        findings.add(new UsageFindingCount(finding, count));
      }
    }
    var currency = row.getString(5);
    return new UsageMonth(
        row.getUUID(0),
        row.getLocalDate(1),
        Rows.number(row, 2),
        Objects.requireNonNull(row.getBigDecimal(3)),
        currency == null ? null : new Money(row.getBigDecimal(4), currency),
        findings);
  }

  private static final String CHAINS =
      """
      -- usageChainsOfGrants
      select c.grant_id, c.records, c.digest, c.quantity, c.billed, c.currency, c.last_reported_at
        from usage_chain c
        join access_grant g on g.operator_id = c.operator_id and g.id = c.grant_id
       where c.grant_id = any($4)
         and c.records > 0
         and
      """
          + UsageAccess.VISIBLE;

  Future<List<UsageChain>> findChains(Reading reading, Collection<UUID> grants) {
    return database.list(reading.reads(), CHAINS, arguments(reading, grants), UsageOfGrants::chain);
  }

  private static UsageChain chain(Row row) {
    var currency = row.getString(5);
    return new UsageChain(
        row.getUUID(0),
        Rows.number(row, 1),
        HexFormat.of().formatHex(row.getBuffer(2).getBytes()),
        Objects.requireNonNull(row.getBigDecimal(3)),
        currency == null ? null : new Money(row.getBigDecimal(4), currency),
        row.getOffsetDateTime(6));
  }

  /** A month of which nothing is reported, be it that nothing was used. */
  record Missing(UUID grantId, LocalDate month) {}

  private static final String MISSING =
      """
      -- missingUsageMonths
      select g.id, due.month::date
        from access_grant g
        join access_grant_version v
          on v.operator_id = g.operator_id and v.grant_id = g.id and v.valid_to = 'infinity'
       cross join lateral (
         select greatest(g.starts_on, min((a.valid_from at time zone $5)::date)) as first_day
           from access_grant_version a
          where a.operator_id = g.operator_id and a.grant_id = g.id and a.state = 'ACTIVE'
       ) as force
       cross join lateral generate_series(
         date_trunc('month', force.first_day),
         date_trunc('month', least(v.ends_on, (date_trunc('month', $3::date) - interval '1 day')::date)),
         interval '1 month') as due (month)
       where g.id = any($4)
         and force.first_day <= v.ends_on
         and exists (
               select 1 from access_grant_version a
                where a.operator_id = g.operator_id and a.grant_id = g.id and a.state = 'ACTIVE'
                  and (a.valid_from at time zone $5)::date < (due.month + interval '1 month')::date
                  and (a.valid_to = 'infinity' or (a.valid_to at time zone $5)::date > due.month::date))
         and not exists (
               select 1 from usage_month m
                where m.operator_id = g.operator_id and m.grant_id = g.id and m.month = due.month::date)
         and
      """
          + UsageAccess.VISIBLE
          + " order by due.month";

  /** Months that are over, in which a grant was in force, of which there is no record. */
  Future<List<Missing>> findMissing(Reading reading, Collection<UUID> grants) {
    return database.list(
        reading.reads(),
        MISSING,
        arguments(reading, grants).addString(Moment.ZONE.getId()),
        row -> new Missing(row.getUUID(0), row.getLocalDate(1)));
  }
}
