package dev.fairground.policy;

import static dev.fairground.policy.ConditionRule.APPLICANT_CREDIT_CODE;
import static dev.fairground.policy.ConditionRule.APPLICANT_KIND;
import static dev.fairground.policy.ConditionRule.APPLICANT_REGION;
import static dev.fairground.policy.ConditionRule.APPLICANT_ROLE;
import static dev.fairground.policy.ConditionRule.DOCUMENT;
import static dev.fairground.policy.ConditionRule.NO_UNCORRECTED_MISUSE;
import static dev.fairground.policy.ConditionRule.PURPOSE_CLASS;
import static dev.fairground.policy.ConditionRule.QUANTITY_AT_LEAST;
import static dev.fairground.policy.ConditionRule.QUANTITY_AT_MOST;
import static dev.fairground.policy.ConditionRule.SCENARIO;
import static dev.fairground.policy.ConditionRule.TERM_MONTHS_AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.fairaccess.Outcome;
import dev.fairground.kernel.Text;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConditionTestTest {
  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final String SCENARIO_ID = "sce_00000000000040008000000000000001";
  private static final Applicant FIRM =
      new Applicant(
          ID, "ENTERPRISE", Set.of("DEVELOPER"), "110108", "91350100M000100Y43", null, false);
  private static final Asked ASKED =
      new Asked(
          "INDUSTRY",
          ID,
          LocalDate.parse("2027-03-15"),
          LocalDate.parse("2028-03-14"),
          new BigDecimal("1000"),
          Set.of("SECURITY_PLAN"));

  private static Outcome test(
      @Nullable ConditionRule rule, Applicant applicant, Asked asked, String... values) {
    return ConditionTest.of(
        new PolicyCondition("C1", Text.of("条件", "zh"), "理由", rule, List.of(values)),
        applicant,
        asked);
  }

  private static Outcome test(@Nullable ConditionRule rule, String... values) {
    return test(rule, FIRM, ASKED, values);
  }

  private static Outcome unknown(ConditionRule rule, String... values) {
    var asked = new Asked("INDUSTRY", null, ASKED.startsOn(), ASKED.endsOn(), null, Set.of());
    return test(rule, Applicant.NOBODY, asked, values);
  }

  @Test
  void what_no_machine_tests_is_looked_at_by_people() {
    assertThat(test(null)).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void an_applicant_is_of_one_of_the_kinds_roles_and_regions() {
    assertThat(test(APPLICANT_KIND, "ORGAN", "ENTERPRISE")).isEqualTo(Outcome.PASS);
    assertThat(test(APPLICANT_KIND, "ORGAN")).isEqualTo(Outcome.BLOCK);
    assertThat(unknown(APPLICANT_KIND, "ORGAN")).isEqualTo(Outcome.UNKNOWN);
    assertThat(test(APPLICANT_ROLE, "DEVELOPER", "PURCHASER")).isEqualTo(Outcome.PASS);
    assertThat(test(APPLICANT_ROLE, "PURCHASER")).isEqualTo(Outcome.BLOCK);
    assertThat(unknown(APPLICANT_ROLE, "PURCHASER")).isEqualTo(Outcome.UNKNOWN);
    assertThat(test(APPLICANT_REGION, "31", "11")).isEqualTo(Outcome.PASS);
    assertThat(test(APPLICANT_REGION, "110109")).isEqualTo(Outcome.BLOCK);
    assertThat(unknown(APPLICANT_REGION, "11")).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void a_credit_code_with_a_wrong_check_digit_is_none() {
    assertThat(test(APPLICANT_CREDIT_CODE)).isEqualTo(Outcome.PASS);
    assertThat(CreditCode.isRight("91350100M000100Y44")).isFalse();
    assertThat(CreditCode.isRight("91350100M000100Y4")).isFalse();
    assertThat(CreditCode.isRight("9135O100M000100Y43")).isFalse();
    assertThat(unknown(APPLICANT_CREDIT_CODE)).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void use_is_of_one_of_the_classes_and_within_one_of_the_scenarios() {
    assertThat(test(PURPOSE_CLASS, "INDUSTRY")).isEqualTo(Outcome.PASS);
    assertThat(test(PURPOSE_CLASS, "PUBLIC_WELFARE")).isEqualTo(Outcome.BLOCK);
    assertThat(test(SCENARIO, SCENARIO_ID)).isEqualTo(Outcome.PASS);
    assertThat(test(SCENARIO, "sce_00000000000040008000000000000002")).isEqualTo(Outcome.BLOCK);
    assertThat(unknown(SCENARIO, SCENARIO_ID)).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void a_term_of_twelve_months_ends_on_the_day_before() {
    assertThat(test(TERM_MONTHS_AT_MOST, "12")).isEqualTo(Outcome.PASS);
    var longer =
        new Asked("INDUSTRY", null, ASKED.startsOn(), ASKED.endsOn().plusDays(1), null, Set.of());
    assertThat(test(TERM_MONTHS_AT_MOST, FIRM, longer, "12")).isEqualTo(Outcome.BLOCK);
  }

  @Test
  void quantities_at_their_bounds_are_within_them() {
    assertThat(test(QUANTITY_AT_LEAST, "1000.000")).isEqualTo(Outcome.PASS);
    assertThat(test(QUANTITY_AT_LEAST, "1000.000001")).isEqualTo(Outcome.BLOCK);
    assertThat(test(QUANTITY_AT_MOST, "1000")).isEqualTo(Outcome.PASS);
    assertThat(test(QUANTITY_AT_MOST, "999")).isEqualTo(Outcome.BLOCK);
    assertThat(unknown(QUANTITY_AT_LEAST, "1")).isEqualTo(Outcome.UNKNOWN);
    assertThat(test(QUANTITY_AT_MOST, "many")).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void a_document_that_is_missing_may_still_come() {
    assertThat(test(DOCUMENT, "SECURITY_PLAN")).isEqualTo(Outcome.PASS);
    assertThat(test(DOCUMENT, "LICENCE")).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void misuse_that_waits_to_be_put_right_stands_against_an_applicant() {
    assertThat(test(NO_UNCORRECTED_MISUSE)).isEqualTo(Outcome.PASS);
    var misused = new Applicant(ID, "ENTERPRISE", Set.of(), null, null, null, true);
    assertThat(test(NO_UNCORRECTED_MISUSE, misused, ASKED)).isEqualTo(Outcome.BLOCK);
    assertThat(unknown(NO_UNCORRECTED_MISUSE)).isEqualTo(Outcome.UNKNOWN);
  }
}
