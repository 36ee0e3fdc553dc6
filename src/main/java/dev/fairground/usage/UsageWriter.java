package dev.fairground.usage;

import dev.fairground.graphql.Write;
import dev.fairground.sql.Database;
import dev.fairground.usage.UsageChains.End;
import dev.fairground.usage.UsageChains.Month;
import dev.fairground.usage.UsageChains.Part;
import dev.fairground.usage.UsageChains.Sum;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SQL that writes a report: a statement for each table, however many rows. */
final class UsageWriter {
  private static final int AT_ONCE = 2_500;

  private final Database database;

  UsageWriter(Database database) {
    this.database = database;
  }

  /** Writes all of it. */
  Future<Void> write(
      SqlConnection transaction,
      Write write,
      UUID operator,
      UUID batch,
      OffsetDateTime at,
      UsageChains chains) {
    var rows = chains.records();
    return database
        .rows(
            transaction,
            BATCH,
            Tuple.of(batch, operator, at, write.actor().name(), rows.size())
                .addInteger(chains.ends().size())
                .addBoolean(
                    chains.ends().values().stream().allMatch(end -> end.grant().demonstration())))
        .compose(done -> records(transaction, operator, batch, at, chains, 0))
        .compose(done -> database.rows(transaction, WAITING, waiting(operator, chains)))
        .compose(done -> database.rows(transaction, CHAINS, chains(operator, at, chains.ends())))
        .compose(done -> database.rows(transaction, MONTHS, months(operator, chains.months())))
        .compose(
            done ->
                database.rows(
                    transaction,
                    PARTS,
                    parts(operator, chains.parts(), chains.ends())
                        .addLocalDate(write.moment().day())))
        .mapEmpty();
  }

  private static final String BATCH =
      """
      -- insertUsageBatch
      insert into usage_batch (id, operator_id, reported_at, reported_by, records, grants, demonstration)
      values ($1, $2, $3, $4, $5, $6, $7)
      """;

  // A list of lists is no array that PostgreSQL takes from us: findings are joined, and parted
  // there.
  // Nor is one of decimals with nulls among them.
  private static final String RECORDS =
      """
      -- insertUsageRecords
      insert into usage_record (operator_id, batch_id, reported_at, grant_id, number, id, product_id, starts_on, ends_on,
             resource_id, scenario_id, unit, unit_text, quantity, calls, currency, billed, outcome, purpose_statement,
             reference, corrects, correction_reason, findings, settled, salt, previous_digest, digest, position)
      select $1, $2, $3, r.grant_id, r.number, r.id, r.product_id, r.starts_on, r.ends_on, r.resource_id, r.scenario_id,
             r.unit, r.unit_text, r.quantity, r.calls, r.currency, r.billed::numeric, r.outcome, r.purpose_statement, r.reference,
             r.corrects, r.correction_reason, case when r.findings = '' then '{}' else string_to_array(r.findings, ',') end,
             case when r.settled = '' then '{}' else string_to_array(r.settled, ',') end, r.salt, r.previous_digest,
             r.digest, r.position
        from unnest($4::uuid[], $5::int[], $6::uuid[], $7::uuid[], $8::date[], $9::date[], $10::uuid[], $11::uuid[],
                    $12::text[], $13::text[], $14::numeric[], $15::bigint[], $16::text[], $17::text[], $18::text[],
                    $19::text[], $20::text[], $21::int[], $22::text[], $23::text[], $24::text[], $25::bytea[],
                    $26::bytea[], $27::bytea[], $28::int[])
             as r (grant_id, number, id, product_id, starts_on, ends_on, resource_id, scenario_id, unit,
                    unit_text, quantity, calls, currency, billed, outcome, purpose_statement, reference, corrects,
                    correction_reason, findings, settled, salt, previous_digest, digest, position)
      """;

  /** Some thousand rows to a statement, so that each is done in its time. */
  private Future<Void> records(
      SqlConnection transaction,
      UUID operator,
      UUID batch,
      OffsetDateTime at,
      UsageChains chains,
      int from) {
    var to = Math.min(from + AT_ONCE, chains.records().size());
    var values =
        records(
            operator,
            batch,
            at,
            chains.records().subList(from, to),
            chains.digests().subList(from, to));
    return database
        .rows(transaction, RECORDS, values)
        .compose(
            done ->
                to == chains.records().size()
                    ? Future.succeededFuture()
                    : records(transaction, operator, batch, at, chains, to));
  }

