package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Outcome.BLOCK;
import static dev.fairground.fairaccess.Outcome.DISCLOSE;
import static dev.fairground.fairaccess.Outcome.FLAG;
import static dev.fairground.fairaccess.Outcome.NOT_APPLICABLE;
import static dev.fairground.fairaccess.Outcome.PASS;
import static dev.fairground.fairaccess.Outcome.UNKNOWN;
import static dev.fairground.fairaccess.Records.with;
import static dev.fairground.fairaccess.SomeAccess.grant;
import static dev.fairground.fairaccess.SomeAccess.permit;
import static dev.fairground.fairaccess.SomeAccess.policy;
import static dev.fairground.fairaccess.SomeAccess.reason;
import static dev.fairground.fairaccess.SomeAccess.refused;
import static dev.fairground.fairaccess.SomeAccess.request;
import static dev.fairground.fairaccess.SomeAccess.unlike;
import static dev.fairground.fairaccess.SomeFacts.day;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.fairaccess.AccessGrantFacts.Clause;
import dev.fairground.fairaccess.RequestFacts.Given;
import dev.fairground.fairaccess.RequestFacts.Notice;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checks of requests and access grants, case by case. */
class AccessRulesTest {
  private static final Ground GROUND = NationalGround.on(SomeFacts.DAY);

  private static void says(Facts facts, Check check, Outcome outcome, String... codes) {
    says(GROUND, facts, check, outcome, codes);
  }

  private static void says(
      Ground ground, Facts facts, Check check, Outcome outcome, String... codes) {
    assertThat(CheckRules.of(ground, facts))
        .filteredOn(result -> result.check() == check)
        .singleElement()
        .satisfies(
            result -> {
              assertThat(result.outcome()).as("%s", result.reasons()).isEqualTo(outcome);
              assertThat(result.reasons()).extracting(Reason::code).containsExactly(codes);
            });
  }

  @Test
  void a_good_request_and_a_good_grant_pass_everything() {
    for (var facts : List.of((Facts) request(), grant())) {
      assertThat(CheckRules.of(GROUND, facts))
          .allSatisfy(
              result -> assertThat(result.outcome()).as("%s", result).isIn(PASS, NOT_APPLICABLE));
    }
  }

  private static AccessGrantFacts withTerms(String name, @Nullable Object value) {
    return with(grant(), "terms", with(grant().terms(), name, value));
  }

  // FA-08

  @Test
  void one_of_two_equals_is_five_percent_cheaper_with_a_reason_or_without() {
    var cheaper = withTerms("unitPrice", new BigDecimal("0.095"));
    var without = with(cheaper, "unlike", List.of(unlike("UNIT_PRICE", true, null)));
    says(without, Check.FA_08, FLAG, "UNEQUAL_TERMS");
    assertThat(CheckRules.of(GROUND, without))
        .filteredOn(result -> result.check() == Check.FA_08)
        .flatExtracting(Result::reasons)
        .flatExtracting(Reason::evidence)
        .containsExactly("acg_1", "acg_2");
    says(
        with(cheaper, "unlike", List.of(unlike("UNIT_PRICE", true, "SCALE"))),
        Check.FA_08,
        DISCLOSE,
        "DIFFERS_WITH_REASON");
    // In another band there is nothing like it.
    says(with(cheaper, "unlike", List.of()), Check.FA_08, PASS);
  }

  @Test
  void what_is_not_standard_or_took_long_is_looked_at_and_what_was_not_compared_is_not_known() {
    says(
        with(grant(), "unlike", List.of(unlike("DEPOSIT", false, null))),
        Check.FA_08,
        FLAG,
        "NOT_STANDARD_TERMS");
    says(
        with(grant(), "unlike", List.of(unlike("DECISION_DAYS", true, null))),
        Check.FA_08,
        FLAG,
        "UNEQUAL_TIME");
    says(with(grant(), "unlike", null), Check.FA_08, UNKNOWN, "NOT_COMPARED");
  }

  // FA-09, FA-17

  private static AccessGrantFacts withClause(String kind, String text, @Nullable String reason) {
    return with(grant(), "clauses", List.of(new Clause(1, kind, text, reason)));
  }

