package dev.fairground.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.fairaccess.Outcome;
import dev.fairground.kernel.Text;
import dev.fairground.policy.PolicyChange.Kind;
import dev.fairground.policy.PolicyChange.TermsChange;
import dev.fairground.policy.PolicyDifference.Direction;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PolicyChangeTest {
  private static final int MANY = 20_000;

  private final GeneratedPolicies generated = new GeneratedPolicies(20270301);

  private AccessPolicy any() {
    return generated.policy(1, GeneratedPolicies.TODAY);
  }

  /** One that often agrees in most parts. */
  private AccessPolicy near(AccessPolicy policy) {
    return generated.mixed(policy, any());
  }

  @Test
  void a_policy_is_not_other_than_itself() {
    for (int i = 0; i < MANY; i++) {
      var policy = any();
      assertThat(PolicyChange.of(policy, policy))
          .isEqualTo(new PolicyChange(Kind.NEUTRAL, List.of()));
    }
  }

  @Test
  void what_is_not_tighter_is_worse_for_nobody() {
    var found = 0;
    for (int i = 0; i < MANY; i++) {
      var before = any();
      var after = near(before);
      if (PolicyChange.of(before, after, 10, TermsChange.SUBSTANTIAL).isTighter()) {
        continue;
      }
      found++;
      for (int n = 0; n < 5; n++) {
        var applicant = generated.applicant();
        var asked = generated.asked();
        assertThat(worst(after, applicant, asked))
            .as("%s then %s for %s %s", before, after, applicant, asked)
            .isLessThanOrEqualTo(worst(before, applicant, asked));
      }
      assertThat(days(after)).isLessThanOrEqualTo(days(before));
      assertThat(codes(before)).containsAll(codes(after));
      assertThat(before.documents()).containsAll(after.documents());
      assertThat(amount(after.minimumQuantity()))
          .isLessThanOrEqualTo(amount(before.minimumQuantity()));
      assertThat(after.terms().text()).isEqualTo(before.terms().text());
    }
    assertThat(found).isGreaterThan(MANY / 20);
  }

  private static int worst(AccessPolicy policy, Applicant applicant, Asked asked) {
    return policy.conditions().stream()
        .map(condition -> ConditionTest.of(condition, applicant, asked))
        .mapToInt(outcome -> outcome == Outcome.PASS ? 0 : outcome == Outcome.UNKNOWN ? 1 : 2)
        .max()
        .orElse(0);
  }

  private static int days(AccessPolicy policy) {
    return policy.decisionDays() == null ? 10 : policy.decisionDays();
  }

  private static List<String> codes(AccessPolicy policy) {
    return policy.reasons().stream().map(reason -> reason.code().name()).toList();
  }

  private static BigDecimal amount(@Nullable BigDecimal amount) {
    return amount == null ? BigDecimal.ZERO : amount;
  }

  @Test
  void a_way_of_steps_that_are_not_tighter_is_not_tighter() {
    var found = 0;
    for (int i = 0; i < MANY; i++) {
      var one = any();
      var two = near(one);
      var three = near(two);
      if (!PolicyChange.of(one, two).isTighter() && !PolicyChange.of(two, three).isTighter()) {
        found++;
        assertThat(PolicyChange.of(one, three).isTighter())
            .as("%s then %s then %s", one, two, three)
            .isFalse();
      }
    }
    assertThat(found).isGreaterThan(MANY / 100);
  }

  @Test
  void what_is_looser_one_way_is_tighter_the_other_way() {
    for (int i = 0; i < MANY; i++) {
      var before = any();
      var after = near(before);
      if (PolicyChange.of(before, after).isMoreFavourable()) {
        assertThat(PolicyChange.of(after, before).isTighter()).isTrue();
      }
    }
  }

  private static AccessPolicy with(@Nullable Integer payment, PolicyCondition... conditions) {
    return new AccessPolicy(
        GeneratedPolicies.OPERATOR,
        GeneratedPolicies.PRODUCT,
        1,
        GeneratedPolicies.PRODUCT,
        null,
        GeneratedPolicies.TODAY,
        null,
        List.of(conditions),
        BasicPolicy.REASONS,
        List.of(),
        GeneratedPolicies.terms("正文"),
        null,
        null,
        null,
        null,
        null,
        payment);
  }

  private static PolicyCondition condition(ConditionRule rule, String... values) {
    return new PolicyCondition("C1", Text.of("条件", "zh"), "理由", rule, List.of(values));
  }

  private static Direction between(PolicyCondition was, PolicyCondition is) {
    var change = PolicyChange.of(with(null, was), with(null, is));
    assertThat(change.differences()).hasSize(1);
    return change.differences().getFirst().direction();
  }

  @Test
  void more_values_of_a_choice_are_looser() {
    var one = condition(ConditionRule.APPLICANT_KIND, "ORGAN");
    var two = condition(ConditionRule.APPLICANT_KIND, "ORGAN", "ENTERPRISE");

    assertThat(between(one, two)).isEqualTo(Direction.LOOSER);
    assertThat(between(two, one)).isEqualTo(Direction.TIGHTER);
    assertThat(between(one, condition(ConditionRule.APPLICANT_KIND, "OTHER")))
        .isEqualTo(Direction.TIGHTER);
  }

  @Test
  void a_region_covers_what_lies_within_it() {
    var city = condition(ConditionRule.APPLICANT_REGION, "1101", "3101");
    var province = condition(ConditionRule.APPLICANT_REGION, "11", "31");

    assertThat(between(city, province)).isEqualTo(Direction.LOOSER);
    assertThat(between(province, city)).isEqualTo(Direction.TIGHTER);
  }

  @Test
  void bounds_are_looser_where_they_leave_more() {
    assertThat(
            between(
                condition(ConditionRule.TERM_MONTHS_AT_MOST, "12"),
                condition(ConditionRule.TERM_MONTHS_AT_MOST, "24")))
        .isEqualTo(Direction.LOOSER);
    assertThat(
            between(
                condition(ConditionRule.QUANTITY_AT_LEAST, "5"),
                condition(ConditionRule.QUANTITY_AT_LEAST, "5.000001")))
        .isEqualTo(Direction.TIGHTER);
    assertThat(
            between(
                condition(ConditionRule.QUANTITY_AT_MOST, "5"),
                condition(ConditionRule.QUANTITY_AT_MOST, "5.0")))
        .isEqualTo(Direction.NEUTRAL);
  }

  @Test
  void another_text_may_mean_more_and_another_language_or_why_does_not() {
    var was = condition(ConditionRule.APPLICANT_CREDIT_CODE);
    var translated =
        new PolicyCondition(
            was.code(),
            new Text("条件", "zh", Map.of("en", "a condition")),
            was.reason(),
            was.rule(),
            was.values());
    var reasoned = new PolicyCondition(was.code(), was.text(), "别的理由", was.rule(), was.values());
    var reworded =
        new PolicyCondition(
            was.code(), Text.of("条件！", "zh"), was.reason(), was.rule(), was.values());

    assertThat(between(was, translated)).isEqualTo(Direction.NEUTRAL);
    assertThat(between(translated, was)).isEqualTo(Direction.TIGHTER);
    assertThat(between(was, reasoned)).isEqualTo(Direction.NEUTRAL);
    assertThat(between(was, reworded)).isEqualTo(Direction.TIGHTER);
  }

  @Test
  void more_days_to_pay_are_looser_and_saying_nothing_may_be_either() {
    assertThat(PolicyChange.of(with(30), with(60)).isMoreFavourable()).isTrue();
    assertThat(PolicyChange.of(with(60), with(30)).isTighter()).isTrue();
    assertThat(PolicyChange.of(with(30), with(null)).isTighter()).isTrue();
  }

  @Test
  void long_words_are_cut_in_what_is_told() {
    var was = with(null);
    var is =
        with(
            null,
            new PolicyCondition("C1", Text.of("长".repeat(9_000), "zh"), "理由", null, List.of()));

    assertThat(PolicyChange.of(was, is).differences().getFirst().after()).hasSize(500);
  }
}