  private static Tuple records(
      UUID operator, UUID batch, OffsetDateTime at, List<UsageRecord> rows, List<byte[]> digests) {
    var values = Tuple.of(operator, batch, at);
    add(values, rows, UsageRecord::grantId, UUID[]::new);
    add(values, rows, UsageRecord::number, Integer[]::new);
    add(values, rows, UsageRecord::id, UUID[]::new);
    add(values, rows, UsageRecord::productId, UUID[]::new);
    add(values, rows, row -> row.term().startsOn(), LocalDate[]::new);
    add(values, rows, row -> row.term().endsOn(), LocalDate[]::new);
    add(values, rows, UsageRecord::resourceId, UUID[]::new);
    add(values, rows, UsageRecord::scenarioId, UUID[]::new);
    add(values, rows, UsageRecord::unit, String[]::new);
    add(values, rows, UsageRecord::unitText, String[]::new);
    add(values, rows, UsageRecord::quantity, BigDecimal[]::new);
    add(values, rows, row -> row.calls() == null ? null : row.calls().longValue(), Long[]::new);
    add(values, rows, row -> row.billed() == null ? null : row.billed().currency(), String[]::new);
    add(
        values,
        rows,
        row -> row.billed() == null ? null : row.billed().amount().toPlainString(),
        String[]::new);
    add(values, rows, UsageRecord::outcome, String[]::new);
    add(values, rows, UsageRecord::purposeStatement, String[]::new);
    add(values, rows, UsageRecord::reference, String[]::new);
    add(values, rows, UsageRecord::corrects, Integer[]::new);
    add(values, rows, UsageRecord::correctionReason, String[]::new);
    add(values, rows, row -> joined(row.findings()), String[]::new);
    add(values, rows, row -> joined(row.settled()), String[]::new);
    add(values, rows, row -> Buffer.buffer(row.salt()), Buffer[]::new);
    add(values, rows, row -> buffer(row.previous()), Buffer[]::new);
    add(values, digests, Buffer::buffer, Buffer[]::new);
    add(values, rows, UsageRecord::position, Integer[]::new);
    return values;
  }

  private static <R, V> void add(
      Tuple values, Collection<R> rows, Function<R, @Nullable V> value, IntFunction<V[]> array) {
    values.addValue(rows.stream().map(value).toArray(array));
  }

  private static String joined(List<UsageFinding> findings) {
    return findings.stream().map(Enum::name).collect(Collectors.joining(","));
  }

  private static @Nullable Buffer buffer(byte @Nullable [] bytes) {
    return bytes == null ? null : Buffer.buffer(bytes);
  }

  private static final String WAITING =
      """
      -- insertUsageWaiting
      insert into usage_waiting (operator_id, record_id, digest)
      select $1, w.id, w.digest
        from unnest($2::uuid[], $3::bytea[]) with ordinality as w (id, digest, place)
       order by w.place
      """;

  private static Tuple waiting(UUID operator, UsageChains chains) {
    var values = Tuple.of(operator);
    add(values, chains.records(), UsageRecord::id, UUID[]::new);
    add(values, chains.digests(), Buffer::buffer, Buffer[]::new);
    return values;
  }

  private static final String CHAINS =
      """
      -- updateUsageChains
      update usage_chain c
         set records = e.records, digest = e.digest, quantity = c.quantity + e.quantity, calls = c.calls + e.calls,
             billed = c.billed + e.billed, currency = coalesce(c.currency, e.currency), last_reported_at = $2
        from unnest($3::uuid[], $4::int[], $5::bytea[], $6::numeric[], $7::numeric[], $8::numeric[], $9::text[])
             as e (grant_id, records, digest, quantity, calls, billed, currency)
       where c.operator_id = $1
         and c.grant_id = e.grant_id
      """;

  private static Tuple chains(UUID operator, OffsetDateTime at, Map<UUID, End> ends) {
    var rows = ends.values();
    var values = Tuple.of(operator, at, ends.keySet().toArray(UUID[]::new));
    add(values, rows, End::records, Integer[]::new);
    add(values, rows, end -> Buffer.buffer(end.digest()), Buffer[]::new);
    add(values, rows, end -> end.added().quantity, BigDecimal[]::new);
    add(values, rows, end -> end.added().calls, BigDecimal[]::new);
    add(values, rows, end -> end.added().billed, BigDecimal[]::new);
    add(values, rows, end -> end.added().currency, String[]::new);
    return values;
  }