  @Test
  void clauses_exclude_nobody_and_ask_for_nothing_else() {
    says(withClause("OTHER", "乙方享有独家使用权", null), Check.FA_09, BLOCK, "EXCLUSIVE_CLAUSE");
    says(withClause("OTHER", "以独家口径发布", null), Check.FA_09, FLAG, "MAYBE_EXCLUSIVE");
    says(withClause("OTHER", "使用权为非独家", null), Check.FA_09, PASS);
    says(
        withClause("LOYALTY_DISCOUNT", "全部需求向甲方采购的，享受九折", null),
        Check.FA_09,
        FLAG,
        "LOYALTY_FOR_EXCLUSIVITY");
    says(
        withClause("LOYALTY_DISCOUNT", "连续使用两年的，享受九折", null),
        Check.FA_09,
        DISCLOSE,
        "LOYALTY_DISCOUNT");
    says(
        withClause("ADDITIONAL_PURCHASE", "另购算力", " "),
        Check.FA_17,
        BLOCK,
        "PURCHASE_WITHOUT_NEED");
    says(
        withClause("ADDITIONAL_PURCHASE", "另购密钥", "数据加密交付"),
        Check.FA_17,
        DISCLOSE,
        "PURCHASE_WITH_NEED");
    says(grant(), Check.FA_17, NOT_APPLICABLE);
  }

  @Test
  void who_alone_has_a_product_for_a_year_while_others_were_refused_is_looked_at() {
    var sole = new ProductFacts.SoleHolder("acg_1", day("2025-06-15"), List.of("acr_2"));
    var facts =
        with(
            SomeFacts.product(),
            "offer",
            new ProductFacts.Offer(List.of(policy(1, "FIRST")), sole));
    says(facts, Check.FA_09, FLAG, "SOLE_HOLDER");
    says(
        with(facts, "offer", with(facts.offer(), "soleHolder", with(sole, "refused", List.of()))),
        Check.FA_09,
        PASS);
    says(
        with(
            facts,
            "offer",
            with(facts.offer(), "soleHolder", with(sole, "since", day("2025-06-16")))),
        Check.FA_09,
        PASS);
  }

  // FA-10

  @Test
  void a_refusal_rests_on_reasons_of_the_policy_of_its_request() {
    says(request(), Check.FA_10, NOT_APPLICABLE);
    says(refused(reason("CLASSIFICATION")), Check.FA_10, PASS);
    says(refused(), Check.FA_10, BLOCK, "REASON_MISSING");
    says(refused(reason("SECURITY_NOT_PROVED")), Check.FA_10, BLOCK, "REASON_NOT_PUBLISHED");
    says(
        with(refused(reason("CLASSIFICATION")), "policies", List.of()),
        Check.FA_10,
        UNKNOWN,
        "POLICY_UNKNOWN");
    says(
        with(
            with(refused(reason("CLASSIFICATION")), "policyVersion", 0),
            "policies",
            List.of(StatedPolicy.basic("dp_1"))),
        Check.FA_10,
        PASS);
  }

  @Test
  void each_reason_says_what_it_rests_on() {
    says(refused(reason("FORBIDDEN_BY_LAW")), Check.FA_10, BLOCK, "LAW_NOT_NAMED");
    says(refused(new Given("FORBIDDEN_BY_LAW", "数据安全法", "21", "核心数据", null)), Check.FA_10, PASS);
    says(
        refused(new Given("CLASSIFICATION", null, null, " ", null)),
        Check.FA_10,
        BLOCK,
        "EXPLANATION_MISSING");
    says(
        refused(new Given("CLASSIFICATION", null, null, "申请人是竞争对手", null)),
        Check.FA_10,
        FLAG,
        "FORBIDDEN_GROUND");
    says(
        refused(
            new Given("CLASSIFICATION", null, null, "It is already licensed to another.", null)),
        Check.FA_10,
        FLAG,
        "FORBIDDEN_GROUND");
  }

