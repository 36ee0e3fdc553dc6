package dev.fairground.fairness;

import dev.fairground.fairaccess.RefusalReasonCode;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** SQL that counts the public records of access. */
final class FairnessRepository {
  private static final List<RefusalReasonCode> REASONS = List.of(RefusalReasonCode.values());

  // One pass over the records that count for something in the months; those of an operator lie together in an index.
  private static final String FIGURES =
      """
      -- fairnessOf%s
      select a.n, f.*
        from unnest($1::int[], $2::uuid[], $3::uuid[], $4::date[], $5::date[], $6::date[])
             as a (n, operator_id, product_id, from_in, to_in, today)
       cross join lateral (
         select count(*) filter (where submitted_in >= a.from_in)::int,
                count(*) filter (where submitted_in < a.from_in and (ended_in is null or ended_in >= a.from_in))::int,
                count(*) filter (where ends and outcome = 'APPROVED')::int,
                count(*) filter (where ends and outcome = 'REFUSED')::int,
                count(*) filter (where ends and outcome = 'WITHDRAWN')::int,
                count(*) filter (where stays)::int,
                count(*) filter (where stays and overdue)::int,
                count(*) filter (where ends and working_days is not null)::int,
                percentile_cont(0.5) within group (order by working_days) filter (where ends and working_days is not null),
                percentile_disc(0.95) within group (order by working_days) filter (where ends and working_days is not null),
                count(*) filter (where ends and on_time)::int,
                count(*) filter (where ends and not on_time)::int,
                count(*) filter (where ends and outcome <> 'WITHDRAWN' and on_time is null)::int,
                count(*) filter (where escalated_in between a.from_in and a.to_in)::int,
                count(*) filter (where given)::int,
                count(*) filter (where given and free)::int,
                count(*) filter (where given and traits_told and affiliate)::int,
                count(*) filter (where given and traits_told and not affiliate)::int,
                count(*) filter (where given and traits_told and affiliate is null)::int,
                count(*) filter (where given and not traits_told)::int,
                count(*) filter (where given and traits_told and small_or_micro)::int,
                count(*) filter (where given and traits_told and not small_or_micro)::int,
                count(*) filter (where given and traits_told and small_or_micro is null)::int,
                count(*) filter (where review_asked_in between a.from_in and a.to_in)::int,
                count(*) filter (where reviewed_in between a.from_in and a.to_in)::int,
                count(*) filter (where reviewed_in between a.from_in and a.to_in and review_outcome = 'OVERTURNED')::int,
                count(*) filter (where demonstration)::int%s
           from (
             select r.submitted_in, r.ended_in, r.outcome, r.reasons, r.working_days, r.on_time, r.escalated_in,
                    r.review_asked_in, r.reviewed_in, r.review_outcome, r.free, r.affiliate, r.small_or_micro,
                    r.traits_told, r.demonstration,
                    coalesce(r.ended_in between a.from_in and a.to_in, false) as ends,
                    (r.ended_in is null or r.ended_in > a.to_in) as stays,
                    coalesce(r.granted_in between a.from_in and a.to_in, false) as given,
                    coalesce(%s, false) as overdue
               from access_record r
              where %sr.last_in >= a.from_in
                and r.submitted_in <= a.to_in
           ) as r
       ) as f
       order by a.n
      """;

  /** Whether a record that is open at the end of a month is past its day: then, or today. */
  static final String OVERDUE =
      "r.due_on < least((%1$s + interval '1 month')::date, %2$s)"
          + " and not (r.waiting and %2$s <= (%1$s + interval '1 month')::date)";

  private static final String OF_MARKET = figures("Market", "");
  private static final String OF_OPERATORS =
      figures("Operators", "r.operator_id = a.operator_id and ");
  private static final String OF_PRODUCTS =
      figures("Products", "r.operator_id = a.operator_id and r.product_id = a.product_id and ");

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

  private static String figures(String name, String which) {
    var reasons =
        REASONS.stream()
            .map(
                reason ->
                    ",\n                count(*) filter (where ends and outcome = 'REFUSED' and '%s' = any(reasons))::int"
                        .formatted(reason))
            .collect(Collectors.joining());
    return FIGURES.formatted(name, reasons, OVERDUE.formatted("a.to_in", "a.today"), which);
  }

  /** All of one kind: the market's, operators' or products'; each asked once, in order. */
  Future<List<FairnessIndicators>> find(Reading reading, Collection<Asked> wanted) {
    var asked = List.copyOf(wanted);
    if (asked.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    var first = asked.getFirst().whose;
    var sql =
        first.productId() != null
            ? OF_PRODUCTS
            : first.operatorId() != null ? OF_OPERATORS : OF_MARKET;
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
    var one = asked.get(row.getInteger(0));
    var reasons = new ArrayList<ReasonCount>();
    for (int i = 0; i < REASONS.size(); i++) {
      reasons.add(new ReasonCount(REASONS.get(i), row.getInteger(28 + i)));
    }
    return new FairnessIndicators(
        one.whose,
        one.months,
        row.getInteger(1),
        row.getInteger(2),
        row.getInteger(3),
        row.getInteger(4),
        row.getInteger(5),
        row.getInteger(6),
        row.getInteger(7),
        List.copyOf(reasons),
        row.getInteger(8),
        row.getBigDecimal(9),
        row.getInteger(10),
        row.getInteger(11),
        row.getInteger(12),
        row.getInteger(13),
        row.getInteger(14),
        row.getInteger(15),
        row.getInteger(16),
        new HolderShare(
            row.getInteger(17), row.getInteger(18), row.getInteger(19), row.getInteger(20)),
        new HolderShare(
            row.getInteger(21), row.getInteger(22), row.getInteger(23), row.getInteger(20)),
        row.getInteger(24),
        row.getInteger(25),
        row.getInteger(26),
        row.getInteger(27));
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
