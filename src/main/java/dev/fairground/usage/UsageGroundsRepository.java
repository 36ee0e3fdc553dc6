package dev.fairground.usage;

import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Period;
import dev.fairground.sql.Database;
import dev.fairground.sql.Rows;
import dev.fairground.usage.UsageGrounds.Amounts;
import dev.fairground.usage.UsageGrounds.Grant;
import dev.fairground.usage.UsageGrounds.Place;
import dev.fairground.usage.UsageGrounds.Standing;
import dev.fairground.usage.UsageGrounds.Use;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL over what a report is decided by. */
final class UsageGroundsRepository {
  private final Database database;

  UsageGroundsRepository(Database database) {
    this.database = database;
  }

  /**
   * Reads it; the chains of the grants are held until the transaction ends, so that two reports for
   * one grant follow each other.
   */
  Future<UsageGrounds> hold(SqlConnection transaction, UUID operator, List<ReportedUse> rows) {
    var grants = new LinkedHashSet<UUID>();
    var resources = new HashSet<UUID>();
    var scenarios = new HashSet<UUID>();
    var corrected = new LinkedHashSet<Place>();
    for (var row : rows) {
      grants.add(row.grantId());
      add(resources, row.resourceId());
      add(scenarios, row.scenarioId());
      if (row.corrects() != null) {
        corrected.add(new Place(row.grantId(), row.corrects()));
      }
    }
    return begin(transaction, operator, grants)
        .compose(begun -> grants(transaction, operator, grants))
        .compose(
            found -> {
              var products = new HashSet<UUID>();
              found.forEach(grant -> products.add(grant.productId()));
              var standing = corrected(transaction, operator, corrected);
              var known = known(transaction, RESOURCES, resources);
              var allowed = known(transaction, SCENARIOS, scenarios);
              var used = used(transaction, products, resources);
              return Future.all(standing, known, allowed, used)
                  .map(
                      all -> {
                        var byId = new HashMap<UUID, Grant>();
                        found.forEach(grant -> byId.put(grant.id(), grant));
                        var byPlace = new HashMap<Place, Standing>();
                        standing.result().forEach(one -> byPlace.put(one.place(), one));
                        return new UsageGrounds(
                            byId,
                            byPlace,
                            Set.copyOf(known.result()),
                            Set.copyOf(allowed.result()),
                            Set.copyOf(used.result()));
                      });
            });
  }

  private static void add(Set<UUID> ids, @Nullable UUID id) {
    if (id != null) {
      ids.add(id);
    }
  }

  // In the order of the ids, so that two reports for the same grants wait for each other once.
  private static final String BEGIN =
      """
      -- beginUsageChains
      insert into usage_chain (operator_id, grant_id)
      select g.operator_id, g.id
        from access_grant g
       where g.operator_id = $1
         and g.id = any($2)
       order by g.id
          on conflict do nothing
      """;

  private Future<?> begin(SqlConnection transaction, UUID operator, Set<UUID> grants) {
    return database.rows(transaction, BEGIN, Tuple.of(operator, (Object) Rows.ids(grants)));
  }

  private static final String GRANTS =
      """
      -- grantsOfUsageReport
      select g.id, g.product_id, g.holder_id, g.institution_id, g.jurisdiction_code, g.scenario_id, g.unit, g.unit_text,
             g.currency, g.unit_price, g.quantity, g.starts_on, v.ends_on, g.demonstration,
             exists (select 1 from access_grant_version a
                      where a.operator_id = g.operator_id and a.grant_id = g.id and a.state = 'ACTIVE'),
             array(select (s.valid_from at time zone $3)::date from access_grant_version s
                    where s.operator_id = g.operator_id and s.grant_id = g.id and s.state = 'SUSPENDED'
                    order by s.version),
             array(select case when s.valid_to = 'infinity' then date '9999-12-31'
                               else (s.valid_to at time zone $3)::date end
                     from access_grant_version s
                    where s.operator_id = g.operator_id and s.grant_id = g.id and s.state = 'SUSPENDED'
                    order by s.version),
             c.records, c.digest, c.quantity, c.currency
        from usage_chain c
        join access_grant g on g.operator_id = c.operator_id and g.id = c.grant_id
        join access_grant_version v
          on v.operator_id = g.operator_id and v.grant_id = g.id and v.valid_to = 'infinity'
       where c.operator_id = $1
         and c.grant_id = any($2)
       order by c.grant_id
         for no key update of c
      """;

  private Future<List<Grant>> grants(SqlConnection transaction, UUID operator, Set<UUID> grants) {
    return database.list(
        transaction,
        GRANTS,
        Tuple.of(operator, Rows.ids(grants), Moment.ZONE.getId()),
        UsageGroundsRepository::grant);
  }