  @Test
  void no_room_and_what_is_missing_are_no_reasons_without_a_notice() {
    var full = new Given("CAPACITY_EXHAUSTED", null, null, "排队第 3 位，预计 2026-09-01 提供", null);
    says(refused(full), Check.FA_10, BLOCK, "SOLE_GROUND_WITHOUT_NOTICE");
    says(refused(full, reason("CLASSIFICATION")), Check.FA_10, PASS);
    var noticed = List.of(new Notice(day("2026-06-01"), null, day("2026-06-11")));
    says(with(refused(full), "notices", noticed), Check.FA_10, PASS);
    says(
        with(refused(reason("CAPACITY_EXHAUSTED")), "notices", noticed),
        Check.FA_10,
        BLOCK,
        "CAPACITY_WITHOUT_QUEUE");

    var incomplete =
        with(
            refused(reason("INCOMPLETE_AFTER_NOTICE")),
            "policies",
            List.of(policy(1, "FIRST", "INCOMPLETE_AFTER_NOTICE")));
    says(incomplete, Check.FA_10, BLOCK, "INCOMPLETE_WITHOUT_NOTICE");
    says(with(incomplete, "notices", noticed), Check.FA_10, PASS);
    says(
        with(
            incomplete, "notices", List.of(new Notice(day("2026-06-01"), null, day("2026-06-12")))),
        Check.FA_10,
        BLOCK,
        "REFUSED_BEFORE_SUPPLEMENT_DAY");
    says(
        with(
            incomplete,
            "notices",
            List.of(new Notice(day("2026-06-01"), day("2026-06-05"), day("2026-06-11")))),
        Check.FA_10,
        FLAG,
        "SUPPLEMENT_CAME");
  }

  // FA-11

  @Test
  void a_reason_that_was_added_after_the_request_is_blocked() {
    var later =
        with(
            refused(reason("BAD_CREDIT")),
            "policies",
            List.of(policy(1, "FIRST", "CLASSIFICATION"), policy(2, "TIGHTER", "BAD_CREDIT")));
    says(later, Check.FA_11, BLOCK, "REASON_ADDED_LATER");
    says(later, Check.FA_10, BLOCK, "REASON_NOT_PUBLISHED", "SOURCE_NOT_NAMED");
    says(
        with(request(), "submittedOn", day("2026-02-14")),
        Check.FA_11,
        BLOCK,
        "POLICY_AFTER_REQUEST");
  }

  @Test
  void a_grant_rests_on_the_policy_of_its_request_or_on_a_better_one() {
    var used = with(grant(), "policyVersion", 2);
    says(
        with(used, "policies", List.of(policy(1, "FIRST"), policy(2, "TIGHTER"))),
        Check.FA_11,
        BLOCK,
        "LATER_CONDITION");
    says(
        with(used, "policies", List.of(policy(1, "FIRST"), policy(2, "LOOSER"))),
        Check.FA_11,
        DISCLOSE,
        "BETTER_POLICY");
    says(used, Check.FA_11, UNKNOWN, "POLICY_UNKNOWN");
    says(with(grant(), "requestedPolicyVersion", 2), Check.FA_11, FLAG, "EARLIER_POLICY");
  }

  @Test
  void a_tightening_is_shown_a_week_before() {
    var tight = with(policy(1, "TIGHTER"), "effectiveOn", day("2026-02-07"));
    var facts = with(SomeFacts.product(), "offer", new ProductFacts.Offer(List.of(tight), null));
    says(facts, Check.FA_11, FLAG, "SHORT_NOTICE");
    says(
        with(
            facts,
            "offer",
            new ProductFacts.Offer(List.of(with(tight, "effectiveOn", day("2026-02-08"))), null)),
        Check.FA_11,
        PASS);
  }

  // FA-12

  @Test
  void a_request_is_decided_by_its_day_with_one_notice_and_one_extension() {
    says(with(request(), "dueOn", day("2026-06-15")), Check.FA_12, PASS);
    says(with(request(), "dueOn", day("2026-06-14")), Check.FA_12, FLAG, "DECISION_OVERDUE");
    says(with(with(request(), "dueOn", day("2026-06-14")), "waiting", true), Check.FA_12, PASS);
    says(with(request(), "dueOn", null), Check.FA_12, UNKNOWN, "DECISION_DAY_UNKNOWN");
    says(with(request(), "extensions", 1), Check.FA_12, PASS);
    says(with(request(), "extensions", 2), Check.FA_12, FLAG, "EXTENDED_TOO_OFTEN");
    var notice = new Notice(day("2026-06-09"), null, null);
    says(with(request(), "notices", List.of(notice, notice)), Check.FA_12, FLAG, "NOTICE_REPEATED");
    var late = refused(reason("CLASSIFICATION"));
    says(
        with(late, "decisions", List.of(with(late.decisions().getFirst(), "onTime", false))),
        Check.FA_12,
        DISCLOSE,
        "DECIDED_LATE");
  }

