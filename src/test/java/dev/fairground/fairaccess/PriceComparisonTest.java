package dev.fairground.fairaccess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairground.fairaccess.PriceComparison.Kind;
import dev.fairground.fairaccess.PriceComparison.Line;
import dev.fairground.fairaccess.ProductFacts.Ceiling;
import dev.fairground.fairaccess.ProductFacts.Conversion;
import dev.fairground.fairaccess.ProductFacts.Price;
import dev.fairground.fairaccess.ProductFacts.Scenario;
import dev.fairground.fairaccess.ProductFacts.Tier;
import dev.fairground.kernel.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PriceComparisonTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final Period EVER = new Period(DAY, null);

  private static List<Line> findings(Price price, Ceiling... ceilings) {
    return PriceComparison.findings(List.of(price), List.of(ceilings), List.of(), EVER);
  }

  @Test
  void a_price_may_be_as_high_as_its_ceiling_and_not_a_ten_thousandth_higher() {
    assertThat(findings(new A().tiers("0", "0.0100").price(), new A().tiers("0", "0.01").ceiling()))
        .isEmpty();
    assertThat(findings(new A().tiers("0", "0.0101").price(), new A().tiers("0", "0.01").ceiling()))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.kind()).isEqualTo(Kind.ABOVE);
              assertThat(line.headroom()).isEqualByComparingTo("-0.0001");
              assertThat(line.ceilingId()).isEqualTo("pc");
              assertThat(line.fromQuantity()).isEqualByComparingTo("0");
            });
  }

  @Test
  void a_step_above_the_ceiling_of_its_step_is_found_whatever_the_average() {
    var ceiling = new A().tiers("0", "1", "100", "0.8", "1000", "0.5").ceiling();

    assertThat(findings(new A().tiers("0", "0.1", "100", "0.1", "1000", "0.51").price(), ceiling))
        .singleElement()
        .satisfies(line -> assertThat(line.fromQuantity()).isEqualByComparingTo("1000"));
  }

  @Test
  void a_step_of_the_ceiling_within_a_step_of_the_price_is_not_jumped_over() {
    assertThat(
            findings(
                new A().tiers("0", "0.5").price(),
                new A().tiers("0", "0.6", "500", "0.4").ceiling()))
        .singleElement()
        .satisfies(line -> assertThat(line.fromQuantity()).isEqualByComparingTo("500"));
  }

  @Test
  void a_ceiling_that_falls_later_is_found_from_that_day_only() {
    var fallsOn = LocalDate.of(2026, 7, 1);
    var found =
        findings(
            new A().tiers("0", "0.5").price(),
            new A().tiers("0", "0.5").until(fallsOn.minusDays(1)).ceiling(),
            new A().id("lower").tiers("0", "0.4").from(fallsOn).ceiling());

    assertThat(found)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.days()).isEqualTo(new Period(fallsOn, null));
              assertThat(line.ceilingId()).isEqualTo("lower");
            });
  }

  @Test
  void days_without_a_ceiling_are_found() {
    assertThat(
            findings(
                new A().tiers("0", "0.5").price(),
                new A().tiers("0", "0.5").until(DAY.plusDays(9)).ceiling(),
                new A().tiers("0", "0.5").from(DAY.plusDays(20)).until(DAY.plusDays(30)).ceiling()))
        .extracting(Line::kind, Line::days)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Kind.NO_CEILING, new Period(DAY.plusDays(10), DAY.plusDays(19))),
            org.assertj.core.groups.Tuple.tuple(
                Kind.NO_CEILING, new Period(DAY.plusDays(31), null)));
  }

  @Test
  void nothing_is_looked_for_behind_the_end_of_the_price() {
    assertThat(
            findings(
                new A().tiers("0", "0.5").until(DAY.plusDays(9)).price(),
                new A().tiers("0", "0.5").until(DAY.plusDays(9)).ceiling()))
        .isEmpty();
  }

  @Test
  void a_base_fee_needs_a_ceiling_of_its_own() {
    var price = new A().fee("1200", "YEAR").tiers("0", "0.5").price();

    assertThat(findings(price, new A().fee("1200", "YEAR").tiers("0", "0.5").ceiling())).isEmpty();
    assertThat(findings(price, new A().fee("1199.99", "YEAR").tiers("0", "0.5").ceiling()))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.kind()).isEqualTo(Kind.ABOVE);
              assertThat(line.fromQuantity()).isNull();
            });
    assertThat(findings(price, new A().tiers("0", "0.5").ceiling()))
        .extracting(Line::kind)
        .containsExactly(Kind.NO_CEILING);
    assertThat(findings(price, new A().fee("1200", "MONTH").tiers("0", "0.5").ceiling()))
        .extracting(Line::kind)
        .containsExactly(Kind.UNIT_UNKNOWN);
  }

  @Test
  void units_are_compared_by_the_factor_that_the_ceiling_records() {
    var thousand =
        new A().words("thousand calls").tiers("0", "10", "5", "9").converts("PER_CALL", "1000");

    assertThat(findings(new A().tiers("0", "0.0100", "5000", "0.009").price(), thousand.ceiling()))
        .isEmpty();
    assertThat(findings(new A().tiers("0", "0.0100").price(), thousand.ceiling()))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.fromQuantity()).isEqualByComparingTo("5000");
              assertThat(line.asked()).isEqualByComparingTo("10");
              assertThat(line.allowed()).isEqualByComparingTo("9");
            });
    assertThat(
            findings(
                new A().tiers("0", "0.0001").price(),
                new A().words("thousand calls").tiers("0", "10").ceiling()))
        .extracting(Line::kind)
        .containsExactly(Kind.UNIT_UNKNOWN);
  }

  @Test
  void a_ceiling_in_another_currency_is_none_to_compare_with() {
    assertThat(
            findings(
                new A().tiers("0", "0.1").price(),
                new A().currency("USD").tiers("0", "10").ceiling()))
        .extracting(Line::kind)
        .containsExactly(Kind.CURRENCY_DIFFERS);
  }

  @Test
  void the_ceiling_of_a_scenario_goes_before_the_one_for_all() {
    var price = new A().tiers("0", "0.5").price();
    var general = new A().tiers("0", "0.4").ceiling();
    var own = new A().id("own").scenario("sce_1").tiers("0", "0.5").ceiling();
    var scenarios =
        List.of(
            new Scenario("sce_1", true, "INDUSTRY", null),
            new Scenario("sce_2", true, "INDUSTRY", null),
            new Scenario("sce_3", false, "INDUSTRY", null),
            new Scenario("sce_4", true, "PUBLIC_WELFARE", null));

    assertThat(PriceComparison.findings(List.of(price), List.of(general, own), scenarios, EVER))
        .extracting(Line::scenarioId)
        .containsExactly("sce_2");
  }

  @Test
  void another_unit_is_no_way_round_the_ceiling_of_a_scenario() {
    var price = new A().tiers("0", "0.5").price();
    var general = new A().tiers("0", "0.6").ceiling();
    var own = new A().id("own").scenario("sce_1").words("per batch").tiers("0", "0.1").ceiling();
    var scenarios = List.of(new Scenario("sce_1", true, "INDUSTRY", null));

    assertThat(PriceComparison.findings(List.of(price), List.of(general, own), scenarios, EVER))
        .extracting(Line::kind)
        .containsExactly(Kind.UNIT_UNKNOWN);
  }

  @Test
  void what_costs_nothing_needs_no_ceiling() {
    assertThat(findings(new A().fee("0", "YEAR").tiers("0", "0").price())).isEmpty();
    assertThat(findings(new A().tiers("0", "9").purposes("PUBLIC_WELFARE").price())).isEmpty();
  }

  /** Everything about a price and ceilings, at random but the same each time. */
  private record Some(Price price, List<Ceiling> ceilings) {
    static Some of(int seed) {
      var random = new Random(seed);
      var ceilings = new ArrayList<Ceiling>();
      for (int i = 0; i < 3; i++) {
        var some = some(random).id("pc" + i).from(DAY.plusDays(random.nextInt(40) - 20));
        if (random.nextBoolean()) {
          some.words("many").converts("PER_CALL", String.valueOf(1 + random.nextInt(5)));
        }
        ceilings.add(
            (random.nextBoolean() ? some : some.until(DAY.plusDays(20 + random.nextInt(40))))
                .ceiling());
      }
      return new Some(some(random).from(DAY.minusDays(random.nextInt(5))).price(), ceilings);
    }

    private static A some(Random random) {
      var tiers = new String[2 + 2 * random.nextInt(3)];
      for (int i = 0; i < tiers.length; i += 2) {
        tiers[i] = String.valueOf(i * 7 * random.nextInt(3) + i);
        tiers[i + 1] = BigDecimal.valueOf(random.nextInt(30), 1).toString();
      }
      for (int i = 2; i < tiers.length; i += 2) {
        tiers[i] = String.valueOf(Integer.parseInt(tiers[i - 2]) + 1 + random.nextInt(9));
      }
      var some = new A().tiers(tiers);
      return random.nextBoolean() ? some : some.fee(String.valueOf(random.nextInt(20)), "YEAR");
    }
  }

  private static Ceiling scaled(Ceiling ceiling, BigDecimal by) {
    return new Ceiling(
        ceiling.id(),
        java.time.Instant.EPOCH,
        ceiling.itemClass(),
        ceiling.scenarioId(),
        ceiling.unit(),
        ceiling.unitText(),
        ceiling.currency(),
        ceiling.trial(),
        ceiling.effectiveOn(),
        ceiling.endsOn(),
        ceiling.baseFee() == null ? null : ceiling.baseFee().multiply(by),
        ceiling.baseFeePeriod(),
        scaled(ceiling.tiers(), by),
        ceiling.conversions());
  }

  private static Price scaled(Price price, BigDecimal by) {
    return new Price(
        price.id(),
        java.time.Instant.EPOCH,
        price.item(),
        price.itemClass(),
        price.unit(),
        price.unitText(),
        price.currency(),
        price.baseFee() == null ? null : price.baseFee().multiply(by),
        price.baseFeePeriod(),
        price.purposeClasses(),
        price.freeOfCharge(),
        price.trial(),
        price.effectiveOn(),
        price.endsOn(),
        scaled(price.tiers(), by));
  }

  private static List<Tier> scaled(List<Tier> tiers, BigDecimal by) {
    return tiers.stream()
        .map(tier -> new Tier(tier.fromQuantity(), tier.unitPrice().multiply(by)))
        .toList();
  }

  /** What is found, without what a lower ceiling changes about it. */
  private static List<String> found(Price price, List<Ceiling> ceilings) {
    return IntStream.range(0, 70)
        .mapToObj(DAY::plusDays)
        .flatMap(
            day ->
                PriceComparison.findings(List.of(price), ceilings, List.of(), new Period(day, day))
                    .stream()
                    .map(line -> day + " " + line.kind() + " " + line.fromQuantity()))
        .toList();
  }

  @RepeatedTest(200)
  void lowering_a_ceiling_never_removes_a_finding(RepetitionInfo run) {
    var some = Some.of(run.getCurrentRepetition());
    var lower =
        some.ceilings().stream().map(ceiling -> scaled(ceiling, new BigDecimal("0.7"))).toList();

    assertThat(found(some.price(), lower)).containsAll(found(some.price(), some.ceilings()));
  }

  @RepeatedTest(200)
  void scaling_price_and_ceilings_alike_keeps_every_finding(RepetitionInfo run) {
    var some = Some.of(run.getCurrentRepetition());
    var by = new BigDecimal("3.1");

    assertThat(
            found(
                scaled(some.price(), by),
                some.ceilings().stream().map(ceiling -> scaled(ceiling, by)).toList()))
        .isEqualTo(found(some.price(), some.ceilings()));
  }

  @RepeatedTest(200)
  void a_ceiling_that_is_the_price_finds_nothing(RepetitionInfo run) {
    var price = Some.of(run.getCurrentRepetition()).price();

    assertThat(
            findings(
                price,
                new Ceiling(
                    "pc",
                    java.time.Instant.EPOCH,
                    price.itemClass(),
                    null,
                    price.unit(),
                    price.unitText(),
                    price.currency(),
                    false,
                    price.effectiveOn(),
                    price.endsOn(),
                    price.baseFee(),
                    price.baseFeePeriod(),
                    price.tiers(),
                    List.of())))
        .isEmpty();
  }

  @RepeatedTest(200)
  void the_spans_of_days_say_what_each_of_their_days_says(RepetitionInfo run) {
    var some = Some.of(run.getCurrentRepetition());
    var spans = PriceComparison.lines(List.of(some.price()), some.ceilings(), List.of(), EVER);

    for (var day = DAY; day.isBefore(DAY.plusDays(70)); day = day.plusDays(1)) {
      var on = day;
      assertThat(
              PriceComparison.lines(
                      List.of(some.price()), some.ceilings(), List.of(), new Period(on, on))
                  .stream()
                  .map(PriceComparisonTest::words))
          .containsExactlyInAnyOrderElementsOf(
              spans.stream()
                  .filter(line -> line.days().contains(on))
                  .map(PriceComparisonTest::words)
                  .toList());
    }
  }

  private static String words(Line line) {
    return "%s %s %s %s %s"
        .formatted(
            line.kind(), line.ceilingId(), line.fromQuantity(), line.asked(), line.allowed());
  }

  /** Makes prices and ceilings of calls in yuan, for all days unless it is told otherwise. */
  private static final class A {
    private String id = "pc";
    private @Nullable String scenario;
    private @Nullable String words;
    private String currency = "CNY";
    private @Nullable BigDecimal fee;
    private @Nullable String period;
    private LocalDate from = DAY.minusYears(1);
    private @Nullable LocalDate until;
    private List<String> purposes = List.of("INDUSTRY");
    private List<Tier> tiers = List.of();
    private final List<Conversion> conversions = new ArrayList<>();

    A id(String id) {
      this.id = id;
      return this;
    }

    A scenario(String scenario) {
      this.scenario = scenario;
      return this;
    }

    A words(String words) {
      this.words = words;
      return this;
    }

    A currency(String currency) {
      this.currency = currency;
      return this;
    }

    A fee(String fee, String period) {
      this.fee = new BigDecimal(fee);
      this.period = period;
      return this;
    }

    A from(LocalDate day) {
      this.from = day;
      return this;
    }

    A until(LocalDate day) {
      this.until = day;
      return this;
    }

    A purposes(String... purposes) {
      this.purposes = List.of(purposes);
      return this;
    }

    A converts(String unit, String factor) {
      conversions.add(new Conversion(unit, null, new BigDecimal(factor)));
      return this;
    }

    A tiers(String... steps) {
      tiers =
          IntStream.range(0, steps.length / 2)
              .mapToObj(
                  i -> new Tier(new BigDecimal(steps[2 * i]), new BigDecimal(steps[2 * i + 1])))
              .toList();
      return this;
    }

    Price price() {
      return new Price(
          "tar",
          java.time.Instant.EPOCH,
          "query",
          "call",
          "PER_CALL",
          words,
          currency,
          fee,
          period,
          purposes,
          false,
          false,
          from,
          until,
          tiers);
    }

    Ceiling ceiling() {
      return new Ceiling(
          id,
          java.time.Instant.EPOCH,
          "call",
          scenario,
          "PER_CALL",
          words,
          currency,
          false,
          from,
          until,
          fee,
          period,
          tiers,
          conversions);
    }
  }
}
