package dev.fairground.equal;

import static dev.fairground.equal.SomeTerms.ground;
import static dev.fairground.equal.SomeTerms.standard;
import static dev.fairground.equal.TermsField.DECISION_DAYS;
import static dev.fairground.equal.TermsField.DISCOUNT;
import static dev.fairground.equal.TermsField.UNIT_PRICE;
import static dev.fairground.fairaccess.DifferenceFactor.CREDIT;
import static dev.fairground.fairaccess.DifferenceFactor.SCALE;
import static dev.fairground.fairaccess.DifferenceFactor.SMALL_FIRM;
import static dev.fairground.fairaccess.DifferenceFactor.STATUTORY_DISCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void a_price_five_percent_lower_passes_with_its_reason_and_not_without() {
    var higherBand = standard().at("0.95").with("quantity", "5000");

    assertThat(higherBand.against()).containsExactly("UNIT_PRICE STANDARD BETTER");
    assertThat(higherBand.because(UNIT_PRICE, SCALE, "5,000 calls").against()).isEmpty();
    assertThat(Bands.volume(new BigDecimal(5000))).isNotEqualTo(Bands.volume(new BigDecimal(500)));
  }

  @Test
  void the_reason_of_others_explains_that_these_terms_are_standard() {
    var favoured = standard().at("0.9").with("small", true).because(UNIT_PRICE, SMALL_FIRM, null);

    assertThat(standard().against(favoured.group(1))).isEmpty();
  }

  @Test
  void it_does_not_explain_why_one_in_the_same_position_is_not_favoured() {
    var favoured = standard().at("0.9").with("small", true).because(UNIT_PRICE, SMALL_FIRM, null);

    assertThat(standard().with("small", true).against(favoured.group(1)))
        .containsExactly("UNIT_PRICE COHORT WORSE");
  }

  @Test
  void prices_by_the_tariff_are_the_same_plan_whatever_the_quantity_and_the_day() {
    var before = standard().at("1.20").with("standardUnitPrice", "1.20").group(9);

    assertThat(standard().against(before)).isEmpty();
    assertThat(standard().with("standardUnitPrice", "null").against(before))
        .containsExactly("UNIT_PRICE COHORT BETTER");
  }

  @Test
  void one_discount_for_the_same_reason_is_no_difference_though_prices_are_others() {
    var other =
        standard()
            .at("1.14")
            .with("standardUnitPrice", "1.20")
            .with("discount", "5")
            .with("small", true)
            .because(DISCOUNT, SMALL_FIRM, null)
            .group(1);

    assertThat(
            standard()
                .at("0.95")
                .with("discount", "5")
                .with("small", true)
                .because(DISCOUNT, SMALL_FIRM, null)
                .against(other))
        .isEmpty();
  }

  @Test
  void payment_deposit_minimum_and_delivery_are_compared_as_well() {
    var terms =
        standard()
            .with("paymentDays", "60")
            .with("deposit", "100")
            .with("minimum", "10")
            .with("delivery", "FILE");

    assertThat(terms.against())
        .containsExactly(
            "DELIVERY STANDARD OTHER",
            "PAYMENT_DAYS STANDARD BETTER",
            "DEPOSIT STANDARD WORSE",
            "MINIMUM_QUANTITY STANDARD WORSE");
    assertThat(terms.against(standard().group(1))).hasSize(8);
  }

  @Test
  void differences_of_one_kind_are_told_once_by_what_most_have() {
    var found =
        Comparison.of(
                standard().at("0.95").candidate(),
                ground(),
                List.of(standard().group(7), standard().at("0.99").group(2)),
                null)
            .differences();

    assertThat(found)
        .extracting(Difference::usual, Difference::granted, Difference::grants)
        .contains(org.assertj.core.groups.Tuple.tuple("1", "0.95", 9));
  }

  @Test
  void a_tolerance_is_counted_from_the_price_of_the_others() {
    var five = new Ground.Limits(180, 5, 3, 3, 92);
    var ground = new Ground(five, java.util.Set.of(), 30, null, null, true);

    assertThat(standard().at("0.95").against(ground, standard().group(1))).isEmpty();
    assertThat(standard().at("0.949999").against(ground, standard().group(1))).hasSize(2);
  }

  @Test
  void a_slow_decision_is_looked_at_and_stands_against_nothing() {
    var times = DecisionTimes.of(Map.of(2, 1, 4, 3, 9, 1));
    var late =
        Comparison.of(standard().with("decisionDays", "8").candidate(), ground(), List.of(), times);
    var inTime =
        Comparison.of(standard().with("decisionDays", "7").candidate(), ground(), List.of(), times);

    assertThat(times).isEqualTo(new DecisionTimes(2, 4, 9, 5));
    assertThat(late.unjustified()).isEmpty();
    assertThat(late.flagged()).extracting(Difference::usual).containsExactly("4");
    assertThat(inTime.flagged()).isEmpty();
  }

  @Test
  void a_quick_decision_is_looked_at_as_well_unless_a_reason_is_named() {
    var times = DecisionTimes.of(Map.of(9, 4));
    var quick = standard().with("decisionDays", "1");

    assertThat(Comparison.of(quick.candidate(), ground(), List.of(), times).flagged()).hasSize(1);
    assertThat(
            Comparison.of(
                    quick.because(DECISION_DAYS, CREDIT, "record 7").candidate(),
                    ground(),
                    List.of(),
                    times)
                .flagged())
        .isEmpty();
  }

  @Test
  void reasons_that_hold_are_kept_with_what_is_standard_and_what_was_granted() {
    var comparison =
        Comparison.of(
            standard()
                .at("0.95")
                .because(UNIT_PRICE, STATUTORY_DISCOUNT, "no. 5")
                .because(TermsField.DEPOSIT, CREDIT, "record 7")
                .candidate(),
            ground(),
            List.of(),
            null);

    assertThat(comparison.recorded())
        .containsExactly(
            new Comparison.Recorded(
                UNIT_PRICE, "1", "0.95", STATUTORY_DISCOUNT, "it was agreed so", "no. 5"));
  }

  @Test
  void the_error_says_what_differs_from_what_and_how_it_is_cured() {
    var comparison =
        Comparison.of(
            standard().at("0.95").candidate(), ground(), List.of(standard().group(4)), null);

    var error = UnequalTermsError.of(comparison, List.of("input", "approve"));

    assertThat(error.message())
        .contains(
            "UNIT_PRICE is 0.95, but 1 for 4 like grants: No reason of the closed list is named.",
            "name a factor that the access policy of the request publishes");
    assertThat(error.rule()).isEqualTo("FA-08");
  }

  @Test
  void what_a_clause_says_is_in_no_difference() {
    var comparison =
        Comparison.of(
            standard().clause("SECURITY", "the room of Example Ltd").candidate(),
            ground(),
            List.of(),
            null);

    assertThat(comparison.toString()).contains("SECURITY").doesNotContain("Example");
  }

  @Test
  void grants_of_a_cohort_that_nothing_explains_are_counted_by_field() {
    var groups =
        List.of(
            standard().group(7),
            standard().at("0.9").with("standardUnitPrice", "null").group(2),
            standard()
                .with("small", true)
                .at("0.8")
                .because(UNIT_PRICE, SMALL_FIRM, null)
                .group(1));

    assertThat(Unexplained.of(groups, 0))
        .containsExactly(new ShownTerms.Unexplained(UNIT_PRICE, 2));
  }
}