  // FA-15

  @Test
  void a_suspension_in_the_middle_of_a_month_and_the_borders_of_the_term_excuse_no_report() {
    var use = with(grant().use(), "months", List.of());
    var halves =
        List.of(
            new RequestFacts.Span(day("2026-03-31"), day("2026-04-10")),
            new RequestFacts.Span(day("2026-04-12"), day("2026-04-20")));
    var reported = List.of(SomeAccess.month("2026-03-01"), SomeAccess.month("2026-04-01"));
    says(with(grant(), "use", with(use, "active", halves)), Check.FA_15, FLAG, "USE_NOT_REPORTED");
    says(
        with(
            grant(),
            "use",
            with(with(use, "active", halves), "months", List.of(reported.getFirst()))),
        Check.FA_15,
        FLAG,
        "USE_NOT_REPORTED");
    says(
        with(grant(), "use", with(with(use, "active", halves), "months", reported)),
        Check.FA_15,
        PASS);
  }

  @Test
  void every_month_has_a_report_and_more_than_two_missing_hinder_a_renewal() {
    var april = with(grant().use(), "months", List.of(SomeAccess.month("2026-05-01")));
    says(with(grant(), "use", april), Check.FA_15, FLAG, "USE_NOT_REPORTED");
    var may = with(grant().use(), "months", List.of(SomeAccess.month("2026-04-01")));
    says(with(grant(), "use", may), Check.FA_15, PASS); // it has time until the 15th
    says(
        NationalGround.on("2026-06-16"),
        with(grant(), "use", may),
        Check.FA_15,
        FLAG,
        "USE_NOT_REPORTED");
    var none = with(grant().use(), "months", List.of());
    says(with(request(), "renewed", none), Check.FA_15, FLAG, "USE_NOT_REPORTED");
    says(
        NationalGround.on("2026-07-16"),
        with(request(), "renewed", none),
        Check.FA_15,
        FLAG,
        "RENEWAL_WITHOUT_REPORTS");
    says(
        NationalGround.on("2026-07-16"),
        with(with(request(), "renewed", none), "state", "GRANTED"),
        Check.FA_15,
        BLOCK,
        "RENEWAL_WITHOUT_REPORTS");
    says(
        NationalGround.on("2026-07-16"),
        with(with(request(), "renewed", none), "state", "REFUSED"),
        Check.FA_15,
        NOT_APPLICABLE);
    says(with(request(), "renewed", grant().use()), Check.FA_15, PASS);
    says(
        with(grant(), "charged", false),
        Check.FA_15,
        FLAG,
        "BILLED_THOUGH_FREE",
        "BILLED_THOUGH_FREE");
  }

  // FA-02, FA-03, FA-07, FA-20

  @Test
  void a_grant_keeps_to_the_authorization_and_runs_off_behind_it() {
    var authorization = grant().authorization();
    says(
        with(grant(), "authorization", with(authorization, "endsOnWhenGiven", day("2027-03-30"))),
        Check.FA_02,
        BLOCK,
        "BEYOND_TERM");
    says(
        with(grant(), "authorization", with(authorization, "endsOn", day("2026-12-31"))),
        Check.FA_02,
        DISCLOSE,
        "RUNS_OFF_BEYOND_TERM");
    says(
        with(grant(), "authorization", with(authorization, "exitingOn", day("2026-03-01"))),
        Check.FA_02,
        BLOCK,
        "GIVEN_WHILE_EXITING");
  }

  @Test
  void a_scenario_that_is_ruled_out_is_blocked_once_access_was_given() {
    says(with(grant(), "permit", permit(false)), Check.FA_03, BLOCK, "SCENARIO_PROHIBITED");
    says(with(grant(), "permit", permit(null)), Check.FA_03, BLOCK, "SCENARIO_NOT_ALLOWED");
    says(
        with(grant(), "permit", with(permit(null), "scenarioId", null)),
        Check.FA_03,
        BLOCK,
        "SCENARIO_MISSING");
    says(with(request(), "permit", permit(false)), Check.FA_03, NOT_APPLICABLE);
    says(
        with(with(request(), "permit", permit(false)), "state", "GRANTED"),
        Check.FA_03,
        BLOCK,
        "SCENARIO_PROHIBITED");
  }