  private static Grant grant(Row row) {
    return new Grant(
        row.getUUID(0),
        row.getUUID(1),
        row.getUUID(2),
        row.getUUID(3),
        row.getString(4),
        row.getUUID(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getBigDecimal(9),
        row.getBigDecimal(10),
        new Period(row.getLocalDate(11), row.getLocalDate(12)),
        Rows.truth(row, 14),
        suspended(row.getArrayOfLocalDates(15), row.getArrayOfLocalDates(16)),
        Rows.truth(row, 13),
        Rows.number(row, 17),
        bytes(row, 18),
        Objects.requireNonNull(row.getBigDecimal(19)),
        row.getString(20));
  }

  /** The days on the whole of which it was suspended. */
  private static List<Period> suspended(LocalDate[] from, LocalDate[] to) {
    var periods = new ArrayList<Period>();
    for (int i = 0; i < from.length; i++) {
      var first = from[i].plusDays(1);
      var last = to[i].minusDays(1);
      if (!last.isBefore(first)) {
        periods.add(new Period(first, last));
      }
    }
    return List.copyOf(periods);
  }

  static byte @Nullable [] bytes(Row row, int column) {
    var buffer = row.getBuffer(column);
    return buffer == null ? null : buffer.getBytes();
  }

  private static final String CORRECTED =
      """
      -- correctedUsageRecords
      select r.grant_id, r.number, r.corrects, r.starts_on, r.ends_on, r.resource_id, r.scenario_id, r.unit, r.unit_text,
             coalesce(r.currency, more.currency), array_to_string(r.findings, ',') || ',' || coalesce(more.findings, ''),
             coalesce(more.settled, ''), r.quantity + coalesce(more.quantity, 0),
             coalesce(r.calls, 0) + coalesce(more.calls, 0), coalesce(r.billed, 0) + coalesce(more.billed, 0)
        from unnest($2::uuid[], $3::int[]) as w (grant_id, number)
        join usage_record r on r.operator_id = $1 and r.grant_id = w.grant_id and r.number = w.number
       cross join lateral (
         select sum(c.quantity) as quantity, sum(c.calls) as calls, sum(c.billed) as billed, max(c.currency) as currency,
                string_agg(array_to_string(c.findings, ','), ',') as findings,
                string_agg(array_to_string(c.settled, ','), ',') as settled
           from usage_record c
          where c.operator_id = $1 and c.grant_id = r.grant_id and c.corrects = r.number
       ) as more
      """;

  private Future<List<Standing>> corrected(
      SqlConnection transaction, UUID operator, Set<Place> places) {
    if (places.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return database.list(
        transaction,
        CORRECTED,
        Tuple.of(
            operator,
            places.stream().map(Place::grantId).toArray(UUID[]::new),
            places.stream().map(Place::number).toArray(Integer[]::new)),
        row ->
            new Standing(
                new Place(row.getUUID(0), Rows.number(row, 1)),
                row.getInteger(2),
                row.getLocalDate(3),
                row.getLocalDate(4),
                row.getUUID(5),
                row.getUUID(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                standing(row.getString(10), row.getString(11)),
                new Amounts(
                    Objects.requireNonNull(row.getBigDecimal(12)),
                    Objects.requireNonNull(row.getBigDecimal(13)).longValueExact(),
                    Objects.requireNonNull(row.getBigDecimal(14)))));
  }

  /** What was found as often as it was settled is not found any more. */
  private static Set<UsageFinding> standing(String found, String settled) {
    var left = EnumSet.noneOf(UsageFinding.class);
    for (var finding : UsageFinding.values()) {
      if (count(found, finding) > count(settled, finding)) {
        left.add(finding);
      }
    }
    return left;
  }

  private static long count(String names, UsageFinding finding) {
    return Arrays.stream(names.split(",", -1)).filter(finding.name()::equals).count();
  }

  private static final String RESOURCES =
      """
      -- resourcesOfUsageReport
      select r.id from data_resource r where r.id = any($1)
      """;

  private static final String SCENARIOS =
      """
      -- scenariosOfUsageReport
      select s.id from scenario s where s.id = any($1)
      """;

  private Future<List<UUID>> known(SqlConnection transaction, String sql, Set<UUID> ids) {
    return ids.isEmpty()
        ? Future.succeededFuture(List.of())
        : database.list(transaction, sql, Tuple.of((Object) Rows.ids(ids)), row -> row.getUUID(0));
  }

  private static final String USED =
      """
      -- resourcesOfReportedProducts
      select distinct r.product_id, r.resource_id
        from product_resource r
       where r.product_id = any($1)
         and r.resource_id = any($2)
      """;

  private Future<List<Use>> used(
      SqlConnection transaction, Set<UUID> products, Set<UUID> resources) {
    return resources.isEmpty()
        ? Future.succeededFuture(List.of())
        : database.list(
            transaction,
            USED,
            Tuple.of(Rows.ids(products), (Object) Rows.ids(resources)),
            row -> new Use(row.getUUID(0), row.getUUID(1)));
  }
}
