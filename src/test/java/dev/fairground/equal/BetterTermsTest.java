package dev.fairground.equal;

import static dev.fairground.equal.EqualMarket.because;
import static dev.fairground.equal.EqualMarket.grant;
import static dev.fairground.equal.EqualMarket.holder;
import static dev.fairground.equal.EqualMarket.id;
import static dev.fairground.equal.EqualMarket.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.MovableClock;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is told that better terms were given; each test has a class of scenarios of its own. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BetterTermsTest {
  private final Asking asking;
  private final Database database;
  private final EqualMarket market;
  private final EqualTerms equal;

  BetterTermsTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
    this.database = database;
    this.market = new EqualMarket(database, asking);
    this.equal = new EqualTerms(database);
  }

  @BeforeAll
  void open() throws Exception {
    market.open();
  }

  private static JsonObject of(String scenarioClass, int holder, String day, String price) {
    return grant(11, holder, day, price).put("scenario_class", scenarioClass);
  }

  /** Gives a grant and tells, in one transaction. */
  private void decide(JsonObject given) throws Exception {
    database
        .inPrivateTransaction(
            transaction ->
                market
                    .give(transaction, given)
                    .compose(
                        done ->
                            equal.tellBetter(
                                transaction, write(given.getString("day")), id(given))))
        .await(20, TimeUnit.SECONDS);
  }

  /** Holders who were told of their grants of a class, and in what. */
  private List<String> told(String scenarioClass) {
    return asking.rows(
        """
        select o.code || ' ' || array_to_string(e.changed_fields, ',')
          from event_outbox e
          join access_grant g on e.subject = 'acg_' || replace(g.id::text, '-', '')
          join organization o on o.id = e.organization_id
         where e.type = 'BETTER_TERMS_GIVEN' and g.scenario_class = '%s' and g.holder_id = e.organization_id and not e.open
         order by 1
        """
            .formatted(scenarioClass));
  }

  @Test
  void holders_who_pay_more_are_told_and_nobody_else() throws Exception {
    market.give(
        of("more", 1, "2026-03-02", "1.00"),
        of("more", 2, "2026-03-02", "0.90"),
        of("more", 3, "2026-03-02", "0.85"),
        of("more", 4, "2026-03-02", "1.00").put("state", "AWAITING_SIGNATURE"),
        of("more", 5, "2026-03-02", "1.00").put("state", "ENDED"),
        of("more", 9, "2026-03-02", "1.00"),
        of("more", 6, "2026-03-02", "1.00").put("volume_band", "UP_TO_10"),
        of("else", 7, "2026-03-02", "1.00"));

    decide(of("more", 9, "2026-04-02", "0.90"));

    assertThat(told("more")).containsExactly("holder-1 unitPrice", "holder-4 unitPrice");
    assertThat(told("else")).isEmpty();
  }

  @Test
  void what_is_told_names_the_holders_own_grant_and_nothing_of_the_other() throws Exception {
    market.give(of("own", 1, "2026-03-02", "1.00").put("payment_days", 10));
    var better = because(of("own", 2, "2026-04-02", "0.90"), "TERM", "-");

    decide(better);

    var events =
        asking.rows(
            "select e::text from event_outbox e where type = 'BETTER_TERMS_GIVEN' and organization_id = '%s' and subject in (select 'acg_' || replace(id::text, '-', '') from access_grant where scenario_class = 'own')"
                .formatted(holder(1)));
    assertThat(events).hasSize(1);
    assertThat(events.get(0))
        .contains("unitPrice,paymentDays")
        .doesNotContain(
            better.getString("id"),
            better.getString("id").replace("-", ""),
            holder(2).toString(),
            Ids.write("org", holder(2)),
            "0.90");
  }

  @Test
  void who_knows_of_terms_as_good_is_not_told_again() throws Exception {
    market.give(of("again", 1, "2026-03-02", "1.00"));
    decide(of("again", 2, "2026-04-02", "0.90"));
    market.give(of("again", 3, "2026-04-10", "1.00"));
    assertThat(told("again")).hasSize(1);

    decide(of("again", 4, "2026-04-12", "0.90"));

    assertThat(told("again")).containsExactly("holder-1 unitPrice", "holder-3 unitPrice");

    decide(of("again", 5, "2026-04-14", "0.80"));

    assertThat(told("again")).hasSize(6);
  }

  @Test
  void a_decision_that_is_taken_back_tells_nobody() throws Exception {
    market.give(of("back", 1, "2026-03-02", "1.00"));
    var given = of("back", 2, "2026-04-02", "0.90");

    var taken =
        database.inPrivateTransaction(
            transaction ->
                market
                    .give(transaction, given)
                    .compose(done -> equal.tellBetter(transaction, write("2026-04-02"), id(given)))
                    .compose(done -> Future.failedFuture(new IllegalStateException("no"))));

    assertThat(
            taken
                .transform(done -> Future.succeededFuture(done.failed()))
                .await(20, TimeUnit.SECONDS))
        .isTrue();
    assertThat(told("back")).isEmpty();
  }

  @Test
  void many_holders_are_told_soon_after_each_once_by_whichever_server() throws Exception {
    var many = new ArrayList<JsonObject>();
    for (int n = 0; n < 1_300; n++) {
      many.add(of("many", n % 90, "2026-03-02", "1.00"));
    }
    market.give(many.toArray(JsonObject[]::new));

    decide(of("many", 99, "2026-04-02", "0.90"));

    assertThat(told("many")).hasSizeBetween(400, 500);
    var clock = InstantSource.fixed(EqualMarket.noon("2026-04-03"));
    var one = new EqualWorker(database, clock, 300).run();
    var other = new EqualWorker(database, clock, 300).run();
    int later = one.await(20, TimeUnit.SECONDS) + other.await(20, TimeUnit.SECONDS);
    later += new EqualWorker(database, clock, 300).run().await(20, TimeUnit.SECONDS);

    assertThat(told("many")).hasSize(1_300);
    assertThat(later).isBetween(800, 900);
    assertThat(asking.rows("select grant_id::text from better_terms_due")).isEmpty();
    assertThat(
            asking.rows(
                """
                select e.subject from event_outbox e
                 where e.type = 'BETTER_TERMS_GIVEN' and e.subject in (
                       select 'acg_' || replace(g.id::text, '-', '') from access_grant g where g.scenario_class = 'many')
                 group by e.subject having count(*) > 1
                """))
        .isEmpty();
  }

  @Test
  void the_worker_puts_small_cohorts_together_once_a_day() throws Exception {
    market.give(
        of("pool 1", 1, "2026-03-02", "1.00").put("product_id", EqualMarket.product(12).toString()),
        of("pool 2", 2, "2026-03-02", "1.00").put("product_id", EqualMarket.product(12).toString()),
        of("pool 3", 3, "2026-03-02", "1.00")
            .put("product_id", EqualMarket.product(12).toString()));
    var clock =
        new MovableClock(InstantSource.fixed(EqualMarket.noon("2026-03-31")), Duration.ZERO);
    var worker = new EqualWorker(database, clock);

    worker.run().await(20, TimeUnit.SECONDS);
    assertThat(pooled()).isEmpty();
    clock.moveBy(Duration.ofDays(1));
    worker.run().await(20, TimeUnit.SECONDS);

    assertThat(pooled()).hasSize(3).containsOnly("2026-04-01");
  }

  private List<String> pooled() {
    return asking.rows(
        "select s.pooled_on::text from equal_step s join equal_cohort c on c.operator_id ="
            + " s.operator_id and c.id = s.cohort_id where c.scenario_class like 'pool _' and"
            + " s.pooled_on is not null");
  }
}