  @Test
  void a_company_pays_nothing_for_welfare_and_a_fee_for_industry() {
    var welfare = with(grant(), "purposeClass", "PUBLIC_WELFARE");
    says(welfare, Check.FA_07, BLOCK, "PUBLIC_USE_CHARGED");
    says(with(welfare, "charged", false), Check.FA_07, PASS);
    says(grant(), Check.FA_07, NOT_APPLICABLE);
  }

  @Test
  void many_sensitive_topics_in_one_hand_are_looked_at() {
    var many = new AccessGrantFacts.Held(List.of("a", "b", "c", "d", "e", "f", "g", "h"), 0);
    says(with(grant(), "held", many), Check.FA_20, FLAG, "HOLDER_OF_MANY_TOPICS");
    says(
        with(grant(), "held", new AccessGrantFacts.Held(List.of("a"), 7)),
        Check.FA_20,
        UNKNOWN,
        "HELD_UNKNOWN");
  }

  // FA-25

  @Test
  void an_authorization_ends_and_its_grants_run_off() {
    var ending =
        with(
            with(grant(), "authorization", with(grant().authorization(), "state", "ENDED")),
            "productStatus",
            "DELISTED");
    says(ending, Check.FA_25, DISCLOSE, "RUNS_OFF");
    says(ending, Check.FA_02, PASS);

    var ended =
        with(
            with(with(grant(), "state", "ENDED"), "endKind", "AUTHORIZATION_EXIT"),
            "endsOn",
            day("2026-06-15"));
    says(with(ended, "endToldOn", day("2026-06-15")), Check.FA_25, BLOCK, "STOPPED_AT_ONCE");
    says(with(ended, "endToldOn", day("2025-12-16")), Check.FA_25, FLAG, "EXIT_NOTICE_SHORT");
    says(with(ended, "endToldOn", day("2025-12-15")), Check.FA_25, PASS);
    says(ended, Check.FA_25, UNKNOWN, "NOTICE_UNKNOWN");
    var breach = with(ended, "endKind", "BREACH");
    says(breach, Check.FA_25, UNKNOWN, "STOP_REASON_UNKNOWN");
    says(with(breach, "endReason", "逾期"), Check.FA_25, DISCLOSE, "STOPPED_FOR_REASON");
  }

  // FA-26

  @Test
  void terms_that_weigh_on_the_small_are_looked_at() {
    var small = with(withTerms("paymentDays", 14), "smallOrMicro", true);
    says(small, Check.FA_26, FLAG, "PAYMENT_SHORT");
    says(with(small, "charged", false), Check.FA_26, PASS);
    says(
        with(withTerms("paymentDays", 0), "smallOrMicro", true),
        Check.FA_26,
        FLAG,
        "PAYMENT_SHORT");
    says(with(withTerms("paymentDays", 15), "smallOrMicro", true), Check.FA_26, PASS);
    says(with(withTerms("paymentDays", 90), "smallOrMicro", true), Check.FA_26, PASS);
    says(with(small, "smallOrMicro", null), Check.FA_26, UNKNOWN, "SIZE_UNKNOWN");
    says(with(small, "smallOrMicro", false), Check.FA_26, NOT_APPLICABLE);
    says(
        with(withTerms("minimumQuantity", BigDecimal.TEN), "smallOrMicro", true),
        Check.FA_26,
        FLAG,
        "MINIMUM_WITHOUT_REASON");
    says(
        with(withTerms("deposit", BigDecimal.TEN), "smallOrMicro", true),
        Check.FA_26,
        FLAG,
        "DEPOSIT_NOT_EQUAL");
    var policy = with(with(policy(1, "FIRST"), "paymentDays", 7), "deposit", BigDecimal.ONE);
    says(
        with(SomeFacts.product(), "offer", new ProductFacts.Offer(List.of(policy), null)),
        Check.FA_26,
        FLAG,
        "DEPOSIT_WITHOUT_REASON",
        "PAYMENT_SHORT");
  }
}