  private static final String MONTHS =
      """
      -- addUsageMonths
      insert into usage_month as m (operator_id, grant_id, month, records, quantity, billed, currency, outside_term,
             while_suspended, outside_scenario, other_unit, over_volume, other_resource, billed_otherwise)
      select $1, a.grant_id, a.month, a.records, a.quantity, a.billed, a.currency, a.outside_term, a.while_suspended,
             a.outside_scenario, a.other_unit, a.over_volume, a.other_resource, a.billed_otherwise
        from unnest($2::uuid[], $3::date[], $4::int[], $5::numeric[], $6::numeric[], $7::text[], $8::int[], $9::int[],
                    $10::int[], $11::int[], $12::int[], $13::int[], $14::int[])
             as a (grant_id, month, records, quantity, billed, currency, outside_term, while_suspended, outside_scenario,
                   other_unit, over_volume, other_resource, billed_otherwise)
          on conflict (operator_id, grant_id, month) do update
         set records = m.records + excluded.records,
             quantity = m.quantity + excluded.quantity,
             billed = m.billed + excluded.billed,
             currency = coalesce(m.currency, excluded.currency),
             outside_term = m.outside_term + excluded.outside_term,
             while_suspended = m.while_suspended + excluded.while_suspended,
             outside_scenario = m.outside_scenario + excluded.outside_scenario,
             other_unit = m.other_unit + excluded.other_unit,
             over_volume = m.over_volume + excluded.over_volume,
             other_resource = m.other_resource + excluded.other_resource,
             billed_otherwise = m.billed_otherwise + excluded.billed_otherwise
      """;

  private static Tuple months(UUID operator, Map<Month, Sum> months) {
    var rows = new ArrayList<>(months.entrySet());
    var values = Tuple.of(operator);
    add(values, rows, row -> row.getKey().grantId(), UUID[]::new);
    add(values, rows, row -> row.getKey().month(), LocalDate[]::new);
    add(values, rows, row -> row.getValue().records, Integer[]::new);
    add(values, rows, row -> row.getValue().quantity, BigDecimal[]::new);
    add(values, rows, row -> row.getValue().billed, BigDecimal[]::new);
    add(values, rows, row -> row.getValue().currency, String[]::new);
    for (var finding : UsageFinding.values()) {
      // Their columns stand in the order of the values.
      add(values, rows, row -> row.getValue().findings[finding.ordinal()], Integer[]::new);
    }
    return values;
  }

  // What comes after the month behind it is in no public total: the difference from yesterday's
  // would
  // tell what one holder used.
  private static final String PARTS =
      """
      -- addUsageParts
      insert into usage_part as p (operator_id, grant_id, month, resource_id, unit, unit_text, product_id, holder_id,
             records, quantity, calls)
      select $1, a.grant_id, a.month, a.resource_id, a.unit, a.unit_text, a.product_id, a.holder_id, a.records,
             a.quantity, a.calls
        from unnest($2::uuid[], $3::date[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], $9::int[],
                    $10::numeric[], $11::numeric[])
             as a (grant_id, month, resource_id, unit, unit_text, product_id, holder_id, records, quantity, calls)
       where $12::date < a.month + interval '2 months'
          on conflict (operator_id, grant_id, month, resource_id, unit, unit_text) do update
         set records = p.records + excluded.records,
             quantity = p.quantity + excluded.quantity,
             calls = p.calls + excluded.calls
      """;

  private static Tuple parts(UUID operator, Map<Part, Sum> parts, Map<UUID, End> ends) {
    var rows = new ArrayList<>(parts.entrySet());
    Function<Map.Entry<Part, Sum>, UsageGrounds.Grant> grant =
        row -> Objects.requireNonNull(ends.get(row.getKey().month().grantId())).grant();
    var values = Tuple.of(operator);
    add(values, rows, row -> row.getKey().month().grantId(), UUID[]::new);
    add(values, rows, row -> row.getKey().month().month(), LocalDate[]::new);
    add(values, rows, row -> row.getKey().resourceId(), UUID[]::new);
    add(values, rows, row -> row.getKey().unit(), String[]::new);
    add(values, rows, row -> row.getKey().unitText(), String[]::new);
    add(values, rows, row -> grant.apply(row).productId(), UUID[]::new);
    add(values, rows, row -> grant.apply(row).holderId(), UUID[]::new);
    add(values, rows, row -> row.getValue().records, Integer[]::new);
    add(values, rows, row -> row.getValue().quantity, BigDecimal[]::new);
    add(values, rows, row -> row.getValue().calls, BigDecimal[]::new);
    return values;
  }
}
