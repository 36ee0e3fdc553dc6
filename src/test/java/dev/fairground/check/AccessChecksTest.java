package dev.fairground.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.Asking;
import dev.fairground.TestDatabase;
import dev.fairground.draft.DraftMarket;
import dev.fairground.fairaccess.Check;
import dev.fairground.fairaccess.Outcome;
import dev.fairground.fairaccess.Reason;
import dev.fairground.fairaccess.Result;
import dev.fairground.graphql.Write;
import dev.fairground.kernel.Ids;
import dev.fairground.kernel.Moment;
import dev.fairground.kernel.Role;
import dev.fairground.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The checks of requests and access grants over rows as other features write them. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessChecksTest {
  private static final Instant NOW = Instant.parse("2026-06-15T02:00:00Z");
  private static final LocalDate DAY = LocalDate.of(2026, 6, 15);
  private static final LocalDate NONE = LocalDate.of(9999, 12, 31);

  private final Database database;
  private final Asking asking;
  private final AccessRows rows;
  private final Checks checks;
  private boolean filled;

  AccessChecksTest(Database database, MeterRegistry statements) {
    this.database = database;
    this.asking = new Asking(database, statements);
    this.rows = new AccessRows(asking);
    this.checks = new Checks(database);
  }

  @BeforeEach
  void market() {
    if (filled) {
      return;
    }
    filled = true;
    CheckMarket.into(asking, database);
    rows.policy(1, DAY.minusDays(300), DAY.minusDays(290), "FIRST", "使用权为非独家。不得转让。");
    rows.policy(2, DAY.minusDays(5), DAY.minusDays(2), "TIGHTER", "使用权为非独家。使用方不得再与第三方合作。");
  }

  private static Write write() {
    return Write.ofServer(Moment.present(NOW), "test");
  }

  private List<Result> ofRequest(int number) {
    return CheckDueTest.await(
            database.inTransaction(
                transaction ->
                    checks.ofAccessRequests(
                        transaction,
                        write(),
                        Cause.ACCESS_DECISION,
                        List.of(AccessRows.request(number)))))
        .getFirst()
        .results();
  }

  private List<Result> ofGrant(int number) {
    return ofGrant(number, NOW);
  }

  private List<Result> ofGrant(int number, Instant now) {
    return CheckDueTest.await(
            database.inTransaction(
                transaction ->
                    checks.ofAccessGrants(
                        transaction,
                        Write.ofServer(Moment.present(now), "test"),
                        Cause.ACCESS_GRANT,
                        List.of(AccessRows.grant(number)))))
        .getFirst()
        .results();
  }

  private static void says(List<Result> results, Check check, Outcome outcome, String... codes) {
    assertThat(results)
        .filteredOn(result -> result.check() == check)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.outcome()).as("%s", result).isEqualTo(outcome);
              assertThat(result.reasons()).extracting(Reason::code).containsExactly(codes);
            });
  }

  private List<String> flags(UUID subject) {
    return asking.rows(
        "select check_code || ' ' || outcome || ' ' || subject_kind from check_flag where state = 'OPEN' and subject_id = '%s' order by 1"
            .formatted(subject));
  }

  @Test
  void a_request_that_waits_is_overdue_after_its_day_and_flagged_for_the_operator() {
    rows.request(1, AccessRows.HOLDER, 1, "SUBMITTED", DAY.minusDays(30), DAY.minusDays(1));
    rows.request(2, AccessRows.HOLDER, 1, "SUBMITTED", DAY.minusDays(10), DAY);

    says(ofRequest(1), Check.FA_12, Outcome.FLAG, "DECISION_OVERDUE");
    says(ofRequest(2), Check.FA_12, Outcome.PASS);
    assertThat(flags(AccessRows.request(1))).containsExactly("FA-12 FLAG ACCESS_REQUEST");
    assertThat(flags(AccessRows.request(2))).isEmpty();
  }

  @Test
  void a_refusal_for_a_reason_that_came_later_is_blocked_by_two_checks() {
    rows.request(3, AccessRows.HOLDER, 1, "REFUSED", DAY.minusDays(30), NONE);
    rows.decided(3, "REFUSED", DAY.minusDays(1), true);
    rows.reason(3, "BAD_CREDIT", "信用记录不良");

    var results = ofRequest(3);
    says(results, Check.FA_10, Outcome.BLOCK, "REASON_NOT_PUBLISHED", "SOURCE_NOT_NAMED");
    says(results, Check.FA_11, Outcome.BLOCK, "REASON_ADDED_LATER");
  }

  @Test
  void like_grants_at_other_prices_are_flagged_with_the_pair() {
    rows.granted(10, AccessRows.HOLDER, DAY.minusDays(60), "0.10");
    rows.granted(11, DraftMarket.OTHER_INSTITUTION, DAY.minusDays(59), "0.095");
    rows.granted(12, DraftMarket.OTHER_INSTITUTION, DAY.minusDays(58), "0.095");

    says(ofGrant(10), Check.FA_08, Outcome.FLAG, "UNEQUAL_TERMS");
    var results = ofGrant(11);
    says(results, Check.FA_08, Outcome.FLAG, "UNEQUAL_TERMS");
    assertThat(results)
        .filteredOn(result -> result.check() == Check.FA_08)
        .flatExtracting(Result::reasons)
        .flatExtracting(Reason::evidence)
        .containsExactlyInAnyOrder(
            Ids.write("acg", AccessRows.grant(10)), Ids.write("acg", AccessRows.grant(11)));
    for (var check : List.of(Check.FA_02, Check.FA_03, Check.FA_09, Check.FA_11, Check.FA_25)) {
      says(results, check, Outcome.PASS);
    }
    says(results, Check.FA_07, Outcome.NOT_APPLICABLE);
  }

  @Test
  void clauses_that_exclude_others_or_tie_are_blocked() {
    rows.granted(20, AccessRows.HOLDER, DAY.minusDays(400), "0.2");
    rows.clause(20, "OTHER", "运营机构不得再向其他申请人提供本产品。", null);
    rows.clause(20, "ADDITIONAL_PURCHASE", "须另行购买算力服务", null);

    var results = ofGrant(20);
    says(results, Check.FA_09, Outcome.BLOCK, "EXCLUSIVE_CLAUSE");
    says(results, Check.FA_17, Outcome.BLOCK, "PURCHASE_WITHOUT_NEED");
  }

  @Test
  void every_whole_month_is_reported_and_a_renewal_waits_for_it() {
    rows.granted(30, AccessRows.HOLDER, DAY.withDayOfMonth(1).minusMonths(5), "0.3");
    rows.used(30, LocalDate.of(2026, 1, 1), 0);
    rows.used(30, LocalDate.of(2026, 3, 1), 2);
    rows.request(
        31,
        AccessRows.HOLDER,
        1,
        "SUBMITTED",
        DAY.minusDays(3),
        DAY.plusDays(10),
        AccessRows.SCENARIO,
        AccessRows.grant(30));

    // May is to be reported by the 15th: this is its last day.
    says(ofGrant(30), Check.FA_15, Outcome.FLAG, "USE_NOT_REPORTED", "USE_OUTSIDE_TERM");
    says(ofRequest(31), Check.FA_15, Outcome.FLAG, "USE_NOT_REPORTED");
    assertThat(
            ofGrant(30).stream()
                .filter(result -> result.check() == Check.FA_15)
                .flatMap(result -> result.reasons().stream())
                .filter(reason -> reason.code().equals("USE_NOT_REPORTED"))
                .flatMap(reason -> reason.evidence().stream()))
        .extracting(one -> one.substring(one.indexOf('#')))
        .containsExactly("#2026-02", "#2026-04");
  }

  @Test
  void an_exit_that_stops_access_at_once_is_blocked_and_one_with_notice_is_not() {
    rows.granted(40, AccessRows.HOLDER, DAY.minusDays(200), "0.4");
    rows.version(40, 2, "ENDED", "PRODUCT_EXIT", DAY, DAY);
    rows.granted(41, DraftMarket.OTHER_INSTITUTION, DAY.minusDays(201), "0.4");
    rows.version(41, 2, "ACTIVE", null, DAY.minusDays(190), DAY.minusDays(1));
    rows.version(41, 3, "ENDED", "PRODUCT_EXIT", DAY, DAY.minusDays(1));

    says(ofGrant(40), Check.FA_25, Outcome.BLOCK, "STOPPED_AT_ONCE");
    says(ofGrant(41), Check.FA_25, Outcome.PASS);
  }

  @Test
  void a_policy_that_is_tightened_at_short_notice_and_terms_that_exclude_show_on_the_product() {
    var results =
        CheckDueTest.await(
                database.inTransaction(
                    transaction ->
                        checks.ofProducts(
                            transaction, write(), Cause.REQUEST, List.of(CheckMarket.PRODUCT_ID))))
            .getFirst()
            .results();

    says(results, Check.FA_11, Outcome.FLAG, "SHORT_NOTICE");
    says(results, Check.FA_09, Outcome.BLOCK, "EXCLUSIVE_CLAUSE");
    says(results, Check.FA_26, Outcome.PASS);
  }

  @Test
  void a_run_of_a_grant_is_known_to_its_holder_and_its_supervisors_only() {
    rows.granted(50, AccessRows.HOLDER, DAY.minusDays(700), "0.5");
    rows.granted(51, DraftMarket.OTHER_INSTITUTION, DAY.minusDays(699), "0.6");
    ofGrant(51, Instant.now()); // resources of this market are as new as that
    var run =
        asking
            .rows(
                "select global_id('cr', id) from check_run where subject_id = '%s'"
                    .formatted(AccessRows.grant(51)))
            .getFirst();
    Function<Asking, String> seen =
        as ->
            as.data(
                    "{ checkRun(id: \"%s\") { subject results { check outcome reasons { code evidence } } } }"
                        .formatted(run))
                .encode();
    var other = Ids.write("acg", AccessRows.grant(50));

    assertThat(seen.apply(asking)).isEqualTo("{\"checkRun\":null}");
    assertThat(seen.apply(asking.as(Role.DEVELOPER, AccessRows.HOLDER)))
        .isEqualTo("{\"checkRun\":null}");
    assertThat(seen.apply(asking.as(Role.DEVELOPER, DraftMarket.OTHER_INSTITUTION)))
        .contains("UNEQUAL_TERMS")
        .doesNotContain(other);
    assertThat(seen.apply(DraftMarket.operator(asking))).contains("UNEQUAL_TERMS", other);
    assertThat(seen.apply(CheckMarket.authority(asking))).contains("UNEQUAL_TERMS", other);
    assertThat(
            asking
                .as(Role.DEVELOPER, AccessRows.HOLDER)
                .data("{ checkRunRepeat(runId: \"%s\") { same } }".formatted(run))
                .encode())
        .isEqualTo("{\"checkRunRepeat\":null}");
    assertThat(
            DraftMarket.operator(asking)
                .data("{ checkRunRepeat(runId: \"%s\") { same differing } }".formatted(run))
                .encode())
        .contains("\"same\":true");
  }

  @Test
  void the_sweep_of_the_day_checks_what_waits_and_what_was_given() {
    rows.request(70, AccessRows.HOLDER, 1, "SUBMITTED", DAY.minusDays(40), DAY.minusDays(20));
    rows.request(71, AccessRows.HOLDER, 1, "WITHDRAWN", DAY.minusDays(40), NONE);
    rows.granted(72, AccessRows.HOLDER, DAY.minusDays(2), "0.7");
    CheckDueTest.await(
        new SweepWorker(
                database,
                () -> NOW,
                new SweepWorker.Pace(
                    java.time.LocalTime.MIDNIGHT,
                    java.time.Duration.ZERO,
                    200,
                    java.time.Duration.ofDays(1)))
            .work());

    assertThat(flags(AccessRows.request(70))).containsExactly("FA-12 FLAG ACCESS_REQUEST");
    assertThat(
            asking.rows(
                "select subject_kind || ' ' || cause from check_run where subject_id in ('%s', '%s', '%s') order by 1"
                    .formatted(
                        AccessRows.request(70), AccessRows.request(71), AccessRows.grant(72))))
        .containsExactly("ACCESS_GRANT SWEEP", "ACCESS_REQUEST SWEEP");
    var listed =
        "{ checkFlags(filter: { subjectKind: [ACCESS_REQUEST] }, first: 50) { edges { node { subject } } } }";
    assertThat(DraftMarket.operator(asking).data(listed).encode())
        .contains(Ids.write("acr", AccessRows.request(70)));
    assertThat(CheckMarket.authority(asking).data(listed).encode())
        .contains(Ids.write("acr", AccessRows.request(70)));
    assertThat(
            asking.as(Role.IMPLEMENTING_INSTITUTION, DraftMarket.INSTITUTION).data(listed).encode())
        .contains(Ids.write("acr", AccessRows.request(70)));
    assertThat(asking.as(Role.OPERATOR, DraftMarket.OTHER_OPERATOR).data(listed).encode())
        .doesNotContain("acr_");
    assertThat(
            asking
                .data("{ checkFigures(check: \"FA-12\", quarter: \"2026-Q2\") { flagged } }")
                .encode())
        .contains("flagged");
  }

  @Test
  void many_grants_cost_as_many_statements_as_one() {
    rows.granted(60, AccessRows.HOLDER, DAY.minusDays(100), "0.7");
    rows.granted(61, AccessRows.HOLDER, DAY.minusDays(101), "0.7");
    rows.granted(62, AccessRows.HOLDER, DAY.minusDays(102), "0.7");
    var before = asking.sentOf("factsOfAccessGrants");

    var all =
        CheckDueTest.await(
            database.inTransaction(
                transaction ->
                    checks.ofAccessGrants(
                        transaction,
                        write(),
                        Cause.ACCESS_GRANT,
                        List.of(
                            AccessRows.grant(60), AccessRows.grant(61), AccessRows.grant(62)))));

    assertThat(all).hasSize(3);
    assertThat(asking.sentOf("factsOfAccessGrants") - before).isEqualTo(1);
  }
}
