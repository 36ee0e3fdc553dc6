package dev.fairground.pricing;

import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import dev.fairground.sql.Database;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.sql.VersionedSql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over caps on operators' income. */
final class RevenueCapRepository {
  private static final String COLUMNS =
      "c.id, c.version, c.valid_from, c.operator_id, c.set_by_id, c.starts_on, c.ends_on,"
          + " c.currency, c.amount, c.carried_deduction, c.document, c.clause, c.url, c.source,"
          + " c.demonstration, c.cost, c.profit_percent, c.tax";

  static final PageSelect<RevenueCap> LIST =
      PageSelect.of("revenueCaps", COLUMNS, "revenue_cap c", RevenueCapRepository::cap, "c");

  static final PageSelect<RevenueCap> OF_OPERATORS =
      LIST.linked("revenueCapsOfOperators", "revenue_cap c", "c.operator_id = parent.id", "c");

  private static final VersionedSql BY_ID =
      VersionedSql.of(
          1,
          "-- revenueCapsById\nselect "
              + COLUMNS
              + " from revenue_cap c where c.id = any($1) and {c}");

  private final Database database;

  RevenueCapRepository(Database database) {
    this.database = database;
  }

  Future<List<RevenueCap>> findByIds(Reading reading, Collection<UUID> ids) {
    return BY_ID.list(database, reading, RevenueCapRepository::cap, (Object) Rows.ids(ids));
  }

  private static RevenueCap cap(Row row) {
    return new RevenueCap(
        row.getUUID(0),
        row.getInteger(1),
        row.getOffsetDateTime(2),
        row.getUUID(3),
        row.getUUID(4),
        new Period(row.getLocalDate(5), row.getLocalDate(6)),
        new Money(row.getBigDecimal(8), row.getString(7)),
        new Money(row.getBigDecimal(9), row.getString(7)),
        new LegalBasis(row.getString(10), row.getString(11), row.getString(12)),
        row.getString(13),
        row.getBoolean(14),
        moneyOrNull(row, 15),
        row.getBigDecimal(16),
        moneyOrNull(row, 17));
  }

  private static @Nullable Money moneyOrNull(Row row, int amount) {
    var value = row.getBigDecimal(amount);
    return value == null ? null : new Money(value, row.getString(7));
  }
}
