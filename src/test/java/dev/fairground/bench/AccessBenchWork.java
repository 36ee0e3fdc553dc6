package dev.fairground.bench;

import dev.fairground.equal.Candidate;
import dev.fairground.equal.EqualTerms;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Moment;
import dev.fairground.sql.Database;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decisions on the cohort of {@code bench/access.sql}, each in a transaction that writes a grant.
 */
final class AccessBenchWork {
  private final Database database;
  private final EqualTerms equal;
  private final AtomicInteger number = new AtomicInteger();

  AccessBenchWork(Database database) {
    this.database = database;
    this.equal = new EqualTerms(database);
  }

  /** Decides for so long, each caller again when its last decision is committed. */
  Future<Target.Round> round(int callers, long millis) {
    var begun = System.nanoTime();
    var end = begun + millis * 1_000_000;
    var all = new ArrayList<Future<List<Long>>>();
    for (int caller = 0; caller < callers; caller++) {
      var done = Promise.<List<Long>>promise();
      var latencies = new ArrayList<Long>();
      database.vertx().runOnContext(start -> again(end, latencies, done));
      all.add(done.future());
    }
    return Future.all(all)
        .map(
            done -> {
              var nanos = System.nanoTime() - begun;
              return new Target.Round(
                  all.stream()
                      .flatMap(one -> one.result().stream())
                      .mapToLong(Long::longValue)
                      .sorted()
                      .toArray(),
                  nanos);
            });
  }

  private void again(long end, List<Long> latencies, Promise<List<Long>> done) {
    var begun = System.nanoTime();
    database
        .inPrivateTransaction(this::decide)
        .onComplete(
            decided -> {
              if (decided.failed()) {
                done.fail(decided.cause());
                return;
              }
              var now = System.nanoTime();
              latencies.add(now - begun);
              if (now < end) {
                again(end, latencies, done);
              } else {
                done.complete(latencies);
              }
            });
  }

  private static final String REQUEST =
      """
      -- benchRequest
      with request as (
        insert into access_request (operator_id, id, number, product_id, product_version, authorization_grant_id,
               institution_id, jurisdiction_code, applicant_id, scenario_class, purpose_class, use_statement, starts_on,
               ends_on, unit, quantity, policy_version, terms_number, submitted_at, submitted_on, submitted_by,
               demonstration)
        select v.operator_id, $1, $1::uuid::text, v.product_id, v.version, v.authorization_grant_id, md5('institution')::uuid,
               '000000', md5('holder ' || $2::integer % 100)::uuid, 'INDUSTRY', 'INDUSTRY', '-', $3::date, $3::date + 364, 'PER_CALL',
               500, 0, 0, $4::timestamptz, $3::date, '-', true
          from product_version v
         where v.product_id = md5('product 5')::uuid and v.valid_to = 'infinity'
        returning operator_id, id, applicant_id, product_id, product_version
      ), decision as (
        insert into access_decision (operator_id, id, request_id, level, outcome, decided_by_id, decided_by, decided_at,
               decided_on)
        select operator_id, id, id, 'OPERATOR', 'APPROVED', operator_id, '-', $4::timestamptz, $3::date from request
      )
      select operator_id, product_id, product_version, applicant_id from request
      """;

  private static final String GRANT =
      """
      -- benchGrant
      with given as (
        insert into access_grant (operator_id, id, number, request_id, decision_id, product_id, product_version,
               authorization_grant_id, institution_id, jurisdiction_code, holder_id, scenario_class, purpose_class,
               policy_version, terms_number, tariff_id, tariff_version, free_of_charge, unit, currency, unit_price,
               discount_percent, quantity, volume_band, term_band, delivery, payment_days, starts_on, ends_on, decided_on,
               decision_days, created_at, demonstration)
        select r.operator_id, r.id, r.number, r.id, r.id, r.product_id, r.product_version, r.authorization_grant_id,
               r.institution_id, r.jurisdiction_code, r.applicant_id, r.scenario_class, r.purpose_class, 0, 0,
               md5('tariff of ' || r.product_id)::uuid, 1, false, r.unit, 'CNY', 0.5, 0, r.quantity, 'UP_TO_1000',
               'UP_TO_1_YEAR', 'API', 30, r.starts_on, r.ends_on, r.submitted_on, 4, r.submitted_at, true
          from access_request r
         where r.operator_id = $1 and r.id = $2
        returning operator_id, id, decided_on, created_at, ends_on
      )
      insert into access_grant_version (operator_id, grant_id, version, valid_from, state, ends_on)
      select operator_id, id, 1, created_at, 'AWAITING_SIGNATURE', ends_on from given
      """;

  /** What the mutation that decides does of it; call that one here, once its requests are made. */
  private Future<?> decide(SqlConnection transaction) {
    var id = UUID.randomUUID();
    var moment = Moment.present(Instant.now());
    var write = Write.ofServer(moment, "bench");
    return database
        .first(
            transaction,
            REQUEST,
            Tuple.of(
                id, number.incrementAndGet(), moment.day(), moment.now().atOffset(ZoneOffset.UTC)),
            row ->
                candidate(
                    moment, row.getUUID(0), row.getUUID(1), row.getInteger(2), row.getUUID(3)))
        .compose(candidate -> equal.compare(transaction, write, candidate))
        .compose(
            compared ->
                database.rows(transaction, GRANT, Tuple.of(compared.cohort().operatorId(), id)))
        .compose(given -> equal.tellBetter(transaction, write, id));
  }

  private static Candidate candidate(
      Moment moment, UUID operator, UUID product, int version, UUID holder) {
    var price = new BigDecimal("0.5");
    return new Candidate(
        operator,
        product,
        version,
        "000000",
        holder,
        null,
        "INDUSTRY",
        "INDUSTRY",
        0,
        "PER_CALL",
        null,
        "CNY",
        price,
        price,
        BigDecimal.ZERO,
        new BigDecimal(500),
        "API",
        null,
        30,
        null,
        null,
        moment.day(),
        moment.day().plusDays(364),
        moment.day(),
        4,
        null,
        List.of(),
        List.of());
  }
}
