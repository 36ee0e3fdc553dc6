package dev.fairground.equal;

import static dev.fairground.equal.SomeTerms.ground;
import static dev.fairground.equal.SomeTerms.standard;
import static dev.fairground.equal.TermsField.CLAUSE;
import static dev.fairground.equal.TermsField.DELIVERY;
import static dev.fairground.equal.TermsField.DEPOSIT;
import static dev.fairground.equal.TermsField.DISCOUNT;
import static dev.fairground.equal.TermsField.PAYMENT_DAYS;
import static dev.fairground.equal.TermsField.UNIT_PRICE;
import static dev.fairground.fairaccess.DifferenceFactor.CREDIT;
import static dev.fairground.fairaccess.DifferenceFactor.DELIVERY_COST;
import static dev.fairground.fairaccess.DifferenceFactor.KEY_SCENARIO;
import static dev.fairground.fairaccess.DifferenceFactor.NEW_USER_TRIAL;
import static dev.fairground.fairaccess.DifferenceFactor.SCALE;
import static dev.fairground.fairaccess.DifferenceFactor.SECURITY_LEVEL;
import static dev.fairground.fairaccess.DifferenceFactor.SMALL_FIRM;
import static dev.fairground.fairaccess.DifferenceFactor.STATUTORY_DISCOUNT;
import static dev.fairground.fairaccess.DifferenceFactor.TERM;
import static dev.fairground.fairaccess.DifferenceFactor.TRADE_STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.equal.Candidate.Claim;
import dev.fairground.fairaccess.DifferenceFactor;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each reason where it holds, and where it does not. */
class DeviationRulesTest {
  private static final TermsGroup OTHERS = standard().group(5);

  private static SomeTerms cheaper(DifferenceFactor factor, @Nullable String evidence) {
    return standard().at("0.95").because(UNIT_PRICE, factor, evidence);
  }

  @Test
  void terms_like_those_of_others_need_no_reason() {
    assertThat(standard().against(OTHERS)).isEmpty();
  }

  @Test
  void a_lower_price_without_a_reason_differs_from_the_tariff_and_from_others() {
    assertThat(standard().at("0.95").against(OTHERS))
        .containsExactly("UNIT_PRICE STANDARD BETTER", "UNIT_PRICE COHORT BETTER");
  }

  @Test
  void a_higher_price_counts_as_a_lower_one_does() {
    assertThat(standard().at("1.05").against(OTHERS))
        .containsExactly("UNIT_PRICE STANDARD WORSE", "UNIT_PRICE COHORT WORSE");
  }

  @ParameterizedTest
  @EnumSource(DifferenceFactor.class)
  void a_reason_that_the_policy_does_not_publish_is_none(DifferenceFactor factor) {
    var terms = cheaper(factor, "900").with("quantity", "900").with("small", true);

    assertThat(
            terms
                .with("scenario", true)
                .with("endsOn", "2026-06-30")
                .against(ground(EnumSet.complementOf(EnumSet.of(factor)), true)))
        .containsExactly("UNIT_PRICE STANDARD BETTER");
  }

  @Test
  void a_reason_without_a_justification_is_none() {
    assertThat(
            standard()
                .at("0.95")
                .because(new Claim(UNIT_PRICE, STATUTORY_DISCOUNT, " ", "document 5"))
                .against())
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = DifferenceFactor.class,
      names = {"CREDIT", "SECURITY_LEVEL", "TRADE_STAGE", "STATUTORY_DISCOUNT", "KEY_SCENARIO"})
  void a_reason_that_rests_on_paper_needs_it(DifferenceFactor factor) {
    assertThat(cheaper(factor, null).with("scenario", true).against(OTHERS)).hasSize(2);
    assertThat(cheaper(factor, "no. 5").with("scenario", true).against(OTHERS)).isEmpty();
  }

  @Test
  void scale_is_for_who_takes_more_than_the_others_and_cites_how_much() {
    assertThat(cheaper(SCALE, "900 calls").with("quantity", "900").against(OTHERS)).isEmpty();
    assertThat(cheaper(SCALE, "1,000 calls").with("quantity", "1000").against(OTHERS)).isEmpty();
    assertThat(cheaper(SCALE, "very many").with("quantity", "900").against(OTHERS)).hasSize(2);
    assertThat(cheaper(SCALE, "9000 calls").with("quantity", "900").against(OTHERS)).hasSize(2);
  }

  @Test
  void scale_is_no_reason_towards_others_who_take_as_much() {
    assertThat(cheaper(SCALE, "500 calls").against(OTHERS))
        .containsExactly("UNIT_PRICE COHORT BETTER");
  }

