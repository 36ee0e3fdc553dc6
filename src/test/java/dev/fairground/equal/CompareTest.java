package dev.fairground.equal;

import static dev.fairground.equal.EqualMarket.because;
import static dev.fairground.equal.EqualMarket.grant;
import static dev.fairground.equal.EqualMarket.holder;
import static dev.fairground.equal.EqualMarket.id;
import static dev.fairground.equal.EqualMarket.product;
import static dev.fairground.equal.EqualMarket.write;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Rights;
import dev.fairground.kernel.Role;
import dev.fairground.kernel.Viewer;
import dev.fairground.sql.Database;
import dev.fairground.sql.Reading;
import dev.fairground.sql.Reads;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Terms beside those of like grants that are kept; each test has a class of scenarios of its own.
 */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompareTest {
  private static final String DAY = "2026-06-01";

  private final Asking asking;
  private final Database database;
  private final EqualMarket market;
  private final EqualTerms equal;

  CompareTest(Database database, MeterRegistry statements) {
    this.asking = new Asking(database, statements);
    this.database = database;
    this.market = new EqualMarket(database, asking);
    this.equal = new EqualTerms(database);
  }

  @BeforeAll
  void open() throws Exception {
    market.open();
    market.policy(11);
  }

  private static Candidate candidate(String scenarioClass, int holder, String price) {
    return candidate(scenarioClass, holder, price, List.of());
  }

  private static Candidate candidate(
      String scenarioClass, int holder, String price, List<Candidate.Claim> claims) {
    var day = LocalDate.parse(DAY);
    return new Candidate(
        EqualMarket.OPERATOR,
        product(11),
        1,
        "430000",
        holder(holder),
        null,
        scenarioClass,
        "INDUSTRY",
        1,
        "PER_CALL",
        null,
        "CNY",
        new BigDecimal(price),
        null,
        BigDecimal.ZERO,
        new BigDecimal(500),
        "API",
        null,
        30,
        null,
        null,
        day,
        day.plusYears(1).minusDays(1),
        day,
        5,
        true,
        List.of(),
        claims);
  }

  private <T> T within(Function<SqlConnection, Future<T>> work) {
    try {
      return database.inPrivateTransaction(work).await(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private Comparison compare(Candidate candidate) {
    return within(transaction -> equal.compare(transaction, write(DAY), candidate));
  }

  private static JsonObject of(String scenarioClass, int holder, String day, String price) {
    return grant(11, holder, day, price).put("scenario_class", scenarioClass);
  }

  @Test
  void terms_are_compared_with_those_of_the_window_and_no_older_ones() {
    market.give(
        of("window", 1, "2025-12-02", "0.80"),
        of("window", 2, "2025-12-03", "0.90"),
        of("window", 3, "2026-05-30", "1.00"));

    var comparison = compare(candidate("window", 9, "1.00"));

    assertThat(comparison.size()).isEqualTo(2);
    assertThat(comparison.since()).isEqualTo("2025-12-03");
    assertThat(comparison.unjustified())
        .extracting(Difference::usual, Difference::direction, Difference::grants)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("0.9", Difference.Direction.WORSE, 1));
  }

  @Test
  void other_positions_are_not_compared() {
    market.give(
        of("alike", 1, "2026-05-30", "0.80").put("volume_band", "UP_TO_100"),
        of("alike", 2, "2026-05-30", "0.80").put("term_band", "UP_TO_1_MONTH"),
        of("other", 3, "2026-05-30", "0.80"),
        of("alike", 4, "2026-05-30", "0.80").put("product_id", product(12).toString()));

    assertThat(compare(candidate("alike", 9, "1.00")).size()).isZero();
  }

  @Test
  void what_was_recorded_with_a_grant_explains_it_towards_others_and_not_towards_its_like() {
    market.give(
        because(
            of("small", 1, "2026-05-30", "0.80").put("small_or_micro", true), "SMALL_FIRM", "-"),
        of("small", 2, "2026-05-30", "1.00"));

    assertThat(compare(candidate("small", 9, "1.00")).unjustified())
        .extracting(Difference::usual)
        .containsExactly("0.8");
    assertThat(
            compare(
                    candidate(
                        "small",
                        9,
                        "0.80",
                        List.of(
                            new Candidate.Claim(
                                TermsField.UNIT_PRICE,
                                dev.fairground.fairaccess.DifferenceFactor.SMALL_FIRM,
                                "the policy for small firms",
                                null))))
                .unjustified())
        .isEmpty();
  }

  @Test
  void the_factors_are_those_of_the_policy_that_is_stamped() {
    market.give(of("policy", 2, "2026-05-30", "1.00"));
    var claim =
        new Candidate.Claim(
            TermsField.UNIT_PRICE,
            dev.fairground.fairaccess.DifferenceFactor.STATUTORY_DISCOUNT,
            "a decree",
            "decree 5");
    var published = candidate("policy", 9, "0.90", List.of(claim));

    assertThat(compare(published).unjustified()).isEmpty();
    assertThat(compare(published).recorded()).hasSize(1);
    assertThat(compare(basic(published)).unjustified())
        .extracting(Difference::lack)
        .containsExactly("The access policy of the request does not publish the factor.");
  }

  /** The same under the basic policy, which publishes no factor. */
  private static Candidate basic(Candidate of) {
    return new Candidate(
        of.operatorId(),
        of.productId(),
        of.productVersion(),
        of.jurisdictionCode(),
        of.holderId(),
        of.scenarioId(),
        of.scenarioClass(),
        of.purposeClass(),
        0,
        of.unit(),
        of.unitText(),
        of.currency(),
        of.unitPrice(),
        of.standardUnitPrice(),
        of.discountPercent(),
        of.quantity(),
        of.delivery(),
        of.standardDelivery(),
        of.paymentDays(),
        of.deposit(),
        of.minimumQuantity(),
        of.startsOn(),
        of.endsOn(),
        of.decidedOn(),
        of.decisionDays(),
        of.smallOrMicro(),
        of.clauses(),
        of.deviations());
  }

  @Test
  void a_decision_much_slower_than_others_is_flagged() {
    market.give(
        of("time", 1, "2026-05-30", "1.00").put("decision_days", 1),
        of("time", 2, "2026-05-30", "1.00").put("decision_days", 1));

    var comparison = compare(candidate("time", 9, "1.00"));

    assertThat(comparison.unjustified()).isEmpty();
    assertThat(comparison.flagged()).extracting(Difference::usual).containsExactly("1");
  }

  @Test
  void of_two_decisions_at_once_the_second_sees_the_first() throws Exception {
    Promise<Void> gate = Promise.promise();
    Promise<Void> compared = Promise.promise();
    var first =
        database.inPrivateTransaction(
            transaction ->
                equal
                    .compare(transaction, write(DAY), candidate("race", 1, "1.00"))
                    .onSuccess(done -> compared.tryComplete())
                    .compose(done -> gate.future())
                    .compose(open -> market.give(transaction, of("race", 1, DAY, "1.00"))));
    compared.future().await(10, TimeUnit.SECONDS);
    var second =
        database.inPrivateTransaction(
            transaction -> equal.compare(transaction, write(DAY), candidate("race", 2, "0.90")));
    var elsewhere = compare(candidate("another race", 2, "0.90"));
    assertThat(second.isComplete()).isFalse();
    gate.complete();
    first.await(10, TimeUnit.SECONDS);

    assertThat(elsewhere.unjustified()).isEmpty();
    assertThat(second.await(10, TimeUnit.SECONDS).unjustified())
        .extracting(Difference::usual)
        .containsExactly("1");
  }

  @Test
  void of_twenty_who_decide_at_once_each_at_a_price_of_its_own_one_is_given() throws Exception {
    var all = new ArrayList<Future<Boolean>>();
    for (int n = 0; n < 20; n++) {
      int holder = n;
      var price = "1." + (10 + n);
      all.add(
          database.inPrivateTransaction(
              transaction ->
                  equal
                      .compare(transaction, write(DAY), candidate("many", holder, price))
                      .compose(
                          comparison ->
                              comparison.unjustified().isEmpty()
                                  ? market
                                      .give(transaction, of("many", holder, DAY, price))
                                      .map(true)
                                  : Future.succeededFuture(false))));
    }
    Future.all(all).await(30, TimeUnit.SECONDS);

    assertThat(all.stream().filter(Future::result)).hasSize(1);
    assertThat(compare(candidate("many", 50, "9")).size()).isEqualTo(1);
  }

  @Test
  void grants_that_were_given_are_compared_again_with_what_came_after() {
    var early = of("again", 1, "2026-03-01", "1.00");
    market.give(early, of("again", 2, "2026-05-01", "0.90"), of("again", 3, "2026-05-01", "1.00"));

    var found =
        within(
            transaction ->
                equal.ofGrants(
                    transaction, EqualMarket.noon(DAY), List.of(id(early), UUID.randomUUID())));

    assertThat(found).containsOnlyKeys(id(early));
    var again = requireNonNull(found.get(id(early)));
    assertThat(again.size()).isEqualTo(3);
    assertThat(again.unjustified())
        .extracting(Difference::usual, Difference::grants)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("0.9", 1));
  }

  private Comparison position(@Nullable Role role, @Nullable UUID organization, JsonObject grant) {
    var viewer =
        role == null || organization == null
            ? Viewer.anonymous("test")
            : new Viewer(
                "somebody",
                new Viewer.Actor("somebody", "somebody", null),
                Rights.of(Set.of(new Rights.Membership(organization, role)), null));
    var reading = new Reading(new Reads(), viewer, Moment.present(EqualMarket.noon(DAY)));
    try {
      return requireNonNull(
          equal
              .ofGrant()
              .batch()
              .load(reading, dev.fairground.graphql.Loader.None.NONE, List.of(id(grant)))
              .await(10, TimeUnit.SECONDS)
              .get(id(grant)));
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @Test
  void a_holder_sees_its_grant_beside_what_everybody_is_shown_the_operator_beside_all() {
    var mine = of("position", 1, "2026-05-01", "1.00");
    market.give(mine, of("position", 2, "2026-05-02", "0.90"));

    assertThat(position(Role.DEVELOPER, holder(1), mine).size()).isZero();
    assertThat(position(Role.DEVELOPER, holder(1), mine).differences()).isEmpty();
    assertThat(position(Role.OPERATOR, EqualMarket.OPERATOR, mine).size()).isEqualTo(2);
    assertThat(position(Role.DATA_AUTHORITY, EqualMarket.HUNAN, mine).size()).isEqualTo(2);
    assertThat(position(Role.DATA_AUTHORITY, EqualMarket.BEIJING, mine).size()).isZero();
    assertThat(position(null, null, mine).size()).isZero();

    market.give(of("position", 3, "2026-05-03", "0.90"));
    assertThat(position(Role.DEVELOPER, holder(1), mine).unjustified())
        .extracting(Difference::usual, Difference::grants)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("0.9", 2));
  }
}
