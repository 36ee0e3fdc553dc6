package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Outcome.BLOCK;
import static dev.fairground.fairaccess.Outcome.DISCLOSE;
import static dev.fairground.fairaccess.Outcome.FLAG;
import static dev.fairground.fairaccess.Outcome.NOT_APPLICABLE;
import static dev.fairground.fairaccess.Outcome.PASS;
import static dev.fairground.fairaccess.Outcome.UNKNOWN;
import static dev.fairground.fairaccess.SomeFacts.DAY;
import static dev.fairground.fairaccess.SomeFacts.DEVELOPER;
import static dev.fairground.fairaccess.SomeFacts.OPERATOR;
import static dev.fairground.fairaccess.SomeFacts.at;
import static dev.fairground.fairaccess.SomeFacts.ceiling;
import static dev.fairground.fairaccess.SomeFacts.day;
import static dev.fairground.fairaccess.SomeFacts.declared;
import static dev.fairground.fairaccess.SomeFacts.freeFor;
import static dev.fairground.fairaccess.SomeFacts.inGrant;
import static dev.fairground.fairaccess.SomeFacts.price;
import static dev.fairground.fairaccess.SomeFacts.product;
import static dev.fairground.fairaccess.SomeFacts.registration;
import static dev.fairground.fairaccess.SomeFacts.scenario;
import static dev.fairground.fairaccess.SomeFacts.use;
import static dev.fairground.fairaccess.SomeFacts.using;
import static dev.fairground.fairaccess.SomeFacts.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.fairaccess.ProductFacts.Base;
import dev.fairground.fairaccess.ProductFacts.Bundle;
import dev.fairground.fairaccess.ProductFacts.Condition;
import dev.fairground.fairaccess.ProductFacts.InScope;
import dev.fairground.fairaccess.ProductFacts.Member;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The checks of products, case by case; T1 to T20 are those of the research. */
class ProductRulesTest {
  private static final Ground GROUND = NationalGround.on(DAY);

  private static void says(ProductFacts facts, Check check, Outcome outcome, String... codes) {
    says(GROUND, facts, check, outcome, codes);
  }

  private static void says(
      Ground ground, ProductFacts facts, Check check, Outcome outcome, String... codes) {
    var result = result(ground, facts, check);
    assertThat(result.outcome()).as("%s", result.reasons()).isEqualTo(outcome);
    assertThat(result.reasons()).extracting(Reason::code).containsExactly(codes);
  }

