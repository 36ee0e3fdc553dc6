package dev.fairground.fairness;

import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** SQL that counts the public records of access. */
final class FairnessRepository {
  private static final String OPERATORS =
      """
      -- fairnessOperators
      select distinct o.organization_id
        from organization_role o
       where o.role = 'OPERATOR'
         and o.starts_on <= $2
         and (o.ends_on is null or o.ends_on >= $1)
       order by o.organization_id
       limit 1000
      """;

  private static final String ARE_OPERATORS =
      """
      -- fairnessAreOperators
      select o.id
        from unnest($1::uuid[]) as o (id)
       where exists (select 1 from organization_role r where r.organization_id = o.id and r.role = 'OPERATOR')
          or exists (select 1 from product p where p.operator_id = o.id)
      """;

  private final Database database;

  FairnessRepository(Database database) {
    this.database = database;
  }

  /** Whose figures of which months. */
  record Asked(Whose whose, Months months) {}

  /** All of one kind: the market's, operators' or products'; each asked once, in order. */
  Future<List<FairnessIndicators>> find(Reading reading, Collection<Asked> wanted) {
    var asked = List.copyOf(wanted);
    if (asked.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    var first = asked.getFirst().whose;
    var sql =
        first.productId() != null
            ? FairnessSql.OF_PRODUCTS
            : first.operatorId() != null ? FairnessSql.OF_OPERATORS : FairnessSql.OF_MARKET;
    var today = new LocalDate[asked.size()];
    Arrays.fill(today, reading.moment().day());
    var arguments =
        Tuple.of(
            IntStream.range(0, asked.size()).boxed().toArray(Integer[]::new),
            asked.stream().map(one -> one.whose.operatorId()).toArray(UUID[]::new),
            asked.stream().map(one -> one.whose.productId()).toArray(UUID[]::new),
            days(asked.stream().map(one -> one.months.from()).toList()),
            days(asked.stream().map(one -> one.months.to()).toList()),
            today);
    return database.list(reading.reads(), sql, arguments, row -> read(asked, row));
  }

  private static LocalDate[] days(List<YearMonth> months) {
    return months.stream().map(month -> month.atDay(1)).toArray(LocalDate[]::new);
  }

  private static FairnessIndicators read(List<Asked> asked, Row row) {
    var one = asked.get(Rows.number(row, 0));
    var reasons = new ArrayList<ReasonCount>();
    for (int i = 0; i < MonthSql.REASONS.size(); i++) {
      reasons.add(new ReasonCount(MonthSql.REASONS.get(i), Rows.number(row, 28 + i)));
    }
    return new FairnessIndicators(
        one.whose,
        one.months,
        Rows.number(row, 1),
        Rows.number(row, 2),
        Rows.number(row, 3),
        Rows.number(row, 4),
        Rows.number(row, 5),
        Rows.number(row, 6),
        Rows.number(row, 7),
        List.copyOf(reasons),
        Rows.number(row, 8),
        row.getBigDecimal(9),
        row.getInteger(10),
        Rows.number(row, 11),
        Rows.number(row, 12),
        Rows.number(row, 13),
        Rows.number(row, 14),
        Rows.number(row, 15),
        Rows.number(row, 16),
        new HolderShare(
            Rows.number(row, 17), Rows.number(row, 18), Rows.number(row, 19), Rows.number(row, 20)),
        new HolderShare(
            Rows.number(row, 21), Rows.number(row, 22), Rows.number(row, 23), Rows.number(row, 20)),
        Rows.number(row, 24),
        Rows.number(row, 25),
        Rows.number(row, 26),
        Rows.number(row, 27));
  }

  /** Who was an operator on some day of the months; at most 1,000. */
  Future<List<UUID>> findOperators(Reading reading, Months months) {
    return database.list(
        reading.reads(),
        OPERATORS,
        Tuple.of(months.from().atDay(1), months.to().atEndOfMonth()),
        row -> row.getUUID(0));
  }

  /** Those that are or were operators. */
  Future<List<UUID>> findAreOperators(Reading reading, Collection<UUID> organizations) {
    return database.list(
        reading.reads(),
        ARE_OPERATORS,
        Tuple.of((Object) Rows.ids(organizations)),
        row -> row.getUUID(0));
  }
}
