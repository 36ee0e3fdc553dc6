package dev.fairground.pricing;

import dev.fairground.kernel.LegalBasis;
import dev.fairground.kernel.Money;
import dev.fairground.kernel.Period;
import dev.fairground.party.OrganizationRepository;
import dev.fairground.sql.Columns;
import dev.fairground.sql.Database;
import dev.fairground.sql.One;
import dev.fairground.sql.One.Join;
import dev.fairground.sql.PageSelect;
import dev.fairground.sql.Reading;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over caps on operators' income. */
final class RevenueCapRepository {
  private static final One<RevenueCap> ONE =
      new One<>(
          "revenueCapsById",
          "revenue_cap",
          "c",
          true,
          Columns.of(
              """
              id, version, valid_from, operator_id, set_by_id, starts_on, ends_on, currency, amount,
              carried_deduction, document, clause, url, source, demonstration, cost, profit_percent, tax,
              treasury_yield_percent
              """),
          RevenueCapRepository::cap,
          new Join("operator", "operator_id", OrganizationRepository.ONE),
          new Join("setBy", "set_by_id", OrganizationRepository.ONE));

  static final PageSelect<RevenueCap> LIST = PageSelect.of("revenueCaps", ONE);

  static final PageSelect<RevenueCap> OF_OPERATORS =
      LIST.linked("revenueCapsOfOperators", "c.operator_id");

  private final Database database;

  RevenueCapRepository(Database database) {
    this.database = database;
  }

  Future<List<RevenueCap>> findByIds(Reading reading, Collection<UUID> ids) {
    return ONE.find(database, reading, ids);
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
        moneyOrNull(row, 17),
        row.getBigDecimal(18));
  }

  private static @Nullable Money moneyOrNull(Row row, int amount) {
    var value = row.getBigDecimal(amount);
    return value == null ? null : new Money(value, row.getString(7));
  }
}