  @Test
  void who_takes_less_than_others_may_pay_more_and_not_less() {
    var less = standard().with("quantity", "200").because(UNIT_PRICE, SCALE, "200 calls");

    assertThat(less.at("1.05").against(OTHERS)).isEmpty();
    assertThat(less.at("0.95").against(OTHERS)).containsExactly("UNIT_PRICE COHORT BETTER");
  }

  @Test
  void scale_needs_a_quantity() {
    assertThat(cheaper(SCALE, "500").with("quantity", "null").against()).hasSize(1);
  }

  @Test
  void term_is_for_who_binds_itself_for_longer() {
    var others = standard().with("endsOn", "2027-01-31").group(3);

    assertThat(cheaper(TERM, null).against(others)).isEmpty();
    assertThat(cheaper(TERM, null).against(OTHERS)).containsExactly("UNIT_PRICE COHORT BETTER");
  }

  @Test
  void small_firms_are_favoured_over_others_and_all_alike() {
    var small = cheaper(SMALL_FIRM, null).with("small", true);

    assertThat(small.against(OTHERS)).isEmpty();
    assertThat(small.against(standard().with("small", true).group(1)))
        .containsExactly("UNIT_PRICE COHORT BETTER");
    assertThat(cheaper(SMALL_FIRM, null).with("small", false).against(OTHERS)).hasSize(2);
    assertThat(cheaper(SMALL_FIRM, null).against(OTHERS)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = DifferenceFactor.class,
      names = {"SMALL_FIRM", "STATUTORY_DISCOUNT", "KEY_SCENARIO", "NEW_USER_TRIAL"})
  void what_is_there_to_favour_burdens_nobody(DifferenceFactor factor) {
    var dearer =
        standard()
            .at("1.05")
            .with("small", true)
            .with("scenario", true)
            .with("endsOn", "2026-06-30")
            .because(UNIT_PRICE, factor, "no. 5");

    assertThat(dearer.against(OTHERS)).hasSize(2);
  }

  @Test
  void a_first_offer_is_for_a_new_user_and_short() {
    var trial = cheaper(NEW_USER_TRIAL, null).with("endsOn", "2026-08-31");
    var others = standard().with("endsOn", "2026-08-31").group(4);

    assertThat(trial.against(others)).isEmpty();
    assertThat(trial.with("endsOn", "2026-09-01").against(others)).hasSize(2);
    assertThat(trial.against(ground(EnumSet.allOf(DifferenceFactor.class), false), others))
        .hasSize(2);
  }

  @Test
  void a_key_scenario_has_to_be_named() {
    assertThat(cheaper(KEY_SCENARIO, "闽数〔2026〕1号").against(OTHERS)).hasSize(2);
  }

  @Test
  void what_delivery_costs_is_a_reason_where_it_is_delivered_in_another_way() {
    var terms =
        cheaper(DELIVERY_COST, "calculation 3").because(DELIVERY, SECURITY_LEVEL, "report 4");

    assertThat(terms.with("delivery", "FILE").against(OTHERS)).isEmpty();
    assertThat(terms.against(OTHERS)).hasSize(2);
  }

  @Test
  void a_discount_is_a_price_and_needs_one_reason() {
    var terms = standard().at("0.95").with("discount", "5");

    assertThat(terms.against(OTHERS))
        .containsExactly("DISCOUNT STANDARD BETTER", "DISCOUNT COHORT BETTER");
    assertThat(terms.because(DISCOUNT, STATUTORY_DISCOUNT, "no. 5").against(OTHERS)).isEmpty();
    assertThat(terms.because(UNIT_PRICE, STATUTORY_DISCOUNT, "no. 5").against(OTHERS)).isEmpty();
  }

  @Test
  void a_reason_for_one_field_is_none_for_another() {
    assertThat(
            standard().with("deposit", "100").because(PAYMENT_DAYS, CREDIT, "record 7").against())
        .containsExactly("DEPOSIT STANDARD WORSE");
    assertThat(standard().with("deposit", "100").because(DEPOSIT, CREDIT, "record 7").against())
        .isEmpty();
  }

  @Test
  void a_clause_beyond_the_standard_terms_needs_a_reason() {
    var terms = standard().clause("SECURITY", "a room of its own");

    assertThat(terms.against(OTHERS))
        .containsExactly("CLAUSE STANDARD OTHER", "CLAUSE COHORT OTHER");
    assertThat(terms.because(CLAUSE, SECURITY_LEVEL, "report 4").against(OTHERS)).isEmpty();
    assertThat(terms.because(CLAUSE, TRADE_STAGE, "reseller").against(OTHERS)).isEmpty();
  }
}
