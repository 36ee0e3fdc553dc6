package dev.fairground.fairaccess;

import static dev.fairground.fairaccess.Outcome.BLOCK;
import static dev.fairground.fairaccess.Outcome.DISCLOSE;
import static dev.fairground.fairaccess.Outcome.FLAG;
import static dev.fairground.fairaccess.Outcome.NOT_APPLICABLE;
import static dev.fairground.fairaccess.Outcome.PASS;
import static dev.fairground.fairaccess.Outcome.UNKNOWN;
import static dev.fairground.fairaccess.Records.with;
import static dev.fairground.fairaccess.SomeFacts.AUTHORITY;
import static dev.fairground.fairaccess.SomeFacts.INSTITUTION;
import static dev.fairground.fairaccess.SomeFacts.OPERATOR;
import static dev.fairground.fairaccess.SomeFacts.authorization;
import static dev.fairground.fairaccess.SomeFacts.cap;
import static dev.fairground.fairaccess.SomeFacts.day;
import static dev.fairground.fairaccess.SomeFacts.market;
import static dev.fairground.fairaccess.SomeFacts.operator;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checks of authorizations, operators and the marketplace, case by case. */
class OtherRulesTest {
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

  // FA-13

  @Test
  void an_operator_publishes_its_list_in_time() {
    var without = with(operator(), "edition", null);

    says(operator(), Check.FA_13, PASS);
    says(without, Check.FA_13, FLAG, "NO_LIST");
    says(with(without, "activeSince", day("2026-06-12")), Check.FA_13, DISCLOSE, "NO_LIST_YET");
    says(with(without, "activeSince", null), Check.FA_13, UNKNOWN, "ACTIVE_SINCE_UNKNOWN");
    says(with(without, "activeGrants", 0), Check.FA_13, NOT_APPLICABLE);
  }

  @Test
  void a_change_appears_in_an_edition_within_three_working_days() {
    // The 15th is a Monday: three working days after Wednesday the 10th.
    says(
        with(
            operator(), "notListed", List.of(new OperatorFacts.Changed("dp_1", day("2026-06-10")))),
        Check.FA_13,
        DISCLOSE,
        "LIST_BEHIND");
    says(
        with(
            operator(), "notListed", List.of(new OperatorFacts.Changed("dp_1", day("2026-06-09")))),
        Check.FA_13,
        FLAG,
        "LIST_STALE");
    says(
        with(operator(), "notPublished", List.of("dp_2")), Check.FA_13, FLAG, "LISTED_NOT_OFFERED");
  }

  @Test
  void prices_stand_in_the_list_where_the_place_asks_for_it() {
    var silent = with(operator(), "withoutPrice", List.of("dp_1"));

    says(silent, Check.FA_13, PASS);
    says(
        NationalGround.with(GROUND, "pricesInList", "true"),
        silent,
        Check.FA_13,
        FLAG,
        "PRICE_NOT_SHOWN");
  }

  // FA-18

  @Test
  void lists_are_ordered_by_what_is_published_and_never_by_ownership() {
    says(market(), Check.FA_18, DISCLOSE, "RANKING_FACTORS");
    says(
        with(market(), "rankingFactors", List.of("NAME", "PAID")),
        Check.FA_18,
        BLOCK,
        "HIDDEN_FACTOR",
        "RANKING_FACTORS");
    var owned = with(market(), "rankingFactors", List.of("OWNERSHIP"));
    says(
        with(owned, "publishedFactors", List.of("OWNERSHIP")),
        Check.FA_18,
        BLOCK,
        "RANKED_BY_OWNERSHIP",
        "RANKING_FACTORS");
    says(
        with(market(), "publishedFactors", null),
        Check.FA_18,
        FLAG,
        "NO_PLATFORM_RULE",
        "RANKING_FACTORS");
  }

  @Test
  void the_marketplaces_own_products_bear_a_mark_and_its_rules_are_shown_a_week_before() {
    says(
        with(market(), "ownUnmarked", List.of("dp_1")),
        Check.FA_18,
        FLAG,
        "OWN_PRODUCT_UNMARKED",
        "RANKING_FACTORS");
    says(
        with(market(), "ownUnmarked", null),
        Check.FA_18,
        UNKNOWN,
        "OWNER_UNKNOWN",
        "RANKING_FACTORS");
    says(
        with(market(), "changes", List.of(changed("2026-06-08"))),
        Check.FA_18,
        DISCLOSE,
        "RANKING_FACTORS");
    says(
        with(market(), "changes", List.of(changed("2026-06-07"))),
        Check.FA_18,
        FLAG,
        "SHORT_NOTICE",
        "RANKING_FACTORS");
  }

  private static MarketFacts.Change changed(String effectiveOn) {
    return new MarketFacts.Change(2, day("2026-06-01"), day(effectiveOn));
  }

  // FA-19

  @Test
  void who_operates_neither_authorizes_nor_supervises() {
    says(authorization(), Check.FA_19, PASS);
    says(
        with(authorization(), "supervisorIds", List.of(OPERATOR)),
        Check.FA_19,
        BLOCK,
        "OPERATOR_SUPERVISES");
    says(
        with(authorization(), "institutionId", OPERATOR),
        Check.FA_19,
        BLOCK,
        "OPERATOR_SUPERVISES");
    for (var other : List.of(INSTITUTION, AUTHORITY)) {
      says(
          with(
              authorization(),
              "related",
              List.of(new Related(other, false, true, List.of("af_1")))),
          Check.FA_19,
          BLOCK,
          "RELATED_PARTY_SUPERVISES");
      says(
          with(
              authorization(),
              "related",
              List.of(new Related(other, true, false, List.of("af_1")))),
          Check.FA_19,
          PASS);
    }
  }

