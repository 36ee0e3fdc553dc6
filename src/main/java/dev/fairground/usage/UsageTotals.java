package dev.fairground.usage;

import dev.fairground.graphql.Arguments;
import dev.fairground.graphql.Loader;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Rows;
import dev.fairground.usage.UsageTotal.UsageQuantity;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * SQL over what was used in whole months, as reported by the end of the month behind: public, and
 * so nothing that fewer than three holders used, and nothing that still changes. A cell is a
 * product, a month and a unit.
 *
 * <ul>
 *   <li>A product shows its cells of three holders and more.
 *   <li>An operator shows those, and its other cells together where three holders and more used
 *       them; else they are left out, because the difference would tell them.
 *   <li>A resource shows what was reported for it of cells of which each part, by resource, was
 *       used by three holders and more: whatever is taken from whatever, the difference is of
 *       three.
 * </ul>
 */
final class UsageTotals {
  private static final int MOST_MONTHS = 36;

  /** The months that a field asks for, by their first days. */
  record Months(LocalDate from, LocalDate to) {
    /**
     * The last twelve that are closed unless others are asked for: those before the last one, as
     * what is reported by its end counts. The first day of a month is left for reports that were
     * under way at midnight.
     */
    static Months of(Arguments arguments, LocalDate today) {
      var last = today.minusDays(1).withDayOfMonth(1).minusMonths(2);
      var until = arguments.date("to");
      var to = until == null || until.isAfter(last) ? last : until.withDayOfMonth(1);
      var since = arguments.date("from");
      var from = since == null ? to.minusMonths(11) : since.withDayOfMonth(1);
      if (ChronoUnit.MONTHS.between(from, to) >= MOST_MONTHS) {
        throw arguments.bad("from", "at most %d months are told at once".formatted(MOST_MONTHS));
      }
      return new Months(from, to);
    }
  }

  /** What a field asks for; today is known when it is read. */
  record Span(Arguments arguments) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Span span && arguments.text().equals(span.arguments.text());
    }

    @Override
    public int hashCode() {
      return arguments.text().hashCode();
    }
  }

  private final Database database;

  UsageTotals(Database database) {
    this.database = database;
  }

  private static final String OF_PRODUCTS =
      """
      -- usageTotalsOfProducts
      select p.product_id, p.month, p.unit, p.unit_text, sum(p.quantity), sum(p.calls), sum(p.records)::int,
             count(distinct p.holder_id)::int, false
        from usage_part p
       where p.product_id = any($1)
         and p.month between $2 and $3
       group by p.product_id, p.month, p.unit, p.unit_text
      having count(distinct p.holder_id) >= 3
       order by p.month, p.unit, p.unit_text
      """;

  private static final String OF_OPERATORS =
      """
      -- usageTotalsOfOperators
      with cell as (
             select p.operator_id, p.month, p.unit, p.unit_text, p.product_id, count(distinct p.holder_id) >= 3 as shown
               from usage_part p
              where p.operator_id = any($1)
                and p.month between $2 and $3
              group by p.operator_id, p.month, p.unit, p.unit_text, p.product_id),
           part as (
             select p.operator_id, p.month, p.unit, p.unit_text, p.holder_id, p.quantity, p.calls, p.records, c.shown
               from usage_part p
               join cell c on c.operator_id = p.operator_id and c.product_id = p.product_id and c.month = p.month
                and c.unit is not distinct from p.unit and c.unit_text is not distinct from p.unit_text
              where p.operator_id = any($1)
                and p.month between $2 and $3),
           pool as (
             select operator_id, month, unit, unit_text
               from part
              where not shown
              group by operator_id, month, unit, unit_text
             having count(distinct holder_id) >= 3)
      select t.operator_id, t.month, t.unit, t.unit_text, sum(t.quantity), sum(t.calls), sum(t.records)::int,
             count(distinct t.holder_id)::int, not bool_and(t.shown)
        from part t
       where t.shown
          or exists (
               select 1
                 from pool l
                where l.operator_id = t.operator_id and l.month = t.month
                  and l.unit is not distinct from t.unit and l.unit_text is not distinct from t.unit_text)
       group by t.operator_id, t.month, t.unit, t.unit_text
       order by t.month, t.unit, t.unit_text
      """;

  private static final String OF_RESOURCES =
      """
      -- usageTotalsOfResources
      with part as (
             select o.product_id, o.month, o.unit, o.unit_text, o.resource_id, count(distinct o.holder_id) as holders
               from usage_part o
              where o.month between $2 and $3
                and o.product_id in (
                    select p.product_id from usage_part p where p.resource_id = any($1) and p.month between $2 and $3)
              group by o.product_id, o.month, o.unit, o.unit_text, o.resource_id),
           told as (
             select product_id, month, unit, unit_text from part group by product_id, month, unit, unit_text having min(holders) >= 3)
      select p.resource_id, p.month, p.unit, p.unit_text, sum(p.quantity), sum(p.calls), sum(p.records)::int,
             count(distinct p.holder_id)::int, false
        from usage_part p
        join told t on t.product_id = p.product_id and t.month = p.month and t.unit is not distinct from p.unit
         and t.unit_text is not distinct from p.unit_text
       where p.resource_id = any($1)
         and p.month between $2 and $3
       group by p.resource_id, p.month, p.unit, p.unit_text
       order by p.month, p.unit, p.unit_text
      """;

  Loader<UUID, Span, List<UsageTotal>> ofProducts() {
    return loader("usageTotalsOfProducts", OF_PRODUCTS);
  }

  Loader<UUID, Span, List<UsageTotal>> ofOperators() {
    return loader("usageTotalsOfOperators", OF_OPERATORS);
  }

  Loader<UUID, Span, List<UsageTotal>> ofResources() {
    return loader("usageTotalsOfResources", OF_RESOURCES);
  }

  private Loader<UUID, Span, List<UsageTotal>> loader(String name, String sql) {
    return new Loader<>(name, (reading, span, ids) -> read(sql, reading, span, ids));
  }

  private record Cell(UUID of, LocalDate month, UsageQuantity quantity) {
    static Cell of(Row row) {
      return new Cell(
          row.getUUID(0),
          row.getLocalDate(1),
          new UsageQuantity(
              row.getString(2),
              row.getString(3),
              Objects.requireNonNull(row.getBigDecimal(4)),
              Objects.requireNonNull(row.getBigDecimal(5)),
              Rows.number(row, 6),
              Rows.number(row, 7),
              Rows.truth(row, 8)));
    }
  }

  private Future<Map<UUID, List<UsageTotal>>> read(
      String sql, Reading reading, Span span, Collection<UUID> ids) {
    var months = Months.of(span.arguments(), reading.moment().day());
    return database
        .list(reading.reads(), sql, Tuple.of(Rows.ids(ids), months.from(), months.to()), Cell::of)
        .map(cells -> totals(cells, ids));
  }

  private static Map<UUID, List<UsageTotal>> totals(List<Cell> cells, Collection<UUID> ids) {
    var byMonth = new LinkedHashMap<List<Object>, UsageTotal>();
    for (var cell : cells) {
      byMonth
          .computeIfAbsent(
              List.of(cell.of(), cell.month()),
              first -> new UsageTotal(cell.of(), cell.month(), new ArrayList<>()))
          .quantities()
          .add(cell.quantity());
    }
    var totals = new HashMap<UUID, List<UsageTotal>>();
    ids.forEach(id -> totals.put(id, new ArrayList<>()));
    byMonth.values().forEach(total -> Objects.requireNonNull(totals.get(total.of())).add(total));
    return totals;
  }
}