  private static Result result(Ground ground, ProductFacts facts, Check check) {
    return CheckRules.of(ground, facts).stream()
        .filter(result -> result.check() == check)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> evidence(ProductFacts facts, Check check) {
    return result(GROUND, facts, check).reasons().getFirst().evidence();
  }

  @Test
  void a_product_in_order_passes_all_that_concerns_it() {
    assertThat(CheckRules.of(GROUND, product()))
        .extracting(Result::outcome)
        .containsExactly(
            PASS,
            PASS,
            PASS,
            PASS,
            PASS,
            PASS,
            NOT_APPLICABLE,
            NOT_APPLICABLE,
            NOT_APPLICABLE,
            NOT_APPLICABLE,
            NOT_APPLICABLE,
            PASS,
            NOT_APPLICABLE);
  }

  // FA-01

  @Test
  void T1_an_item_outside_the_scope_is_named() {
    var facts = using(use("res_2", "a", "b"));

    says(facts, Check.FA_01, BLOCK, "ITEMS_OUTSIDE_SCOPE");
    assertThat(evidence(facts, Check.FA_01)).containsExactly("ag_1", "res_2", "res_2#b");
  }

  @Test
  void T2_another_authorization_that_covers_it_does_not_help() {
    // Facts hold the authorization that the product names, and no other.
    var expired = inGrant(inGrant(product(), "state", "ENDED"), "endsOn", day("2026-06-14"));

    says(expired, Check.FA_01, BLOCK, "GRANT_NOT_IN_FORCE");
    says(with(expired, "endsOn", null), Check.FA_02, BLOCK, "TERM_OVER");
  }

  @Test
  void T20_a_resource_shared_in_needs_consent() {
    var shared = use(use("res_1"), "origin", "SHARED_IN");

    says(using(use(shared, "providerConsent", false)), Check.FA_01, BLOCK, "NO_CONSENT");
    says(using(shared), Check.FA_01, UNKNOWN, "CONSENT_UNKNOWN");
    says(using(use(shared, "providerConsent", true)), Check.FA_01, PASS);
    says(using(use(use("res_1"), "origin", "UNKNOWN")), Check.FA_01, UNKNOWN, "ORIGIN_UNKNOWN");
  }

  @Test
  void every_resource_outside_the_scope_is_named() {
    says(
        using(use("res_7"), use("res_1"), use("res_8")),
        Check.FA_01,
        BLOCK,
        "OUTSIDE_SCOPE",
        "OUTSIDE_SCOPE");
  }

  @Test
  void all_of_a_resource_is_more_than_some_of_its_items() {
    says(using(use("res_2")), Check.FA_01, BLOCK, "ITEMS_OUTSIDE_SCOPE");
    says(
        using(use(use("res_2"), "resourceItems", null)),
        Check.FA_01,
        BLOCK,
        "WHOLE_RESOURCE_OUTSIDE_SCOPE");
    says(using(use(use("res_2"), "resourceItems", List.of("a"))), Check.FA_01, PASS);
  }

  @Test
  void only_an_authorization_in_force_or_exiting_carries_a_product() {
    for (var state : List.of("AGREED", "SUSPENDED", "ENDED")) {
      says(inGrant(product(), "state", state), Check.FA_01, BLOCK, "GRANT_NOT_IN_FORCE");
    }
    says(inGrant(product(), "state", "EXITING"), Check.FA_01, PASS);
  }

  @Test
  void what_a_list_does_not_say_is_unknown_and_a_capability_may_use_nothing() {
    var silent = with(product(), "uses", List.of());

    says(silent, Check.FA_01, UNKNOWN, "USES_UNKNOWN");
    says(with(silent, "kind", "SERVICE_CAPABILITY"), Check.FA_01, NOT_APPLICABLE);
    says(with(silent, "kind", "SERVICE_CAPABILITY"), Check.FA_05, NOT_APPLICABLE);
  }

  // FA-02

  @Test
  void the_last_day_of_the_term_is_in_it() {
    var facts = with(inGrant(product(), "endsOn", day(DAY)), "endsOn", null);

    says(facts, Check.FA_02, DISCLOSE, "TERM_ENDS_SOON");
    says(NationalGround.on("2026-06-16"), facts, Check.FA_02, BLOCK, "TERM_OVER");
    says(
        NationalGround.on("2025-06-30"),
        with(product(), "startsOn", null),
        Check.FA_02,
        BLOCK,
        "TERM_NOT_BEGUN");
  }

  @Test
  void a_product_is_not_offered_beyond_the_term() {
    says(with(product(), "endsOn", day("2028-06-30")), Check.FA_02, PASS);
    says(with(product(), "endsOn", day("2028-07-01")), Check.FA_02, BLOCK, "BEYOND_TERM");
    says(with(product(), "startsOn", day("2025-06-30")), Check.FA_02, BLOCK, "BEFORE_TERM");
  }

  @Test
  void a_term_of_five_years_is_not_too_long_and_a_longer_one_needs_a_reason() {
    says(inGrant(product(), "endsOn", day("2030-06-30")), Check.FA_02, PASS);
    var longer = inGrant(product(), "endsOn", day("2030-07-01"));
    says(longer, Check.FA_02, FLAG, "TERM_TOO_LONG");
    says(
        inGrant(longer, "termReason", "a network that is built in seven years"),
        Check.FA_02,
        DISCLOSE,
        "TERM_LONG_WITH_REASON");
    says(
        NationalGround.with(GROUND, "authTermMaxYears", "2"),
        product(),
        Check.FA_02,
        FLAG,
        "TERM_TOO_LONG");
  }

  @Test
  void the_end_is_announced_ninety_days_before() {
    says(inGrant(with(product(), "endsOn", null), "endsOn", day("2026-09-14")), Check.FA_02, PASS);
    says(
        inGrant(with(product(), "endsOn", null), "endsOn", day("2026-09-13")),
        Check.FA_02,
        DISCLOSE,
        "TERM_ENDS_SOON");
    says(inGrant(product(), "endsOn", null), Check.FA_02, UNKNOWN, "TERM_UNKNOWN");
  }

  // FA-03

  @Test
  void a_product_is_for_scenarios_that_its_authorization_allows() {
    var other = with(product(), "scenarios", List.of(scenario("sce_2", "INDUSTRY")));

    says(other, Check.FA_03, BLOCK, "SCENARIO_NOT_ALLOWED");
    says(inGrant(other, "mode", "OVERALL"), Check.FA_03, FLAG, "SCENARIO_NOT_LISTED");
    says(
        inGrant(inGrant(other, "mode", "BY_FIELD"), "scenarios", List.of()),
        Check.FA_03,
        UNKNOWN,
        "SCOPE_SCENARIOS_UNKNOWN");
  }

  @Test
  void what_an_authorization_rules_out_stays_out_in_every_mode() {
    var prohibited = with(product(), "scenarios", List.of(scenario("sce_9", "INDUSTRY")));

    for (var mode : List.of("OVERALL", "BY_FIELD", "BY_SCENARIO", "OTHER")) {
      says(inGrant(prohibited, "mode", mode), Check.FA_03, BLOCK, "SCENARIO_PROHIBITED");
    }
  }

  @Test
  void a_product_names_a_scenario_that_it_may_be_used_for() {
    says(with(product(), "scenarios", List.of()), Check.FA_03, UNKNOWN, "SCENARIOS_UNKNOWN");
    says(
        with(
            product(),
            "scenarios",
            List.of(Records.with(scenario("sce_1", "INDUSTRY"), "allowed", false))),
        Check.FA_03,
        BLOCK,
        "SCENARIO_MISSING");
    says(
        with(
            product(),
            "scenarios",
            List.of(Records.with(scenario("sce_1", "INDUSTRY"), "validUntil", day("2026-06-14")))),
        Check.FA_03,
        FLAG,
        "SCENARIO_EXPIRED");
  }

  @Test
  void T9_two_scenarios_of_different_classes_have_two_fees() {
    var both =
        with(
            product(),
            "scenarios",
            List.of(scenario("sce_1", "INDUSTRY"), scenario("sce_2", "PUBLIC_WELFARE")));
    both =
        inGrant(
            both,
            "scenarios",
            List.of(
                new ProductFacts.ScopedScenario("sce_1", true),
                new ProductFacts.ScopedScenario("sce_2", true)));

    says(both, Check.FA_03, FLAG, "CLASS_WITHOUT_FEE");
    says(both, Check.FA_07, FLAG, "NO_FREE_ITEM");
    both = with(both, "prices", List.of(price("0.01"), freeFor("PUBLIC_WELFARE")));
    says(both, Check.FA_03, PASS);
    says(both, Check.FA_07, PASS);
  }

  // FA-04

  @Test
  void T3_a_product_is_to_be_registered_within_twenty_working_days_of_its_first_delivery() {
    var facts =
        with(with(product(), "registrations", List.of()), "firstDeliveredOn", day("2026-02-12"));

    says(NationalGround.on("2026-03-17"), facts, Check.FA_04, FLAG, "REGISTRATION_DUE");
    says(NationalGround.on("2026-03-18"), facts, Check.FA_04, FLAG, "REGISTRATION_DUE");
    says(NationalGround.on("2026-03-19"), facts, Check.FA_04, FLAG, "PRODUCT_NOT_REGISTERED");
    says(
        NationalGround.with(NationalGround.on("2026-03-19"), "productRegistrationCheck", "BLOCK"),
        facts,
        Check.FA_04,
        BLOCK,
        "PRODUCT_NOT_REGISTERED");
  }

  @Test
  void T4_the_days_before_a_holiday_are_counted_by_the_calendar() {
    // National Day, and a Sunday and a Saturday that are worked; Monday to Friday would end on
    // 10-13.
    var facts =
        with(with(product(), "registrations", List.of()), "firstDeliveredOn", day("2025-09-15"));
    facts = with(facts, "uses", null);

    for (var day : List.of("2025-10-13", "2025-10-17")) {
      assertThat(result(NationalGround.on(day), facts, Check.FA_04).reasons().getFirst())
          .satisfies(
              reason -> {
                assertThat(reason.code()).isEqualTo("REGISTRATION_DUE");
                assertThat(reason.message().value()).contains("2025-10-17");
              });
    }
    says(
        NationalGround.on("2025-10-18"),
        facts,
        Check.FA_04,
        FLAG,
        "PRODUCT_NOT_REGISTERED",
        "USES_UNKNOWN");
  }

  @Test
  void T14_a_registration_ends_with_its_authorization() {
    var facts =
        with(inGrant(product(), "endsOn", day("2027-06-30")), "uses", List.of(use("res_1")));
    assertThat(facts.registrations().getFirst().validUntil()).isEqualTo("2029-02-19");

    says(NationalGround.on("2027-06-30"), facts, Check.FA_04, PASS);
    says(NationalGround.on("2027-07-01"), facts, Check.FA_04, FLAG, "PRODUCT_REGISTRATION_OVER");
  }

  @Test
  void an_application_in_time_is_enough_until_it_is_decided() {
    var facts =
        with(with(product(), "registrations", List.of()), "firstDeliveredOn", day("2026-02-12"));

    says(
        with(facts, "registrationAppliedOn", day("2026-03-18")),
        Check.FA_04,
        DISCLOSE,
        "REGISTRATION_APPLIED");
    says(
        with(facts, "registrationAppliedOn", day("2026-03-19")),
        Check.FA_04,
        FLAG,
        "REGISTRATION_APPLIED_LATE");
  }

  @Test
  void before_its_first_delivery_a_product_is_to_be_registered() {
    var facts = with(with(product(), "registrations", List.of()), "firstDeliveredOn", null);

    says(facts, Check.FA_04, DISCLOSE, "TO_BE_REGISTERED");
    says(
        NationalGround.with(GROUND, "productRegistration", "ENCOURAGED"),
        with(facts, "firstDeliveredOn", day("2026-02-12")),
        Check.FA_04,
        DISCLOSE,
        "TO_BE_REGISTERED");
    says(
        NationalGround.with(GROUND, "productRegistrationCheck", "FLAG"),
        with(facts, "firstDeliveredOn", day("2026-02-12")),
        Check.FA_04,
        FLAG,
        "PRODUCT_NOT_REGISTERED");
  }

  @Test
  void a_count_that_runs_into_a_year_without_a_calendar_does_not_block() {
    var facts =
        with(with(product(), "registrations", List.of()), "firstDeliveredOn", day("2026-12-20"));
    facts = with(inGrant(facts, "endsOn", day("2028-06-30")), "endsOn", null);

    says(NationalGround.on("2027-02-01"), facts, Check.FA_04, UNKNOWN, "CALENDAR_UNKNOWN");
  }

  @Test
  void a_resource_that_is_not_registered_is_looked_at_and_blocks_where_the_place_says_so() {
    var none = using(use(use("res_1"), "registrations", List.of()));
    var over =
        using(use(use("res_1"), "registrations", List.of(registration("reg_9", "DEREGISTERED"))));

    says(none, Check.FA_04, FLAG, "RESOURCE_NOT_REGISTERED");
    says(over, Check.FA_04, FLAG, "RESOURCE_REGISTRATION_OVER");
    says(
        NationalGround.with(GROUND, "resourceRegistrationCheck", "BLOCK"),
        none,
        Check.FA_04,
        BLOCK,
        "RESOURCE_NOT_REGISTERED");
    assertThat(
            result(
                    NationalGround.with(GROUND, "resourceRegistrationCheck", "DISCLOSE"),
                    none,
                    Check.FA_04)
                .outcome())
        .isEqualTo(Outcome.DISCLOSE);
  }

  @Test
  void a_revoked_registration_blocks_everywhere() {
    var revoked = registration("reg_9", "REVOKED");
    var encouraged = NationalGround.with(GROUND, "productRegistration", "ENCOURAGED");

    says(
        using(use(use("res_1"), "registrations", List.of(revoked))),
        Check.FA_04,
        BLOCK,
        "REGISTRATION_REVOKED");
    says(
        encouraged,
        with(product(), "registrations", List.of(revoked)),
        Check.FA_04,
        BLOCK,
        "REGISTRATION_REVOKED");
    says(
        with(product(), "registrations", List.of(revoked, registration("reg_1", "VALID"))),
        Check.FA_04,
        PASS);
    says(
        with(
            product(),
            "registrations",
            List.of(Records.with(registration("reg_1", "VALID"), "disputed", true))),
        Check.FA_04,
        DISCLOSE,
        "REGISTRATION_DISPUTED");
  }

  // FA-05

  @Test
  void core_data_is_in_no_product() {
    says(
        using(use(use("res_1"), "grade", "CORE")),
        Check.FA_05,
        BLOCK,
        "CORE_DATA",
        "GRADE_BELOW_INPUT");
    says(with(product(), "grade", "CORE"), Check.FA_05, BLOCK, "CORE_DATA");
  }

  @Test
  void important_data_is_usable_and_not_visible_or_regraded() {
    var important = with(using(use(use("res_1"), "grade", "IMPORTANT")), "grade", "IMPORTANT");

    says(important, Check.FA_05, BLOCK, "IMPORTANT_DATA_VISIBLE");
    says(with(important, "deliveries", List.of("SANDBOX")), Check.FA_05, PASS);
    says(
        with(important, "deliveries", List.of("SANDBOX", "FILE")),
        Check.FA_05,
        BLOCK,
        "IMPORTANT_DATA_VISIBLE");
    says(with(important, "deliveries", null), Check.FA_05, UNKNOWN, "DELIVERIES_UNKNOWN");
    var regraded =
        with(
            with(important, "grade", "GENERAL_3"),
            "declarations",
            List.of(declared("REGRADED", "report 7")));
    says(regraded, Check.FA_05, DISCLOSE, "REGRADED");
    says(with(regraded, "grade", "IMPORTANT"), Check.FA_05, BLOCK, "IMPORTANT_DATA_VISIBLE");
    says(
        with(regraded, "declarations", List.of(declared("REGRADED", null))),
        Check.FA_05,
        BLOCK,
        "IMPORTANT_DATA_VISIBLE",
        "GRADE_BELOW_INPUT");
  }

  @Test
  void a_grade_below_the_highest_input_needs_a_reason() {
    var lower = using(use(use("res_1"), "grade", "GENERAL_3"));

    says(lower, Check.FA_05, FLAG, "GRADE_BELOW_INPUT");
    says(with(lower, "declarations", List.of(declared("REGRADED", "report 7"))), Check.FA_05, PASS);
    says(with(product(), "grade", null), Check.FA_05, UNKNOWN, "GRADE_UNKNOWN");
    says(using(use(use("res_1"), "grade", null)), Check.FA_05, UNKNOWN, "GRADE_UNKNOWN");
  }

  @Test
  void raw_data_that_is_not_open_to_everybody_does_not_go_to_market() {
    var raw = with(using(use("res_1")), "form", "DATASET");

    says(raw, Check.FA_05, BLOCK, "RAW_DATA");
    says(with(raw, "uses", List.of(use("res_1", "a"))), Check.FA_05, FLAG, "MAYBE_RAW_DATA");
    says(
        with(raw, "uses", List.of(use(use("res_1"), "openness", "UNCONDITIONAL"))),
        Check.FA_05,
        PASS);
    says(
        with(raw, "uses", List.of(use(use("res_1"), "openness", null))),
        Check.FA_05,
        UNKNOWN,
        "OPENNESS_UNKNOWN");
    says(
        with(raw, "declarations", List.of(declared("PROCESSED", "a description"))),
        Check.FA_05,
        DISCLOSE,
        "PROCESSED");
  }

  @Test
  void personal_information_has_a_basis_with_evidence() {
    var personal = using(use(use("res_1"), "personalInformation", true));

    // Its shipped rule is marked UNCHECKED: it hinders nobody until somebody read the law.
    says(personal, Check.FA_05, FLAG, "PERSONAL_INFORMATION_WITHOUT_BASIS");
    says(
        NationalGround.with(
            NationalGround.without(GROUND, "personalInformationBasis"),
            "personalInformationBasis",
            "true"),
        personal,
        Check.FA_05,
        BLOCK,
        "PERSONAL_INFORMATION_WITHOUT_BASIS");
    says(
        with(personal, "declarations", List.of(declared("PERSONAL_INFORMATION_BASIS", null))),
        Check.FA_05,
        FLAG,
        "BASIS_WITHOUT_EVIDENCE");
    says(
        with(personal, "declarations", List.of(declared("PERSONAL_INFORMATION_BASIS", "consent"))),
        Check.FA_05,
        PASS);
    says(
        with(product(), "personalInformation", null),
        Check.FA_05,
        UNKNOWN,
        "PERSONAL_INFORMATION_UNKNOWN");
  }

  // FA-06

  @Test
  void T5_a_price_may_be_as_high_as_its_ceiling() {
    says(with(product(), "prices", List.of(price("0.0100"))), Check.FA_06, PASS);
    says(with(product(), "prices", List.of(price("0.0101"))), Check.FA_06, BLOCK, "ABOVE_CEILING");
  }

  @Test
  void T6_steps_are_compared_step_by_step() {
    var facts = with(product(), "prices", List.of(price("0.01", "0.01", "0.009")));
    facts = with(facts, "ceilings", List.of(ceiling("0.05", "0.05", "0.008")));

    says(facts, Check.FA_06, BLOCK, "ABOVE_CEILING");
    assertThat(result(GROUND, facts, Check.FA_06).reasons().getFirst().message().value())
        .contains("200", "0.009", "0.008");
  }

  @Test
  void T7_a_ceiling_that_falls_tomorrow_flags_tomorrow_and_not_before() {
    var today = Records.with(ceiling("0.0100"), "endsOn", day(DAY));
    var tomorrow =
        Records.with(
            Records.with(
                Records.with(ceiling("0.0080"), "effectiveOn", day("2026-06-16")),
                "setAt",
                at("2026-06-10")),
            "id",
            "pc_2");
    var facts = with(product(), "ceilings", List.of(today, tomorrow));

    says(facts, Check.FA_06, PASS);
    says(NationalGround.on("2026-06-16"), facts, Check.FA_06, FLAG, "CEILING_FELL_BELOW");

    // Who sets a price now knows of it.
    var late = with(facts, "prices", List.of(Records.with(price("0.0100"), "setAt", at(DAY))));
    says(late, Check.FA_06, BLOCK, "ABOVE_CEILING");
  }

  @Test
  void a_charge_for_industry_needs_a_ceiling_and_a_trial_rate_is_one() {
    var without = with(product(), "ceilings", List.of());

    says(without, Check.FA_06, BLOCK, "NO_CEILING");
    says(
        NationalGround.with(GROUND, "ceilingRequired", "false"),
        without,
        Check.FA_06,
        DISCLOSE,
        "NO_CEILING");
    var trial =
        Records.with(Records.with(ceiling("0.0100"), "trial", true), "endsOn", day("2026-08-31"));
    says(with(product(), "ceilings", List.of(trial)), Check.FA_06, DISCLOSE, "TRIAL_RATE");
    says(
        NationalGround.on("2026-09-01"),
        with(product(), "ceilings", List.of(trial)),
        Check.FA_06,
        FLAG,
        "CEILING_GONE");
    says(with(without, "prices", List.of(freeFor("INDUSTRY"))), Check.FA_06, PASS);
  }

  @Test
  void a_price_to_come_without_a_ceiling_is_not_known_to_be_right() {
    var later = Records.with(price("0.01"), "effectiveOn", day("2026-07-01"));

    says(
        with(with(product(), "prices", List.of(later)), "ceilings", List.of()),
        Check.FA_06,
        UNKNOWN,
        "NO_CEILING_YET");
  }

  @Test
  void what_cannot_be_compared_is_unknown() {
    says(
        with(product(), "ceilings", List.of(Records.with(ceiling("1"), "unit", "PER_TIME"))),
        Check.FA_06,
        UNKNOWN,
        "UNIT_NOT_COMPARABLE");
    says(
        with(product(), "ceilings", List.of(Records.with(ceiling("1"), "currency", "USD"))),
        Check.FA_06,
        UNKNOWN,
        "CURRENCY_DIFFERS");
    says(with(product(), "prices", List.of()), Check.FA_06, UNKNOWN, "PRICE_UNKNOWN");
    says(
        with(
            with(product(), "scenarios", null),
            "ceilings",
            List.of(Records.with(ceiling("1"), "scenarioId", "sce_1"))),
        Check.FA_06,
        UNKNOWN,
        "SCENARIOS_UNKNOWN");
  }

  // FA-07

  @Test
  void T8_use_for_welfare_is_free_whoever_uses_it() {
    // Facts hold no applicant: the class hangs on the scenario.
    var welfare =
        with(
            with(product(), "scenarios", List.of(scenario("sce_1", "PUBLIC_WELFARE"))),
            "purposeClass",
            "PUBLIC_WELFARE");

    says(with(welfare, "prices", List.of(freeFor("PUBLIC_WELFARE"))), Check.FA_07, PASS);
    says(
        with(
            welfare,
            "prices",
            List.of(Records.with(price("0.01"), "purposeClasses", List.of("PUBLIC_WELFARE")))),
        Check.FA_07,
        BLOCK,
        "PUBLIC_USE_CHARGED");
    says(welfare, Check.FA_07, BLOCK, "PUBLIC_USE_PRICED_AS_INDUSTRY");
    says(
        with(welfare, "purposeClass", "INDUSTRY"),
        Check.FA_07,
        BLOCK,
        "PUBLIC_USE_PRICED_AS_INDUSTRY");
    says(with(welfare, "prices", null), Check.FA_07, UNKNOWN, "PRICE_UNKNOWN");
    says(with(product(), "scenarios", null), Check.FA_07, UNKNOWN, "SCENARIOS_UNKNOWN");
  }

  // FA-16

  private static ProductFacts redeveloped(Related... related) {
    return with(
        with(product(), "tier", "REDEVELOPED"),
        "base",
        new Base("dp_2", OPERATOR, day("2026-01-10"), List.of(related)));
  }

  @Test
  void an_operator_does_not_redevelop_what_it_delivered() {
    says(redeveloped(), Check.FA_16, PASS);
    says(with(redeveloped(), "developerId", OPERATOR), Check.FA_16, BLOCK, "OPERATOR_REDEVELOPS");
    says(
        redeveloped(new Related(DEVELOPER, true, true, List.of("af_1"))),
        Check.FA_16,
        BLOCK,
        "RELATED_PARTY_REDEVELOPS");
    says(
        redeveloped(new Related(DEVELOPER, true, false, List.of("af_1"))),
        Check.FA_16,
        FLAG,
        "RELATED_PARTY_SUSPECTED");
    says(
        NationalGround.with(GROUND, "operatorMayRedevelop", "true"),
        with(redeveloped(), "developerId", OPERATOR),
        Check.FA_16,
        NOT_APPLICABLE);
  }

  @Test
  void T12_a_daughter_of_the_operators_parent_is_found_with_the_links_to_it() {
    var facts = redeveloped(new Related(DEVELOPER, false, true, List.of("af_1", "af_2")));

    says(facts, Check.FA_16, FLAG, "RELATED_PARTY_SUSPECTED");
    assertThat(evidence(facts, Check.FA_16)).contains("af_1", "af_2", "dp_2");
  }

  @Test
  void T13_a_link_that_ended_before_is_not_among_the_facts() {
    says(
        redeveloped(new Related(GeneratedFacts.org(9), true, true, List.of("af_3"))),
        Check.FA_16,
        PASS);
  }

  @Test
  void what_nobody_declared_of_a_redevelopment_is_unknown() {
    says(with(redeveloped(), "base", null), Check.FA_16, UNKNOWN, "BASE_UNKNOWN");
    says(with(redeveloped(), "developerId", null), Check.FA_16, UNKNOWN, "DEVELOPER_UNKNOWN");
    var base = Objects.requireNonNull(redeveloped().base());
    says(
        with(redeveloped(), "base", Records.with(base, "related", null)),
        Check.FA_16,
        UNKNOWN,
        "LINKS_UNKNOWN");
    says(
        with(redeveloped(), "base", Records.with(base, "deliveredOn", null)),
        Check.FA_16,
        UNKNOWN,
        "BASE_DELIVERY_UNKNOWN");
    says(with(redeveloped(), "tier", "BASE"), Check.FA_16, PASS);
  }

  // FA-17

  private static ProductFacts bundled(String price, Condition condition, Member... members) {
    return with(
        product(),
        "bundles",
        List.of(
            new Bundle(
                "pb_1", List.of(members), new BigDecimal(price), "CNY", List.of(condition))));
  }

  private static Member member(String id, String alone) {
    return new Member(id, new BigDecimal(alone), true);
  }

  @Test
  void what_is_sold_together_can_be_bought_alone() {
    var need = new Condition("a key", "the interface needs one");
    var one = member("dp_1", "10");
    var two = member("dp_2", "10");

    says(bundled("15", need, one, two), Check.FA_17, DISCLOSE, "CONDITION_WITH_NEED");
    says(
        bundled("15", need, one, new Member("dp_2", null, true)),
        Check.FA_17,
        UNKNOWN,
        "PRICE_NOT_COMPARABLE",
        "CONDITION_WITH_NEED");
    says(
        bundled("15", need, one, Records.with(two, "listed", false)),
        Check.FA_17,
        BLOCK,
        "NO_PRICE_ALONE",
        "CONDITION_WITH_NEED");
    says(bundled("21", need, one, two), Check.FA_17, FLAG, "BUNDLE_DEARER", "CONDITION_WITH_NEED");
    says(bundled("10", need, one, two), Check.FA_17, FLAG, "NO_REAL_CHOICE", "CONDITION_WITH_NEED");
    says(
        bundled("15", new Condition("advice", null), one, two),
        Check.FA_17,
        FLAG,
        "CONDITION_WITHOUT_NEED");
  }

  // FA-20

  @Test
  void many_topics_or_sensitive_items_are_looked_at() {
    var uses = new ProductFacts.Use[5];
    for (int i = 0; i < 5; i++) {
      uses[i] = use(use("res_1" + i), "topic", "topic " + i);
    }
    says(using(uses), Check.FA_20, FLAG, "MANY_TOPICS");
    uses[4] = use(uses[4], "topic", null);
    says(using(uses), Check.FA_20, UNKNOWN, "TOPICS_UNKNOWN");
    uses[4] = use(uses[4], "topic", "topic 0");
    says(using(uses), Check.FA_20, PASS);

    for (int i = 0; i < 5; i++) {
      uses[i] = use(uses[i], "sensitiveItems", List.of("a", "b"));
    }
    says(using(uses), Check.FA_20, FLAG, "MANY_SENSITIVE_ITEMS");
    uses[0] = use(uses[0], "sensitiveItems", null);
    says(using(uses), Check.FA_20, UNKNOWN, "SENSITIVITY_UNKNOWN");
    says(with(product(), "uses", null), Check.FA_20, UNKNOWN, "USES_UNKNOWN");
  }

  @Test
  void what_is_unknown_and_makes_no_difference_is_not_asked_for() {
    says(using(use(use("res_1", "a"), "topic", null)), Check.FA_20, PASS);
    says(using(use(use("res_1", "a"), "sensitiveItems", null)), Check.FA_20, PASS);
  }

  @Test
  void where_a_place_has_no_such_rule_nothing_is_asked() {
    var facts =
        with(
            bundled("15", new Condition("advice", null), member("dp_1", "10")),
            "base",
            redeveloped().base());
    Map.of(
            "withinScope", Check.FA_01,
            "withinTerm", Check.FA_02,
            "scenarioMatch", Check.FA_03,
            "industryPriceBound", Check.FA_06,
            "publicUseFree", Check.FA_07,
            "operatorMayRedevelop", Check.FA_16,
            "tyingAllowed", Check.FA_17,
            "aggregationReview", Check.FA_20)
        .forEach(
            (rule, check) ->
                says(NationalGround.without(GROUND, rule), facts, check, NOT_APPLICABLE));
  }

  @Test
  void a_scope_by_items_covers_those_only() {
    says(
        inGrant(product(), "resources", List.of(new InScope("res_1", List.of("a", "b")))),
        Check.FA_01,
        PASS);
  }
}