  @Test
  void an_institution_that_is_the_data_authority_too_is_disclosed() {
    says(
        with(authorization(), "supervisorIds", List.of(INSTITUTION)),
        Check.FA_19,
        DISCLOSE,
        "ROLES_COINCIDE");
    says(
        with(authorization(), "supervisorIds", List.of()),
        Check.FA_19,
        UNKNOWN,
        "SUPERVISOR_UNKNOWN");
    says(with(authorization(), "related", null), Check.FA_19, UNKNOWN, "LINKS_UNKNOWN");
    says(with(authorization(), "state", "ENDED"), Check.FA_19, NOT_APPLICABLE);
  }

  // FA-21

  private static OperatorFacts income(OperatorFacts.Cap... caps) {
    return with(operator(), "caps", List.of(caps));
  }

  @Test
  void four_fifths_of_the_cap_are_a_warning() {
    says(income(cap("79.99")), Check.FA_21, PASS);
    says(income(cap("80")), Check.FA_21, FLAG, "NEAR_CAP");
    says(income(cap("100")), Check.FA_21, FLAG, "NEAR_CAP");
    says(income(cap("100.01")), Check.FA_21, FLAG, "ABOVE_CAP");
    says(income(cap(null)), Check.FA_21, UNKNOWN, "INCOME_UNKNOWN");
    says(income(), Check.FA_21, UNKNOWN, "NO_CAP");
    says(with(income(), "charging", false), Check.FA_21, NOT_APPLICABLE);
  }

  @Test
  void what_was_above_the_cap_is_disclosed_and_taken_off() {
    says(income(cap("1"), ended("100", "2025-12-31", null)), Check.FA_21, PASS);
    says(income(cap("1"), ended("130", "2025-12-31", "30")), Check.FA_21, DISCLOSE, "ABOVE_CAP");
    says(
        income(cap("1"), ended("130", "2025-12-31", "29")),
        Check.FA_21,
        FLAG,
        "DEDUCTION_MISSING",
        "ABOVE_CAP");
    says(
        income(cap("1"), ended("130", "2025-12-31", null)),
        Check.FA_21,
        FLAG,
        "DEDUCTION_MISSING",
        "ABOVE_CAP");
    says(
        income(cap("1"), ended("90", "2025-11-30", null)),
        Check.FA_21,
        UNKNOWN,
        "REPORT_INCOMPLETE");
  }

  private static OperatorFacts.Cap ended(
      String income, String reportedTo, @Nullable String deduction) {
    return new OperatorFacts.Cap(
        "rc_0",
        day("2025-01-01"),
        day("2025-12-31"),
        "CNY",
        new BigDecimal("100"),
        new BigDecimal(income),
        day(reportedTo),
        deduction == null ? null : new BigDecimal(deduction));
  }

  // FA-24

  @Test
  void an_authorization_is_won_in_competition() {
    says(authorization(), Check.FA_24, PASS);
    says(with(authorization(), "bidders", 1), Check.FA_24, FLAG, "NO_COMPETITORS");
    var other = with(authorization(), "selectionMethod", "OTHER");
    says(other, Check.FA_24, FLAG, "METHOD_WITHOUT_BASIS");
    says(with(other, "selectionBasis", "an order of the province"), Check.FA_24, PASS);
    var exclusive = with(authorization(), "exclusive", true);
    says(exclusive, Check.FA_24, FLAG, "EXCLUSIVE_WITHOUT_REASON");
    says(
        with(exclusive, "exclusiveReason", "one network only"),
        Check.FA_24,
        DISCLOSE,
        "EXCLUSIVE_WITH_REASON");
    says(with(authorization(), "state", "SELECTING"), Check.FA_24, NOT_APPLICABLE);
  }

  @Test
  void a_candidate_is_public_for_three_working_days() {
    // Tuesday to Thursday; Wednesday to Thursday are two.
    says(
        with(authorization(), "publicityStartsOn", day("2025-06-04")),
        Check.FA_24,
        FLAG,
        "PUBLICITY_SHORT");
  }

  @Test
  void a_publicity_in_a_year_without_a_calendar_is_unknown() {
    var inFuture =
        with(
            with(authorization(), "publicityStartsOn", day("2031-06-02")),
            "publicityEndsOn",
            day("2031-06-30"));
    says(inFuture, Check.FA_24, UNKNOWN, "CALENDAR_UNKNOWN");
  }

  @Test
  void what_nobody_recorded_of_a_selection_is_unknown() {
    says(with(authorization(), "selectionMethod", null), Check.FA_24, UNKNOWN, "METHOD_UNKNOWN");
    says(with(authorization(), "bidders", null), Check.FA_24, UNKNOWN, "BIDDERS_UNKNOWN");
    says(with(authorization(), "publicityEndsOn", null), Check.FA_24, UNKNOWN, "PUBLICITY_UNKNOWN");
    says(with(authorization(), "exclusive", null), Check.FA_24, UNKNOWN, "EXCLUSIVITY_UNKNOWN");
    says(
        with(authorization(), "fairCompetitionReview", null),
        Check.FA_24,
        UNKNOWN,
        "REVIEW_UNKNOWN");
  }
}
